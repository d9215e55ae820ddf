//! What a run reads, where its output goes, and what is emitted around the documents.

use std::io;
use std::path::{Path, PathBuf};

use semver::VersionReq;
use tablature_build::{Build, Error, Fingerprint, Folder, Outcome, Skip, package, paths};
use tablature_codegen::{Generated, Manifest, Options, Runtime, Value};
use tablature_openapi::Spanned;
use tablature_openapi::reader::Care;

use super::Arguments;
use super::host::{self, Around};
use super::workspace::{self, Standing};
use crate::config::{self, COMMAND, Config, Crate};
use crate::counted;
use crate::environment::Environment;

/// One crate to emit.
#[derive(Debug)]
pub(super) struct Target {
    /// Where the output goes.
    pub folder: Folder,
    /// What it is made of.
    pub build: Build,
    /// The command line that brings the output up to date, unless it is as long as the user made it.
    pub mend: Option<String>,
    /// What the user has to do beside.
    pub note: Option<String>,
    /// The crate of the user's own that the output is a module of.
    pub around: Option<Around>,
}

impl Target {
    /// What the command line asks for: documents of its own, or crates of the configuration, each on its own.
    pub(super) fn all(arguments: &Arguments, environment: &Environment) -> Result<Vec<Result<Self, Error>>, Error> {
        match &arguments.out {
            Some(out) => Ok(vec![Self::stand_alone(arguments, out, environment)]),
            None => {
                let config = environment.config()?;
                let crates = config.chosen(&arguments.crates)?;
                let targets = crates.into_iter().map(|it| Self::configured(&config, it, environment));
                Ok(targets.collect())
            }
        }
    }

    /// A crate of the configuration.
    fn configured(config: &Config, krate: &Crate, environment: &Environment) -> Result<Self, Error> {
        let mut folder = folder(&krate.out.value, &config.root)?;
        let mut standing = workspace::standing(&folder.path);
        let mut build = configured(config, krate)?;
        let mut around = None;
        if krate.is_module {
            folder.is_crate = false;
            standing = Standing::Member;
            around = Some(host::around(&folder.path, &folder.name)?);
        }
        let manifest = around.as_ref().map_or(folder.path.as_path(), Around::root);
        build.config.host = around.as_ref().map(|it| it.host.clone());
        build.config.runtime = configured_runtime(config, krate, manifest)?;
        build.config.manifest = Manifest {
            package: krate
                .package
                .iter()
                .map(|(key, value)| ((*key).to_owned(), manifest_value(value)))
                .collect(),
            lints: krate.lints,
            is_root: standing == Standing::Alone,
        };
        let mut mend = config.command.clone();
        if let Some(file) = environment.config.as_ref().filter(|_| config.command == COMMAND) {
            mend.push_str(&format!(" --config {}", package::quoted(&paths::slashed(file))));
        }
        Ok(Self {
            note: note(&folder, standing),
            folder,
            build,
            mend: Some(mend),
            around,
        })
    }

    /// Documents of the command line into a crate of their own.
    fn stand_alone(arguments: &Arguments, out: &Path, environment: &Environment) -> Result<Self, Error> {
        let folder = folder(&paths::slashed(out), &environment.directory)?;
        let name = folder
            .path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let mut build = build(arguments, environment)?;
        if arguments.schema.is_empty() {
            build.config.command = format!("{} {}", build.config.command, build.config.package);
        } else {
            build.config.package = package::name(&name);
            build.config.command = package::command(COMMAND, brief(&build.documents));
        }
        if arguments.drafts {
            refuse_drafts(&folder, environment)?;
            build.config.command.push_str(" --drafts");
        }
        build
            .config
            .command
            .push_str(&format!(" --out {}", package::quoted(&name)));
        build.config.runtime = match &arguments.runtime {
            Some(runtime) => self::runtime(runtime, &folder.path, &environment.directory)?,
            None => outside(arguments, &folder.path, environment)?,
        };
        let standing = workspace::standing(&folder.path);
        build.config.manifest.is_root = standing == Standing::Alone;
        Ok(Self {
            mend: None,
            note: note(&folder, standing),
            around: None,
            folder,
            build,
        })
    }

    /// What a phase does, as the progress says it.
    pub(super) fn doing(&self, verb: &str) -> String {
        let documents = counted(self.build.documents.len(), "document");
        format!("{}: {verb} {documents}", self.build.config.package)
    }

    /// What the user has to do beside, a line each.
    pub(super) fn notes(&self, generated: &Generated) -> Vec<String> {
        let around = self
            .around
            .iter()
            .flat_map(|it| it.notes(generated, &self.build.config.runtime));
        around.chain(self.note.clone()).collect()
    }

    /// Keeps the fingerprint of the output, by which the next run knows that nothing has changed. A crate within the
    /// checkout of the generator has none: it would be another one with each commit there.
    pub(super) fn keep_fingerprint(&self, outcome: &Outcome<Generated>, summary: &str) -> Result<(), Error> {
        let checkout = checkout().parent().and_then(|it| it.canonicalize().ok());
        if checkout.is_some_and(|it| self.folder.path.starts_with(it)) {
            return Ok(());
        }
        match Fingerprint::of(&self.build, outcome, summary) {
            Some(fingerprint) => fingerprint.write(&self.folder, &self.build.config.command),
            None => Ok(()),
        }
    }
}

/// Where the configuration has the runtime of a crate, whose manifest is in this folder.
fn configured_runtime(config: &Config, krate: &Crate, folder: &Path) -> Result<Runtime, Error> {
    match &krate.runtime {
        Some(it) if it.value == "workspace" => Ok(Runtime::Workspace),
        Some(it) => runtime(&it.value, folder, &config.root),
        None => Ok(Runtime::Version(env!("CARGO_PKG_VERSION").to_owned())),
    }
}

/// The runtime of a crate that is emitted into another folder than its own, which may be outside of its workspace.
fn outside(arguments: &Arguments, folder: &Path, environment: &Environment) -> Result<Runtime, Error> {
    if arguments.schema.is_empty() {
        let config = environment.config()?;
        if let [only] = config.chosen(&arguments.crates)?.as_slice()
            && only.runtime.as_ref().is_some_and(|it| it.value != "workspace")
        {
            return configured_runtime(&config, only, folder);
        }
    }
    default_runtime(folder)
}

/// What the user has to do so that cargo takes the crate.
fn note(folder: &Folder, standing: Standing) -> Option<String> {
    (standing == Standing::Unlisted).then(|| format!("add {} to the members of the workspace above it", folder.name))
}

/// The error where one crate is meant and there are several.
pub(crate) fn several(crates: &[&Crate]) -> Error {
    let names: Vec<_> = crates.iter().map(|it| it.name.value.as_str()).collect();
    Error::usage(format!("name one of the crates: {}", names.join(", ")))
}

/// The build of a crate of the configuration, but for where its output goes.
pub(crate) fn configured(config: &Config, krate: &Crate) -> Result<Build, Error> {
    Ok(build_of(config, krate, config.documents(krate)?))
}

/// The build of documents as the configuration has it for a crate.
pub(crate) fn build_of(config: &Config, krate: &Crate, documents: Vec<String>) -> Build {
    let around = tablature_codegen::Config::new(&krate.name.value, &config.command, Runtime::Workspace);
    let mut build = Build::new(&config.root, documents, around);
    if krate.curated {
        build.care = Care::Curated;
    }
    build.config.options = krate.options();
    build.allow_outside = krate.allow_outside.clone();
    build.file = Some(config.file().to_owned());
    build.skip = krate.skip.clone();
    build.overlays = krate.overlays.clone();
    build
}

/// A value of the configuration as the manifest has it.
fn manifest_value(value: &config::Value) -> Value {
    let strings = |it: &[Spanned<String>]| it.iter().map(|it| it.value.clone()).collect();
    match value {
        config::Value::Text(text) => Value::Text(text.value.clone()),
        config::Value::Texts(texts) => Value::Texts(strings(texts)),
        config::Value::Flag(flag) => Value::Flag(*flag),
        config::Value::Documents(_) | config::Value::Reasons(_) | config::Value::Workspace => Value::Workspace,
    }
}

/// The folder of the output, which is named from `base` on.
fn folder(name: &str, base: &Path) -> Result<Folder, Error> {
    let refuse = |problem| Error::usage(format!("cannot emit into {name}: {problem}"));
    let path = paths::resolve(&base.join(name)).map_err(|cause| match cause.kind() {
        io::ErrorKind::NotADirectory => refuse("a part of the path is no folder"),
        _ => Error::io("read", name, cause),
    })?;
    if path.exists() && !path.is_dir() {
        return Err(refuse("it is no folder"));
    }
    if path.file_name().is_none() {
        return Err(refuse("it has no name for the package"));
    }
    Ok(Folder {
        path,
        name: name.to_owned(),
        is_crate: true,
    })
}

/// What the run reads: the documents of the command line, or those of one crate of the configuration.
pub(super) fn build(arguments: &Arguments, environment: &Environment) -> Result<Build, Error> {
    let mut build = match arguments.schema.is_empty() {
        true => only(&arguments.crates, environment)?,
        false => of_command_line(arguments, environment)?,
    };
    build.config.options.drafts = arguments.drafts;
    Ok(build)
}

/// The build of the one crate of the configuration that is named, or that there is.
pub(crate) fn only(names: &[String], environment: &Environment) -> Result<Build, Error> {
    let config = environment.config()?;
    match config.chosen(names)?.as_slice() {
        [only] => configured(&config, only),
        crates => Err(several(crates)),
    }
}

/// The build of documents of the command line, but for where its output goes.
fn of_command_line(arguments: &Arguments, environment: &Environment) -> Result<Build, Error> {
    let published = arguments.schema.iter().map(|it| it.to_string_lossy());
    let published = published.filter(|it| it.starts_with("https://") || it.starts_with("http://"));
    let refuse = |url| {
        Error::usage(format!(
            "--schema {url}: only files are read; `tablature init {url}` pins a copy"
        ))
    };
    Error::all(published.map(refuse).collect())?;
    let around = tablature_codegen::Config::new("", COMMAND, Runtime::Version(String::new()));
    let mut build = Build::new(&environment.directory, named_once(&arguments.schema), around);
    build.config.options = Options {
        allow_unsupported: arguments.allow_unsupported.clone(),
        allow_crates: arguments.allow_crate.clone(),
        only: arguments.only.clone(),
        tag_features: true,
        default_features: true,
        drafts: false,
    };
    build.overlays = named_once(&arguments.overlay);
    build.allow_outside = arguments.allow_outside.clone();
    build.keep_going = arguments.keep_going;
    build.skip = skips(arguments, environment)?;
    Ok(build)
}

/// The names after `--skip`, and those in the file after `--skip-file`, which have reasons.
fn skips(arguments: &Arguments, environment: &Environment) -> Result<Vec<Skip>, Error> {
    let named = arguments.skip.iter().map(|name| Skip {
        name: name.clone(),
        reason: None,
        origin: "--skip".to_owned(),
    });
    let mut skips: Vec<Skip> = named.collect();
    let Some(file) = &arguments.skip_file else {
        return Ok(skips);
    };
    let shown = paths::slashed(file);
    let text = tablature_build::input::read(&environment.directory, &shown)?;
    let mut errors = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let origin = format!("{shown}:{}:", index + 1);
        let (name, reason) = line.split_once(" #").unwrap_or((line, ""));
        match reason.trim() {
            "" => errors.push(Error::usage(format!("{origin} expected a name, ` # ` and the reason"))),
            reason => skips.push(Skip {
                name: name.trim().to_owned(),
                reason: Some(reason.to_owned()),
                origin,
            }),
        }
    }
    Error::all(errors)?;
    Ok(skips)
}

/// Refuses the folder of a crate of the configuration: what is tried does not go among what is done.
fn refuse_drafts(folder: &Folder, environment: &Environment) -> Result<(), Error> {
    let Some(Ok(config)) = environment.config_file().map(|_| environment.config()) else {
        return Ok(());
    };
    let is_out = |it: &Crate| paths::resolve(&config.root.join(&it.out.value)).is_ok_and(|it| it == folder.path);
    match config.crates.iter().find(|it| is_out(it)) {
        Some(of) => Err(Error::usage(format!(
            "cannot emit drafts into {}: it is the folder of {}; name one of their own",
            folder.name, of.name.value
        ))),
        None => Ok(()),
    }
}

/// The names of documents as every emitted file has them in its first line: of many, the first and the last.
fn brief(documents: &[String]) -> Vec<&str> {
    let names = documents.iter().map(|it| it.rsplit('/').next().unwrap_or(it));
    let names: Vec<&str> = names.collect();
    match names.as_slice() {
        [first, _, _, .., last] => vec![first, "...", last],
        _ => names,
    }
}

/// The names of files, each once, in their order.
pub(crate) fn named_once(files: &[PathBuf]) -> Vec<String> {
    let mut names = Vec::new();
    for file in files {
        // Collecting the parts drops `./` where it says nothing.
        let name = paths::slashed(&file.components().collect::<PathBuf>());
        let name = name.strip_prefix("./").unwrap_or(&name).to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Where the crate in `folder` finds the runtime: a version, or a folder from `base` on.
fn runtime(asked: &str, folder: &Path, base: &Path) -> Result<Runtime, Error> {
    if VersionReq::parse(asked).is_ok() {
        return Ok(Runtime::Version(asked.to_owned()));
    }
    match runtime_in(&base.join(asked), folder)? {
        Some(runtime) => Ok(runtime),
        None => Err(Error::usage(format!(
            "runtime {asked}: neither a version (such as 0.1) nor a folder with core/Cargo.toml"
        ))),
    }
}

/// The runtime beside the sources of this command, where it was built from a checkout; else that of its version.
fn default_runtime(folder: &Path) -> Result<Runtime, Error> {
    let version = Runtime::Version(env!("CARGO_PKG_VERSION").to_owned());
    Ok(runtime_in(&checkout(), folder)?.unwrap_or(version))
}

/// Where the runtime is in a checkout.
pub(crate) fn checkout() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).join("runtime")
}

/// The packages of the runtime in a folder.
pub(crate) fn runtime_in(path: &Path, folder: &Path) -> Result<Option<Runtime>, Error> {
    if !path.join("core/Cargo.toml").is_file() {
        return Ok(None);
    }
    let path = path
        .canonicalize()
        .map_err(|cause| Error::io("read", paths::slashed(path), cause))?;
    Ok(Some(Runtime::Path {
        path: paths::relative(folder, &path),
        // The generator and the runtime that its output calls have one version.
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_documents_are_all_named() {
        let of = |names: &[&str]| -> Vec<String> {
            let documents: Vec<String> = names.iter().map(|it| format!("x/{it}")).collect();
            brief(&documents).into_iter().map(str::to_owned).collect()
        };
        assert_eq!(of(&["a", "b", "c"]), ["a", "b", "c"]);
        assert_eq!(of(&["a", "b", "c", "d"]), ["a", "...", "d"]);
    }
}

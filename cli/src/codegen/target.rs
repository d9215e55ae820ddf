//! What a run reads, where its output goes, and what is emitted around the documents.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use semver::VersionReq;
use tablature_build::{Build, Error, Folder, Skip, package, paths};
use tablature_codegen::{Config, Options, Runtime};
use tablature_openapi::reader::Care;

use super::Arguments;
use crate::environment::Environment;

/// The command that emits the crate of the workspace.
const COMMAND: &str = "cargo xtask codegen";
/// The command that emits a crate of the documents that the command line names.
const STAND_ALONE: &str = "tablature codegen";
/// The package in `generated/`.
const PACKAGE: &str = "tablature-apis";

/// One run of the generator.
#[derive(Debug)]
pub(super) struct Target {
    /// Where the output goes.
    pub folder: Folder,
    /// What it is made of.
    pub build: Build,
    /// The command line that brings the output up to date.
    pub mend: String,
}

impl Target {
    /// What the command line asks for.
    pub(super) fn of(arguments: &Arguments, environment: &Environment) -> Result<Self, Error> {
        match &arguments.out {
            None => Self::workspace(arguments, environment),
            Some(out) => Self::stand_alone(arguments, out, environment),
        }
    }

    /// `schema/` into `generated/`.
    fn workspace(arguments: &Arguments, environment: &Environment) -> Result<Self, Error> {
        let root = environment.workspace()?;
        Ok(Self {
            folder: Folder {
                path: root.join("generated"),
                name: "generated".to_owned(),
            },
            build: build(arguments, environment)?,
            mend: COMMAND.to_owned(),
        })
    }

    /// Documents of the command line into a crate of their own.
    fn stand_alone(arguments: &Arguments, out: &Path, environment: &Environment) -> Result<Self, Error> {
        let folder = folder(out, environment)?;
        let name = folder
            .path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let mut build = build(arguments, environment)?;
        let documents = named_once(&arguments.schema);
        let files = documents
            .iter()
            .map(|document| document.rsplit('/').next().unwrap_or(document));
        build.config.package = package::name(&name);
        build.config.command = package::command(STAND_ALONE, brief(files.collect()).into_iter(), &name);
        build.config.runtime = runtime(arguments.runtime.as_deref(), &folder.path, environment)?;
        Ok(Self {
            mend: mend(arguments, &documents, &folder.name),
            folder,
            build,
        })
    }
}

/// The folder that the command line names for the output.
fn folder(out: &Path, environment: &Environment) -> Result<Folder, Error> {
    let name = paths::slashed(out);
    let refuse = |problem| Error::usage(format!("--out {name}: {problem}"));
    let path = paths::resolve(&environment.directory.join(out)).map_err(|cause| match cause.kind() {
        io::ErrorKind::NotADirectory => refuse("a part of the path is no folder"),
        _ => Error::io("read", &name, cause),
    })?;
    if path.exists() && !path.is_dir() {
        return Err(refuse("it is no folder"));
    }
    if path.file_name().is_none() {
        return Err(refuse("it has no name for the package"));
    }
    Ok(Folder { path, name })
}

/// The command line that brings a crate of its own up to date.
fn mend(arguments: &Arguments, documents: &[String], out: &str) -> String {
    let mut line = package::command(STAND_ALONE, documents.iter().map(String::as_str), out);
    let mut add = |option: &str, value: &str| {
        line.push_str(&format!(" {option}"));
        if !value.is_empty() {
            line.push_str(&format!(" {}", package::quoted(value)));
        }
    };
    let overlays = arguments.overlay.iter();
    overlays.for_each(|it| add("--overlay", &paths::slashed(it)));
    arguments.runtime.iter().for_each(|it| add("--runtime", it));
    arguments.only.iter().for_each(|it| add("--only", it));
    let outside = arguments.allow_outside.iter();
    outside.for_each(|it| add("--allow-outside", &paths::slashed(it)));
    arguments.skip.iter().for_each(|it| add("--skip", it));
    let file = arguments.skip_file.iter();
    file.for_each(|it| add("--skip-file", &paths::slashed(it)));
    if arguments.keep_going {
        add("--keep-going", "");
    }
    arguments
        .allow_unsupported
        .iter()
        .for_each(|it| add("--allow-unsupported", it));
    line
}

/// The documents of the run and what is asked for beside them.
pub(super) fn build(arguments: &Arguments, environment: &Environment) -> Result<Build, Error> {
    let config = Config::new(PACKAGE, COMMAND, Runtime::Workspace);
    let mut build = if arguments.schema.is_empty() {
        let root = environment.workspace()?;
        let mut build = Build::new(root, curated(root)?, config);
        build.care = Care::Curated;
        build
    } else {
        Build::new(&environment.directory, named_once(&arguments.schema), config)
    };
    build.config.options = Options {
        allow_unsupported: arguments.allow_unsupported.clone(),
        only: arguments.only.clone(),
        tag_features: build.care == Care::Foreign,
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

/// The names of documents as every emitted file has them in its first line: of many, the first and the last.
fn brief(names: Vec<&str>) -> Vec<&str> {
    match names.as_slice() {
        [first, _, _, .., last] => vec![first, "...", last],
        _ => names,
    }
}

/// The documents in `schema/`, sorted; what else stands there holds facts about them.
///
/// # Errors
/// When the folder cannot be read, or holds none.
pub fn curated(root: &Path) -> Result<Vec<String>, Error> {
    let unreadable = |cause| Error::io("read", "schema", cause);
    let mut names = Vec::new();
    for entry in fs::read_dir(root.join("schema")).map_err(unreadable)? {
        let name = entry.map_err(unreadable)?.file_name();
        let name = name.to_string_lossy();
        let no_document = ["pages.lock.json", "waivers.json"].contains(&&*name);
        if name.ends_with(".json") && !name.starts_with('.') && !no_document {
            names.push(format!("schema/{name}"));
        }
    }
    names.sort();
    if names.is_empty() {
        return Err(Error::usage("schema holds no OpenAPI document"));
    }
    Ok(names)
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

/// Where the crate in `folder` finds the runtime.
fn runtime(asked: Option<&str>, folder: &Path, environment: &Environment) -> Result<Runtime, Error> {
    let path = match asked {
        Some(version) if VersionReq::parse(version).is_ok() => {
            return Ok(Runtime::Version(version.to_owned()));
        }
        Some(path) => environment.directory.join(path),
        None => environment.workspace()?.join("runtime"),
    };
    if !path.join("core/Cargo.toml").is_file() {
        let value = paths::slashed(asked.map_or(&path, Path::new));
        return Err(Error::usage(format!(
            "--runtime {value}: neither a version (such as 0.1) nor a folder with core/Cargo.toml"
        )));
    }
    let path = path
        .canonicalize()
        .map_err(|cause| Error::io("read", paths::slashed(&path), cause))?;
    Ok(Runtime::Path {
        path: paths::relative(folder, &path),
        // The generator and the runtime that its output calls have one version.
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_documents_are_all_named() {
        assert_eq!(brief(vec!["a", "b", "c"]), ["a", "b", "c"]);
        assert_eq!(brief(vec!["a", "b", "c", "d"]), ["a", "...", "d"]);
    }
}

//! What a run reads, where its output goes, and what is emitted around the documents.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use semver::VersionReq;
use tablature_codegen::{Config, Options, Runtime};
use tablature_openapi::reader::Care;

use super::{Arguments, index, package};
use crate::environment::Environment;
use crate::error::Error;
use crate::output::Folder;
use crate::paths;

/// The command that emits the crate of the workspace.
const COMMAND: &str = "cargo xtask codegen";
/// The package in `generated/`.
const PACKAGE: &str = "tablature-apis";

/// One run of the generator.
#[derive(Debug)]
pub(super) struct Target {
    /// Where the output goes.
    pub folder: Folder,
    /// What is emitted around the documents.
    pub config: Config,
    /// The command line that brings the output up to date.
    pub mend: String,
}

impl Target {
    /// What the command line asks for.
    pub(super) fn of(arguments: &Arguments, environment: &Environment) -> Result<Self, Error> {
        match &arguments.out {
            None => Self::workspace(environment),
            Some(out) => Self::stand_alone(arguments, out, environment),
        }
    }

    /// `schema/` into `generated/`.
    fn workspace(environment: &Environment) -> Result<Self, Error> {
        let root = environment.workspace()?;
        Ok(Self {
            folder: Folder {
                path: root.join("generated"),
                name: "generated".to_owned(),
            },
            config: Config::new(PACKAGE, COMMAND, Runtime::Workspace),
            mend: COMMAND.to_owned(),
        })
    }

    /// Documents of the command line into a crate of their own.
    fn stand_alone(arguments: &Arguments, out: &Path, environment: &Environment) -> Result<Self, Error> {
        let shown = paths::slashed(out);
        let refuse = |problem| Error::OutputFolder {
            path: shown.clone(),
            problem,
        };
        let path = paths::resolve(&environment.directory.join(out)).map_err(|cause| match cause.kind() {
            io::ErrorKind::NotADirectory => refuse("a part of the path is no folder"),
            _ => Error::io("read", &shown, cause),
        })?;
        if path.exists() && !path.is_dir() {
            return Err(refuse("it is no folder"));
        }
        let name = path
            .file_name()
            .ok_or_else(|| refuse("it has no name for the package"))?;
        let documents = named_once(&arguments.schema);
        let files = documents
            .iter()
            .map(|document| document.rsplit('/').next().unwrap_or(document));
        let package = package::name(&name.to_string_lossy());
        let command = package::command(COMMAND, brief(files.collect()).into_iter(), &name.to_string_lossy());
        let runtime = runtime(arguments.runtime.as_deref(), &path, environment)?;
        let mut config = Config::new(package, command, runtime);
        config.options = options(arguments);
        let mut mend = package::command(COMMAND, documents.iter().map(String::as_str), &shown);
        if let Some(runtime) = &arguments.runtime {
            mend.push_str(" --runtime ");
            mend.push_str(&package::quoted(runtime));
        }
        for name in &arguments.only {
            mend.push_str(" --only ");
            mend.push_str(&package::quoted(name));
        }
        for folder in &arguments.allow_outside {
            mend.push_str(" --allow-outside ");
            mend.push_str(&package::quoted(&paths::slashed(folder)));
        }
        for name in &arguments.skip {
            mend.push_str(" --skip ");
            mend.push_str(&package::quoted(name));
        }
        if let Some(file) = &arguments.skip_file {
            mend.push_str(" --skip-file ");
            mend.push_str(&package::quoted(&paths::slashed(file)));
        }
        if arguments.keep_going {
            mend.push_str(" --keep-going");
        }
        for code in &arguments.allow_unsupported {
            mend.push_str(" --allow-unsupported ");
            mend.push_str(code);
        }
        Ok(Self {
            folder: Folder { path, name: shown },
            config,
            mend,
        })
    }
}

/// Where the names of the run's documents start, and the names.
pub(super) fn documents(arguments: &Arguments, environment: &Environment) -> Result<(PathBuf, Vec<String>), Error> {
    if arguments.schema.is_empty() {
        let root = environment.workspace()?;
        return Ok((root.to_owned(), curated(root)?));
    }
    let base = environment.directory.clone();
    let names = index::expanded(&base, named_once(&arguments.schema))?;
    Ok((base, names))
}

/// How much of the run's documents must be right: those in `schema/` are the project's own.
pub(super) fn care(arguments: &Arguments) -> Care {
    match arguments.schema.is_empty() {
        true => Care::Curated,
        false => Care::Foreign,
    }
}

/// What the command line asks for beside the documents.
pub(super) fn options(arguments: &Arguments) -> Options {
    Options {
        allow_unsupported: arguments.allow_unsupported.clone(),
        only: arguments.only.clone(),
        tag_features: !arguments.schema.is_empty(),
    }
}

/// The names of documents as every emitted file has them in its first line: of many, the first and the last.
fn brief(names: Vec<&str>) -> Vec<&str> {
    match names.as_slice() {
        [first, _, _, .., last] => vec![first, "...", last],
        _ => names,
    }
}

/// The documents in `schema/`, sorted; what else stands there holds facts about them.
pub(crate) fn curated(root: &Path) -> Result<Vec<String>, Error> {
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
        return Err(Error::NoDocuments {
            folder: "schema".to_owned(),
        });
    }
    Ok(names)
}

/// The names of documents, each once, in their order.
fn named_once(files: &[PathBuf]) -> Vec<String> {
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
        return Err(Error::Runtime {
            value: paths::slashed(asked.map_or(&path, Path::new)),
        });
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

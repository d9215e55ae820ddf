//! `tablature.toml`: the crates of a repository, and the pages that their documents follow.

mod documents;
pub(crate) mod keys;
mod read;
mod typed;

use std::path::{Path, PathBuf};

use tablature_build::{Error, Skip, input};
use tablature_codegen::Options;
use tablature_openapi::nearest::nearest;
use tablature_openapi::{Diagnostic, Sources, Spanned};

pub(crate) use documents::is_match;
pub(crate) use read::COMMAND;
use typed::Reader;
pub(crate) use typed::{Document, Published, Value};

/// What the file is called.
pub(crate) const FILE: &str = "tablature.toml";

/// What a repository asks for.
#[derive(Debug)]
pub(crate) struct Config {
    /// The folder of the file, which its paths start from.
    pub root: PathBuf,
    /// The text of the file, for findings in it.
    pub sources: Sources,
    /// The command that emitted files name.
    pub command: String,
    /// The crates, in the order of the file.
    pub crates: Vec<Crate>,
    /// What is known of pages.
    pub pages: Pages,
}

/// A crate to emit.
#[derive(Debug)]
pub(crate) struct Crate {
    /// The name of the package.
    pub name: Spanned<String>,
    /// Its documents.
    pub documents: Vec<Document>,
    /// The folder that it is emitted into.
    pub out: Spanned<String>,
    /// Whether it is a module of another crate.
    pub is_module: bool,
    /// Where it finds the runtime, unless that is the version of this command.
    pub runtime: Option<Spanned<String>>,
    /// What is emitted, unless it is everything.
    pub only: Vec<String>,
    /// What is left out.
    pub skip: Vec<Skip>,
    /// The diagnostics that become warnings.
    pub allow: Vec<String>,
    /// The packages that the documents may name.
    pub allow_crates: Vec<String>,
    /// The folders that references may lead into.
    pub allow_outside: Vec<PathBuf>,
    /// The overlays, in their order.
    pub overlays: Vec<String>,
    /// Whether the documents are the repository's own.
    pub curated: bool,
    /// Whether it takes the lints of its workspace.
    pub lints: bool,
    /// Keys of its `[package]`.
    pub package: Vec<(&'static str, Value)>,
}

/// The files about pages.
#[derive(Debug)]
pub(crate) struct Pages {
    /// The facts of the recorded pages.
    pub lock: String,
    /// The reasons why rows are not in the documents.
    pub waivers: String,
    /// The words that the pages use beside those that are built in.
    pub vocabulary: Option<String>,
    /// The folders of the pages.
    pub folders: Vec<PathBuf>,
}

impl Config {
    /// The file that is given, or the nearest at or above a folder.
    pub(crate) fn file_for(given: Option<&Path>, directory: &Path) -> Option<PathBuf> {
        match given {
            Some(path) => Some(directory.join(path)),
            None => directory.ancestors().map(|it| it.join(FILE)).find(|it| it.is_file()),
        }
    }

    /// Reads the file that is given, or the nearest at or above a folder.
    ///
    /// # Errors
    /// When there is none, it cannot be read, or something in it is wrong.
    pub(crate) fn find(given: Option<&Path>, directory: &Path) -> Result<Self, Error> {
        let path = Self::file_for(given, directory).ok_or_else(|| {
            Error::usage(format!(
                "no {FILE} at or above {}: `tablature init` writes one, and --schema with --out does without",
                directory.display()
            ))
        })?;
        let root = path.parent().unwrap_or(directory);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = input::read(root, &name)?;
        Self::read(root, &name, &text)
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// All that is wrong in it.
    pub(crate) fn read(root: &Path, name: &str, text: &str) -> Result<Self, Error> {
        let mut sources = Sources::new();
        let mut reader = Reader::new(sources.push(name, text));
        let read::Read { command, crates, pages } = read::file(&mut reader, name, text);
        let diagnostics = reader.report.into_diagnostics();
        if !diagnostics.is_empty() {
            return Err(Error::Invalid { diagnostics, sources });
        }
        Ok(Self {
            root: root.to_owned(),
            sources,
            command,
            crates,
            pages,
        })
    }

    /// The crates with these names; all where there is no name.
    ///
    /// # Errors
    /// All names at once that no crate has, or that there is no crate.
    pub(crate) fn chosen(&self, names: &[String]) -> Result<Vec<&Crate>, Error> {
        let known = || self.crates.iter().map(|it| it.name.value.as_str());
        let unknown = names.iter().filter(|name| known().all(|it| it != name.as_str()));
        let unknown = unknown.map(|name| {
            let near = nearest(name, known()).map_or_else(String::new, |it| format!(", did you mean `{it}`?"));
            Error::usage(format!("{} has no `[crate.{name}]`{near}", self.file()))
        });
        Error::all(unknown.collect())?;
        let is_chosen = |it: &&Crate| names.is_empty() || names.contains(&it.name.value);
        let crates: Vec<&Crate> = self.crates.iter().filter(is_chosen).collect();
        match crates.is_empty() {
            true => Err(Error::usage(format!("{} has no `[crate.NAME]`", self.file()))),
            false => Ok(crates),
        }
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> &str {
        self.sources.iter().next().map_or("", |it| it.text.as_str())
    }

    /// What the file is called.
    pub(crate) fn file(&self) -> &str {
        self.sources.iter().next().map_or(FILE, |it| it.name.as_str())
    }

    /// The error that these findings in the file are.
    pub(crate) fn invalid(&self, diagnostics: Vec<Diagnostic>) -> Error {
        Error::Invalid {
            diagnostics,
            sources: self.sources.clone(),
        }
    }
}

impl Crate {
    /// What is asked for besides the documents. Curated APIs have nothing to do with each other: none is a default.
    pub(crate) fn options(&self) -> Options {
        Options {
            allow_unsupported: self.allow.clone(),
            allow_crates: self.allow_crates.clone(),
            only: self.only.clone(),
            tag_features: true,
            default_features: !self.curated,
            drafts: false,
        }
    }
}

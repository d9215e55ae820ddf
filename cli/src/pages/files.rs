//! The files that the commands on pages read.

use std::path::{Path, PathBuf};

use tablature_openapi::{Documents, Report, SourceId, Sources};
use tablature_pages::{Lock, Page, Vocabulary, waiver::Waiver};

use crate::Error;
use crate::config::Config;
use crate::environment::Environment;
use tablature_build::input::{self, Inputs};
use tablature_build::paths;

/// A page of the command line.
#[derive(Debug)]
pub(super) struct PageFile {
    /// The path as the command line has it.
    pub(super) name: String,
    /// The folder of the product and the name of the file.
    pub(super) file: String,
    /// That without the ending.
    pub(super) key: String,
    /// The text.
    pub(super) text: String,
}

/// Reads pages; all errors at once.
pub(super) fn pages(files: &[PathBuf], environment: &Environment) -> Result<Vec<PageFile>, Error> {
    let mut pages = Vec::new();
    let mut errors = Vec::new();
    for file in files {
        match page(file, environment) {
            Ok(page) => pages.push(page),
            Err(error) => errors.push(error),
        }
    }
    Error::all(errors)?;
    Ok(pages)
}

/// Fetched pages, under the keys that the lock has.
#[cfg(feature = "fetch")]
pub(super) fn fetched(files: &[(String, PathBuf)], environment: &Environment) -> Result<Vec<PageFile>, Error> {
    let named = files.iter().map(|(key, file)| {
        let read = page(file, environment)?;
        Ok(PageFile {
            key: key.clone(),
            ..read
        })
    });
    named.collect()
}

/// The pages of the command line, or those in the folders of the configuration.
pub(super) fn given(named: &[PathBuf], config: &Config, environment: &Environment) -> Result<Vec<PageFile>, Error> {
    let folders: Vec<PathBuf> = config.pages.folders.iter().map(|it| config.root.join(it)).collect();
    let all = if named.is_empty() { &folders } else { named };
    if all.is_empty() {
        let problem = format!("name pages, or give {} `folders` in `[pages]`", config.file());
        return Err(Error::usage(problem));
    }
    pages(&expand(all, environment)?, environment)
}

fn page(file: &Path, environment: &Environment) -> Result<PageFile, Error> {
    let name = paths::slashed(file);
    let text = input::read(&environment.directory, &name)?;
    let path = paths::resolve(&environment.directory.join(file)).map_err(|cause| Error::io("read", &name, cause))?;
    let part = |part: Option<&std::ffi::OsStr>| part.map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = part(path.parent().and_then(Path::file_name));
    let file = format!("{folder}/{}", part(path.file_name()));
    let key = format!("{folder}/{}", part(path.file_stem()));
    Ok(PageFile { name, file, key, text })
}

impl PageFile {
    /// The page that is published at an address: what comes before its last part stands for the product. Pages that only
    /// a query tells apart have it in their keys.
    #[cfg(feature = "fetch")]
    pub(super) fn published(address: &str, text: String) -> Self {
        let address_of_page = address.split('#').next().unwrap_or_default();
        let (path, query) = address_of_page.split_once('?').unwrap_or((address_of_page, ""));
        let query = query.replace(|it: char| !it.is_alphanumeric(), "-");
        let mut parts = path.split('/').filter(|it| !it.is_empty()).rev();
        let file = parts.next().unwrap_or_default();
        let folder = parts.next().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        Self {
            name: address.to_owned(),
            file: format!("{folder}/{file}"),
            key: match query.as_str() {
                "" => format!("{folder}/{stem}"),
                query => format!("{folder}/{stem}-{query}"),
            },
            text,
        }
    }

    /// Reads the page, and keeps its text among the sources.
    pub(super) fn read(&self, words: &Vocabulary, key: &str, sources: &mut Sources, report: &mut Report) -> Page {
        let source = sources.push(self.name.clone(), self.text.clone());
        let reading = tablature_pages::read_with(words, key, source, &self.text);
        report.extend(reading.report);
        reading.page
    }
}

/// The endings of the files that are pages.
const ENDINGS: [&str; 8] = ["md", "mdx", "html", "htm", "rst", "adoc", "asciidoc", "txt"];

/// Files, and all pages in folders, at any depth and in the order of their names.
pub(super) fn expand(given: &[PathBuf], environment: &Environment) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for path in given {
        if environment.directory.join(path).is_dir() {
            folder(path, environment, &mut files)?;
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn folder(path: &Path, environment: &Environment, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let failed = |cause| Error::io("read", paths::slashed(path), cause);
    let entries = std::fs::read_dir(environment.directory.join(path)).map_err(failed)?;
    let mut entries = entries.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let child = path.join(entry.file_name());
        // A link may lead out of the folder, or back into it.
        let kind = entry.file_type().map_err(failed)?;
        let ending = child.extension().and_then(|it| it.to_str());
        if kind.is_dir() {
            folder(&child, environment, files)?;
        } else if kind.is_file() && ending.is_some_and(|it| ENDINGS.contains(&it)) {
            files.push(child);
        }
    }
    Ok(())
}

/// The words that are known, with those of a file.
pub(super) fn vocabulary(
    file: Option<&Path>,
    base: &Path,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Vocabulary, Error> {
    let mut words = Vocabulary::builtin().clone();
    if let Some(file) = file {
        let name = paths::slashed(file);
        let text = input::read(base, &name)?;
        let source = sources.push(name, text.clone());
        words.extend(source, &text, report);
    }
    Ok(words)
}

/// The words of the pages that the repository follows.
pub(super) fn words(config: &Config, sources: &mut Sources, report: &mut Report) -> Result<Vocabulary, Error> {
    let file = config.pages.vocabulary.as_deref().map(Path::new);
    vocabulary(file, &config.root, sources, report)
}

/// The curated documents of the repository.
pub(super) fn documents(config: &Config) -> Result<(Documents, Report), Error> {
    let names = curated(config)?;
    let inputs = Inputs::read(&config.root, &names, &[])?;
    Ok(Documents::load(&names, &mut |name| inputs.get(name)))
}

/// The names of the curated documents of the repository.
pub(super) fn curated(config: &Config) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    for krate in config.crates.iter().filter(|it| it.curated) {
        names.extend(config.documents(krate)?);
    }
    match names.is_empty() {
        true => Err(Error::usage(format!(
            "{} has no crate with `curated = true`",
            config.file()
        ))),
        false => Ok(names),
    }
}

/// The lock of the repository; empty where there is none yet.
pub(super) fn lock(config: &Config, sources: &mut Sources, report: &mut Report) -> Result<Lock, Error> {
    let Some((source, text)) = optional(&config.pages.lock, config, sources)? else {
        return Ok(Lock::default());
    };
    Ok(Lock::read(source, &text, report))
}

/// The waivers of the repository; none where there is no file.
pub(super) fn waivers(config: &Config, sources: &mut Sources, report: &mut Report) -> Result<Vec<Waiver>, Error> {
    let Some((source, text)) = optional(&config.pages.waivers, config, sources)? else {
        return Ok(Vec::new());
    };
    Ok(Waiver::read(source, &text, report))
}

fn optional(name: &str, config: &Config, sources: &mut Sources) -> Result<Option<(SourceId, String)>, Error> {
    let root = &config.root;
    if !root.join(name).exists() {
        return Ok(None);
    }
    let text = input::read(root, name)?;
    Ok(Some((sources.push(name, text.clone()), text)))
}

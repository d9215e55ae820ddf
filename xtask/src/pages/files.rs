//! The files that the commands on pages read.

use std::path::{Path, PathBuf};

use tablature_openapi::{Documents, Report, SourceId, Sources};
use tablature_pages::{Lock, Page, waiver::Waiver};

use crate::codegen::input::{self, Inputs};
use crate::codegen::target;
use crate::environment::Environment;
use crate::error::Error;
use crate::paths;

/// The lock in the workspace.
pub(super) const LOCK: &str = "schema/pages.lock.json";
/// The waivers in the workspace.
pub(super) const WAIVERS: &str = "schema/waivers.json";

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
    if errors.is_empty() {
        Ok(pages)
    } else {
        Err(Error::Several(errors))
    }
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
    /// Reads the page, and keeps its text among the sources.
    pub(super) fn read(&self, key: &str, sources: &mut Sources, report: &mut Report) -> Page {
        let source = sources.push(self.name.clone(), self.text.clone());
        let reading = tablature_pages::read(key, source, &self.text);
        report.extend(reading.report);
        reading.page
    }
}

/// The documents of the workspace.
pub(super) fn documents(environment: &Environment) -> Result<(Documents, Report), Error> {
    let root = environment.workspace()?;
    let names = target::curated(root)?;
    let inputs = Inputs::read(root, &names, &[])?;
    Ok(Documents::load(&names, &mut |name| inputs.get(name)))
}

/// The lock of the workspace; empty where there is none yet.
pub(super) fn lock(environment: &Environment, sources: &mut Sources, report: &mut Report) -> Result<Lock, Error> {
    let Some((source, text)) = optional(LOCK, environment, sources)? else {
        return Ok(Lock::default());
    };
    Ok(Lock::read(source, &text, report))
}

/// The waivers of the workspace; none where there is no file.
pub(super) fn waivers(
    environment: &Environment,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Vec<Waiver>, Error> {
    let Some((source, text)) = optional(WAIVERS, environment, sources)? else {
        return Ok(Vec::new());
    };
    Ok(Waiver::read(source, &text, report))
}

fn optional(name: &str, environment: &Environment, sources: &mut Sources) -> Result<Option<(SourceId, String)>, Error> {
    let root = environment.workspace()?;
    if !root.join(name).exists() {
        return Ok(None);
    }
    let text = input::read(root, name)?;
    Ok(Some((sources.push(name, text.clone()), text)))
}

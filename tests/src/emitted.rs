//! Documents through the generator, without a command around it.

use std::fs;
use std::path::Path;

use tablature_codegen::{Config, Generated, Runtime, generate};
use tablature_openapi::{Documents, Report};

/// The name of the document of a case: `openapi.json`, or `openapi.yaml` where there is none.
pub fn entry(folder: &Path) -> &'static str {
    let json = "openapi.json";
    if folder.join(json).is_file() {
        json
    } else {
        "openapi.yaml"
    }
}

/// Emits the document of a folder as a member of a workspace.
///
/// # Errors
/// What is wrong with the document.
pub fn of_folder(folder: &Path) -> Result<Generated, Report> {
    let package = crate::workspace::name(folder);
    of_texts(&package, entry(folder), &mut |name| {
        fs::read_to_string(folder.join(name)).map_err(|error| error.to_string())
    })
}

/// Emits the document with this name, read through `read`.
///
/// # Errors
/// What is wrong with the document.
pub fn of_texts(
    package: &str,
    name: &str,
    read: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<Generated, Report> {
    let (documents, report) = Documents::load(&[name.to_owned()], read);
    if report.has_errors() {
        return Err(report);
    }
    let config = Config::new(package, "cargo xtask codegen", Runtime::Workspace);
    generate(&documents, &config)
}

//! Documents through the generator, without a command around it.

use std::fs;
use std::path::Path;

use tablature_codegen::{Config, Generated, Runtime, generate};
use tablature_openapi::{Documents, Report};

/// Emits the document `openapi.json` of a folder as a member of a workspace.
///
/// # Errors
/// What is wrong with the document.
pub fn of_folder(folder: &Path) -> Result<Generated, Report> {
    let package = crate::workspace::name(folder);
    of_texts(&package, "openapi.json", &mut |name| {
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
    let config = Config {
        package: package.to_owned(),
        command: "cargo xtask codegen".to_owned(),
        runtime: Runtime::Workspace,
    };
    generate(&documents, &config)
}

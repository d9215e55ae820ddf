//! Documents through the generator, without a command around it.

use std::fs;
use std::path::Path;

use tablature_codegen::{Config, Generated, Options, Runtime, generate};
use tablature_openapi::reader::Care;
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

/// The documents that a case begins with: those that its file `documents` lists, or the one.
pub fn entries(folder: &Path) -> Vec<String> {
    match fs::read_to_string(folder.join("documents")) {
        Ok(list) => list.lines().map(str::to_owned).collect(),
        Err(_) => vec![entry(folder).to_owned()],
    }
}

/// What a case asks for beside its document, as its file `options` says: an option and its value a line.
pub fn options(folder: &Path) -> Vec<(String, String)> {
    let text = fs::read_to_string(folder.join("options")).unwrap_or_default();
    text.lines()
        .map(|line| line.split_once(' ').unwrap_or((line, "")))
        .map(|(option, value)| (option.to_owned(), value.to_owned()))
        .collect()
}

/// Emits the documents of a folder as a member of a workspace.
///
/// # Errors
/// What is wrong with the document.
pub fn of_folder(folder: &Path) -> Result<Generated, Report> {
    of_texts(folder, &mut |name| {
        fs::read_to_string(folder.join(name)).map_err(|error| error.to_string())
    })
}

/// Emits the documents of the case in a folder, read through `read`, as it asks for it.
///
/// # Errors
/// What is wrong with the document.
pub fn of_texts(folder: &Path, read: &mut dyn FnMut(&str) -> Result<String, String>) -> Result<Generated, Report> {
    let asked = options(folder);
    let overlays = values(&asked, "--overlay");
    let (documents, report) = Documents::load_overlaid(&entries(folder), &overlays, Care::Curated, read);
    if report.has_errors() {
        return Err(report);
    }
    let package = crate::workspace::name(folder);
    let mut config = Config::new(package, "cargo xtask codegen", Runtime::Workspace);
    config.options = codegen_options(&asked);
    generate(&documents, &config)
}

/// The values that an option has.
fn values(asked: &[(String, String)], option: &str) -> Vec<String> {
    let of_option = asked.iter().filter(|(it, _)| it == option);
    of_option.map(|(_, value)| value.clone()).collect()
}

fn codegen_options(asked: &[(String, String)]) -> Options {
    Options {
        allow_unsupported: values(asked, "--allow-unsupported"),
        allow_crates: values(asked, "--allow-crate"),
        only: values(asked, "--only"),
        tag_features: asked.iter().any(|(it, _)| it == "--tag-features"),
        default_features: asked.iter().any(|(it, _)| it == "--tag-features"),
        drafts: false,
    }
}

//! Documents through the generator, without a command around it.

use std::fs;
use std::path::Path;

use tablature_codegen::{Config, Generated, Options, Runtime, generate};
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

/// What a case asks for beside its document, as its file `options` says: an option and its value a line.
pub fn options(folder: &Path) -> Vec<(String, String)> {
    let text = fs::read_to_string(folder.join("options")).unwrap_or_default();
    text.lines()
        .map(|line| line.split_once(' ').unwrap_or((line, "")))
        .map(|(option, value)| (option.to_owned(), value.to_owned()))
        .collect()
}

/// Emits the document of a folder as a member of a workspace.
///
/// # Errors
/// What is wrong with the document.
pub fn of_folder(folder: &Path) -> Result<Generated, Report> {
    of_texts(folder, entry(folder), &mut |name| {
        fs::read_to_string(folder.join(name)).map_err(|error| error.to_string())
    })
}

/// Emits the document with this name, read through `read`, as the case in a folder asks for it.
///
/// # Errors
/// What is wrong with the document.
pub fn of_texts(
    folder: &Path,
    name: &str,
    read: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<Generated, Report> {
    let (documents, report) = Documents::load(&[name.to_owned()], read);
    if report.has_errors() {
        return Err(report);
    }
    let package = crate::workspace::name(folder);
    let mut config = Config::new(package, "cargo xtask codegen", Runtime::Workspace);
    config.options = codegen_options(&options(folder));
    generate(&documents, &config)
}

fn codegen_options(asked: &[(String, String)]) -> Options {
    let values = |option: &str| {
        let of_option = asked.iter().filter(|(it, _)| it == option);
        of_option.map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    Options {
        allow_unsupported: values("--allow-unsupported"),
        only: values("--only"),
        tag_features: asked.iter().any(|(it, _)| it == "--tag-features"),
    }
}

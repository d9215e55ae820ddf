//! The files of JSON and YAML below folders, and which of them are OpenAPI documents.

use std::fs;
use std::path::{Path, PathBuf};

use tablature::Error;

/// The files of JSON and YAML, sorted.
///
/// # Errors
/// When a folder cannot be read.
pub(super) fn files(folders: &[PathBuf], directory: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for folder in folders {
        walk(&directory.join(folder), &mut files)?;
    }
    files.sort();
    files.dedup();
    Ok(files)
}

/// Whether the file is a document of OpenAPI 3.
pub(super) fn is_document(file: &Path) -> bool {
    fs::read(file).is_ok_and(|bytes| is_openapi(&String::from_utf8_lossy(&bytes)))
}

fn walk(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let io = |cause| Error::io("read", path.to_string_lossy(), cause);
    // A link may lead back up.
    let kind = fs::symlink_metadata(path).map_err(io)?.file_type();
    if kind.is_dir() {
        for entry in fs::read_dir(path).map_err(io)? {
            walk(&entry.map_err(io)?.path(), files)?;
        }
    } else if kind.is_file() && path.extension().is_some_and(is_json_or_yaml) {
        files.push(path.to_owned());
    }
    Ok(())
}

fn is_json_or_yaml(extension: &std::ffi::OsStr) -> bool {
    ["json", "yaml", "yml"]
        .iter()
        .any(|it| extension.eq_ignore_ascii_case(it))
}

/// Whether a key `openapi` with a version 3 stands anywhere in the text.
fn is_openapi(text: &str) -> bool {
    text.match_indices("openapi").any(|(at, key)| {
        let value = text[at + key.len()..].trim_start_matches(['"', '\'']).trim_start();
        let value = value.strip_prefix(':').map(str::trim_start);
        value.is_some_and(|it| it.trim_start_matches(['"', '\'']).starts_with("3."))
    })
}

#[cfg(test)]
mod tests {
    use super::is_openapi;

    #[test]
    fn documents_are_told_by_their_version() {
        for text in [
            "{\"openapi\":\"3.1.0\"",
            "info: {}\nopenapi: 3.0.0",
            "{'openapi' : '3.2.0'}",
        ] {
            assert!(is_openapi(text), "{text}");
        }
        for text in ["swagger: '2.0'", "openapi: 2.0", "see openapi 3.1", "{}"] {
            assert!(!is_openapi(text), "{text}");
        }
    }
}

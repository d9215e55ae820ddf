//! The workspace as folders and files.

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the workspace.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// The folders of the members, by path from the root.
pub fn members() -> Vec<String> {
    let mut members: Vec<_> = children(root())
        .into_iter()
        .flat_map(|path| {
            if name(&path) == "runtime" {
                children(&path)
            } else {
                vec![path]
            }
        })
        .filter(|path| path.join("Cargo.toml").is_file())
        .map(|path| from_root(&path))
        .collect();
    members.sort();
    members
}

/// The `.rs` files that people write, by path from the root: not what is emitted, no fixtures.
pub fn hand_written() -> Vec<String> {
    let mut files = Vec::new();
    for member in members().iter().filter(|member| *member != "generated") {
        files_below(&root().join(member), &mut files);
    }
    let mut files: Vec<_> = files
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| from_root(path))
        .filter(|path| !path.starts_with("tests/fixtures/"))
        .collect();
    files.sort();
    files
}

/// All files below a folder; no hidden ones, nothing that cargo built.
pub fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for child in children(folder) {
        if child.is_dir() {
            files_below(&child, found);
        } else {
            found.push(child);
        }
    }
}

/// The path from the root, with `/` between its parts.
pub fn from_root(path: &Path) -> String {
    let path = path.strip_prefix(root()).unwrap_or(path);
    path.components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

/// The folders and files of a folder, sorted; no hidden ones, nothing that cargo built.
pub fn children(folder: &Path) -> Vec<PathBuf> {
    let mut children: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| !name(path).starts_with('.') && name(path) != "target")
        .collect();
    children.sort();
    children
}

/// The last part of a path.
pub fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

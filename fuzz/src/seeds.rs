//! The inputs that a run begins with: the fixtures, and other files that the tests have.

use std::fs;
use std::path::{Path, PathBuf};

/// Longer files make each try slow, and what is found in them hard to read.
const LONGEST: u64 = 48 * 1024;

/// The files below folders of the repository whose names end in one of these.
///
/// # Panics
/// If a folder has none: it has moved.
pub(crate) fn files(folders: &[&str], ends: &[&str]) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut paths = Vec::new();
    for folder in folders {
        let before = paths.len();
        walk(&root.join(folder), ends, &mut paths);
        assert!(paths.len() > before, "{folder} has no file that ends in {ends:?}");
    }
    paths.sort();
    paths.iter().filter_map(|path| fs::read(path).ok()).collect()
}

fn walk(path: &Path, ends: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        let path = entry.path();
        let short = entry.metadata().is_ok_and(|it| it.len() <= LONGEST);
        if path.is_dir() {
            walk(&path, ends, found);
        } else if short && ends.iter().any(|end| path.to_string_lossy().ends_with(end)) {
            found.push(path);
        }
    }
}

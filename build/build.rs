//! Tells generators apart: of sources that changed without a new version, as in a checkout, the output may differ.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use twox_hash::XxHash3_128;

/// What the output depends on, as far as it is there: a package from a registry has its own sources alone, and a
/// version that goes with those of the others.
const SOURCES: [&str; 5] = [
    "src",
    "../codegen/src",
    "../openapi/src",
    "../runtime/core/src",
    "../Cargo.lock",
];

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for source in SOURCES.map(Path::new).iter().filter(|it| it.exists()) {
        println!("cargo::rerun-if-changed={}", source.display());
        collect(source, &mut files)?;
    }
    files.sort();
    let mut hasher = XxHash3_128::new();
    for file in files {
        hasher.write(&fs::read(file)?);
    }
    println!("cargo::rustc-env=TABLATURE_SOURCES={:032x}", hasher.finish_128());
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}

//! What a build left: how many lines went in, and how big the library is.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::subject::Subject;
use tablature::Error;

/// The lines of all source files that the crate was checked from.
pub(super) fn lines(builds: &Path, subject: &Subject) -> Result<u64, Error> {
    let name = subject.package.replace('-', "_");
    let file = newest(&builds.join("debug/deps"), &format!("{name}-"), ".d")?;
    let text = fs::read_to_string(&file).map_err(|cause| Error::io("read", file.to_string_lossy(), cause))?;
    let mut lines = 0;
    for source in text.lines().filter_map(|line| line.strip_suffix(".rs:")) {
        let source = subject.folder.join(format!("{source}.rs"));
        let text = fs::read_to_string(&source).map_err(|cause| Error::io("read", source.to_string_lossy(), cause))?;
        lines += text.lines().count() as u64;
    }
    Ok(lines)
}

/// The size of the library that the release build made.
pub(super) fn rlib_bytes(builds: &Path, subject: &Subject) -> Result<u64, Error> {
    let name = subject.package.replace('-', "_");
    let deps = builds.join("release/deps");
    let named = newest(&deps, &format!("lib{name}-"), ".rlib");
    // The library of the package that a build is of has no hash in its name.
    let file = named.or_else(|_| newest(&builds.join("release"), &format!("lib{name}"), ".rlib"))?;
    let metadata = fs::metadata(&file).map_err(|cause| Error::io("read", file.to_string_lossy(), cause))?;
    Ok(metadata.len())
}

/// The newest file of the folder with this begin and end of its name.
fn newest(folder: &Path, begin: &str, end: &str) -> Result<PathBuf, Error> {
    let io = |cause| Error::io("read", folder.to_string_lossy(), cause);
    let mut best: Option<(SystemTime, PathBuf)> = None;
    for entry in fs::read_dir(folder).map_err(io)? {
        let entry = entry.map_err(io)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with(begin) || !name.ends_with(end) {
            continue;
        }
        let time = entry.metadata().and_then(|it| it.modified()).map_err(io)?;
        if best.as_ref().is_none_or(|(other, _)| *other < time) {
            best = Some((time, entry.path()));
        }
    }
    best.map(|(_, path)| path)
        .ok_or_else(|| io(std::io::ErrorKind::NotFound.into()))
}

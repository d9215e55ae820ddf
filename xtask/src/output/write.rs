//! Writing what a plan says: all files into a folder beside them first, then each in one step into its place.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Folder, Plan, State};
use crate::error::Error;

/// What the folder is called in which new files wait until all of them are written. One that is found was left by a
/// run that was interrupted.
const STAGE: &str = ".tablature-stage";

/// Brings the folder into the state that the plan says. A run that is interrupted while files are written leaves all
/// of them as they were.
///
/// # Errors
/// The first file that cannot be written or removed.
pub(crate) fn write(folder: &Folder, plan: &Plan<'_>) -> Result<(), Error> {
    let stage = folder.path.join(STAGE);
    sweep(&stage).map_err(|cause| Error::io("remove", folder.show(STAGE), cause))?;
    let written = staged(folder, plan, &stage);
    // The first error is the one to tell.
    let _ = sweep(&stage);
    written
}

fn staged(folder: &Folder, plan: &Plan<'_>, stage: &Path) -> Result<(), Error> {
    let mut waiting: Vec<(PathBuf, PathBuf, &str)> = Vec::new();
    for entry in &plan.entries {
        if let State::Missing { text } | State::Stale { text, .. } = &entry.state {
            let failed = |cause| Error::io("write", &entry.name, cause);
            fs::create_dir_all(stage).map_err(failed)?;
            let file = stage.join(waiting.len().to_string());
            fs::write(&file, text).map_err(failed)?;
            waiting.push((file, folder.path.join(&entry.path), &entry.name));
        }
    }
    for (file, path, name) in waiting {
        let above = path.parent().unwrap_or(&folder.path);
        let moved = fs::create_dir_all(above).and_then(|()| fs::rename(file, &path));
        moved.map_err(|cause| Error::io("write", name, cause))?;
    }
    for entry in plan.entries.iter().filter(|it| matches!(it.state, State::LeftOver)) {
        let path = folder.path.join(&entry.path);
        remove(&folder.path, &path).map_err(|cause| Error::io("remove", &entry.name, cause))?;
    }
    Ok(())
}

/// Removes the folder of waiting files, if there is one.
fn sweep(stage: &Path) -> io::Result<()> {
    match fs::remove_dir_all(stage) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
        _ => Ok(()),
    }
}

/// Puts `text` in place of the file: a reader sees the old text or the new one, never a part.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(io::ErrorKind::InvalidInput.into());
    };
    fs::create_dir_all(folder)?;
    let sibling = folder.join(format!(".{}.{}", name.to_string_lossy(), std::process::id()));
    let written = fs::write(&sibling, text).and_then(|()| fs::rename(&sibling, path));
    if written.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&sibling);
    }
    written
}

/// Removes the file, and the folders up to `root` that it leaves empty.
fn remove(root: &Path, path: &Path) -> io::Result<()> {
    fs::remove_file(path)?;
    let folders = path.ancestors().skip(1).take_while(|folder| *folder != root);
    for folder in folders {
        // Not empty is the usual end of the way up.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

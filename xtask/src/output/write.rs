//! Writing what a plan says: each file beside its place first, then in one step into it.

use std::fs;
use std::io;
use std::path::Path;

use super::{Folder, Plan, State};
use crate::error::Error;

/// Brings the folder into the state that the plan says.
///
/// # Errors
/// The first file that cannot be written or removed.
pub(crate) fn write(folder: &Folder, plan: &Plan<'_>) -> Result<(), Error> {
    for entry in &plan.entries {
        let path = folder.path.join(&entry.path);
        match &entry.state {
            State::Unchanged => {}
            State::Missing { text } | State::Stale { text, .. } => {
                replace(&path, text).map_err(|cause| Error::io("write", &entry.name, cause))?;
            }
            State::LeftOver => {
                remove(&folder.path, &path).map_err(|cause| Error::io("remove", &entry.name, cause))?;
            }
        }
    }
    Ok(())
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

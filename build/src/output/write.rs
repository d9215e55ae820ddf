//! Writing what a plan says: all files into a folder beside them first, then each file or new folder in one step into
//! its place.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;

use super::{Plan, State};
use crate::Error;

/// What the folder is called in which new files wait until all of them are written. One that is found was left by a
/// run that was interrupted.
const STAGE: &str = ".tablature-stage";

impl Plan<'_> {
    /// Brings the folder into the state that the plan says. A run that is interrupted while files are written leaves
    /// all of them as they were.
    ///
    /// # Errors
    /// The first file that cannot be written or removed.
    pub fn write(&self) -> Result<(), Error> {
        let stage = self.folder.path.join(STAGE);
        sweep(&stage).map_err(|cause| Error::io("remove", self.folder.show(STAGE), cause))?;
        let written = staged(self, &stage);
        // The first error is the one to tell.
        let _ = sweep(&stage);
        written
    }
}

fn staged(plan: &Plan<'_>, stage: &Path) -> Result<(), Error> {
    let folder = plan.folder;
    let mut waiting: Vec<(&str, &str)> = Vec::new();
    let mut made = HashSet::new();
    for entry in &plan.entries {
        if let State::Missing { text } | State::Stale { text, .. } = &entry.state {
            let failed = |cause| Error::io("write", &entry.name, cause);
            // Under its own name, so that one that the file system does not take stops the run here.
            let file = stage.join(&entry.path);
            let above = file.parent().unwrap_or(stage);
            if made.insert(above.to_owned()) {
                fs::create_dir_all(above).map_err(failed)?;
            }
            fs::write(&file, text).map_err(failed)?;
            waiting.push((&entry.path, &entry.name));
        }
    }
    move_all(stage, &folder.path, &waiting)?;
    for entry in plan.entries.iter().filter(|it| matches!(it.state, State::LeftOver)) {
        let path = folder.path.join(&entry.path);
        remove(&folder.path, &path).map_err(|cause| Error::io("remove", &entry.name, cause))?;
    }
    Ok(())
}

/// Moves waiting files, each with what a person calls it, into their places: a folder that is not there yet with all that
/// it holds.
fn move_all(stage: &Path, root: &Path, waiting: &[(&str, &str)]) -> Result<(), Error> {
    let (mut there, mut moved) = (HashSet::new(), HashSet::new());
    for (path, name) in waiting {
        let mut is_there = |folder| there.contains(folder) || (root.join(folder).is_dir() && there.insert(folder));
        let mut folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        let new = folders.find(|it| moved.contains(it) || !is_there(*it));
        if new.is_some_and(|it| !moved.insert(it)) {
            continue;
        }
        let piece = new.unwrap_or(path);
        fs::rename(stage.join(piece), root.join(piece)).map_err(|cause| Error::io("write", *name, cause))?;
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

/// Puts `text` in place of the file: a reader sees the old text or the new one, never a part. What a link leads to is
/// replaced, not the link; a device or a pipe is written to.
///
/// # Errors
/// When the file cannot be written; the old one is still there.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|it| !it.is_file()) {
        return fs::write(path, text);
    }
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Folder;
    use tablature_codegen::File;

    #[test]
    fn a_file_that_cannot_be_written_leaves_the_others_as_they_were() {
        let path = std::env::temp_dir().join(format!("tablature-write-{}", std::process::id()));
        let folder = Folder {
            path: path.clone(),
            name: "out".to_owned(),
            is_crate: true,
        };
        let file = |path: &str| File {
            path: path.to_owned(),
            text: "// @generated\n".to_owned(),
        };
        let long = format!("src/{}.rs", "x".repeat(300));
        let files = [file("src/a.rs"), file(&long)];
        let plan = Plan::of(&folder, &files);
        let written = plan.and_then(|it| it.write());
        let found = path.join("src").exists() || path.join(STAGE).exists();
        let good = Plan::of(&folder, &files[..1]).and_then(|it| it.write());
        let text = fs::read_to_string(path.join("src/a.rs")).ok();
        let _ = fs::remove_dir_all(&path);
        assert!(written.is_err() && !found, "{written:?}");
        assert!(good.is_ok(), "{good:?}");
        assert_eq!(text.as_deref(), Some("// @generated\n"));
    }

    #[test]
    fn new_folders_are_moved_beside_what_is_there() {
        let path = std::env::temp_dir().join(format!("tablature-move-{}", std::process::id()));
        let folder = Folder {
            path: path.clone(),
            name: "out".to_owned(),
            is_crate: true,
        };
        let file = |(path, text): (&str, &str)| File {
            path: path.to_owned(),
            text: format!("// @generated\n{text}"),
        };
        let write = |files: &[(&str, &str)]| {
            let files: Vec<File> = files.iter().map(|it| file(*it)).collect();
            let plan = Plan::of(&folder, &files)?;
            plan.write()?;
            Plan::of(&folder, &files).map(|it| it.is_met())
        };
        let first = write(&[("src/a.rs", "1"), ("src/b/c.rs", "2")]);
        let own = fs::create_dir_all(path.join("src/d")).and_then(|()| fs::write(path.join("src/d/own.rs"), "mine"));
        let then = write(&[
            ("Cargo.toml", "3"),
            ("src/a.rs", "4"),
            ("src/b-d.rs", "5"),
            ("src/b/c.rs", "2"),
            ("src/b/c/e.rs", "6"),
            ("src/d/f.rs", "7"),
            ("tests/g/h.rs", "8"),
        ]);
        let kept = fs::read_to_string(path.join("src/d/own.rs")).ok();
        let is_clean = !path.join(STAGE).exists();
        let _ = fs::remove_dir_all(&path);
        assert!(own.is_ok() && is_clean);
        assert!(matches!((&first, &then), (Ok(true), Ok(true))), "{first:?} {then:?}");
        assert_eq!(kept.as_deref(), Some("mine"));
    }
}

//! What stands in the output folder, held against what should stand there.
//!
//! A file belongs to the generator when its first line says `@generated`. Any other file is its
//! writer's: it is never changed, and where it stands in the way nothing is written at all.

use std::collections::{HashMap, HashSet};
use std::fs::{self, Metadata};
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use tablature_codegen::File;

use super::Folder;
use crate::{Error, Obstacle};

/// The folders of a crate that may hold generated files. Nothing else below the output folder is
/// looked at, so that a folder given by mistake keeps what it has.
const CRATE_FOLDERS: [&str; 4] = ["benches", "examples", "src", "tests"];

/// What is to be done in the output folder.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The folder.
    pub folder: &'a Folder,
    /// The emitted files and the ones left over, sorted by path.
    pub entries: Vec<Entry<'a>>,
}

/// A file that should stand in the output folder, or should no longer.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The path below the folder, with `/` between its parts.
    pub path: String,
    /// What a person calls it.
    pub name: String,
    /// What stands there.
    pub state: State<'a>,
}

impl<'a> Entry<'a> {
    fn new(file: &File, name: String, state: State<'a>) -> Self {
        let path = file.path.clone();
        Self { path, name, state }
    }
}

/// What stands in place of an emitted file.
#[derive(Debug)]
pub enum State<'a> {
    /// Nothing.
    Missing {
        /// The text that should stand there.
        text: &'a str,
    },
    /// Another generated text.
    Stale {
        /// The text that stands there.
        old: String,
        /// The text that should stand there.
        text: &'a str,
    },
    /// The same text.
    Unchanged,
    /// A generated file that is emitted no longer.
    LeftOver,
}

impl<'a> Plan<'a> {
    /// Looks at the folder and changes nothing.
    ///
    /// # Errors
    /// All files at once that are in the way, what a folder holds in which nothing was generated, or the first file that
    /// cannot be read.
    pub fn of(folder: &'a Folder, files: &'a [File]) -> Result<Self, Error> {
        let mut entries = Vec::new();
        let mut obstacles = Vec::new();
        let mut known = HashMap::new();
        for file in files {
            match stands_in(folder, file, &mut known)? {
                Ok(entry) => entries.push(entry),
                Err(obstacle) => obstacles.push(obstacle),
            }
        }
        if !obstacles.is_empty() {
            obstacles.sort_by(|one, other| one.path.cmp(&other.path));
            obstacles.dedup();
            return Err(Error::InTheWay(obstacles));
        }
        entries.extend(left_over(folder, files)?);
        entries.sort_by(|one, other| one.path.cmp(&other.path));
        let plan = Self { folder, entries };
        if plan.count(|it| !matches!(it, State::Missing { .. })) == 0 {
            refuse_foreign(folder)?;
        }
        Ok(plan)
    }

    /// Whether the folder holds what it should.
    pub fn is_met(&self) -> bool {
        self.entries.iter().all(|entry| matches!(entry.state, State::Unchanged))
    }

    /// How many entries are in a state.
    pub fn count(&self, of: impl Fn(&State<'_>) -> bool) -> usize {
        self.entries.iter().filter(|entry| of(&entry.state)).count()
    }
}

/// What stands in place of `file`: something to go by, or something in the way. `known` tells of the folders that were
/// looked at whether they are there.
fn stands_in<'a>(
    folder: &Folder,
    file: &'a File,
    known: &mut HashMap<PathBuf, bool>,
) -> Result<Result<Entry<'a>, Obstacle>, Error> {
    let name = folder.show(&file.path);
    let mut path = folder.path.clone();
    let mut parts = Path::new(&file.path).components().peekable();
    let text = file.text.as_str();
    while let Some(part) = parts.next() {
        let obstacle = |reason| {
            let below = path.strip_prefix(&folder.path).unwrap_or(&path).join(part);
            Ok(Err(Obstacle {
                path: folder.show(&crate::paths::slashed(&below)),
                reason,
            }))
        };
        let Component::Normal(part) = part else {
            return obstacle("it is outside of the output folder");
        };
        let below = path.join(part);
        let is_there = match known.get(&below) {
            Some(true) => {
                path = below;
                continue;
            }
            Some(false) => break,
            None => metadata(&below, &name)?,
        };
        let is_folder = parts.peek().is_some();
        let Some(metadata) = is_there else {
            if is_folder {
                known.insert(below, false);
            }
            break;
        };
        match (metadata, is_folder) {
            (metadata, _) if metadata.is_symlink() => return obstacle("it is a link"),
            (metadata, true) if !metadata.is_dir() => return obstacle("it is no folder"),
            (metadata, false) if metadata.is_dir() => return obstacle("it is a folder"),
            (metadata, false) if !metadata.is_file() => return obstacle("it is not a file"),
            (_, true) => {
                known.insert(below.clone(), true);
                path = below;
            }
            (_, false) => {
                let bytes = fs::read(below).map_err(|cause| Error::io("read", &name, cause))?;
                let Some(state) = state_of(&bytes, text) else {
                    return obstacle("its first line does not say @generated");
                };
                return Ok(Ok(Entry::new(file, name, state)));
            }
        }
    }
    Ok(Ok(Entry::new(file, name, State::Missing { text })))
}

/// How what stands in place of a text is to it; `None` where that was not generated.
fn state_of<'a>(bytes: &[u8], text: &'a str) -> Option<State<'a>> {
    is_generated(bytes).then(|| match bytes == text.as_bytes() {
        true => State::Unchanged,
        false => State::Stale {
            old: String::from_utf8_lossy(bytes).into_owned(),
            text,
        },
    })
}

/// Generated files of the folder that are not among `files`.
fn left_over<'a>(folder: &Folder, files: &[File]) -> Result<Vec<Entry<'a>>, Error> {
    let mut found = Vec::new();
    collect(folder, "", &mut found)?;
    let emitted: HashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let mut left_over = Vec::new();
    for path in found.into_iter().filter(|path| !emitted.contains(path.as_str())) {
        let name = folder.show(&path);
        if begins_generated(&folder.path.join(&path)).map_err(|cause| Error::io("read", &name, cause))? {
            let state = State::LeftOver;
            left_over.push(Entry { path, name, state });
        }
    }
    Ok(left_over)
}

/// The paths of the files of the folder that may be generated, sorted: [`is_generated`] tells by their texts.
pub(crate) fn candidates(folder: &Folder) -> Result<Vec<String>, Error> {
    let mut paths = Vec::new();
    collect(folder, "", &mut paths)?;
    paths.sort_unstable();
    Ok(paths)
}

/// Adds the files below `prefix` that may be generated; hidden ones and links are passed by.
fn collect(folder: &Folder, prefix: &str, found: &mut Vec<String>) -> Result<(), Error> {
    let shown = folder.show(prefix);
    let children = match fs::read_dir(folder.path.join(prefix)) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
        children => children.map_err(|cause| Error::io("read", &shown, cause))?,
    };
    for child in children {
        let child = child.map_err(|cause| Error::io("read", &shown, cause))?;
        let kind = child.file_type().map_err(|cause| Error::io("read", &shown, cause))?;
        let Ok(name) = child.file_name().into_string() else {
            continue;
        };
        if name.starts_with('.') {
            continue;
        }
        let is_ours = !folder.is_crate || !prefix.is_empty() || CRATE_FOLDERS.contains(&name.as_str());
        if kind.is_dir() && is_ours {
            collect(folder, &format!("{prefix}{name}/"), found)?;
        } else if kind.is_file() {
            found.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}

/// Refuses a folder without a generated file that holds others: a slip of the pen is likelier than a wish for both.
fn refuse_foreign(folder: &Folder) -> Result<(), Error> {
    let children = match fs::read_dir(&folder.path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
        children => children.map_err(|cause| Error::io("read", &folder.name, cause))?,
    };
    let names = children
        .flatten()
        .map(|it| it.file_name().to_string_lossy().into_owned());
    let goes_along = |it: &String| it.starts_with('.') || BESIDE.iter().any(|known| it.starts_with(known));
    match names.filter(|it| !goes_along(it)).min() {
        Some(other) => Err(Error::usage(format!(
            "cannot emit into {}: no file in it was generated, and {} is there; name an empty folder",
            folder.name,
            folder.show(&other)
        ))),
        None => Ok(()),
    }
}

/// The beginnings of names that go along with a crate that is yet to be generated.
const BESIDE: [&str; 7] = [
    "CHANGELOG",
    "Cargo.lock",
    "LICENCE",
    "LICENSE",
    "NOTICE",
    "README",
    "target",
];

fn metadata(path: &Path, name: &str) -> Result<Option<Metadata>, Error> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(Error::io("read", name, cause)),
    }
}

/// As [`is_generated`], reading no more of the file than its beginning.
fn begins_generated(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    fs::File::open(path)?.take(MARK_WITHIN).read_to_end(&mut start)?;
    Ok(is_generated(&start))
}

/// How far into a file the mark may stand.
const MARK_WITHIN: u64 = 64;

/// Whether the first line is a comment that begins with `@generated`.
pub(crate) fn is_generated(text: &[u8]) -> bool {
    ["// @generated", "# @generated", "<!-- @generated"].iter().any(|mark| {
        let rest = text.strip_prefix(mark.as_bytes());
        rest.is_some_and(|rest| rest.first().is_none_or(u8::is_ascii_whitespace))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_a_comment_in_the_first_line() {
        for (text, generated) in [
            ("// @generated by `cargo xtask codegen`\nmod a;", true),
            ("# @generated\n[package]", true),
            ("// @generated", true),
            ("<!-- @generated by `tablature codegen` -->\n", true),
            ("// @generatedly", false),
            ("//! Not @generated", false),
            ("\n// @generated", false),
            ("let at = \"// @generated\";", false),
            ("", false),
        ] {
            assert_eq!(is_generated(text.as_bytes()), generated, "{text:?}");
        }
    }
}

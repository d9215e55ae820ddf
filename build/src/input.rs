//! The documents of a build, read from files: those that it names, and what these refer to near them.

use std::collections::HashMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;

use crate::index::Named;
use crate::{Error, paths};

/// Gives the text of a document, or says why it cannot.
pub type Read<'a> = dyn Fn(&str) -> Result<String, String> + 'a;

/// The largest file that is read, in bytes.
pub const LARGEST: u64 = 64 * 1024 * 1024;

/// The texts of documents by name, relative names from one folder.
#[derive(Debug)]
pub struct Inputs {
    base: PathBuf,
    texts: HashMap<String, String>,
    /// The folders that references may lead into, without links.
    allowed: Vec<PathBuf>,
}

impl Inputs {
    /// Reads the documents that the run begins with. What they refer to has to be in the folder of the first one, or in
    /// one of the folders `outside`.
    ///
    /// # Errors
    /// All files at once that cannot be read or are not UTF-8.
    pub fn read(base: &Path, names: &[String], outside: &[PathBuf]) -> Result<Self, Error> {
        let documents = names.iter().map(|it| (it.clone(), read(base, it)));
        Self::of(base, documents.collect(), outside)
    }

    /// As [`Inputs::read`], of documents that were read.
    pub(crate) fn of(base: &Path, documents: Vec<Named<Error>>, outside: &[PathBuf]) -> Result<Self, Error> {
        let first = documents.first().and_then(|(name, _)| Path::new(name).parent());
        let first = first.unwrap_or(Path::new("")).to_owned();
        let mut texts = HashMap::new();
        let mut errors = Vec::new();
        for (name, text) in documents {
            match text {
                Ok(text) => drop(texts.insert(name, text)),
                Err(error) => errors.push(error),
            }
        }
        let mut allowed = Vec::new();
        for folder in std::iter::once(first.as_path()).chain(outside.iter().map(PathBuf::as_path)) {
            match base.join(folder).canonicalize() {
                Ok(folder) => allowed.push(folder),
                // That of a document that cannot be read is said already.
                Err(_) if folder == first && !errors.is_empty() => {}
                Err(cause) => errors.push(Error::io("read", paths::slashed(folder), cause)),
            }
        }
        Error::all(errors)?;
        Ok(Self {
            base: base.to_owned(),
            texts,
            allowed,
        })
    }

    /// The text of a document of the run, or of one that it refers to.
    ///
    /// # Errors
    /// Why the file cannot be read, to be shown where it is referred to.
    pub fn get(&self, name: &str) -> Result<String, String> {
        match self.texts.get(name) {
            Some(text) => Ok(text.clone()),
            None => self.near(name),
        }
    }

    fn near(&self, name: &str) -> Result<String, String> {
        // Where it really is decides, since a link may lead anywhere; whether it exists is told of what is allowed only.
        let path = paths::resolve(&self.base.join(name)).map_err(|cause| cause.to_string())?;
        if !self.allowed.iter().any(|it| path.starts_with(it)) {
            let problem = "it is outside of the folder of the first document";
            return Err(format!("{problem}; `--allow-outside DIR` allows another folder"));
        }
        read(&self.base, name).map_err(|error| match error {
            // The file is named by the diagnostic that this becomes a part of.
            Error::Io { cause, .. } => cause.to_string(),
            error => error.to_string(),
        })
    }
}

/// The text of a file, its name relative to `base`.
///
/// # Errors
/// When it cannot be read, is no file, is larger than [`LARGEST`] or is not UTF-8.
pub fn read(base: &Path, name: &str) -> Result<String, Error> {
    String::from_utf8(bytes(base, name)?).map_err(|error| not_utf8(name, &error))
}

/// The bytes of a file, as [`read`] takes them.
pub(crate) fn bytes(base: &Path, name: &str) -> Result<Vec<u8>, Error> {
    let unreadable = |cause| Error::io("read", name, cause);
    let path = base.join(name);
    // A pipe would be waited for, and a device has no end.
    if !fs::metadata(&path).map_err(unreadable)?.is_file() {
        return Err(unreadable(std::io::Error::other("it is not a file")));
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(unreadable)?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        let problem = format!("it is larger than {} MiB", LARGEST / 1024 / 1024);
        return Err(unreadable(std::io::Error::other(problem)));
    }
    Ok(bytes)
}

fn not_utf8(name: &str, error: &FromUtf8Error) -> Error {
    let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
    let line_start = good
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |newline| newline + 1);
    let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = String::from_utf8_lossy(&good[line_start..]).chars().count() + 1;
    Error::NotUtf8 {
        path: name.to_owned(),
        line,
        column,
    }
}

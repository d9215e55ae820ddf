//! The documents of a run, read from files.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The texts of documents by name, relative names from one folder.
#[derive(Debug)]
pub(crate) struct Inputs {
    base: PathBuf,
    texts: HashMap<String, String>,
}

impl Inputs {
    /// Reads the documents that the run begins with.
    ///
    /// # Errors
    /// All files at once that cannot be read or are not UTF-8.
    pub(crate) fn read(base: &Path, names: &[String]) -> Result<Self, Error> {
        let mut texts = HashMap::new();
        let mut errors = Vec::new();
        for name in names {
            match read(base, name) {
                Ok(text) => drop(texts.insert(name.clone(), text)),
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() {
            Ok(Self {
                base: base.to_owned(),
                texts,
            })
        } else {
            Err(Error::Several(errors))
        }
    }

    /// The text of a document of the run, or of one that it refers to.
    ///
    /// # Errors
    /// Why the file cannot be read, to be shown where it is referred to.
    pub(crate) fn get(&self, name: &str) -> Result<String, String> {
        match self.texts.get(name).cloned() {
            Some(text) => Ok(text),
            None => read(&self.base, name).map_err(|error| match error {
                // The file is named by the diagnostic that this becomes a part of.
                Error::Io { cause, .. } => cause.to_string(),
                error => error.to_string(),
            }),
        }
    }
}

/// The text of a file, its name relative to `base`.
///
/// # Errors
/// When it cannot be read or is not UTF-8.
pub(crate) fn read(base: &Path, name: &str) -> Result<String, Error> {
    let bytes = fs::read(base.join(name)).map_err(|cause| Error::io("read", name, cause))?;
    String::from_utf8(bytes).map_err(|error| {
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
    })
}

//! A named entry of a file of kubectl.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::zeroize::Zeroizing;
use tablature_runtime::Json;

use super::{KubeconfigError, items, text};

/// A context, a cluster or a user.
pub(super) struct Entry<'a> {
    kind: &'static str,
    name: String,
    folder: &'a Path,
    content: Json,
}

/// A certificate or a key.
pub(super) enum Material {
    Data(Zeroizing<Vec<u8>>),
    File(PathBuf),
}

impl Material {
    /// The bytes, which are read now, or the error with the file.
    pub(super) fn read(self) -> Result<Zeroizing<Vec<u8>>, (PathBuf, io::Error)> {
        match self {
            Self::Data(bytes) => Ok(bytes),
            Self::File(path) => fs::read(&path).map(Zeroizing::new).map_err(|error| (path, error)),
        }
    }
}

impl<'a> Entry<'a> {
    pub(super) fn new(kind: &'static str, name: &str, folder: &'a Path, content: Json) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            folder,
            content,
        }
    }

    /// What paths are relative to.
    pub(super) fn folder(&self) -> &'a Path {
        self.folder
    }

    /// What is at `place`, a JSON Pointer.
    pub(super) fn at(&self, place: &str) -> Option<Json> {
        self.content.get(place).filter(|value| !value.is_null())
    }

    /// The items of the list at `place`.
    pub(super) fn items(&self, place: &str) -> impl Iterator<Item = Json> {
        items(&self.content, place)
    }

    /// The string `key`, unless it is empty.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        text(&self.content, key)
    }

    pub(super) fn required(&self, key: &str) -> Result<String, KubeconfigError> {
        self.text(key).ok_or_else(|| self.wrong(&format!("has no `{key}`")))
    }

    pub(super) fn is_true(&self, key: &str) -> bool {
        self.content.get(key) == Some(Json::from(true))
    }

    /// The path `key`, relative to the file.
    pub(super) fn path(&self, key: &str) -> Option<PathBuf> {
        self.text(key).map(|path| self.folder.join(path))
    }

    /// What `key-data` holds in Base64, else the file that `key` names.
    pub(super) fn material(&self, key: &str) -> Result<Option<Material>, KubeconfigError> {
        let Some(data) = self.text(&format!("{key}-data")) else {
            return Ok(self.path(key).map(Material::File));
        };
        let data = Zeroizing::new(data);
        match STANDARD.decode(data.trim()) {
            Ok(bytes) => Ok(Some(Material::Data(Zeroizing::new(bytes)))),
            Err(_) => Err(self.wrong(&format!("has a `{key}-data` that is not Base64"))),
        }
    }

    /// An error about the file that `key` names.
    pub(super) fn unreadable(&self, key: &str, path: &Path, error: &io::Error) -> KubeconfigError {
        self.wrong(&format!(
            "has a `{key}` that cannot be read: {}: {error}",
            path.display()
        ))
    }

    /// An error about this entry.
    pub(super) fn wrong(&self, what: &str) -> KubeconfigError {
        KubeconfigError::new(format_args!("{} `{}` {what}", self.kind, self.name))
    }
}

//! What can be wrong with a JSON value.

use std::fmt;

/// What is wrong, without the line and column within a part of the text.
pub(crate) fn without_position(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let before = message.rsplit_once(" at line ").map(|(before, _)| before.to_owned());
    before.unwrap_or(message)
}

/// A value that cannot be read as what it should be, or cannot be written as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    path: Option<String>,
    message: String,
}

impl Error {
    /// An error with a message of your own, such as a [`Union`](crate::union::Union) that refuses
    /// a value.
    pub fn new(message: &(impl fmt::Display + ?Sized)) -> Self {
        Self {
            path: None,
            message: message.to_string(),
        }
    }

    pub(crate) fn at(path: String, message: &(impl fmt::Display + ?Sized)) -> Self {
        // `.` is how the path of the value itself is written.
        let path = Some(path).filter(|path| path != ".");
        Self {
            path,
            message: message.to_string(),
        }
    }

    /// The error of the member `name`, as one of the value around it.
    #[must_use]
    pub fn inside(self, name: &str) -> Self {
        let path = match &self.path {
            Some(path) if path.starts_with('[') => format!("{name}{path}"),
            Some(path) => format!("{name}.{path}"),
            None => name.to_owned(),
        };
        Self {
            path: Some(path),
            message: self.message,
        }
    }

    /// The error of the first item of the list at a JSON Pointer, as one of that item alone.
    pub(crate) fn within_first(self, list: &str) -> Self {
        let list = list.trim_start_matches('/').replace('/', ".");
        let path = self
            .path
            .as_deref()
            .and_then(|path| path.strip_prefix(list.as_str())?.strip_prefix("[0]"));
        match path {
            Some(path) => Self {
                path: Some(path.trim_start_matches('.').to_owned()).filter(|path| !path.is_empty()),
                message: self.message,
            },
            None => self,
        }
    }

    pub(crate) fn too_deep() -> Self {
        Self::new(&format_args!(
            "arrays and objects nest deeper than {}",
            super::MAX_DEPTH
        ))
    }

    /// The place within the value, such as `spec.ports[0].port`; `None` for the value itself.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// What is wrong: what was expected, and what was there.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{path}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Error {}

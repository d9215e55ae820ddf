//! The bodies of errors, told apart by how they can be read.

use bytes::Bytes;

use crate::Json;

/// The body of an error, told apart by how it can be read, whatever is documented for it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ErrorBody {
    /// JSON.
    Json(Json),
    /// Any other text.
    Text(String),
    /// Anything else; also an empty body.
    Bytes(Bytes),
}

impl ErrorBody {
    pub(super) fn read(body: &Bytes) -> Self {
        match std::str::from_utf8(body) {
            Ok(text) if !text.trim().is_empty() => match text.parse() {
                Ok(json) => Self::Json(json),
                Err(_) => Self::Text(text.to_owned()),
            },
            _ => Self::Bytes(body.clone()),
        }
    }

    /// The body as JSON, if it is.
    #[must_use]
    pub fn as_json(&self) -> Option<&Json> {
        match self {
            Self::Json(json) => Some(json),
            Self::Text(_) | Self::Bytes(_) => None,
        }
    }
}

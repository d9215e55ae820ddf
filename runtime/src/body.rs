//! Bodies of requests.

use std::fmt;

use bytes::Bytes;
use serde::Serialize;

use crate::json;

/// A body of a request that knows its media type.
pub trait RequestBody {
    /// The media type, which becomes the `Content-Type`.
    fn media_type(&self) -> &'static str;

    /// The bytes of the body.
    ///
    /// # Errors
    /// If the body can't be written.
    fn encode(&self) -> Result<Bytes, BodyError>;
}

/// Encodes `value` as JSON.
///
/// # Errors
/// If `value` can't be written as JSON.
pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Bytes, BodyError> {
    serde_json::to_vec(value)
        .map(Bytes::from)
        .map_err(|error| BodyError::new(&error))
}

/// A body that can't be written, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyError(String);

impl BodyError {
    /// An error with a message of your own.
    pub fn new(message: &(impl fmt::Display + ?Sized)) -> Self {
        Self(message.to_string())
    }

    /// Why the body can't be written.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the body can't be written: {}", self.0)
    }
}

impl std::error::Error for BodyError {}

impl From<json::Error> for BodyError {
    fn from(error: json::Error) -> Self {
        Self::new(&error)
    }
}

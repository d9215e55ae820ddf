//! What an operation documents of its failures.

use bytes::Bytes;
use http::StatusCode;
use serde::de::DeserializeOwned;

use crate::json;

/// The failures of an operation: an enumeration with a variant per documented status.
pub trait Failure: Sized {
    /// Reads a failure. One that is not documented, or not as it is documented, is kept as it is.
    #[must_use]
    fn read(failure: Undocumented) -> Self;
}

/// A failure whose status is not documented, or whose body is not what is documented for its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undocumented {
    status: StatusCode,
    body: Bytes,
}

impl Undocumented {
    pub(crate) fn new(status: StatusCode, body: Bytes) -> Self {
        Self { status, body }
    }

    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The body of the response, as it came.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Reads the body as a `T`.
    ///
    /// # Errors
    /// If the body is not JSON, or is not a `T`: what keeps a documented failure from being read as such.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, json::Error> {
        super::json(&self.body)
    }

    /// The failure as what its JSON holds, for emitted code.
    #[must_use]
    pub fn json<T: DeserializeOwned, F>(self, documented: fn(T) -> F, other: fn(Self) -> F) -> F {
        match self.decode() {
            Ok(value) => documented(value),
            Err(_) => other(self),
        }
    }

    /// The failure as its text, for emitted code.
    #[must_use]
    pub fn text<F>(self, documented: fn(String) -> F, other: fn(Self) -> F) -> F {
        match super::text(&self.body) {
            Ok(value) => documented(value),
            Err(_) => other(self),
        }
    }
}

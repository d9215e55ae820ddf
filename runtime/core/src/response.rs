//! A successful answer.

use std::ops::{Deref, DerefMut};

use http::{HeaderMap, StatusCode};

use crate::header::{self, FromHeader, HeaderError};
use crate::warning::{self, Warning};

/// A successful answer: its status, its headers and its body, to which it derefs.
#[derive(Clone, Debug)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
}

impl<T> Response<T> {
    /// An answer of these parts.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        Self { status, headers, body }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The header `name` as an `H`, `None` if it is not there.
    ///
    /// Several lines are read as one, with `, ` between them; of `Set-Cookie` each is an item of a `Vec`.
    ///
    /// # Errors
    /// If the header is not an `H`.
    pub fn header<H: FromHeader>(&self, name: &str) -> Result<Option<H>, HeaderError> {
        header::read(&self.headers, name)
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The body, to change.
    pub fn body_mut(&mut self) -> &mut T {
        &mut self.body
    }

    /// The body alone.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }

    /// The answer with another body.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            status: self.status,
            headers: self.headers,
            body: f(self.body),
        }
    }

    /// What the server warns of: an unknown field, a deprecated version. Headers that are not
    /// warnings as RFC 9111 has them are left out; they are in [`headers`](Self::headers).
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        warning::parse(&self.headers)
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.body
    }
}

//! A webhook that has come.

use std::fmt;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Method, Uri};

use crate::header::{self, FromHeader, HeaderError};

/// A request of a webhook, with its body read.
pub struct Received<T> {
    head: Parts,
    bytes: Bytes,
    body: T,
}

impl<T> Received<T> {
    pub(super) fn new(request: http::Request<Bytes>, body: T) -> Self {
        let (head, bytes) = request.into_parts();
        Self { head, bytes, body }
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.head.method
    }

    /// The address, with the query.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.head.uri
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The header `name` as an `H`, `None` if it is not there.
    ///
    /// # Errors
    /// If the header is not an `H`.
    pub fn header<H: FromHeader>(&self, name: &str) -> Result<Option<H>, HeaderError> {
        header::read(&self.head.headers, name)
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The bytes of the body as they came, which a signature is over.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The body alone.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }
}

impl<T: fmt::Debug> fmt::Debug for Received<T> {
    /// Without the address and the values of headers, since they may hold a credential.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.head.headers.keys().map(http::HeaderName::as_str).collect();
        f.debug_struct("Received")
            .field("method", &self.head.method)
            .field("headers", &headers)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

//! Code of the caller around each attempt.

use std::fmt;

use bytes::Bytes;
use http::{Method, Request, response};

use crate::Error;

/// Code of yours around each attempt of each call.
pub trait Hook: Send + Sync + 'static {
    /// Before a request is sent: it may be changed. The credential is put on it afterwards, unless it
    /// would now go to another server.
    fn before(&self, attempt: &Attempt, request: &mut Request<Bytes>) {
        _ = (attempt, request);
    }

    /// After the head of an answer has come. Its headers may hold secrets.
    fn answered(&self, attempt: &Attempt, head: &response::Parts) {
        _ = (attempt, head);
    }

    /// After an attempt that brought no answer that could be read, be it tried again or not.
    fn failed(&self, attempt: &Attempt, error: &Error) {
        _ = (attempt, error);
    }
}

/// One attempt of a call.
#[derive(Clone)]
pub struct Attempt {
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    pub(crate) route: &'static str,
    pub(crate) number: u32,
}

impl Attempt {
    /// The name of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The method of the request.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The route of the request: its path, with the names of parameters in place of their values.
    #[must_use]
    pub fn route(&self) -> &'static str {
        self.route
    }

    /// Which attempt it is, from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} {} ({})",
            self.operation, self.method, self.route, self.number
        )
    }
}

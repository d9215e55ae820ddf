//! What can go wrong with a call, its way to the server and back included.

mod failed;
mod redirect;
mod timeout;

use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri};
use serde::de::DeserializeOwned;
use tablature_runtime::RequestError;
use tablature_runtime::error::{ApiError, Exchange, Facts};
use tablature_runtime::json::{self, Lenient};
use tablature_runtime::operation::{Builder, Fallible};

pub use failed::Failed;
pub use redirect::RedirectError;
pub use timeout::{TimeoutError, TimeoutKind};

use crate::credentials::CredentialError;
use crate::transport::{TransportError, TransportErrorKind};

/// What can go wrong with a call, its way to the server and back included.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request cannot be sent as it was meant, or the answer is an error or is not what is documented.
    Call(tablature_runtime::Error),
    /// The server is elsewhere, where a request with a credential is not sent unasked.
    Redirect(RedirectError),
    /// There is no answer, or only a part of one.
    Transport(Failed<TransportError>),
    /// It took too long.
    Timeout(Failed<TimeoutError>),
    /// There is no credential to send, or it is not sent there.
    Credential(Failed<CredentialError>),
}

impl Error {
    /// The answer with all its facts, if there was one.
    #[must_use]
    pub fn exchange(&self) -> Option<&Exchange> {
        match self {
            Self::Call(error) => error.exchange(),
            Self::Redirect(error) => Some(error.exchange()),
            Self::Transport(_) | Self::Timeout(_) | Self::Credential(_) => None,
        }
    }

    /// What is known of the call.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        match self {
            Self::Call(error) => error.facts(),
            Self::Redirect(error) => error.exchange().facts(),
            Self::Transport(error) => error.facts(),
            Self::Timeout(error) => error.facts(),
            Self::Credential(error) => error.facts(),
        }
    }

    /// The name of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.facts().operation
    }

    /// The method of the request.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.facts().method
    }

    /// The route of the request.
    #[must_use]
    pub fn route(&self) -> &'static str {
        self.facts().route
    }

    /// The URL of the request, where it is known, less what may be a credential in it.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        match self {
            Self::Call(error) => error.url(),
            Self::Redirect(error) => error.exchange().url(),
            Self::Transport(error) => Some(error.url()),
            Self::Timeout(error) => Some(error.url()),
            Self::Credential(error) => Some(error.url()),
        }
    }

    /// The status of the answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.exchange().map(Exchange::status)
    }

    /// The headers of the answer, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.exchange().map(Exchange::headers)
    }

    /// How often the request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Transport(error) => error.attempts(),
            Self::Timeout(error) => error.attempts(),
            Self::Credential(error) => error.attempts(),
            Self::Call(_) | Self::Redirect(_) => self.exchange().map_or(0, Exchange::attempts),
        }
    }

    /// Whether the call may have been done, though no answer says so: the answer to it, or to an earlier attempt of it,
    /// was lost. What only reads is never done.
    #[must_use]
    pub fn may_be_done(&self) -> bool {
        let earlier = match self {
            Self::Transport(error) => error.may_be_done(),
            Self::Timeout(error) => error.may_be_done(),
            Self::Credential(error) => error.may_be_done(),
            Self::Call(_) | Self::Redirect(_) => self.exchange().is_some_and(Exchange::may_be_done),
        };
        earlier || self.is_unknown()
    }

    /// Whether the effect of the last attempt is unknown.
    pub(crate) fn is_unknown(&self) -> bool {
        use TransportErrorKind::{Connect, ConnectTimeout, Tls};
        let unknown = match self {
            Self::Transport(error) => !matches!(error.cause().kind(), Connect | ConnectTimeout | Tls),
            Self::Timeout(error) => error.cause().kind() != TimeoutKind::Connect,
            Self::Call(tablature_runtime::Error::Api(error)) => matches!(error.status().as_u16(), 502..=504),
            _ => false,
        };
        unknown && !self.method().is_safe()
    }

    /// Sets how often a call was made as a whole.
    pub(crate) fn with_attempts(self, attempts: u32) -> Self {
        match self {
            Self::Call(error) => Self::Call(error.with_attempts(attempts)),
            Self::Transport(error) => Self::Transport(error.with_attempts(attempts)),
            Self::Timeout(error) => Self::Timeout(error.with_attempts(attempts)),
            Self::Credential(error) => Self::Credential(error.with_attempts(attempts)),
            Self::Redirect(error) => Self::Redirect(error),
        }
    }

    /// The body of the answer as it came, if there was one.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.exchange().map(Exchange::body)
    }

    /// Reads the body of the answer as a `T`: a documented body of an error as its model.
    ///
    /// # Errors
    /// If there was no answer, or if its body is not JSON or is not a `T`.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, json::Error> {
        match self.exchange() {
            Some(exchange) => exchange.decode(),
            None => Err(json::Error::new("there is no answer to read")),
        }
    }

    /// See [`Exchange::decode_lenient`].
    ///
    /// # Errors
    /// If there was no answer, and those of [`Exchange::decode_lenient`].
    pub fn decode_lenient<T: DeserializeOwned>(&self, items: &str) -> Result<Lenient<T>, json::Error> {
        match self.exchange() {
            Some(exchange) => exchange.decode_lenient(items),
            None => Err(json::Error::new("there is no answer to read")),
        }
    }

    /// Whether the server did what it was asked for, and only its answer is not what is documented:
    /// [`body`](Self::body) has it, and [`decode`](Self::decode) reads it as something else.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Call(error) if error.is_done())
    }

    /// The failure as the operation `O` documents it: a variant per status, with its body.
    ///
    /// `None` if there is no answer, if it is a success, or if it answers another operation.
    #[must_use]
    pub fn failure<O: Builder>(&self) -> Option<<O::Endpoint as Fallible>::Failure>
    where
        O::Endpoint: Fallible,
    {
        self.exchange()?.failure::<O>()
    }

    /// The error without the way to the server and back, if that is what it is.
    #[must_use]
    pub fn as_call(&self) -> Option<&tablature_runtime::Error> {
        match self {
            Self::Call(error) => Some(error),
            _ => None,
        }
    }

    /// What took too long, if that is what went wrong.
    #[must_use]
    pub fn as_timeout(&self) -> Option<TimeoutError> {
        match self {
            Self::Timeout(error) => Some(*error.cause()),
            _ => None,
        }
    }

    /// The server's error, if it is one.
    #[must_use]
    pub fn as_api(&self) -> Option<&ApiError> {
        self.as_call()?.as_api()
    }

    /// See [`ApiError::is_not_found`].
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.as_api().is_some_and(ApiError::is_not_found)
    }

    /// See [`ApiError::is_conflict`].
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.as_api().is_some_and(ApiError::is_conflict)
    }

    /// See [`ApiError::is_gone`].
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.as_api().is_some_and(ApiError::is_gone)
    }

    /// See [`ApiError::retry_after`].
    #[must_use]
    pub fn retry_after(&self, now: SystemTime) -> Option<Duration> {
        self.as_api()?.retry_after(now)
    }

    /// An answer that is an error, or is not what is documented.
    pub(crate) fn answered(error: tablature_runtime::Error, url: &Uri) -> Self {
        Self::Call(error.with_url(url))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Redirect(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::Credential(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(_) | Self::Redirect(_) => None,
            Self::Transport(error) => Some(error.cause()),
            Self::Timeout(error) => Some(error.cause()),
            Self::Credential(error) => Some(error.cause()),
        }
    }
}

impl From<tablature_runtime::Error> for Error {
    fn from(error: tablature_runtime::Error) -> Self {
        Self::Call(error)
    }
}

impl From<RequestError> for Error {
    fn from(error: RequestError) -> Self {
        Self::Call(error.into())
    }
}

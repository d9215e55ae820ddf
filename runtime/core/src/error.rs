//! What can go wrong with a call, apart from getting it to the server and back.

mod api;
mod body;
mod exchange;

use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri};
use serde::de::DeserializeOwned;

pub use api::ApiError;
pub use body::ErrorBody;
pub use exchange::{Exchange, redact};

pub use crate::excerpt::{Excerpt, excerpt};
pub use crate::facts::Facts;

use crate::RequestError;
use crate::json::{self, Lenient};

/// What can go wrong with a call, apart from getting it to the server and back.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request cannot be sent as it was meant.
    Request(RequestError),
    /// The server answered with a status other than 2xx.
    Api(ApiError),
    /// The server answered with success, but the body is not what is documented.
    Decode(DecodeError),
    /// The server answered with a success that is not documented, so that its body is unknown.
    Unexpected(UnexpectedError),
}

impl Error {
    /// The answer with all its facts, if there was one.
    #[must_use]
    pub fn exchange(&self) -> Option<&Exchange> {
        match self {
            Self::Request(_) => None,
            Self::Api(error) => Some(error.exchange()),
            Self::Decode(error) => Some(error.exchange()),
            Self::Unexpected(error) => Some(error.exchange()),
        }
    }

    /// What is known of the call.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        match self {
            Self::Request(error) => error.facts(),
            Self::Api(error) => error.exchange().facts(),
            Self::Decode(error) => error.exchange().facts(),
            Self::Unexpected(error) => error.exchange().facts(),
        }
    }

    /// Sets how often the call was made; for callers that make a call again as a whole.
    #[must_use]
    pub fn with_attempts(mut self, attempts: u32) -> Self {
        if let Self::Api(error) = &mut self {
            error.exchange_mut().set_attempts(attempts);
        }
        self
    }

    /// Adds the URL that the request went to, less what may be a credential in it.
    #[must_use]
    pub fn with_url(mut self, url: &Uri) -> Self {
        match &mut self {
            Self::Request(_) => {}
            Self::Api(error) => error.exchange_mut().set_url(url),
            Self::Decode(error) => error.0.exchange.set_url(url),
            Self::Unexpected(error) => error.0.set_url(url),
        }
        self
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

    /// The URL of the request, where it is known.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.exchange()?.url()
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
        self.status().is_some_and(|status| status.is_success())
    }

    /// The server's error, if it is one.
    #[must_use]
    pub fn as_api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
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
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Unexpected(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl From<RequestError> for Error {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

/// A body that is not what is documented.
#[derive(Clone, Debug)]
pub struct DecodeError(Box<Undecoded>);

#[derive(Clone, Debug)]
struct Undecoded {
    exchange: Exchange,
    problem: json::Error,
}

impl DecodeError {
    /// The error of an answer whose body has this problem.
    #[must_use]
    pub fn new(exchange: Exchange, problem: json::Error) -> Self {
        Self(Box::new(Undecoded { exchange, problem }))
    }

    /// The answer with all its facts.
    #[must_use]
    pub fn exchange(&self) -> &Exchange {
        &self.0.exchange
    }

    /// The place in the body, such as `items[0].spec.ports[1].port`; `None` for the whole.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.0.problem.path()
    }

    /// What was expected, and what was there.
    #[must_use]
    pub fn message(&self) -> &str {
        self.0.problem.message()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exchange = self.exchange();
        let problem = self.0.problem.to_string();
        write!(
            f,
            "{exchange}: the body is not what is documented: {}",
            excerpt(&problem)
        )?;
        exchange.write_body(f)
    }
}

impl std::error::Error for DecodeError {}

/// A success that is not documented, where the documented ones do not share one model.
#[derive(Clone, Debug)]
pub struct UnexpectedError(Box<Exchange>);

impl UnexpectedError {
    /// The error of an answer whose status is not documented.
    #[must_use]
    pub fn new(exchange: Exchange) -> Self {
        Self(Box::new(exchange))
    }

    /// The answer with all its facts.
    #[must_use]
    pub fn exchange(&self) -> &Exchange {
        &self.0
    }
}

impl fmt::Display for UnexpectedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: the status is not documented", self.0)?;
        self.0.write_body(f)
    }
}

impl std::error::Error for UnexpectedError {}

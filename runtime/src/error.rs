//! What can go wrong with a call.

mod api;
mod body;
mod excerpt;
mod exchange;
#[cfg(feature = "client")]
mod failed;
#[cfg(feature = "client")]
mod redirect;
#[cfg(feature = "client")]
mod timeout;

use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri};
use serde::de::DeserializeOwned;

pub use api::ApiError;
pub use body::{ErrorBody, GatewayError};
pub(crate) use excerpt::excerpt;
pub use exchange::Exchange;
#[cfg(feature = "client")]
pub(crate) use exchange::Facts;
#[cfg(feature = "client")]
pub use failed::Failed;
#[cfg(feature = "client")]
pub use redirect::RedirectError;
#[cfg(feature = "client")]
pub use timeout::{TimeoutError, TimeoutKind};

use crate::answer::{Failure, Undocumented};
#[cfg(feature = "client")]
use crate::credentials::CredentialError;
use crate::operation::{Builder, Fallible, Operation};
use crate::status::Reason;
#[cfg(feature = "client")]
use crate::transport::TransportError;
#[cfg(feature = "client")]
use crate::watch::WatchError;
use crate::{RequestError, json};

/// What can go wrong with a call.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request can't be sent as it was meant.
    Request(RequestError),
    /// The server answered with a status other than 2xx.
    Api(ApiError),
    /// The server answered with success, but the body isn't what is documented.
    Decode(DecodeError),
    /// The server answered with a success that isn't documented, so that its body is unknown.
    Unexpected(UnexpectedError),
    /// The server is elsewhere, where a request with a credential isn't sent unasked.
    #[cfg(feature = "client")]
    Redirect(RedirectError),
    /// There is no answer, or only a part of one.
    #[cfg(feature = "client")]
    Transport(Failed<TransportError>),
    /// It took too long.
    #[cfg(feature = "client")]
    Timeout(Failed<TimeoutError>),
    /// There is no credential to send, or it isn't sent there.
    #[cfg(feature = "client")]
    Credential(Failed<CredentialError>),
    /// A watch has come to an end that it can't get over.
    #[cfg(feature = "client")]
    Watch(Failed<WatchError>),
}

/// What every error of a call knows, answered or not.
#[derive(Clone, Copy)]
struct Called<'a> {
    operation: &'static str,
    method: &'a Method,
    route: &'static str,
    url: Option<&'a str>,
}

impl Error {
    /// The answer with all its facts, if there was one.
    #[must_use]
    pub fn exchange(&self) -> Option<&Exchange> {
        match self {
            Self::Api(error) => Some(error.exchange()),
            Self::Decode(error) => Some(error.exchange()),
            Self::Unexpected(error) => Some(error.exchange()),
            #[cfg(feature = "client")]
            Self::Redirect(error) => Some(error.exchange()),
            _ => None,
        }
    }

    fn exchange_mut(&mut self) -> Option<&mut Exchange> {
        match self {
            Self::Api(error) => Some(error.exchange_mut()),
            Self::Decode(error) => Some(&mut error.0.exchange),
            Self::Unexpected(error) => Some(&mut error.0),
            #[cfg(feature = "client")]
            Self::Redirect(error) => Some(error.exchange_mut()),
            _ => None,
        }
    }

    fn called(&self) -> Called<'_> {
        match self {
            Self::Request(error) => Called {
                operation: error.operation(),
                method: error.method(),
                route: error.route(),
                url: None,
            },
            Self::Api(error) => error.exchange().called(),
            Self::Decode(error) => error.exchange().called(),
            Self::Unexpected(error) => error.exchange().called(),
            #[cfg(feature = "client")]
            Self::Redirect(error) => error.exchange().called(),
            #[cfg(feature = "client")]
            Self::Transport(error) => error.called(),
            #[cfg(feature = "client")]
            Self::Timeout(error) => error.called(),
            #[cfg(feature = "client")]
            Self::Credential(error) => error.called(),
            #[cfg(feature = "client")]
            Self::Watch(error) => error.called(),
        }
    }

    /// Adds the URL that the request went to, less what may be a credential in it.
    #[must_use]
    pub fn with_url(mut self, url: &Uri) -> Self {
        if let Some(exchange) = self.exchange_mut() {
            exchange.set_url(url);
        }
        self
    }

    /// The name of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.called().operation
    }

    /// The method of the request.
    #[must_use]
    pub fn method(&self) -> Option<&Method> {
        Some(self.called().method)
    }

    /// The route of the request.
    #[must_use]
    pub fn route(&self) -> &'static str {
        self.called().route
    }

    /// The URL of the request, where it is known.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.called().url
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
    /// If there was no answer, or if its body isn't JSON or isn't a `T`.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, json::Error> {
        match self.exchange() {
            Some(exchange) => exchange.decode(),
            None => Err(json::Error::new("there is no answer to read")),
        }
    }

    /// The failure as the operation `O` documents it: a variant per status, with its body.
    ///
    /// `None` if there is no answer, if it is a success, or if it answers another operation.
    #[must_use]
    pub fn failure<O: Builder>(&self) -> Option<<O::Endpoint as Fallible>::Failure>
    where
        O::Endpoint: Fallible,
    {
        let exchange = self.exchange()?;
        let called = (exchange.operation(), exchange.method().as_str(), exchange.route());
        let is_failure = !exchange.status().is_success() && called == (O::NAME, O::METHOD, O::PATH);
        is_failure.then(|| Failure::read(Undocumented::new(exchange.status(), exchange.body().clone())))
    }

    /// The server's error, if it is one.
    #[must_use]
    pub fn as_api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }

    /// See [`ApiError::reason`].
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        self.as_api()?.reason()
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
            #[cfg(feature = "client")]
            Self::Redirect(error) => error.fmt(f),
            #[cfg(feature = "client")]
            Self::Transport(error) => error.fmt(f),
            #[cfg(feature = "client")]
            Self::Timeout(error) => error.fmt(f),
            #[cfg(feature = "client")]
            Self::Credential(error) => error.fmt(f),
            #[cfg(feature = "client")]
            Self::Watch(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            #[cfg(feature = "client")]
            Self::Transport(error) => Some(error.cause()),
            #[cfg(feature = "client")]
            Self::Timeout(error) => Some(error.cause()),
            #[cfg(feature = "client")]
            Self::Credential(error) => Some(error.cause()),
            #[cfg(feature = "client")]
            Self::Watch(error) => Some(error.cause()),
            _ => None,
        }
    }
}

impl From<RequestError> for Error {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

/// A body that isn't what is documented.
#[derive(Clone, Debug)]
pub struct DecodeError(Box<Undecoded>);

#[derive(Clone, Debug)]
struct Undecoded {
    exchange: Exchange,
    problem: json::Error,
}

impl DecodeError {
    pub(crate) fn new(exchange: Exchange, problem: json::Error) -> Self {
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
            "{exchange}: the body isn't what is documented: {}",
            excerpt(&problem)
        )?;
        exchange.write_body(f)
    }
}

impl std::error::Error for DecodeError {}

/// A success that isn't documented, where the documented ones don't share one model.
#[derive(Clone, Debug)]
pub struct UnexpectedError(Box<Exchange>);

impl UnexpectedError {
    pub(crate) fn new(exchange: Exchange) -> Self {
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
        write!(f, "{}: the status isn't documented", self.0)?;
        self.0.write_body(f)
    }
}

impl std::error::Error for UnexpectedError {}

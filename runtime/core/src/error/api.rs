//! An answer with a status other than 2xx.

use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime};

use http::StatusCode;
use http::header::RETRY_AFTER;
use serde::de::DeserializeOwned;

use super::{ErrorBody, Exchange};
use crate::excerpt::excerpt;
use crate::json;
use crate::warning::{self, Warning};

/// Where a JSON body usually has what went wrong in words: in errors of most APIs, in problem
/// details (RFC 9457), and in errors of OAuth 2.0 (RFC 6749).
const MESSAGES: [&str; 6] = [
    "message",
    "detail",
    "error_description",
    "title",
    "error",
    "/error/message",
];

/// An answer with a status other than 2xx, and what its body says.
#[derive(Clone, Debug)]
pub struct ApiError(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    exchange: Exchange,
    body: ErrorBody,
}

impl ApiError {
    /// The error that an answer is.
    #[must_use]
    pub fn new(exchange: Exchange) -> Self {
        let body = ErrorBody::read(exchange.body());
        Self(Box::new(Inner { exchange, body }))
    }

    /// The answer with all its facts.
    #[must_use]
    pub fn exchange(&self) -> &Exchange {
        &self.0.exchange
    }

    pub(super) fn exchange_mut(&mut self) -> &mut Exchange {
        &mut self.0.exchange
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.exchange.status()
    }

    /// What the body holds.
    #[must_use]
    pub fn body(&self) -> &ErrorBody {
        &self.0.body
    }

    /// Reads the body as a `T`: a documented body of an error as its model.
    ///
    /// # Errors
    /// If the body is not JSON, or is not a `T`.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, json::Error> {
        self.0.exchange.decode()
    }

    /// What the server says went wrong, in words: a body of text, or the first of the members `message`, `detail`,
    /// `error_description`, `title`, `error` and `error.message` of a JSON body that is text.
    #[must_use]
    pub fn message(&self) -> Option<Cow<'_, str>> {
        match self.body() {
            ErrorBody::Json(json) => MESSAGES
                .iter()
                .find_map(|place| Some(json.get(place)?.as_str()?.into_owned()))
                .filter(|message| !message.trim().is_empty())
                .map(Cow::Owned),
            ErrorBody::Text(text) => Some(Cow::Borrowed(text)),
            ErrorBody::Bytes(_) => None,
        }
    }

    /// Whether what was asked for is not there (404).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == StatusCode::NOT_FOUND
    }

    /// Whether the request is at odds with the state of what it is about (409), such as one that was made from a
    /// version that is not the current one.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.status() == StatusCode::CONFLICT
    }

    /// Whether what was asked for was there once (410), such as an expired version or token.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.status() == StatusCode::GONE
    }

    /// Whether the credential is missing or wrong (401).
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.status() == StatusCode::UNAUTHORIZED
    }

    /// Whether the credential is not allowed to do this (403).
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.status() == StatusCode::FORBIDDEN
    }

    /// Whether the content was understood, and refused as invalid (422).
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        self.status() == StatusCode::UNPROCESSABLE_ENTITY
    }

    /// How long the server asks to wait before the next try: the header `Retry-After`, in seconds or as a date. A
    /// date that is over is zero.
    #[must_use]
    pub fn retry_after(&self, now: SystemTime) -> Option<Duration> {
        let header = self.exchange().headers().get(RETRY_AFTER)?.to_str().ok()?;
        parse_retry_after(header.trim(), now)
    }

    /// What the server warns of.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        warning::parse(self.exchange().headers())
    }
}

fn parse_retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.exchange())?;
        match self.message() {
            Some(message) => write!(f, ": {}", excerpt(message.trim_end())),
            None => self.exchange().write_body(f),
        }
    }
}

impl std::error::Error for ApiError {}

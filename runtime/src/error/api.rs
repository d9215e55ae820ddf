//! An answer with a status other than 2xx.

use std::fmt;
use std::time::{Duration, SystemTime};

use http::StatusCode;
use http::header::RETRY_AFTER;
use serde::de::DeserializeOwned;

use super::{ErrorBody, Exchange, excerpt};
use crate::json;
use crate::status::{Reason, Status, StatusCause};
use crate::warning::{self, Warning};

/// An answer with a status other than 2xx, and what its body says.
#[derive(Clone, Debug)]
pub struct ApiError(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    exchange: Exchange,
    body: ErrorBody,
}

impl ApiError {
    pub(crate) fn new(exchange: Exchange) -> Self {
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
    /// If the body isn't JSON, or isn't a `T`.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, json::Error> {
        self.0.exchange.decode()
    }

    /// The body as a Kubernetes `Status`, if it is one.
    #[must_use]
    pub fn kubernetes(&self) -> Option<&Status> {
        match self.body() {
            ErrorBody::Kubernetes(status) => Some(status),
            _ => None,
        }
    }

    /// What the server says went wrong, in words.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        match self.body() {
            ErrorBody::Kubernetes(status) => status.message.as_deref(),
            ErrorBody::Gateway(error) => error.error_msg.as_deref(),
            ErrorBody::Text(text) => Some(text),
            ErrorBody::Json(_) | ErrorBody::Bytes(_) => None,
        }
    }

    /// The error code of a gateway, or the `errorCode` of a `Status`.
    #[must_use]
    pub fn error_code(&self) -> Option<&str> {
        match self.body() {
            ErrorBody::Kubernetes(status) => status.error_code.as_deref(),
            ErrorBody::Gateway(error) => error.error_code.as_deref(),
            _ => None,
        }
    }

    /// Why the request failed, in one word of Kubernetes.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        self.kubernetes()?.reason.clone()
    }

    /// The single causes, each with the field that it is about.
    #[must_use]
    pub fn causes(&self) -> &[StatusCause] {
        let details = self.kubernetes().and_then(|status| status.details.as_ref());
        details
            .and_then(|details| details.causes.as_deref())
            .unwrap_or_default()
    }

    /// The token with which an expired list goes on, as another snapshot.
    #[must_use]
    pub fn continue_token(&self) -> Option<&str> {
        let token = self.kubernetes()?.metadata.as_ref()?.continue_.as_deref()?;
        Some(token).filter(|token| !token.is_empty())
    }

    /// Whether what was asked for isn't there.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is(&[Reason::NotFound], StatusCode::NOT_FOUND)
    }

    /// Whether what was to be created is there already.
    #[must_use]
    pub fn is_already_exists(&self) -> bool {
        self.reason() == Some(Reason::AlreadyExists)
    }

    /// Whether the request was made from a version that isn't the current one, or against the
    /// wishes of another field manager.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.is(&[Reason::Conflict], StatusCode::CONFLICT)
    }

    /// Whether a version or a continue token is too old.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.is(&[Reason::Gone, Reason::Expired], StatusCode::GONE)
    }

    /// Whether the credential is missing or wrong.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.is(&[Reason::Unauthorized], StatusCode::UNAUTHORIZED)
    }

    /// Whether the credential isn't allowed to do this.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.is(&[Reason::Forbidden], StatusCode::FORBIDDEN)
    }

    /// Whether the object was refused as invalid; [`causes`](Self::causes) tells the fields.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        self.is(&[Reason::Invalid], StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// A known reason counts; the status counts where there is none, as several share a status.
    fn is(&self, reasons: &[Reason], status: StatusCode) -> bool {
        match self.reason() {
            Some(reason) if Reason::KNOWN.contains(&reason) => reasons.contains(&reason),
            _ => self.status() == status,
        }
    }

    /// How long the server asks to wait before the next try: the header `Retry-After`, in seconds
    /// or as a date, else the `retryAfterSeconds` of a `Status`. A date that is over is zero.
    #[must_use]
    pub fn retry_after(&self, now: SystemTime) -> Option<Duration> {
        let header = self
            .exchange()
            .headers()
            .get(RETRY_AFTER)
            .and_then(|value| value.to_str().ok());
        header
            .and_then(|value| parse_retry_after(value.trim(), now))
            .or_else(|| {
                let seconds = self.kubernetes()?.details.as_ref()?.retry_after_seconds?;
                u64::try_from(seconds)
                    .ok()
                    .filter(|seconds| *seconds > 0)
                    .map(Duration::from_secs)
            })
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
        if let Some(reason) = self.reason() {
            write!(f, ": {}", excerpt(reason.as_str()))?;
        }
        if let Some(code) = self.error_code() {
            write!(f, ": {}", excerpt(code))?;
        }
        match self.message() {
            Some(message) => write!(f, ": {}", excerpt(message.trim_end())),
            None => self.exchange().write_body(f),
        }
    }
}

impl std::error::Error for ApiError {}

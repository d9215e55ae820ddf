//! The facts of a request and its answer that every error keeps.

use std::fmt::{self, Write};

use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri};
use serde::de::DeserializeOwned;

use crate::auth::{Location, SecurityScheme};
use crate::excerpt::excerpt;
use crate::facts::Facts;
use crate::header::{self, FromHeader, HeaderError};
use crate::json::{self, Lenient};

/// The facts of a request and its answer.
#[derive(Clone)]
pub struct Exchange {
    facts: Facts,
    url: Option<String>,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    attempts: u32,
    may_be_done: bool,
}

impl Exchange {
    /// The exchange of a request and its answer.
    #[must_use]
    pub fn new(facts: Facts, status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self {
            facts,
            url: None,
            status,
            headers,
            body,
            attempts: 1,
            may_be_done: false,
        }
    }

    /// What is known of the call.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The URL of the request, where it is known, less what may be a credential in it.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Reads the body of the answer as a `T`: a documented body of an error as its model.
    ///
    /// # Errors
    /// If the body is not JSON, or is not a `T`.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, json::Error> {
        json::body::json(&self.body)
    }

    /// Reads the body of the answer as a list `T`, less the items that are not what is documented: one item with an
    /// unexpected `null` does not lose the others. `items` is the JSON Pointer of the list, such as `/items`.
    ///
    /// # Errors
    /// If the body is not JSON, if there is no list, or if what else there is is not a `T`.
    pub fn decode_lenient<T: DeserializeOwned>(&self, items: &str) -> Result<Lenient<T>, json::Error> {
        json::decode_lenient(&json::body::text(&self.body)?, items)
    }

    /// The header `name` of the answer as a `T`, `None` if it is not there.
    ///
    /// # Errors
    /// If the header is not a `T`.
    pub fn header<T: FromHeader>(&self, name: &str) -> Result<Option<T>, HeaderError> {
        header::read(&self.headers, name)
    }

    /// The body of the answer, as it came.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// How often the request was sent, up to this answer.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Whether an earlier attempt may have been done, since its answer was lost: a conflict may then be one with its
    /// own effect, and what is not found may be what it deleted.
    #[must_use]
    pub fn may_be_done(&self) -> bool {
        self.may_be_done
    }

    /// Adds how often the request was sent, and whether an earlier attempt may have been done.
    #[must_use]
    pub fn with_attempts(mut self, attempts: u32, may_be_done: bool) -> Self {
        self.attempts = attempts;
        self.may_be_done = may_be_done;
        self
    }

    /// Adds the URL that the request went to, less what may be a credential in it.
    #[must_use]
    pub fn with_url(mut self, url: &Uri) -> Self {
        self.set_url(url);
        self
    }

    pub(super) fn set_attempts(&mut self, attempts: u32) {
        self.attempts = attempts;
    }

    pub(super) fn set_url(&mut self, url: &Uri) {
        self.url = Some(redact(url, self.facts.security));
    }

    /// Writes the beginning of the body in brackets, for the `Display` of an error.
    pub(super) fn write_body(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.body.is_empty() {
            return f.write_str(" (the body is empty)");
        }
        write!(f, " (the body: {})", self.excerpt())
    }

    fn excerpt(&self) -> String {
        // An excerpt needs no more than the beginning.
        let start = self.body.get(..2048).unwrap_or(&self.body);
        excerpt(&String::from_utf8_lossy(start)).to_string()
    }
}

/// The URL, less what may be a credential in it.
#[must_use]
pub fn redact(url: &Uri, security: &[&[SecurityScheme]]) -> String {
    let mut text = String::new();
    if let Some(scheme) = url.scheme_str() {
        text.push_str(scheme);
        text.push_str("://");
    }
    let authority = url.authority().map_or("", |authority| authority.as_str());
    text.push_str(authority.rsplit_once('@').map_or(authority, |(_, host)| host));
    text.push_str(url.path());
    for (index, pair) in url.query().into_iter().flat_map(|query| query.split('&')).enumerate() {
        text.push(if index == 0 { '?' } else { '&' });
        match pair.split_once('=') {
            Some((name, _)) if is_credential(name, security) => _ = write!(text, "{name}=<redacted>"),
            _ => text.push_str(pair),
        }
    }
    text
}

fn is_credential(name: &str, security: &[&[SecurityScheme]]) -> bool {
    let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
    security.iter().copied().flatten().any(|scheme| {
        matches!(scheme, SecurityScheme::ApiKey { location: Location::Query, parameter, .. } if *parameter == name)
    })
}

impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.url.as_deref().unwrap_or(self.facts.route);
        write!(
            f,
            "{}: {} {place}: {}",
            self.facts.operation, self.facts.method, self.status
        )?;
        match (self.attempts, self.may_be_done) {
            (..=1, _) => Ok(()),
            (attempts, false) => write!(f, " (attempt {attempts})"),
            (attempts, true) => write!(f, " (attempt {attempts}; an earlier one may have been done)"),
        }
    }
}

impl fmt::Debug for Exchange {
    /// Without the values of headers: an answer may have a new credential in them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.keys().map(http::HeaderName::as_str).collect();
        f.debug_struct("Exchange")
            .field("operation", &self.facts.operation)
            .field("method", &self.facts.method)
            .field("route", &self.facts.route)
            .field("url", &self.url)
            .field("status", &self.status)
            .field("headers", &headers)
            .field("body", &format_args!("{} bytes: {}", self.body.len(), self.excerpt()))
            .finish()
    }
}

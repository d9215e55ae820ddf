//! The facts of a request and its answer that every error keeps.

use std::fmt::{self, Write};

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri};

use super::excerpt;
use crate::auth::{Location, SecurityScheme};
use crate::operation::Endpoint;

/// The facts of a request and its answer.
#[derive(Clone)]
pub struct Exchange {
    operation: &'static str,
    method: Method,
    route: &'static str,
    security: &'static [&'static [SecurityScheme]],
    url: Option<String>,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Exchange {
    pub(crate) fn new<E: Endpoint>(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self {
            operation: E::NAME,
            method: E::METHOD,
            route: E::PATH,
            security: E::SECURITY,
            url: None,
            status,
            headers,
            body,
        }
    }

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

    /// The route of the request.
    #[must_use]
    pub fn route(&self) -> &'static str {
        self.route
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

    /// The body of the answer, as it came.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    pub(super) fn set_url(&mut self, url: &Uri) {
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
                Some((name, _)) if self.is_credential(name) => _ = write!(text, "{name}=<redacted>"),
                _ => text.push_str(pair),
            }
        }
        self.url = Some(text);
    }

    fn is_credential(&self, name: &str) -> bool {
        let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
        self.security.iter().copied().flatten().any(|scheme| {
            matches!(scheme, SecurityScheme::ApiKey { location: Location::Query, parameter, .. } if *parameter == name)
        })
    }

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

impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.url.as_deref().unwrap_or(self.route);
        write!(f, "{}: {} {place}: {}", self.operation, self.method, self.status)
    }
}

impl fmt::Debug for Exchange {
    /// Without the values of headers: an answer may have a new credential in them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.keys().map(http::HeaderName::as_str).collect();
        f.debug_struct("Exchange")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("route", &self.route)
            .field("url", &self.url)
            .field("status", &self.status)
            .field("headers", &headers)
            .field("body", &format_args!("{} bytes: {}", self.body.len(), self.excerpt()))
            .finish()
    }
}

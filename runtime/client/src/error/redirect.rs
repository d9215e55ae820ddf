//! A redirect that is not followed.

use std::fmt;

use http::Uri;
use http::header::LOCATION;
use tablature_runtime::error::{Exchange, excerpt, redact};

/// A redirect that is not followed: to another origin, of a method that changes something, or one too
/// many.
#[derive(Clone, Debug)]
pub struct RedirectError(Box<Exchange>);

impl RedirectError {
    pub(crate) fn new(exchange: Exchange) -> Self {
        Self(Box::new(exchange))
    }

    /// The answer with all its facts.
    #[must_use]
    pub fn exchange(&self) -> &Exchange {
        &self.0
    }

    /// Where the server points to, as it says it.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.0.headers().get(LOCATION)?.to_str().ok()
    }
}

impl fmt::Display for RedirectError {
    /// Without the query, which may hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: the redirect is not followed", self.0)?;
        let Some(location) = self.location() else {
            return f.write_str(", since it says not where to");
        };
        let place = match location.parse::<Uri>() {
            Ok(url) => redact(&url, &[]),
            Err(_) => location.to_owned(),
        };
        let place = place.split(['?', '#']).next().unwrap_or_default();
        write!(f, ": it leads to {}", excerpt(place))
    }
}

impl std::error::Error for RedirectError {}

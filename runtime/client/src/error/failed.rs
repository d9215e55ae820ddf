//! A call that got no answer that could be read: its facts, and the cause.

use std::fmt;

use http::Uri;
use tablature_runtime::error::{Facts, redact};

/// A call that failed without an answer that could be read, and why.
#[derive(Clone, Debug)]
pub struct Failed<C>(Box<Inner<C>>);

#[derive(Clone, Debug)]
struct Inner<C> {
    facts: Facts,
    url: String,
    attempts: u32,
    may_be_done: bool,
    cause: C,
}

impl<C> Failed<C> {
    /// The failure of a call of these facts to this URL, in its attempt of this number.
    pub fn new(facts: &Facts, url: &Uri, attempts: u32, cause: C) -> Self {
        Self(Box::new(Inner {
            facts: facts.clone(),
            url: redact(url, facts.security),
            attempts,
            may_be_done: false,
            cause,
        }))
    }

    pub(crate) fn after_one_that_may_be_done(mut self, may_be_done: bool) -> Self {
        self.0.may_be_done = may_be_done;
        self
    }

    pub(crate) fn may_be_done(&self) -> bool {
        self.0.may_be_done
    }

    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// What is known of the call.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.0.facts
    }

    /// The URL of the request, less what may be a credential in it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.0.url
    }

    /// How often the request was sent, or was about to be.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Why it failed.
    #[must_use]
    pub fn cause(&self) -> &C {
        &self.0.cause
    }
}

impl<C: fmt::Display> fmt::Display for Failed<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            facts,
            url,
            attempts,
            cause,
            ..
        } = &*self.0;
        write!(f, "{}: {} {url}: {cause}", facts.operation, facts.method)?;
        if *attempts > 1 {
            write!(f, " (attempt {attempts})")?;
        }
        Ok(())
    }
}

impl<C: std::error::Error + 'static> std::error::Error for Failed<C> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0.cause)
    }
}

//! Which calls are tried again, and how often.

use std::time::Duration;

use http::Method;
use tablature_runtime::error::ApiError;

use super::Jitter;

/// Which calls are tried again, and how often.
///
/// What had no effect is tried again whatever the method: an answer with status 429, and a connection that was not
/// made. After an answer with status 503 or 504, and after a connection that ended before the answer, only what may be
/// done twice is: GET, HEAD, OPTIONS, TRACE, PUT and DELETE. What only reads is tried again where the body of the
/// answer breaks off, too.
///
/// An attempt of PUT or DELETE whose answer was lost may have been done, and make the next one fail:
/// [`Error::may_be_done`](crate::Error::may_be_done) tells.
#[derive(Clone, Debug)]
pub struct RetryPolicy {
    pub(super) max_retries: u32,
    pub(super) base: Duration,
    pub(super) max_wait: Duration,
    pub(super) max_elapsed: Duration,
    pub(super) jitter: Jitter,
    pub(super) asked: Option<Asked>,
    pub(crate) max_conflicts: u32,
    every_method: bool,
}

/// How long the body of an error asks to wait.
pub type Asked = fn(&ApiError) -> Option<Duration>;

impl Default for RetryPolicy {
    /// Up to 4 retries within 60 seconds, with waits of up to 0.2, 0.4, 0.8 and 1.6 seconds.
    fn default() -> Self {
        Self {
            max_retries: 4,
            base: Duration::from_millis(200),
            max_wait: Duration::from_secs(10),
            max_elapsed: Duration::from_secs(60),
            jitter: Jitter::Full,
            asked: None,
            max_conflicts: 16,
            every_method: false,
        }
    }
}

impl RetryPolicy {
    /// Tries nothing again.
    #[must_use]
    pub fn none() -> Self {
        Self::default().max_retries(0).max_conflicts(0)
    }

    /// Sets how often a call is tried again; 4 unless set.
    #[must_use]
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.max_retries = max_retries;
        self
    }

    /// Sets the longest first wait, 0.2 seconds unless set; each one after it may be twice as long.
    #[must_use]
    pub fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// Sets the longest wait of our own, 10 seconds unless set; a server may ask for longer.
    #[must_use]
    pub fn max_wait(mut self, max_wait: Duration) -> Self {
        self.max_wait = max_wait;
        self
    }

    /// Sets the time from the begin of a call after which it is not tried again, 60 seconds unless
    /// set. A wait that would end later is not begun.
    #[must_use]
    pub fn max_elapsed(mut self, max_elapsed: Duration) -> Self {
        self.max_elapsed = max_elapsed;
        self
    }

    /// Sets how waits are spread; [`Jitter::Full`] unless set.
    #[must_use]
    pub fn jitter(mut self, jitter: Jitter) -> Self {
        self.jitter = jitter;
        self
    }

    /// Sets how to find out how long an answer without `Retry-After` asks to wait; not at all unless set.
    #[must_use]
    pub fn asked(mut self, asked: Asked) -> Self {
        self.asked = Some(asked);
        self
    }

    /// Sets how often [`modify`](crate::Execute::modify) reads an object again that somebody else has changed in the
    /// meantime; 16 unless set.
    #[must_use]
    pub fn max_conflicts(mut self, max_conflicts: u32) -> Self {
        self.max_conflicts = max_conflicts;
        self
    }

    /// Tries POST and PATCH again, too. A call may then have its effect twice.
    #[must_use]
    pub fn every_method(mut self) -> Self {
        self.every_method = true;
        self
    }

    /// Whether a call by `method` may be made again though it may have had its effect.
    pub(super) fn repeats(&self, method: &Method) -> bool {
        self.every_method || method.is_idempotent()
    }
}

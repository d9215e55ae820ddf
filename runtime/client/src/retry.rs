//! When to try again, and after how long: a state machine without IO.

mod jitter;
mod policy;

use std::time::{Duration, Instant, SystemTime};

use http::Method;

pub use jitter::Jitter;
pub use policy::{Asked, RetryPolicy};

use crate::Error;
use crate::error::TimeoutKind;

/// The retries of one call: told how each try ended, it says whether to wait and try again.
///
/// ```
/// # use std::time::{Duration, Instant};
/// use tablature_runtime::http::Method;
/// use tablature_runtime::retry::{Retry, RetryPolicy};
///
/// let now = Instant::now();
/// let mut retry = Retry::new(&RetryPolicy::default(), &Method::GET, now);
/// // The server has answered 503 and asks for two seconds:
/// assert_eq!(retry.after_status(503, Some(Duration::from_secs(2)), now), Some(Duration::from_secs(2)));
/// ```
#[derive(Clone, Debug)]
pub struct Retry {
    policy: RetryPolicy,
    allowed: bool,
    backoff: Backoff,
    retries: u32,
    end: Option<Instant>,
}

impl Retry {
    /// The retries of a call by `method` that begins `now`.
    #[must_use]
    pub fn new(policy: &RetryPolicy, method: &Method, now: Instant) -> Self {
        Self {
            allowed: policy.allows(method),
            backoff: Backoff::new(policy.base, policy.max_wait, policy.jitter),
            retries: 0,
            end: now.checked_add(policy.max_elapsed),
            policy: policy.clone(),
        }
    }

    /// How long to wait after an answer with `status` before the next try; `None` if there is none.
    ///
    /// `asked` is what the server asks for: that long and no shorter, though it may be longer than
    /// the policy's own waits.
    pub fn after_status(&mut self, status: u16, asked: Option<Duration>, now: Instant) -> Option<Duration> {
        if matches!(status, 429 | 503 | 504) {
            self.wait(asked, now)
        } else {
            None
        }
    }

    /// How long to wait after a connection that failed before there was an answer.
    pub fn after_connection(&mut self, now: Instant) -> Option<Duration> {
        self.wait(None, now)
    }

    /// How long to wait after `error`, at `now` by the clock and at `date` by the calendar.
    pub fn after(&mut self, error: &Error, now: Instant, date: SystemTime) -> Option<Duration> {
        match error {
            Error::Call(tablature_runtime::Error::Api(error)) => {
                let asked = error
                    .retry_after(date)
                    .or_else(|| self.policy.asked.and_then(|asked| asked(error)));
                self.after_status(error.status().as_u16(), asked, now)
            }
            Error::Transport(error) if error.cause().is_connection() => self.after_connection(now),
            Error::Timeout(error) if error.cause().kind() == TimeoutKind::Connect => self.after_connection(now),
            _ => None,
        }
    }

    fn wait(&mut self, asked: Option<Duration>, now: Instant) -> Option<Duration> {
        if !self.allowed || self.retries >= self.policy.max_retries {
            return None;
        }
        let own = self.backoff.next_wait();
        let wait = asked.unwrap_or(own);
        // A wait that would end too late isn't begun.
        let end = self.end?;
        if now.checked_add(wait)? > end {
            return None;
        }
        self.retries += 1;
        Some(wait)
    }
}

/// Waits that double from one to the next.
#[derive(Clone, Debug)]
pub struct Backoff {
    next: Duration,
    base: Duration,
    max: Duration,
    jitter: Jitter,
}

impl Backoff {
    /// Waits from `base` to `max`, spread by `jitter`.
    #[must_use]
    pub fn new(base: Duration, max: Duration, jitter: Jitter) -> Self {
        Self {
            next: base.min(max),
            base,
            max,
            jitter,
        }
    }

    /// The next wait.
    pub fn next_wait(&mut self) -> Duration {
        let wait = self.jitter.of(self.next);
        self.next = self.next.saturating_mul(2).min(self.max);
        wait
    }

    /// Begins anew with the shortest wait.
    pub fn reset(&mut self) {
        self.next = self.base.min(self.max);
    }
}

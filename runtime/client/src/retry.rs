//! When to try again, and after how long: a state machine without IO.

mod jitter;
mod policy;

use std::time::{Duration, Instant, SystemTime};

use http::Method;

pub use jitter::Jitter;
pub use policy::{Asked, RetryPolicy};

use crate::Error;
use crate::error::TimeoutKind;
use crate::transport::TransportErrorKind;

/// The retries of one call: told how each try ended, it says whether to wait and try again.
///
/// ```
/// # use std::time::{Duration, Instant};
/// use tablature_runtime::http::Method;
/// use tablature_client::retry::{Retry, RetryPolicy};
///
/// let now = Instant::now();
/// let mut retry = Retry::new(&RetryPolicy::default(), &Method::GET, now);
/// // The server has answered 503 and asks for two seconds:
/// assert_eq!(retry.after_status(503, Some(Duration::from_secs(2)), now), Some(Duration::from_secs(2)));
/// ```
#[derive(Clone, Debug)]
pub struct Retry {
    policy: RetryPolicy,
    method: Method,
    backoff: Backoff,
    retries: u32,
    end: Option<Instant>,
}

impl Retry {
    /// The retries of a call by `method` that begins `now`.
    #[must_use]
    pub fn new(policy: &RetryPolicy, method: &Method, now: Instant) -> Self {
        Self {
            method: method.clone(),
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
        let allowed = match status {
            429 => true,
            503 | 504 => self.policy.repeats(&self.method),
            _ => false,
        };
        self.wait(allowed, asked, now)
    }

    /// How long to wait after an attempt without a whole answer.
    pub fn after_loss(&mut self, loss: Loss, now: Instant) -> Option<Duration> {
        let allowed = match loss {
            Loss::Unsent => true,
            Loss::NoAnswer => self.policy.repeats(&self.method),
            Loss::CutAnswer => self.method.is_safe(),
        };
        self.wait(allowed, None, now)
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
            error => self.after_loss(Loss::of(error)?, now),
        }
    }

    fn wait(&mut self, allowed: bool, asked: Option<Duration>, now: Instant) -> Option<Duration> {
        if !allowed || self.retries >= self.policy.max_retries {
            return None;
        }
        let own = self.backoff.next_wait();
        let wait = asked.unwrap_or(own);
        // A wait that would end too late is not begun.
        let then = now.checked_add(wait)?;
        if self.end.is_some_and(|end| then > end) {
            return None;
        }
        self.retries += 1;
        Some(wait)
    }
}

/// How far an attempt without a whole answer has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Loss {
    /// There was no connection, so that nothing was sent.
    Unsent,
    /// The connection ended before the answer.
    NoAnswer,
    /// The body of the answer broke off.
    CutAnswer,
}

impl Loss {
    fn of(error: &Error) -> Option<Self> {
        match error {
            Error::Transport(error) => match error.cause().kind() {
                TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout => Some(Self::Unsent),
                TransportErrorKind::Closed => Some(Self::NoAnswer),
                TransportErrorKind::Body => Some(Self::CutAnswer),
                _ => None,
            },
            Error::Timeout(error) if error.cause().kind() == TimeoutKind::Connect => Some(Self::Unsent),
            _ => None,
        }
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

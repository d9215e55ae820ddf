//! What took too long.

use std::fmt;
use std::time::Duration;

/// What took too long, and how long that was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeoutError {
    kind: TimeoutKind,
    after: Duration,
}

/// What took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// To make a connection.
    Connect,
    /// The whole call, with all its attempts and the waits between them.
    Whole,
    /// The next piece of a stream.
    Idle,
}

impl TimeoutError {
    pub(crate) fn new(kind: TimeoutKind, after: Duration) -> Self {
        Self { kind, after }
    }

    /// What took too long.
    #[must_use]
    pub fn kind(&self) -> TimeoutKind {
        self.kind
    }

    /// How long was waited.
    #[must_use]
    pub fn after(&self) -> Duration {
        self.after
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            TimeoutKind::Connect => "there was no connection",
            TimeoutKind::Whole => "there was no whole answer",
            TimeoutKind::Idle => "nothing more came",
        };
        write!(f, "{what} within {:?}", self.after)
    }
}

impl std::error::Error for TimeoutError {}

//! Why a watch has come to its end.

use std::fmt;

use crate::error::excerpt;
use crate::status::Status;
use crate::stream::StreamError;

/// Why a watch has come to its end.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum WatchError {
    /// A line isn't an event, or the lines are longer than is allowed.
    Stream(StreamError),
    /// The server says what went wrong, and to ask again wouldn't help.
    Status(Box<Status>),
    /// The version to watch from is too old, and the watch can't list anew.
    Expired(Option<Box<Status>>),
    /// The list that the watch begins with has no version to go on from.
    NoVersion,
}

impl fmt::Display for WatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stream(error) => error.fmt(f),
            Self::Status(status) => {
                let message = status.message.as_deref().unwrap_or("no reason is told");
                write!(f, "the server ended the watch: {}", excerpt(message))
            }
            Self::Expired(_) => f.write_str("the version to watch from is too old"),
            Self::NoVersion => f.write_str("the list has no version to watch from"),
        }
    }
}

impl std::error::Error for WatchError {}

//! Why a watch has come to its end.

use std::fmt;

use http::StatusCode;
use tablature_client::error::Failed;
use tablature_runtime::error::excerpt;
use tablature_runtime::stream::StreamError;

use crate::Status;

/// Why a watch has come to its end.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum WatchError {
    /// To list or to connect has failed, in a way that does not heal.
    Client(tablature_client::Error),
    /// What came over a connection ends the watch.
    Ended(Failed<Ending>),
}

/// What came over a connection and ends a watch.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Ending {
    /// A line is not an event, or the lines are longer than is allowed.
    Stream(StreamError),
    /// The server says what went wrong, and to ask again would not help.
    Status(Box<Status>),
    /// The version to watch from is too old, and the watch cannot list anew.
    Expired(Option<Box<Status>>),
    /// The list that the watch begins with has no version to go on from.
    NoVersion,
}

impl WatchError {
    /// The error of the client, if that ended the watch.
    #[must_use]
    pub fn as_client(&self) -> Option<&tablature_client::Error> {
        match self {
            Self::Client(error) => Some(error),
            Self::Ended(_) => None,
        }
    }

    /// The status of the answer, or of the error in the place of an event, that ended the watch, if one did.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Client(error) => error.status(),
            Self::Ended(failed) => match failed.cause() {
                Ending::Expired(_) => Some(StatusCode::GONE),
                Ending::Status(status) => StatusCode::from_u16(status.code?.try_into().ok()?).ok(),
                Ending::Stream(_) | Ending::NoVersion => None,
            },
        }
    }

    /// Whether the version to watch from is too old (410), as the answer or in the stream.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.status() == Some(StatusCode::GONE)
    }

    /// What came over a connection, if that ended the watch.
    #[must_use]
    pub fn ending(&self) -> Option<&Ending> {
        match self {
            Self::Client(_) => None,
            Self::Ended(failed) => Some(failed.cause()),
        }
    }
}

impl fmt::Display for WatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Client(error) => error.fmt(f),
            Self::Ended(failed) => failed.fmt(f),
        }
    }
}

impl std::error::Error for WatchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Client(error) => error.source(),
            Self::Ended(failed) => Some(failed.cause()),
        }
    }
}

impl<E: Into<tablature_client::Error>> From<E> for WatchError {
    fn from(error: E) -> Self {
        Self::Client(error.into())
    }
}

impl fmt::Display for Ending {
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

impl std::error::Error for Ending {}

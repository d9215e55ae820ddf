//! Streams of items, from bytes in pieces of any size: one decoder, and the framings that tell items apart.

mod decode;
mod framed;
mod lines;
mod text_lines;

use std::fmt;

use crate::excerpt::excerpt;
use crate::json;

pub use decode::Decode;
pub use framed::{Framed, Framing, Scan};
pub use lines::Lines;
pub use text_lines::TextLines;

/// How long an item may be unless [`Framed::max_item`] says otherwise: 16 MiB.
pub const MAX_ITEM: usize = 16 << 20;

/// Takes bytes in pieces of any size and gives JSON values, one a line.
///
/// ```
/// use tablature_runtime::stream::Decoder;
///
/// let mut decoder = Decoder::<u32>::new();
/// decoder.push(b"1\n2");
/// assert_eq!(decoder.next(), Some(Ok(1)));
/// assert_eq!(decoder.next(), None);
/// decoder.push(b"3\n");
/// assert_eq!(decoder.next(), Some(Ok(23)));
/// assert_eq!(decoder.finish(), Ok(None));
/// ```
pub type Decoder<T> = Framed<Lines, T>;

/// A line of a stream that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StreamError {
    /// A line is not the value that it should be.
    Value {
        /// The number of the line, from 1.
        line: u64,
        /// What is wrong with it.
        error: json::Error,
        /// How the line begins, with control characters escaped.
        text: String,
    },
    /// A line is not UTF-8.
    Utf8 {
        /// The number of the line, from 1.
        line: u64,
    },
    /// A line is too long; nothing more is read.
    TooLong {
        /// The number of the line, from 1.
        line: u64,
        /// How long it may be, in bytes.
        max: usize,
    },
    /// The stream ended in the middle of a line.
    Cut {
        /// The number of the line, from 1.
        line: u64,
    },
}

impl StreamError {
    pub(crate) fn value(line: u64, error: json::Error, text: &str) -> Self {
        Self::Value {
            line,
            error,
            text: excerpt(text).to_string(),
        }
    }

    /// The number of the line, from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        match self {
            Self::Value { line, .. } | Self::Utf8 { line } | Self::TooLong { line, .. } | Self::Cut { line } => *line,
        }
    }
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { line, error, text } => {
                write!(
                    f,
                    "line {line} of the stream: {} (the line: {text})",
                    excerpt(&error.to_string())
                )
            }
            Self::Utf8 { line } => write!(f, "line {line} of the stream is not UTF-8"),
            Self::TooLong { line, max } => write!(f, "line {line} of the stream is longer than {max} bytes"),
            Self::Cut { line } => write!(f, "the stream ended in the middle of line {line}"),
        }
    }
}

impl std::error::Error for StreamError {}

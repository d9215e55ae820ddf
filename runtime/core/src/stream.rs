//! JSON values, one a line, from bytes in pieces of any size.

mod decode;

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use serde::de::DeserializeOwned;

use crate::excerpt::excerpt;
use crate::json;

pub use decode::Decode;

/// How long a line may be unless [`Decoder::max_line`] says otherwise: 16 MiB.
pub const MAX_LINE: usize = 16 << 20;

/// Takes bytes in pieces of any size and gives JSON values, one a line.
///
/// It does no IO: [`push`](Self::push) what has been read, take values until there is none, push
/// on; when the bytes end, [`finish`](Self::finish) tells whether they ended with a line. Lines end
/// with `\n` or `\r\n`; blank ones are skipped. What has been taken isn't kept, so that memory
/// stays as flat as the lines and the pieces are.
///
/// After a line that isn't a value, the next line is read as if nothing had happened. After a line
/// that is too long nothing more comes.
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
pub struct Decoder<T> {
    lines: Lines,
    item: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Decoder<T> {
    /// A decoder without bytes.
    #[must_use]
    pub fn new() -> Self {
        Self {
            lines: Lines {
                buffer: Vec::new(),
                start: 0,
                searched: 0,
                number: 1,
                max: MAX_LINE,
                broken: false,
            },
            item: PhantomData,
        }
    }

    /// Sets how long a line may be, in bytes.
    #[must_use]
    pub fn max_line(mut self, bytes: usize) -> Self {
        self.lines.max = bytes;
        self
    }

    /// Adds bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.lines.push(bytes);
    }

    /// Ends the stream, once all values have been taken. A last value without the end of its line
    /// is given if it is whole.
    ///
    /// # Errors
    /// If the bytes ended in the middle of a line.
    pub fn finish(self) -> Result<Option<T>, StreamError> {
        let Lines {
            buffer,
            start,
            number,
            broken,
            ..
        } = self.lines;
        let rest = buffer.get(start..).unwrap_or_default().trim_ascii();
        if rest.is_empty() || broken {
            return Ok(None);
        }
        let value = std::str::from_utf8(rest)
            .ok()
            .and_then(|text| json::decode_text(text).ok());
        value.map(Some).ok_or(StreamError::Cut { line: number })
    }
}

impl<T: DeserializeOwned> Decoder<T> {
    /// The next value, and what `look` finds in its line.
    pub fn next_with<U>(&mut self, look: impl Fn(&str) -> U) -> Option<Result<(T, U), StreamError>> {
        loop {
            let (line, range) = match self.lines.next()? {
                Ok(found) => found,
                Err(error) => return Some(Err(error)),
            };
            let bytes = self.lines.buffer.get(range).unwrap_or_default().trim_ascii();
            if bytes.is_empty() {
                continue;
            }
            let Ok(text) = std::str::from_utf8(bytes) else {
                return Some(Err(StreamError::Utf8 { line }));
            };
            let value = json::decode_text(text).map(|value| (value, look(text)));
            return Some(value.map_err(|error| StreamError::Value {
                line,
                error,
                text: excerpt(text).to_string(),
            }));
        }
    }
}

impl<T: DeserializeOwned> Default for Decoder<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: DeserializeOwned> Iterator for Decoder<T> {
    type Item = Result<T, StreamError>;

    /// The next value; `None` until more bytes are pushed.
    fn next(&mut self) -> Option<Self::Item> {
        self.next_with(|_| ()).map(|value| value.map(|(value, ())| value))
    }
}

impl<T> fmt::Debug for Decoder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder")
            .field("line", &self.lines.number)
            .field("buffered", &(self.lines.buffer.len() - self.lines.start))
            .finish_non_exhaustive()
    }
}

impl<T: DeserializeOwned> Decode for Decoder<T> {
    type Value = T;

    fn push(&mut self, bytes: &[u8]) {
        self.push(bytes);
    }

    fn finish(self) -> Result<Option<T>, StreamError> {
        self.finish()
    }
}

/// Bytes that are cut into lines.
struct Lines {
    buffer: Vec<u8>,
    /// Where the next line begins.
    start: usize,
    /// Up to where there is no end of a line.
    searched: usize,
    /// The number of the next line, from 1.
    number: u64,
    max: usize,
    broken: bool,
}

impl Lines {
    fn push(&mut self, bytes: &[u8]) {
        if self.broken {
            return;
        }
        // Moving less than has been taken keeps the cost per byte constant.
        if self.start >= self.buffer.len() - self.start {
            self.buffer.drain(..self.start);
            self.searched -= self.start;
            self.start = 0;
        }
        self.buffer.extend_from_slice(bytes);
    }

    /// The number of the next whole line, and where it is.
    fn next(&mut self) -> Option<Result<(u64, Range<usize>), StreamError>> {
        let end = memchr::memchr(b'\n', self.buffer.get(self.searched..)?);
        let found = end.is_some();
        self.searched = end.map_or(self.buffer.len(), |end| self.searched + end + 1);
        let line = self.start..self.searched - usize::from(found);
        if line.len() > self.max {
            return self.too_long();
        }
        if !found {
            return None;
        }
        self.start = self.searched;
        self.number += 1;
        Some(Ok((self.number - 1, line)))
    }

    fn too_long<U>(&mut self) -> Option<Result<U, StreamError>> {
        let error = StreamError::TooLong {
            line: self.number,
            max: self.max,
        };
        self.buffer = Vec::new();
        (self.start, self.searched, self.broken) = (0, 0, true);
        Some(Err(error))
    }
}

/// A line of a stream that can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StreamError {
    /// A line isn't the value that it should be.
    Value {
        /// The number of the line, from 1.
        line: u64,
        /// What is wrong with it.
        error: json::Error,
        /// How the line begins, with control characters escaped.
        text: String,
    },
    /// A line isn't UTF-8.
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
            Self::Utf8 { line } => write!(f, "line {line} of the stream isn't UTF-8"),
            Self::TooLong { line, max } => write!(f, "line {line} of the stream is longer than {max} bytes"),
            Self::Cut { line } => write!(f, "the stream ended in the middle of line {line}"),
        }
    }
}

impl std::error::Error for StreamError {}

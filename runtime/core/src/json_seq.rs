//! JSON text sequences (RFC 7464), from bytes in pieces of any size.

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use crate::excerpt::excerpt;
use crate::json;
use crate::stream::{Decode, MAX_LINE, StreamError};

/// What a record begins with.
const SEPARATOR: u8 = 0x1e;

/// Takes bytes in pieces of any size and gives JSON values, each after a record separator (0x1E).
///
/// It works as a [`stream::Decoder`](crate::stream::Decoder) does. A value is given at the end of the
/// line that completes it, and not only when the next one begins. Empty records are skipped; a record
/// that isn't a value is an error, after which the next one is read.
pub struct Decoder<T> {
    buffer: Vec<u8>,
    /// Where what hasn't been taken begins.
    start: usize,
    scan: Scan,
    /// The number of the line that `start` is in, from 1.
    line: u64,
    max: usize,
    broken: bool,
    item: PhantomData<fn() -> T>,
}

/// How far a record has been looked through.
#[derive(Clone, Copy, Default)]
struct Scan {
    /// How many bytes from its start.
    at: usize,
    /// Whether there is more than white space.
    has_value: bool,
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    /// Looks at a byte; whether the record may end with it.
    fn step(&mut self, byte: u8) -> bool {
        self.at += 1;
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return false;
        }
        self.has_value |= byte != SEPARATOR && !byte.is_ascii_whitespace();
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        byte == b'\n' && self.depth == 0
    }
}

impl<T: DeserializeOwned> Decoder<T> {
    /// A decoder without bytes.
    #[must_use]
    pub fn new() -> Self {
        Self {
            buffer: Vec::new(),
            start: 0,
            scan: Scan::default(),
            line: 1,
            max: MAX_LINE,
            broken: false,
            item: PhantomData,
        }
    }

    /// Sets how long a record may be, in bytes; [`MAX_LINE`] unless set.
    #[must_use]
    pub fn max_record(mut self, bytes: usize) -> Self {
        self.max = bytes;
        self
    }

    /// Adds bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.broken {
            return;
        }
        // Moving less than has been taken keeps the cost per byte constant.
        if self.start >= self.buffer.len() - self.start {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        self.buffer.extend_from_slice(bytes);
    }

    /// Ends the stream, once all values have been taken. A last value without the end of its line
    /// is given if it is whole; a number, which could have gone on, never is.
    ///
    /// # Errors
    /// If the bytes ended in the middle of a record.
    pub fn finish(self) -> Result<Option<T>, StreamError> {
        let rest = self.buffer.get(self.start..).unwrap_or_default();
        let text = trim(rest);
        if text.is_empty() || self.broken {
            return Ok(None);
        }
        let can_end = matches!(text.last(), Some(b'}' | b']' | b'"')) || rest.ends_with(b"\n");
        let value = std::str::from_utf8(text)
            .ok()
            .filter(|_| can_end && rest.first() == Some(&SEPARATOR));
        let value = value.and_then(|text| json::decode_text(text).ok());
        value.map(Some).ok_or(StreamError::Cut { line: self.line })
    }

    /// The end of the next record, from its start.
    fn end(&mut self) -> Option<usize> {
        let rest = self.buffer.get(self.start..)?;
        while let Some(byte) = rest.get(self.scan.at) {
            // A separator can't be in JSON, so that it ends even a broken record.
            if *byte == SEPARATOR && self.scan.at > 0 {
                return Some(self.scan.at);
            }
            let may_end = self.scan.step(*byte);
            if may_end && (self.scan.has_value || rest.first() != Some(&SEPARATOR)) {
                return Some(self.scan.at);
            }
        }
        None
    }

    fn read(&self, record: &[u8]) -> Result<T, StreamError> {
        let line = self.line;
        let Ok(text) = std::str::from_utf8(trim(record)) else {
            return Err(StreamError::Utf8 { line });
        };
        let value = match record.first() {
            Some(&SEPARATOR) => json::decode_text(text),
            _ => Err(json::Error::new("expected a record separator (0x1E) before a value")),
        };
        value.map_err(|error| StreamError::Value {
            line,
            error,
            text: excerpt(text).to_string(),
        })
    }
}

/// A record without its separator and the white space around its value.
fn trim(record: &[u8]) -> &[u8] {
    record.strip_prefix(&[SEPARATOR]).unwrap_or(record).trim_ascii()
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
        loop {
            let end = self.end();
            if end.unwrap_or(self.scan.at) > self.max {
                let (line, max) = (self.line, self.max);
                *self = Self {
                    line,
                    broken: true,
                    ..Self::new().max_record(max)
                };
                return Some(Err(StreamError::TooLong { line, max }));
            }
            let end = self.start + end?;
            let record = self.buffer.get(self.start..end).unwrap_or_default();
            let read = (!trim(record).is_empty()).then(|| self.read(record));
            let lines = record.iter().filter(|byte| **byte == b'\n').count();
            self.line += u64::try_from(lines).unwrap_or(0);
            (self.start, self.scan) = (end, Scan::default());
            if read.is_some() {
                return read;
            }
        }
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

impl<T> fmt::Debug for Decoder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder")
            .field("line", &self.line)
            .field("buffered", &(self.buffer.len() - self.start))
            .finish_non_exhaustive()
    }
}

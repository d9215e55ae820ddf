//! Cuts a stream of JSON values into lines.

use serde::de::DeserializeOwned;

use super::{Framed, Framing, Scan, StreamError};
use crate::json;

/// JSON values, one a line. Lines end with `\n` or `\r\n`; blank ones are skipped.
#[derive(Debug, Default)]
pub struct Lines {
    /// Up to where there is no end of a line.
    searched: usize,
}

impl Framing for Lines {
    fn scan(&mut self, bytes: &[u8]) -> Scan {
        let end = memchr::memchr(b'\n', bytes.get(self.searched..).unwrap_or_default());
        let length = end.map_or(bytes.len(), |end| self.searched + end);
        self.searched = if end.is_some() { 0 } else { length };
        Scan {
            length,
            end: end.map(|_| (length + 1, 1)),
        }
    }

    fn read<T: DeserializeOwned>(&mut self, line: u64, frame: &[u8]) -> Option<Result<T, StreamError>> {
        read(line, frame, |_| ()).map(|item| item.map(|(value, ())| value))
    }

    fn finish<T: DeserializeOwned>(self, line: u64, rest: &[u8]) -> Result<Option<T>, StreamError> {
        self::read(line, rest, |_| ())
            .map(|item| item.map(|(value, ())| value).map_err(|_| StreamError::Cut { line }))
            .transpose()
    }
}

impl<T: DeserializeOwned> Framed<Lines, T> {
    /// The next value, and what `look` finds in its line.
    pub fn next_with<U>(&mut self, look: impl Fn(&str) -> U) -> Option<Result<(T, U), StreamError>> {
        self.next_by(|_, line, frame| read(line, frame, &look))
    }
}

fn read<T: DeserializeOwned, U>(
    line: u64,
    frame: &[u8],
    look: impl Fn(&str) -> U,
) -> Option<Result<(T, U), StreamError>> {
    let bytes = frame.trim_ascii();
    if bytes.is_empty() {
        return None;
    }
    let Ok(text) = simdutf8::compat::from_utf8(bytes) else {
        return Some(Err(StreamError::Utf8 { line }));
    };
    let value = json::decode_text(text).map(|value| (value, look(text)));
    Some(value.map_err(|error| StreamError::value(line, error, text)))
}

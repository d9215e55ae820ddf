//! JSON text sequences (RFC 7464), from bytes in pieces of any size.

use serde::de::DeserializeOwned;

use crate::json;
use crate::stream::{Framed, Framing, Scan, StreamError};

/// What a record begins with.
const SEPARATOR: u8 = 0x1e;

/// Takes bytes in pieces of any size and gives JSON values, each after a record separator (0x1E).
pub type Decoder<T> = Framed<Records, T>;

/// JSON values, each after a record separator (0x1E). A value is given at the end of the line that
/// completes it, and not only when the next one begins. Empty records are skipped; a record that is not
/// a value is an error.
#[derive(Debug, Default)]
pub struct Records {
    /// How many bytes of the record have been looked through.
    at: usize,
    /// Whether there is more than white space.
    has_value: bool,
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Records {
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

    /// The end of the next record.
    fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        while let Some(byte) = bytes.get(self.at) {
            // A separator cannot be in JSON, so that it ends even a broken record.
            if *byte == SEPARATOR && self.at > 0 {
                return Some(self.at);
            }
            let may_end = self.step(*byte);
            if may_end && (self.has_value || bytes.first() != Some(&SEPARATOR)) {
                return Some(self.at);
            }
        }
        None
    }
}

impl Framing for Records {
    fn scan(&mut self, bytes: &[u8]) -> Scan {
        let end = self.end(bytes);
        let length = self.at;
        if end.is_some() {
            *self = Self::default();
        }
        let lines = |end| memchr::memchr_iter(b'\n', bytes.get(..end).unwrap_or_default()).count();
        Scan {
            length,
            end: end.map(|end| (end, u64::try_from(lines(end)).unwrap_or(0))),
        }
    }

    fn read<T: DeserializeOwned>(&mut self, line: u64, frame: &[u8]) -> Option<Result<T, StreamError>> {
        let bytes = trim(frame);
        if bytes.is_empty() {
            return None;
        }
        let Ok(text) = simdutf8::compat::from_utf8(bytes) else {
            return Some(Err(StreamError::Utf8 { line }));
        };
        let value = match frame.first() {
            Some(&SEPARATOR) => json::decode_text(text),
            _ => Err(json::Error::new("expected a record separator (0x1E) before a value")),
        };
        Some(value.map_err(|error| StreamError::value(line, error, text)))
    }

    fn finish<T: DeserializeOwned>(mut self, line: u64, rest: &[u8]) -> Result<Option<T>, StreamError> {
        let can_end = matches!(trim(rest).last(), Some(b'}' | b']' | b'"')) || rest.ends_with(b"\n");
        match self.read(line, rest).transpose() {
            Ok(value) if can_end || value.is_none() => Ok(value),
            _ => Err(StreamError::Cut { line }),
        }
    }
}

/// A record without its separator and the white space around its value.
fn trim(record: &[u8]) -> &[u8] {
    record.strip_prefix(&[SEPARATOR]).unwrap_or(record).trim_ascii()
}

//! Cuts a stream of text into lines.

use serde::de::DeserializeOwned;
use serde::de::value::{Error, StrDeserializer};

use super::{Framing, Lines, Scan, StreamError};
use crate::json;

/// Text, an item a line. Lines end with `\n` or `\r\n`; blank ones are items too.
#[derive(Debug, Default)]
pub struct TextLines(Lines);

impl Framing for TextLines {
    fn scan(&mut self, bytes: &[u8]) -> Scan {
        self.0.scan(bytes)
    }

    fn read<T: DeserializeOwned>(&mut self, line: u64, frame: &[u8]) -> Option<Result<T, StreamError>> {
        Some(read(line, frame))
    }

    fn finish<T: DeserializeOwned>(self, line: u64, rest: &[u8]) -> Result<Option<T>, StreamError> {
        (!rest.is_empty()).then(|| read(line, rest)).transpose()
    }
}

fn read<T: DeserializeOwned>(line: u64, frame: &[u8]) -> Result<T, StreamError> {
    let Ok(text) = simdutf8::compat::from_utf8(frame) else {
        return Err(StreamError::Utf8 { line });
    };
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    let value = T::deserialize(StrDeserializer::<Error>::new(text));
    value.map_err(|error| StreamError::value(line, json::Error::new(&error), text))
}

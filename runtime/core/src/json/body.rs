//! Bodies as they come, read as JSON, text or bytes.

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::{Error, decode_text};

/// Reads a body of JSON.
///
/// # Errors
/// If the body is not JSON, or is not a `T`.
pub fn json<T: DeserializeOwned>(body: &Bytes) -> Result<T, Error> {
    // One check of the whole is faster than serde_json's checks of each string.
    let text = utf8(body)?;
    match text.trim_start().chars().next() {
        None => Err(Error::new("expected JSON, found an empty body")),
        Some('{' | '[' | '"' | '-' | '0'..='9' | 't' | 'f' | 'n') => decode_text(text),
        Some(_) => Err(Error::new("expected JSON, found something else")),
    }
}

/// Reads a body of text.
///
/// # Errors
/// If the body is not UTF-8.
pub fn text(body: &Bytes) -> Result<String, Error> {
    utf8(body).map(str::to_owned)
}

/// Takes a body of bytes as it is.
///
/// # Errors
/// None.
pub fn bytes(body: &Bytes) -> Result<Bytes, Error> {
    Ok(body.clone())
}

fn utf8(body: &Bytes) -> Result<&str, Error> {
    simdutf8::compat::from_utf8(body).map_err(|error| {
        Error::new(&format_args!(
            "expected UTF-8, found another byte at offset {}",
            error.valid_up_to()
        ))
    })
}

//! Bytes as text, as `format: byte` and `contentEncoding: base64` have it.

use std::fmt;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Writes the padding, and reads text with and without it.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The text of `bytes`: base64 with the standard alphabet and padding (RFC 4648, section 4).
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    ENGINE.encode(bytes)
}

/// The bytes of `text`: base64 with the standard alphabet, with or without padding.
///
/// # Errors
/// If `text` has another character, or ends in the middle of a byte.
pub fn decode(text: impl AsRef<[u8]>) -> Result<Vec<u8>, Error> {
    ENGINE.decode(text).map_err(|error| Error(error.to_string()))
}

/// Text that is not base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the text is not base64: {}", self.0)
    }
}

impl std::error::Error for Error {}

//! Encoded text, in place while it is short.

use std::fmt;

use percent_encoding::percent_encode_byte;

use crate::parameter::{encoded_length, is_unreserved};

/// Encoded text, which is ASCII. Up to `N` bytes it needs no memory of its own.
#[derive(Clone)]
pub(crate) enum Encoded<const N: usize> {
    Short { length: u8, bytes: [u8; N] },
    Long(Vec<u8>),
}

impl<const N: usize> Encoded<N> {
    /// Adds `text`, encoded.
    pub(crate) fn push(&mut self, text: &str) {
        let length = encoded_length(text);
        if length == text.len() {
            return self.push_raw(text.as_bytes());
        }
        let mut into = self.grow(length).iter_mut();
        for byte in text.bytes() {
            if is_unreserved(byte) {
                if let Some(to) = into.next() {
                    *to = byte;
                }
            } else {
                let encoded = percent_encode_byte(byte).bytes();
                encoded.zip(into.by_ref()).for_each(|(byte, to)| *to = byte);
            }
        }
    }

    /// Adds what is encoded already.
    pub(crate) fn push_raw(&mut self, encoded: &[u8]) {
        let into = self.grow(encoded.len());
        into.iter_mut().zip(encoded).for_each(|(to, byte)| *to = *byte);
    }

    /// So many bytes more, to be written.
    fn grow(&mut self, by: usize) -> &mut [u8] {
        let start = self.len();
        if let Self::Short { bytes, .. } = self {
            if start + by > N {
                let mut long = Vec::with_capacity((start + by).max(2 * N));
                long.extend_from_slice(bytes.get(..start).unwrap_or_default());
                *self = Self::Long(long);
            }
        }
        match self {
            Self::Short { length, bytes } => {
                *length = length.saturating_add(u8::try_from(by).unwrap_or(u8::MAX));
                bytes.get_mut(start..start + by).unwrap_or_default()
            }
            Self::Long(bytes) => {
                bytes.resize(start + by, 0);
                bytes.get_mut(start..).unwrap_or_default()
            }
        }
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Short { length, bytes } => bytes.get(..usize::from(*length)).unwrap_or_default(),
            Self::Long(bytes) => bytes,
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Short { length, .. } => usize::from(*length),
            Self::Long(bytes) => bytes.len(),
        }
    }
}

impl<const N: usize> Default for Encoded<N> {
    fn default() -> Self {
        Self::Short {
            length: 0,
            bytes: [0; N],
        }
    }
}

impl<const N: usize> fmt::Debug for Encoded<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl<const N: usize> From<&str> for Encoded<N> {
    fn from(encoded: &str) -> Self {
        let mut text = Self::default();
        text.push_raw(encoded.as_bytes());
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Encoded;

    #[test]
    fn text_of_any_length_is_encoded() {
        let mut text = Encoded::<8>::default();
        text.push("a=b");
        assert!(matches!(text, Encoded::Short { .. }));
        assert_eq!((text.as_str(), text.len()), ("a%3Db", 5));
        text.push("");
        text.push("-_~");
        assert!(matches!(text, Encoded::Short { .. }));
        text.push_raw(b"&");
        text.push("ü.");
        assert!(matches!(text.clone(), Encoded::Long(_)));
        assert_eq!(text.as_str(), "a%3Db-_~&%C3%BC.");
        assert_eq!(Encoded::<8>::from("12345678").as_str(), "12345678");
        assert_eq!(Encoded::<8>::from("123456789").as_str(), "123456789");
        assert!(Encoded::<8>::from("").is_empty());
    }
}

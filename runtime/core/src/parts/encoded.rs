//! Encoded text, in place while it is short.

use std::{fmt, iter};

use percent_encoding::percent_encode_byte;

use crate::parameter::is_unreserved;

/// Encoded text, which is ASCII. Up to `N` bytes it needs no memory of its own.
#[derive(Clone)]
pub(crate) enum Encoded<const N: usize> {
    Short { length: u8, bytes: [u8; N] },
    Long(Vec<u8>),
}

/// The parts of a text, encoded: what stays as it is in as few as there can be.
// Quicker than the iterator of percent-encoding, which looks each byte up in sets of bits.
pub(super) fn encode(text: &str) -> impl Iterator<Item = &[u8]> {
    let mut rest = text.as_bytes();
    iter::from_fn(move || {
        let (first, after) = rest.split_first()?;
        if !is_unreserved(*first) {
            rest = after;
            return Some(percent_encode_byte(*first).as_bytes());
        }
        let end = rest.iter().position(|byte| !is_unreserved(*byte));
        let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        Some(part)
    })
}

impl<const N: usize> Encoded<N> {
    /// Adds `text`, encoded.
    pub(crate) fn push(&mut self, text: &str) {
        // Most texts stay as they are.
        if text.bytes().all(is_unreserved) {
            return self.push_raw(text.as_bytes());
        }
        encode(text).for_each(|part| self.push_raw(part));
    }

    /// Adds what is encoded already.
    #[inline]
    pub(crate) fn push_raw(&mut self, encoded: &[u8]) {
        match self {
            Self::Short { length, bytes } => {
                let end = usize::from(*length) + encoded.len();
                match (bytes.get_mut(usize::from(*length)..end), u8::try_from(end)) {
                    (Some(to), Ok(end)) => {
                        to.copy_from_slice(encoded);
                        *length = end;
                    }
                    _ => *self = Self::Long([self.as_bytes(), encoded].concat()),
                }
            }
            Self::Long(bytes) => bytes.extend_from_slice(encoded),
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
        self.as_bytes().is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.as_bytes().len()
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

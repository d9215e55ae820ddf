//! Encoded text, in place while it is short.

use std::fmt;

use smallvec::{Array, SmallVec};

use crate::parameter::encode;

/// Encoded text, which is ASCII. Up to the length of `A` it needs no memory of its own.
pub(crate) struct Encoded<A: Array<Item = u8>>(SmallVec<A>);

impl<A: Array<Item = u8>> Encoded<A> {
    /// Adds `text`, encoded.
    pub(crate) fn push(&mut self, text: &str) {
        encode(text, |part| self.0.extend_from_slice(part));
    }

    /// Adds what is encoded already.
    pub(crate) fn push_raw(&mut self, encoded: &str) {
        self.0.extend_from_slice(encoded.as_bytes());
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

impl<A: Array<Item = u8>> Clone for Encoded<A> {
    fn clone(&self) -> Self {
        Self(SmallVec::from_slice(&self.0))
    }
}

impl<A: Array<Item = u8>> Default for Encoded<A> {
    fn default() -> Self {
        Self(SmallVec::new())
    }
}

impl<A: Array<Item = u8>> fmt::Debug for Encoded<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl<A: Array<Item = u8>> From<&str> for Encoded<A> {
    fn from(encoded: &str) -> Self {
        Self(SmallVec::from_slice(encoded.as_bytes()))
    }
}

//! The items of an array and the members of an object, one after the other.

use serde::de::{DeserializeSeed, MapAccess, SeqAccess};

use super::key::Key;
use super::{Reader, Refused};

/// What is in an array or object up to the bracket that closes it.
pub(super) struct Entries<'a, 'de, const CLOSE: u8> {
    reader: &'a mut Reader<'de>,
    first: bool,
    ended: bool,
}

pub(super) type Items<'a, 'de> = Entries<'a, 'de, b']'>;
pub(super) type Members<'a, 'de> = Entries<'a, 'de, b'}'>;

impl<'a, 'de, const CLOSE: u8> Entries<'a, 'de, CLOSE> {
    pub(super) fn new(reader: &'a mut Reader<'de>) -> Self {
        Self {
            reader,
            first: true,
            ended: false,
        }
    }

    /// Passes over the end, which must come next.
    #[inline]
    pub(super) fn end(self) -> Result<(), Refused> {
        if self.ended { Ok(()) } else { self.reader.expect(CLOSE) }
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Refused;

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Refused> {
        if self.ended || !self.reader.next_item(&mut self.first)? {
            self.ended = true;
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }

    /// Room for one item: most lists of an object have no more, and a vector makes room for four at the second.
    fn size_hint(&self) -> Option<usize> {
        Some(1)
    }
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = Refused;

    #[inline]
    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Refused> {
        if self.ended || !self.reader.next_name(&mut self.first)? {
            self.ended = true;
            return Ok(None);
        }
        seed.deserialize(Key(&mut *self.reader)).map(Some)
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Refused> {
        self.reader.expect(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

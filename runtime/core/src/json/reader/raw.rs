//! The text of a value in place of the value, as `RawValue` of `serde_json` asks for it.

use serde::de::Visitor;
use serde::de::value::{BorrowedStrDeserializer, MapDeserializer};

use super::{Reader, Refused};
use crate::json::raw_token;

/// Hands the text of a value out as `serde_json` does it to its own `RawValue`.
pub(super) fn visit_raw<'de, V: Visitor<'de>>(text: &'de str, visitor: V) -> Result<V::Value, Refused> {
    let token = BorrowedStrDeserializer::new(raw_token());
    visitor.visit_map(MapDeserializer::new(std::iter::once((
        token,
        BorrowedStrDeserializer::new(text),
    ))))
}

impl<'de> Reader<'de> {
    /// The text of the next value, if that is what the `name` of a newtype asks for.
    pub(super) fn raw_of(&mut self, name: &'static str) -> Option<Result<&'de str, Refused>> {
        (name == raw_token()).then(|| self.raw())
    }
}

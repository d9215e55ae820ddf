//! Writing a JSON value to any serializer.

use serde::ser::{self, Serialize, SerializeMap, SerializeStruct, Serializer};

use super::decimal::Decimal;
use super::reader::{Refused, is_clean, special};
use super::token::raw_token;
use super::{Json, Repr, Tree, parse};
use crate::model;

/// Whether a serializer or deserializer with this error is one of `serde_json`.
///
/// Serde has no other way to ask. A wrapper that passes the errors of `serde_json` on also passes
/// its text on.
pub(crate) fn is_serde_json<E>() -> bool {
    std::any::type_name::<E>() == std::any::type_name::<serde_json::Error>()
}

/// Whether a deserializer with this error is our own reader, which has counted brackets.
pub(super) fn is_own<E>() -> bool {
    std::any::type_name::<E>() == std::any::type_name::<Refused>()
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(error) = model::text(self) {
            return Err(error);
        }
        if is_serde_json::<S::Error>() {
            return raw(&self.as_text(), serializer);
        }
        match &self.0 {
            Repr::Tree(tree) => tree.serialize(serializer),
            Repr::Text(text) => {
                let tree = parse::parse(text.as_str()).map_err(ser::Error::custom)?;
                tree.serialize(serializer)
            }
        }
    }
}

/// What `RawValue` does to have its text written as it is.
fn raw<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    let token = raw_token();
    let mut raw = serializer.serialize_struct(token, 1)?;
    raw.serialize_field(token, text)?;
    raw.end()
}

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(text) => number(text, serializer),
            Self::String(string) => serializer.serialize_str(string),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

/// Writes a number as the serializer's own, refusing to write another number in its place.
fn number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if is_serde_json::<S::Error>() {
        return raw(text, serializer);
    }
    if let Ok(number) = text.parse::<u64>() {
        return serializer.serialize_u64(number);
    }
    // `-0` has no integer of its own, but `0` is the same number.
    if let Ok(number) = text.parse::<i64>() {
        return serializer.serialize_i64(number);
    }
    if let Ok(number) = text.parse::<i128>() {
        return serializer.serialize_i128(number);
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && Decimal::new(&format!("{number:?}")) == Decimal::new(text) => {
            serializer.serialize_f64(number)
        }
        _ => Err(ser::Error::custom(format_args!(
            "the number {text} cannot be written in this format"
        ))),
    }
}

/// Appends `string` as a JSON string, in quotes.
#[inline]
pub fn escape_to(string: &str, out: &mut String) {
    out.push('"');
    escape_inner(string, out);
    out.push('"');
}

/// Appends what is between the quotes of a JSON string.
#[inline]
pub(super) fn escape_inner(string: &str, out: &mut String) {
    if is_clean(string.as_bytes()) {
        out.push_str(string);
    } else {
        escape_special(string, out);
    }
}

#[inline(never)]
fn escape_special(string: &str, out: &mut String) {
    let mut rest = string;
    while let Some((before, byte, behind)) = split_at_special(rest) {
        out.push_str(before);
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            0x08 => out.push_str("\\b"),
            0x0c => out.push_str("\\f"),
            _ => {
                out.push_str("\\u00");
                for nibble in [byte >> 4, byte & 15] {
                    out.extend(char::from_digit(nibble.into(), 16));
                }
            }
        }
        rest = behind;
    }
    out.push_str(rest);
}

/// What is before the first byte that has to be escaped, that byte, and what is behind it.
#[inline]
fn split_at_special(string: &str) -> Option<(&str, u8, &str)> {
    let at = special(string.as_bytes());
    let byte = *string.as_bytes().get(at)?;
    Some((string.get(..at)?, byte, string.get(at + 1..)?))
}

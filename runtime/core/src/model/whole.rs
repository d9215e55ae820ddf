//! What an object has of its own where it is the whole body of a request: the members that say what it is.

use std::any::type_name;
use std::fmt::{self, Write};

use serde::ser::{Error, Impossible, Serialize, Serializer};

use super::{Model, WriteMembers};
use crate::{Json, json};

/// The JSON of `value` as the whole body of a request: with the [body defaults](crate::model::Model::BODY_DEFAULTS) of
/// its model first, unless it has members of these names.
pub(crate) fn whole<T: Serialize + ?Sized>(value: &T) -> Result<String, serde_json::Error> {
    let defaults = match value.serialize(Probe) {
        Err(Probed::Text(text)) => return Ok(text),
        Err(Probed::Defaults(lines)) => lines,
        Err(Probed::Nothing) | Ok(()) => String::new(),
    };
    let text = json::to_string(value)?;
    let mut lines = defaults.lines();
    let mut missing = String::new();
    while let (Some(name), Some(value)) = (lines.next(), lines.next()) {
        missing.push_str(if missing.is_empty() { "{" } else { "," });
        json::escape_to(name, &mut missing);
        missing.push(':');
        json::escape_to(value, &mut missing);
    }
    Ok(match text.strip_prefix('{') {
        Some(_) if missing.is_empty() => text,
        Some("}") => missing + "}",
        Some(rest) => missing + "," + rest,
        None => text,
    })
}

/// The error by which a model tells the body defaults that it does not set itself, if `E` is what asks for them.
pub(super) fn defaults<M: Model, E: Error>(model: &M) -> Option<E> {
    is::<E, Probed>().then(|| E::custom(Lines(&unset(model))))
}

fn unset<M: Model>(model: &M) -> Vec<(&'static str, &'static str)> {
    let mut unset = Unset(M::BODY_DEFAULTS.to_vec());
    if !unset.0.is_empty() {
        model.write(&mut unset);
        unset.0.retain(|(name, _)| model.kept().get(name).is_none());
    }
    unset.0
}

/// The body defaults of members that have not been written.
struct Unset(Vec<(&'static str, &'static str)>);

impl Unset {
    fn set(&mut self, name: &str) {
        self.0.retain(|(unset, _)| *unset != name);
    }
}

impl WriteMembers for Unset {
    fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if value.is_some() {
            self.set(name);
        }
    }

    fn nullable<T: Serialize>(&mut self, name: &'static str, value: &Option<Option<T>>) {
        self.optional(name, value);
    }

    fn nullable_required<T: Serialize>(&mut self, name: &'static str, _: &Option<T>) {
        self.set(name);
    }

    fn required<T: Serialize>(&mut self, name: &'static str, _: &T) {
        self.set(name);
    }
}

/// The error by which JSON tells its text, if `E` is what asks for it.
pub(crate) fn text<E: Error>(json: &Json) -> Option<E> {
    is::<E, Probed>().then(|| E::custom(Text(&json.as_text())))
}

/// Whether two types are one. Serde has no other way to ask.
fn is<T, U>() -> bool {
    type_name::<T>() == type_name::<U>()
}

/// Names and values, a line each.
struct Lines<'a>(&'a [(&'static str, &'static str)]);

impl fmt::Display for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|(name, value)| writeln!(f, "{name}\n{value}"))
    }
}

/// The text of a JSON value.
struct Text<'a>(&'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A serializer that writes nothing: all it takes from a value is the error of [`defaults`] or [`text`].
struct Probe;

/// What a value tells of itself.
#[derive(Debug)]
enum Probed {
    /// The body defaults of a model.
    Defaults(String),
    /// The text of a JSON value, which is its own.
    Text(String),
    /// Nothing: the value is neither.
    Nothing,
}

impl fmt::Display for Probed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for Probed {}

impl Error for Probed {
    fn custom<T: fmt::Display>(message: T) -> Self {
        if is::<T, Lines<'_>>() {
            Self::Defaults(message.to_string())
        } else if is::<T, Text<'_>>() {
            let mut text = String::with_capacity(512);
            // A string takes whatever is written to it.
            let _ = write!(text, "{message}");
            Self::Text(text)
        } else {
            Self::Nothing
        }
    }
}

fn none<T>() -> Result<T, Probed> {
    Err(Probed::Nothing)
}

/// Methods of a serializer for what is neither a model nor JSON.
macro_rules! nothing {
    ($($method:ident($($argument:ty),*) -> $output:ty;)*) => {
        $(fn $method(self, $(_: $argument),*) -> Result<$output, Probed> {
            none()
        })*
    };
}

impl Serializer for Probe {
    type Ok = ();
    type Error = Probed;
    type SerializeSeq = Impossible<(), Probed>;
    type SerializeTuple = Impossible<(), Probed>;
    type SerializeTupleStruct = Impossible<(), Probed>;
    type SerializeTupleVariant = Impossible<(), Probed>;
    type SerializeMap = Impossible<(), Probed>;
    type SerializeStruct = Impossible<(), Probed>;
    type SerializeStructVariant = Impossible<(), Probed>;

    nothing! {
        serialize_bool(bool) -> ();
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_i32(i32) -> ();
        serialize_i64(i64) -> ();
        serialize_i128(i128) -> ();
        serialize_u8(u8) -> ();
        serialize_u16(u16) -> ();
        serialize_u32(u32) -> ();
        serialize_u64(u64) -> ();
        serialize_u128(u128) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_str(&str) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_none() -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct(&'static str, usize) -> Self::SerializeStruct;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Probed> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Probed> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Probed> {
        none()
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, _: &T) -> Result<(), Probed> {
        none()
    }
}

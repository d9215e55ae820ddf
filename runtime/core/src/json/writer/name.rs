//! The name of a member: a string, or a number or truth value that is put in quotes.

use std::fmt::Display;

use serde::ser::{Error as _, Impossible, Serialize, Serializer};
use serde_json::Error;

use crate::json::write::escape_inner;

/// How a string is written.
pub(super) enum Form {
    /// As the name of the first member, with its colon.
    First,
    /// As the name of another member: a comma goes before it.
    Later,
    /// As the JSON text that it is.
    Verbatim,
}

/// Where a name is written.
pub(super) struct Name<'a>(pub(super) &'a mut String, pub(super) Form);

fn no_string<T>() -> Result<T, Error> {
    Err(Error::custom("key must be a string"))
}

impl Name<'_> {
    fn quoted(self, value: impl Display) -> Result<(), Error> {
        self.serialize_str(&value.to_string())
    }
}

macro_rules! quoted {
    ($($method:ident($type:ty))*) => {$(
        fn $method(self, value: $type) -> Result<(), Error> {
            self.quoted(value)
        }
    )*};
}

/// Methods of a serializer for what is not a name.
macro_rules! refused {
    ($($method:ident($($argument:ty),*) -> $output:ty;)*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<$output, Error> {
            no_string()
        }
    )*};
}

impl Serializer for Name<'_> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Impossible<(), Error>;
    type SerializeTuple = Impossible<(), Error>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = Impossible<(), Error>;
    type SerializeStruct = Impossible<(), Error>;
    type SerializeStructVariant = Impossible<(), Error>;

    #[inline]
    fn serialize_str(self, value: &str) -> Result<(), Error> {
        let text = self.0;
        // What is around a name is written with its quotes, since most names are short.
        match self.1 {
            Form::Verbatim => {
                text.push_str(value);
                return Ok(());
            }
            Form::First => text.push('"'),
            Form::Later => text.push_str(",\""),
        }
        escape_inner(value, text);
        text.push_str("\":");
        Ok(())
    }

    quoted! {
        serialize_bool(bool) serialize_char(char)
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.quoted(super::to_string(&value)?)
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        self.quoted(super::to_string(&value)?)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    refused! {
        serialize_bytes(&[u8]) -> ();
        serialize_none() -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct(&'static str, usize) -> Self::SerializeStruct;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        no_string()
    }
}

//! A serializer of JSON text that copies strings in pieces.
//!
//! `serde_json` looks at the bytes of a string one by one, which is two thirds of what it takes to write a model. This
//! writes the same text but for floats that are not finite: JSON has no number for them, so they are refused where
//! `serde_json` writes `null`.

mod compound;
mod name;

use serde::ser::{Error as _, Serialize, SerializeSeq, Serializer};
// With this error, `Json` hands its text over as it is.
use serde_json::Error;

use super::{NUMBER_TOKEN, escape_to, raw_token};
use compound::Compound;

/// The JSON text of a value.
///
/// # Errors
/// Those of the value; if a float is not finite, or if a name of a member is not a string.
pub(crate) fn to_string<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    let mut text = String::with_capacity(512);
    value.serialize(&mut Writer { text: &mut text })?;
    Ok(text)
}

/// Looks at all floats of a value.
///
/// # Errors
/// Those of [`to_string`].
pub(crate) fn check_finite<T: Serialize + ?Sized>(value: &T) -> Result<(), Error> {
    to_string(value).map(drop)
}

/// Where text is written.
pub(super) struct Writer<'a> {
    text: &'a mut String,
}

impl Writer<'_> {
    fn integer(&mut self, value: impl itoa::Integer) -> Result<(), Error> {
        self.text.push_str(itoa::Buffer::new().format(value));
        Ok(())
    }

    /// A float as `serde_json` spells it.
    fn float(&mut self, value: f64, spelled: serde_json::Result<String>) -> Result<(), Error> {
        if !value.is_finite() {
            return Err(Error::custom(format_args!("JSON has no number for {value}")));
        }
        self.text.push_str(&spelled?);
        Ok(())
    }

    fn word(&mut self, word: &str) -> Result<(), Error> {
        self.text.push_str(word);
        Ok(())
    }
}

macro_rules! integers {
    ($($method:ident($type:ty))*) => {$(
        #[inline]
        fn $method(self, value: $type) -> Result<(), Error> {
            self.integer(value)
        }
    )*};
}

impl<'a, 'b> Serializer for &'a mut Writer<'b> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Compound<'a, 'b>;
    type SerializeTuple = Compound<'a, 'b>;
    type SerializeTupleStruct = Compound<'a, 'b>;
    type SerializeTupleVariant = Compound<'a, 'b>;
    type SerializeMap = Compound<'a, 'b>;
    type SerializeStruct = Compound<'a, 'b>;
    type SerializeStructVariant = Compound<'a, 'b>;

    integers! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
    }

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.word(if value { "true" } else { "false" })
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.float(value.into(), serde_json::to_string(&value))
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        self.float(value, serde_json::to_string(&value))
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Result<(), Error> {
        escape_to(value, self.text);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.word("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.word("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.word("null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let mut compound = Compound::variant(self, variant, "", "}");
        compound.serialize_element(value)?;
        SerializeSeq::end(compound)
    }

    #[inline]
    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'a, 'b>, Error> {
        Ok(Compound::new(self, "[", "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound<'a, 'b>, Error> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Compound<'a, 'b>, Error> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'a, 'b>, Error> {
        Ok(Compound::variant(self, variant, "[", "]}"))
    }

    #[inline]
    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'a, 'b>, Error> {
        Ok(Compound::new(self, "{", "}"))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Compound<'a, 'b>, Error> {
        if name == raw_token() || name == NUMBER_TOKEN {
            return Ok(Compound::verbatim(self));
        }
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'a, 'b>, Error> {
        Ok(Compound::variant(self, variant, "{", "}}"))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

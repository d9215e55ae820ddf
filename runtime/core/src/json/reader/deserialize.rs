//! The reader as a deserializer of `serde`.

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserializer, Visitor};

use super::access::{Items, Members};
use super::raw::visit_raw;
use super::string::Str;
use super::{Reader, Refused};

impl<'de> Reader<'de> {
    #[inline]
    pub(super) fn visit_string<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Refused> {
        match self.string()? {
            Str::Borrowed(string) => visitor.visit_borrowed_str(string),
            Str::Unescaped(string) => visitor.visit_str(string),
        }
    }

    #[inline]
    fn visit_array<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Refused> {
        self.nested(|reader| {
            let mut items = Items::new(reader);
            let value = visitor.visit_seq(&mut items)?;
            items.end()?;
            Ok(value)
        })
    }

    #[inline]
    fn visit_object<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Refused> {
        self.nested(|reader| {
            let mut members = Members::new(reader);
            let value = visitor.visit_map(&mut members)?;
            members.end()?;
            Ok(value)
        })
    }

    /// Whether `null` comes next, which is passed over.
    #[inline]
    fn null(&mut self) -> Result<bool, Refused> {
        if self.token()? != b'n' {
            return Ok(false);
        }
        self.word("null").map(|()| true)
    }
}

macro_rules! numbers {
    ($($method:ident)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
            self.token()?;
            self.number()?.visit(visitor)
        }
    )*};
}

/// Values of one kind, that begin with a byte of their own.
macro_rules! kinds {
    ($($method:ident($($name:ident: $type:ty),*) $byte:literal $visit:ident;)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, $(_: $type,)* visitor: V) -> Result<V::Value, Refused> {
            if self.token()? != $byte {
                return Err(Refused);
            }
            self.$visit(visitor)
        }
    )*};
}

/// Integers of 128 bits, which no other number is taken for.
macro_rules! wide_integers {
    ($($method:ident $visit:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
            let text = self.skip_number()?;
            visitor.$visit(text.parse().map_err(|_| Refused)?)
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Refused;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        match self.token()? {
            b'"' => self.visit_string(visitor),
            b'{' => self.visit_object(visitor),
            b'[' => self.visit_array(visitor),
            b'n' => self.word("null").and_then(|()| visitor.visit_unit()),
            b't' | b'f' => self.deserialize_bool(visitor),
            _ => self.any_number(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        let value = self.token()? == b't';
        self.word(if value { "true" } else { "false" })?;
        visitor.visit_bool(value)
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_f64
    }

    wide_integers! {
        deserialize_i128 visit_i128;
        deserialize_u128 visit_u128;
    }

    /// A float of 32 bits is rounded once, from the text.
    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.token()?;
        self.single()?.visit(visitor)
    }

    kinds! {
        deserialize_char() b'"' visit_string;
        deserialize_str() b'"' visit_string;
        deserialize_string() b'"' visit_string;
        deserialize_identifier() b'"' visit_string;
        deserialize_seq() b'[' visit_array;
        deserialize_tuple(length: usize) b'[' visit_array;
        deserialize_tuple_struct(name: &'static str, length: usize) b'[' visit_array;
        deserialize_map() b'{' visit_object;
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        match self.token()? {
            b'"' => match self.string()? {
                Str::Borrowed(string) => visitor.visit_borrowed_bytes(string.as_bytes()),
                Str::Unescaped(string) => visitor.visit_bytes(string.as_bytes()),
            },
            b'[' => self.visit_array(visitor),
            _ => Err(Refused),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_bytes(visitor)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        if self.null()? {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        if self.null()? {
            visitor.visit_unit()
        } else {
            Err(Refused)
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_unit(visitor)
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Refused> {
        match self.raw_of(name) {
            Some(text) => visit_raw(text?, visitor),
            None => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        match self.token()? {
            b'[' => self.visit_array(visitor),
            b'{' => self.visit_object(visitor),
            _ => Err(Refused),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        match self.token()? {
            b'"' => match self.string()? {
                Str::Borrowed(name) => visitor.visit_enum(BorrowedStrDeserializer::new(name)),
                Str::Unescaped(name) => visitor.visit_enum(StrDeserializer::new(name)),
            },
            b'{' => self.nested(|reader| {
                let mut members = Members::new(reader);
                let value = visitor.visit_enum(MapAccessDeserializer::new(&mut members))?;
                members.end()?;
                Ok(value)
            }),
            _ => Err(Refused),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.skip()?;
        visitor.visit_unit()
    }
}

//! The name of a member, which is a string and may be the text of a number or of a truth value.

use serde::de::{Deserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::raw::visit_raw;
use super::{Reader, Refused};

/// A reader whose place is the opening quote of a name.
pub(super) struct Key<'a, 'de>(pub(super) &'a mut Reader<'de>);

impl Key<'_, '_> {
    /// Does `inner` behind the opening quote, which must leave the closing quote to be passed over.
    fn quoted<T>(
        self,
        begins: impl FnOnce(u8) -> bool,
        inner: impl FnOnce(&mut Self) -> Result<T, Refused>,
    ) -> Result<T, Refused> {
        let mut key = self;
        key.0.at += 1;
        if !key.0.peek().is_some_and(begins) {
            return Err(Refused);
        }
        let value = inner(&mut key)?;
        if key.0.peek() != Some(b'"') {
            return Err(Refused);
        }
        key.0.at += 1;
        Ok(value)
    }
}

macro_rules! numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
            self.quoted(|byte| byte == b'-' || byte.is_ascii_digit(), |key| key.0.$method(visitor))
        }
    )*};
}

impl<'de> Deserializer<'de> for Key<'_, 'de> {
    type Error = Refused;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.0.visit_string(visitor)
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.quoted(
            |byte| matches!(byte, b't' | b'f'),
            |key| key.0.deserialize_bool(visitor),
        )
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Refused> {
        match self.0.raw_of(name) {
            Some(text) => text.and_then(|text| visit_raw(text, visitor)),
            None => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.0.deserialize_bytes(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.0.deserialize_bytes(visitor)
    }

    forward_to_deserialize_any! {
        char str string unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

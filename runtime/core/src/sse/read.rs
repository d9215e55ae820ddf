//! Reading an item from the fields of an event.

use serde::de::value::MapDeserializer;
use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
// With this error, `Json` takes text as it is.
use serde_json::Error;

use super::Event;
use crate::json::{self, raw_token};

pub(super) fn decode<T: DeserializeOwned>(event: &Event) -> Result<T, json::Error> {
    T::deserialize(Fields(event)).map_err(|error| {
        // The path costs time, so it is looked for only once something is wrong.
        match serde_path_to_error::deserialize::<_, T>(Fields(event)) {
            Ok(_) => json::Error::new(&error),
            Err(error) => json::Error::at(error.path().to_string(), error.inner()),
        }
    })
}

/// An event as an object.
#[derive(Clone, Copy)]
struct Fields<'a>(&'a Event);

impl<'de> Deserializer<'de> for Fields<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Event { event, data, id, retry } = self.0;
        let text = |name, text: &'de Option<String>| text.as_ref().map(|text| (name, Field::Text(text)));
        let fields = [
            text("event", event),
            Some(("data", Field::Text(data))),
            text("id", id),
            retry.map(|retry| ("retry", Field::Integer(retry))),
        ];
        visitor.visit_map(MapDeserializer::new(fields.into_iter().flatten()))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        if name == raw_token() {
            return self.deserialize_any(visitor);
        }
        visitor.visit_newtype_struct(self)
    }

    /// A text is the data alone.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(&self.0.data)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf
        unit unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A field: text, which is JSON where something else than text is asked for.
#[derive(Clone, Copy)]
enum Field<'a> {
    Text(&'a str),
    Integer(u64),
}

impl<'a> IntoDeserializer<'a, Error> for Field<'a> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! text {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.deserialize_any(visitor)
        }
    )*};
}

macro_rules! json {
    ($($method:ident($($name:ident: $type:ty),*))*) => {$(
        fn $method<V: Visitor<'de>>(self, $($name: $type,)* visitor: V) -> Result<V::Value, Error> {
            match self {
                Self::Text(text) => {
                    let mut json = serde_json::Deserializer::from_str(text);
                    let value = json.$method($($name,)* visitor)?;
                    json.end()?;
                    Ok(value)
                }
                Self::Integer(_) => self.deserialize_any(visitor),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Field<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => visitor.visit_borrowed_str(text),
            Self::Integer(integer) => visitor.visit_u64(integer),
        }
    }

    text! { deserialize_str deserialize_string deserialize_char deserialize_identifier }

    json! {
        deserialize_bool() deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64()
        deserialize_i128() deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64()
        deserialize_u128() deserialize_f32() deserialize_f64() deserialize_unit() deserialize_seq()
        deserialize_map() deserialize_bytes() deserialize_byte_buf()
        deserialize_unit_struct(name: &'static str)
        deserialize_tuple(length: usize)
        deserialize_tuple_struct(name: &'static str, length: usize)
        deserialize_struct(name: &'static str, fields: &'static [&'static str])
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => visitor.visit_enum(text.into_deserializer()),
            Self::Integer(_) => self.deserialize_any(visitor),
        }
    }

    /// What can be of any kind is an object or a list if the text is one, else text.
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        if name != raw_token() {
            return visitor.visit_newtype_struct(self);
        }
        match self {
            Self::Text(text) if is_composite(text) => {
                let mut json = serde_json::Deserializer::from_str(text);
                let value = json.deserialize_newtype_struct(name, visitor)?;
                json.end()?;
                Ok(value)
            }
            _ => self.deserialize_any(visitor),
        }
    }
}

fn is_composite(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

//! Taking a file out of the newtype in which it comes to a serializer.

use std::fmt;

use bytes::Bytes;
use serde::ser::{self, Impossible, Serialize, SerializeTuple, Serializer};

use super::File;

/// Takes the file out of what a file's newtype holds.
pub(crate) fn take<T: Serialize + ?Sized>(content: &T) -> Result<File, NotAFile> {
    let [name, media_type, bytes]: [Field; 3] = content.serialize(Take)?.try_into().map_err(|_| NotAFile)?;
    let text = |field: Field| field.and_then(|bytes| String::from_utf8(bytes.into()).ok());
    Ok(File {
        name: text(name),
        media_type: text(media_type),
        bytes: bytes.unwrap_or_default(),
    })
}

type Field = Option<Bytes>;

/// Something else has taken the name of a file. By this error a file knows that it is being taken.
#[derive(Debug)]
pub(crate) struct NotAFile;

impl fmt::Display for NotAFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a file")
    }
}

impl std::error::Error for NotAFile {}

impl ser::Error for NotAFile {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

struct Take;

macro_rules! refuse {
    ($($method:ident($($argument:ty),*) -> $ok:ty;)*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<$ok, NotAFile> {
            Err(NotAFile)
        }
    )*};
}

type Never = Impossible<Vec<Field>, NotAFile>;

impl Serializer for Take {
    type Ok = Vec<Field>;
    type Error = NotAFile;
    type SerializeSeq = Never;
    type SerializeTuple = Fields;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Never;
    type SerializeStructVariant = Never;

    fn serialize_none(self) -> Result<Vec<Field>, NotAFile> {
        Ok(vec![None])
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Vec<Field>, NotAFile> {
        value.serialize(self)
    }

    fn serialize_str(self, text: &str) -> Result<Vec<Field>, NotAFile> {
        Ok(vec![Some(Bytes::copy_from_slice(text.as_bytes()))])
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<Vec<Field>, NotAFile> {
        Ok(vec![Some(Bytes::copy_from_slice(bytes))])
    }

    fn serialize_tuple(self, _: usize) -> Result<Fields, NotAFile> {
        Ok(Fields(Vec::with_capacity(3)))
    }

    refuse! {
        serialize_bool(bool) -> Vec<Field>;
        serialize_i8(i8) -> Vec<Field>;
        serialize_i16(i16) -> Vec<Field>;
        serialize_i32(i32) -> Vec<Field>;
        serialize_i64(i64) -> Vec<Field>;
        serialize_u8(u8) -> Vec<Field>;
        serialize_u16(u16) -> Vec<Field>;
        serialize_u32(u32) -> Vec<Field>;
        serialize_u64(u64) -> Vec<Field>;
        serialize_f32(f32) -> Vec<Field>;
        serialize_f64(f64) -> Vec<Field>;
        serialize_char(char) -> Vec<Field>;
        serialize_unit() -> Vec<Field>;
        serialize_unit_struct(&'static str) -> Vec<Field>;
        serialize_unit_variant(&'static str, u32, &'static str) -> Vec<Field>;
        serialize_seq(Option<usize>) -> Never;
        serialize_tuple_struct(&'static str, usize) -> Never;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Never;
        serialize_map(Option<usize>) -> Never;
        serialize_struct(&'static str, usize) -> Never;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Never;
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, _: &T) -> Result<Vec<Field>, NotAFile> {
        Err(NotAFile)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Vec<Field>, NotAFile> {
        Err(NotAFile)
    }
}

struct Fields(Vec<Field>);

impl SerializeTuple for Fields {
    type Ok = Vec<Field>;
    type Error = NotAFile;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotAFile> {
        self.0.extend(value.serialize(Take)?);
        Ok(())
    }

    fn end(self) -> Result<Vec<Field>, NotAFile> {
        Ok(self.0)
    }
}

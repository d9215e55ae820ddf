//! Arrays and objects, item by item.

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};
use serde_json::Error;

use super::Writer;
use super::name::{Form, Name};
use crate::json::escape_to;

/// An array or object that has been opened, or a text that is written as it is.
pub(crate) struct Compound<'a, 'b> {
    writer: &'a mut Writer<'b>,
    end: &'static str,
    first: bool,
    verbatim: bool,
}

impl<'a, 'b> Compound<'a, 'b> {
    #[inline]
    pub(super) fn new(writer: &'a mut Writer<'b>, start: &str, end: &'static str) -> Self {
        writer.text.push_str(start);
        Self {
            writer,
            end,
            first: true,
            verbatim: false,
        }
    }

    /// An object whose one member is named after a variant.
    pub(super) fn variant(writer: &'a mut Writer<'b>, variant: &str, start: &str, end: &'static str) -> Self {
        writer.text.push('{');
        escape_to(variant, writer.text);
        writer.text.push(':');
        Self::new(writer, start, end)
    }

    /// A text that its one field has.
    pub(super) fn verbatim(writer: &'a mut Writer<'b>) -> Self {
        Self {
            verbatim: true,
            ..Self::new(writer, "", "")
        }
    }

    #[inline]
    fn comma(&mut self) {
        if !std::mem::take(&mut self.first) {
            self.writer.text.push(',');
        }
    }

    #[inline]
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.comma();
        value.serialize(&mut *self.writer)
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Error> {
        if self.verbatim {
            return value.serialize(Name(self.writer.text, Form::Verbatim));
        }
        self.serialize_entry(name, value)
    }

    #[inline]
    fn close(self) -> Result<(), Error> {
        self.writer.text.push_str(self.end);
        Ok(())
    }
}

macro_rules! items {
    ($($items:ident::$method:ident)*) => {$(
        impl $items for Compound<'_, '_> {
            type Ok = ();
            type Error = Error;

            #[inline]
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.item(value)
            }

            #[inline]
            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )*};
}

items! {
    SerializeSeq::serialize_element
    SerializeTuple::serialize_element
    SerializeTupleStruct::serialize_field
    SerializeTupleVariant::serialize_field
}

macro_rules! fields {
    ($($fields:ident)*) => {$(
        impl $fields for Compound<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )*};
}

fields! { SerializeStruct SerializeStructVariant }

impl SerializeMap for Compound<'_, '_> {
    type Ok = ();
    type Error = Error;

    #[inline]
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        let form = if std::mem::take(&mut self.first) {
            Form::First
        } else {
            Form::Later
        };
        key.serialize(Name(self.writer.text, form))
    }

    #[inline]
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut *self.writer)
    }

    #[inline]
    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

//! Taking apart whatever implements `Serialize`.

use serde::ser::{
    Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
// With this error, `Json` hands its text over as it is.
use serde_json::Error;

use super::{Node, file};
use crate::json::{NUMBER_TOKEN, check_finite, parse, raw_token};

pub(super) struct NodeSerializer;

macro_rules! numbers {
    ($($method:ident($value:ty))*) => {$(
        fn $method(self, value: $value) -> Result<Node, Error> {
            Ok(Node::Number(value.to_string()))
        }
    )*};
}

impl Serializer for NodeSerializer {
    type Ok = Node;
    type Error = Error;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Items;
    type SerializeMap = Members;
    type SerializeStruct = Members;
    type SerializeStructVariant = Members;

    numbers! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
    }

    fn serialize_bool(self, value: bool) -> Result<Node, Error> {
        Ok(Node::Bool(value))
    }

    fn serialize_f32(self, value: f32) -> Result<Node, Error> {
        check_finite(&value)?;
        Ok(Node::Number(value.to_string()))
    }

    fn serialize_f64(self, value: f64) -> Result<Node, Error> {
        check_finite(&value)?;
        Ok(Node::Number(value.to_string()))
    }

    fn serialize_char(self, value: char) -> Result<Node, Error> {
        Ok(Node::String(value.to_string()))
    }

    fn serialize_str(self, value: &str) -> Result<Node, Error> {
        Ok(Node::String(value.to_owned()))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Node, Error> {
        Ok(Node::List(
            value.iter().map(|byte| Node::Number(byte.to_string())).collect(),
        ))
    }

    fn serialize_none(self) -> Result<Node, Error> {
        Ok(Node::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Node, Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Node, Error> {
        Ok(Node::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Node, Error> {
        Ok(Node::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Node, Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<Node, Error> {
        if name == file::TOKEN {
            return file::take(value).map(Node::File).map_err(Error::custom);
        }
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Node, Error> {
        Ok(Node::Object(vec![(variant.to_owned(), value.serialize(self)?)]))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items, Error> {
        Ok(Items::default())
    }

    fn serialize_tuple(self, _: usize) -> Result<Items, Error> {
        Ok(Items::default())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items, Error> {
        Ok(Items::default())
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Items, Error> {
        Ok(Items {
            variant: Some(variant),
            items: Vec::new(),
        })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members, Error> {
        Ok(Members::default())
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Members, Error> {
        Ok(Members {
            is_text: name == raw_token() || name == NUMBER_TOKEN,
            ..Members::default()
        })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members, Error> {
        Ok(Members {
            variant: Some(variant),
            ..Members::default()
        })
    }
}

fn wrap(variant: Option<&'static str>, node: Node) -> Node {
    match variant {
        Some(variant) => Node::Object(vec![(variant.to_owned(), node)]),
        None => node,
    }
}

#[derive(Default)]
pub(super) struct Items {
    variant: Option<&'static str>,
    items: Vec<Node>,
}

macro_rules! items {
    ($($name:ident::$method:ident)*) => {$(
        impl $name for Items {
            type Ok = Node;
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.items.push(value.serialize(NodeSerializer)?);
                Ok(())
            }

            fn end(self) -> Result<Node, Error> {
                Ok(wrap(self.variant, Node::List(self.items)))
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

#[derive(Default)]
pub(super) struct Members {
    variant: Option<&'static str>,
    /// Whether the one member is the JSON text of the value.
    is_text: bool,
    key: String,
    members: Vec<(String, Node)>,
}

impl Members {
    fn add<T: Serialize + ?Sized>(&mut self, name: String, value: &T) -> Result<(), Error> {
        self.members.push((name, value.serialize(NodeSerializer)?));
        Ok(())
    }

    fn node(mut self) -> Result<Node, Error> {
        match (self.is_text, self.members.pop()) {
            (true, Some((_, Node::String(text)))) => parse(&text).map(Node::from).map_err(Error::custom),
            (_, last) => {
                self.members.extend(last);
                Ok(wrap(self.variant, Node::Object(self.members)))
            }
        }
    }
}

impl SerializeMap for Members {
    type Ok = Node;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        match key.serialize(NodeSerializer)?.text() {
            Some(key) => self.key = key.into_owned(),
            None => return Err(Error::custom("expected a string as the name of a member")),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let key = std::mem::take(&mut self.key);
        self.add(key, value)
    }

    fn end(self) -> Result<Node, Error> {
        self.node()
    }
}

macro_rules! members {
    ($($name:ident)*) => {$(
        impl $name for Members {
            type Ok = Node;
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
                self.add(name.to_owned(), value)
            }

            fn end(self) -> Result<Node, Error> {
                self.node()
            }
        }
    )*};
}

members! { SerializeStruct SerializeStructVariant }

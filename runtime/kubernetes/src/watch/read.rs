//! Reading an event of a watch.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use tablature_runtime::Json;

use super::{Bookmark, Event};

impl<'de, T: DeserializeOwned> Deserialize<'de> for Event<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EventVisitor(PhantomData))
    }
}

struct EventVisitor<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for EventVisitor<T> {
    type Value = Event<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object (watch event)")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Event<T>, A::Error> {
        let mut event_type: Option<Type> = None;
        let mut event = None;
        // The object is kept aside only if it comes before its type.
        let mut aside: Option<Json> = None;
        while let Some(member) = map.next_key()? {
            match member {
                Name::Type if event_type.is_some() => return Err(Error::duplicate_field("type")),
                Name::Object if event.is_some() || aside.is_some() => return Err(Error::duplicate_field("object")),
                Name::Type => event_type = Some(map.next_value()?),
                Name::Object => match event_type.take() {
                    Some(known) => {
                        event = Some(map.next_value_seed(Object {
                            event_type: known.clone(),
                            item: PhantomData,
                        })?);
                        event_type = Some(known);
                    }
                    None => aside = Some(map.next_value()?),
                },
                Name::Other => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        match (event, event_type, aside) {
            (Some(event), ..) => Ok(event),
            (None, Some(event_type), Some(object)) => from_json(event_type, object).map_err(Error::custom),
            (None, None, _) => Err(Error::missing_field("type")),
            (None, Some(_), None) => Err(Error::missing_field("object")),
        }
    }
}

#[derive(Clone)]
enum Type {
    Added,
    Modified,
    Deleted,
    Bookmark,
    Error,
    Other(String),
}

impl<'de> Deserialize<'de> for Type {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TypeVisitor)
    }
}

struct TypeVisitor;

impl Visitor<'_> for TypeVisitor {
    type Value = Type;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the type of an event, a string")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Type, E> {
        Ok(match name {
            "ADDED" => Type::Added,
            "MODIFIED" => Type::Modified,
            "DELETED" => Type::Deleted,
            "BOOKMARK" => Type::Bookmark,
            "ERROR" => Type::Error,
            _ => Type::Other(name.to_owned()),
        })
    }
}

enum Name {
    Type,
    Object,
    Other,
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(NameVisitor)
    }
}

struct NameVisitor;

impl Visitor<'_> for NameVisitor {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member, a string")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Name, E> {
        Ok(match name {
            "type" => Name::Type,
            "object" => Name::Object,
            _ => Name::Other,
        })
    }
}

/// The object of an event whose type is known.
struct Object<T> {
    event_type: Type,
    item: PhantomData<T>,
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Object<T> {
    type Value = Event<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Event<T>, D::Error> {
        match self.event_type {
            Type::Added => T::deserialize(deserializer).map(Event::Added),
            Type::Modified => T::deserialize(deserializer).map(Event::Modified),
            Type::Deleted => T::deserialize(deserializer).map(Event::Deleted),
            event_type => from_json(event_type, Json::deserialize(deserializer)?).map_err(Error::custom),
        }
    }
}

fn from_json<T: DeserializeOwned>(event_type: Type, object: Json) -> Result<Event<T>, tablature_runtime::json::Error> {
    match event_type {
        Type::Added => object.decode().map(Event::Added),
        Type::Modified => object.decode().map(Event::Modified),
        Type::Deleted => object.decode().map(Event::Deleted),
        Type::Bookmark => Ok(Event::Bookmark(Bookmark(object))),
        Type::Error => Ok(object.variant(
            |status| Event::Error(Box::new(status)),
            |object| Event::Other {
                event_type: "ERROR".to_owned(),
                object,
            },
        )),
        Type::Other(event_type) => Ok(Event::Other { event_type, object }),
    }
}

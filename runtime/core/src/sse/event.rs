//! Events as they come, and events that are only their data.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json;

/// An event as it comes, with the fields that it has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// The type; without one it is `message`.
    pub event: Option<String>,
    /// The data; lines are separated by line feeds.
    pub data: String,
    /// The identifier from which a later connection can go on.
    pub id: Option<String>,
    /// How long to wait before a new connection, in milliseconds.
    pub retry: Option<u64>,
}

impl Event {
    /// The type: that of the event, else `message`.
    #[must_use]
    pub fn event_type(&self) -> &str {
        match self.event.as_deref() {
            None | Some("") => "message",
            Some(event) => event,
        }
    }

    /// Reads the data as JSON.
    ///
    /// # Errors
    /// If it is not JSON, or is not a `T`.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, json::Error> {
        json::decode_text(&self.data)
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EventVisitor)
    }
}

struct EventVisitor;

impl<'de> Visitor<'de> for EventVisitor {
    type Value = Event;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object (server-sent event)")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Event, A::Error> {
        let mut event = Event::default();
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "event" => event.event = map.next_value()?,
                "data" => event.data = map.next_value()?,
                "id" => event.id = map.next_value()?,
                "retry" => event.retry = map.next_value()?,
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(event)
    }
}

/// An event of which only the data counts, which is JSON.
///
/// Some streams end with, or have in between, data that is not JSON, such as `[DONE]`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Data<T> {
    /// The value of the JSON.
    Value(T),
    /// Data that is not JSON.
    Other(String),
}

impl<T> Data<T> {
    /// The value, `None` if the data is not JSON.
    #[must_use]
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Other(_) => None,
        }
    }
}

impl<T: Serialize> Serialize for Data<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(serializer),
            Self::Other(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Data<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(DataVisitor(PhantomData))
    }
}

struct DataVisitor<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for DataVisitor<T> {
    type Value = Data<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object (server-sent event)")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Data<T>, A::Error> {
        let text = EventVisitor.visit_map(map)?.data;
        if serde_json::from_str::<IgnoredAny>(&text).is_err() {
            return Ok(Data::Other(text));
        }
        json::decode_text(&text)
            .map(Data::Value)
            .map_err(|error| A::Error::custom(error.inside("data")))
    }
}

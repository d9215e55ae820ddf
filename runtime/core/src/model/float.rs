//! Reading members made of floats, whose digits are kept where a float does not hold them.

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error};

use super::{Done, Member, Model, ReadMember};
use crate::Json;
use crate::json::{respelled, within_range, without_position};

/// Whether a member of a model is made of floats.
pub(super) const fn has_floats(members: &[Member]) -> bool {
    let mut index = 0;
    while index < members.len() {
        if members[index].float {
            return true;
        }
        index += 1;
    }
    false
}

/// Reads a member, given by its index, into a model.
pub(super) struct FloatSeed<'a, M> {
    pub(super) model: &'a mut M,
    pub(super) index: usize,
}

impl<'de, M: Model> DeserializeSeed<'de> for FloatSeed<'_, M> {
    type Value = Done;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Done, D::Error> {
        let value = Json::deserialize(deserializer)?;
        let text = value.as_text();
        let read = self.model.read(self.index, Text(&text));
        let read = read.or_else(|error| match within_range(&text) {
            Some(text) => self.model.read(self.index, Text(&text)),
            None => Err(error),
        });
        let done = read.map_err(|error| {
            // The line and column are those of the value alone.
            D::Error::custom(without_position(&error))
        })?;
        if respelled(&text).is_some() {
            let name = M::MEMBERS.get(self.index).map_or("", Member::name);
            self.model.kept_mut().push_digits(name, value.clone());
        }
        Ok(done)
    }
}

/// The text of a value.
struct Text<'a>(&'a str);

impl<'a> ReadMember<'a> for Text<'a> {
    type Done = Done;
    type Error = serde_json::Error;

    fn optional<T: Deserialize<'a>>(self, to: &mut Option<T>) -> Result<Done, serde_json::Error> {
        *to = serde_json::from_str(self.0)?;
        Ok(if to.is_some() { Done::Value } else { Done::Null })
    }

    fn required<T: Deserialize<'a>>(self, to: &mut T) -> Result<Done, serde_json::Error> {
        *to = serde_json::from_str(self.0)?;
        Ok(Done::Value)
    }

    fn nullable<T: Deserialize<'a>>(self, to: &mut Option<Option<T>>) -> Result<Done, serde_json::Error> {
        *to = Some(serde_json::from_str(self.0)?);
        Ok(Done::Value)
    }

    fn nullable_required<T: Deserialize<'a>>(self, to: &mut Option<T>) -> Result<Done, serde_json::Error> {
        *to = serde_json::from_str(self.0)?;
        Ok(Done::Value)
    }

    fn required_or_empty<T: Deserialize<'a> + Default>(self, to: &mut T) -> Result<Done, serde_json::Error> {
        match serde_json::from_str(self.0)? {
            Some(value) => {
                *to = value;
                Ok(Done::Value)
            }
            None => Ok(Done::Null),
        }
    }
}

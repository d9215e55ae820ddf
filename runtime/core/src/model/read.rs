//! Reading a model from any deserializer, member by member.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use super::float::{FloatSeed, has_floats};
use super::{Member, Model};
use crate::{Json, Number};

/// The value of a member, to be read into its field.
pub trait ReadMember<'de>: Sized {
    /// What has been read.
    type Done;
    /// What can go wrong.
    type Error;

    /// Reads a member that may be absent; `null` reads as `None` and is remembered.
    ///
    /// # Errors
    /// If the value is not a `T`.
    fn optional<T: Deserialize<'de>>(self, to: &mut Option<T>) -> Result<Self::Done, Self::Error>;

    /// Reads a required member.
    ///
    /// # Errors
    /// If the value is not a `T`.
    fn required<T: Deserialize<'de>>(self, to: &mut T) -> Result<Self::Done, Self::Error>;

    /// Reads a member that may be absent, and that may be `null`: `None` and `Some(None)`.
    ///
    /// # Errors
    /// If the value is neither a `T` nor `null`.
    fn nullable<T: Deserialize<'de>>(self, to: &mut Option<Option<T>>) -> Result<Self::Done, Self::Error>;

    /// Reads a required member that may be `null`.
    ///
    /// # Errors
    /// If the value is neither a `T` nor `null`.
    fn nullable_required<T: Deserialize<'de>>(self, to: &mut Option<T>) -> Result<Self::Done, Self::Error>;

    /// Reads a required list or map; `null` reads as an empty one and is remembered.
    ///
    /// # Errors
    /// If the value is not a `T`.
    fn required_or_empty<T: Deserialize<'de> + Default>(self, to: &mut T) -> Result<Self::Done, Self::Error>;
}

/// What has been read of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// A value.
    Value,
    /// An explicit `null`, to be remembered.
    Null,
}

/// Reads a model; what [`model!`](crate::model!) implements `Deserialize` with.
///
/// # Errors
/// Those that [`Model`] lists, and those of the members.
pub fn deserialize<'de, M: Model, D: Deserializer<'de>>(deserializer: D) -> Result<M, D::Error> {
    if const { M::TAKES_OTHERS } {
        deserializer.deserialize_any(ModelVisitor(PhantomData))
    } else {
        deserializer.deserialize_map(ModelVisitor(PhantomData))
    }
}

struct ModelVisitor<M>(PhantomData<M>);

impl<M: Model> ModelVisitor<M> {
    /// What comes instead of an object.
    fn other<E: Error>(self, value: impl Into<Json>, found: Unexpected<'_>) -> Result<M, E> {
        if !const { M::TAKES_OTHERS } {
            return Err(E::invalid_type(found, &self));
        }
        let mut model = M::blank();
        model.kept_mut().set_instead(value.into());
        Ok(model)
    }
}

impl<'de, M: Model> Visitor<'de> for ModelVisitor<M> {
    type Value = M;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", M::NAME)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<M, E> {
        self.other(value, Unexpected::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<M, E> {
        self.other(value, Unexpected::Signed(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<M, E> {
        self.other(value, Unexpected::Unsigned(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<M, E> {
        match Number::try_from(value) {
            Ok(number) => self.other(number, Unexpected::Float(value)),
            Err(_) => Err(E::invalid_type(Unexpected::Float(value), &self)),
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<M, E> {
        self.other(value, Unexpected::Str(value))
    }

    fn visit_unit<E: Error>(self) -> Result<M, E> {
        self.other(Json::null(), Unexpected::Unit)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<M, A::Error> {
        if !const { M::TAKES_OTHERS } {
            return Err(A::Error::invalid_type(Unexpected::Seq, &self));
        }
        let value = Json::deserialize(SeqAccessDeserializer::new(seq))?;
        self.other(value, Unexpected::Seq)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<M, A::Error> {
        let mut model = M::blank();
        let mut seen = Seen::new(M::MEMBERS.len());
        let keys = KeySeed {
            members: M::MEMBERS,
            slots: const { &slots(M::MEMBERS) },
        };
        while let Some(key) = map.next_key_seed(keys)? {
            match key {
                Key::Known(index) => {
                    if !seen.insert(index) {
                        return Err(repeated::<M, _>(index));
                    }
                    let done = member(&mut model, index, &mut map)?;
                    if let Done::Null = done {
                        model.kept_mut().push_null(name::<M>(index));
                    }
                }
                Key::Unknown(name) => model.kept_mut().push(name, map.next_value()?),
            }
        }
        match seen.first_missing(M::MEMBERS, const { required(M::MEMBERS) }) {
            Some(name) => Err(A::Error::custom(format_args!("missing field `{name}` of {}", M::NAME))),
            None => Ok(model),
        }
    }
}

/// Reads the value of a known member. A model without floats has none of the code for their digits.
fn member<'de, M: Model, A: MapAccess<'de>>(model: &mut M, index: usize, map: &mut A) -> Result<Done, A::Error> {
    if const { has_floats(M::MEMBERS) } && M::MEMBERS.get(index).is_some_and(|it| it.float) {
        return map.next_value_seed(FloatSeed { model, index });
    }
    model.read(index, Value { map, de: PhantomData })
}

fn name<M: Model>(index: usize) -> &'static str {
    M::MEMBERS.get(index).map_or("", Member::name)
}

#[cold]
fn repeated<M: Model, E: Error>(index: usize) -> E {
    E::custom(format_args!("repeated field `{}` of {}", name::<M>(index), M::NAME))
}

/// Which of the first members are required, a bit each.
const fn required(members: &[Member]) -> u64 {
    let (mut bits, mut index) = (0, 0);
    while index < members.len() && index < Seen::FIRST {
        bits |= (members[index].required as u64) << index;
        index += 1;
    }
    bits
}

/// The members that have been read.
struct Seen {
    /// A bit for each of the first ones.
    first: u64,
    rest: Vec<bool>,
}

impl Seen {
    const FIRST: usize = 64;

    fn new(members: usize) -> Self {
        Self {
            first: 0,
            rest: vec![false; members.saturating_sub(Self::FIRST)],
        }
    }

    /// Whether the member had not been seen before.
    fn insert(&mut self, index: usize) -> bool {
        if index < Self::FIRST {
            let bit = 1 << index;
            let new = self.first & bit == 0;
            self.first |= bit;
            return new;
        }
        match self.rest.get_mut(index - Self::FIRST) {
            Some(seen) => !std::mem::replace(seen, true),
            None => true,
        }
    }

    /// The name of the first member that is required, as `required` tells of the first ones, and has not been seen.
    fn first_missing(&self, members: &[Member], required: u64) -> Option<&'static str> {
        if required & !self.first == 0 && self.rest.is_empty() {
            return None;
        }
        let mut members = members.iter().enumerate();
        members
            .find(|(index, member)| member.required && !self.contains(*index))
            .map(|(_, member)| member.name)
    }

    fn contains(&self, index: usize) -> bool {
        if index < Self::FIRST {
            return self.first & (1 << index) != 0;
        }
        self.rest.get(index - Self::FIRST).copied().unwrap_or(false)
    }
}

enum Key {
    Known(usize),
    Unknown(Box<str>),
}

/// Finds a member by its name, beginning at the name's slot.
#[derive(Clone, Copy)]
struct KeySeed {
    members: &'static [Member],
    slots: &'static [u8; SLOTS],
}

impl KeySeed {
    // Into the one function that reads keys, which all models of a crate share.
    #[inline]
    fn find(self, name: &str) -> Option<usize> {
        if self.members.len() >= SLOTS {
            return self.members.iter().position(|member| member.name == name);
        }
        let mut slot = slot(name.as_bytes());
        loop {
            let index = usize::from(*self.slots.get(slot)?);
            if self.members.get(index)?.name == name {
                return Some(index);
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    #[inline]
    fn key(self, name: &str) -> Key {
        match self.find(name) {
            Some(index) => Key::Known(index),
            None => unknown(name),
        }
    }
}

const SLOTS: usize = 64;

/// The index of a member in its slot or the next free one; the slots of more members than that are empty.
const fn slots(members: &[Member]) -> [u8; SLOTS] {
    let mut slots = [u8::MAX; SLOTS];
    let mut index = 0;
    while index < members.len() && members.len() < SLOTS {
        let mut slot = slot(members[index].name.as_bytes());
        while slots[slot] != u8::MAX {
            slot = (slot + 1) % SLOTS;
        }
        slots[slot] = index as u8;
        index += 1;
    }
    slots
}

/// The factors give the 740 models of a large API the fewest members in the same slot.
const fn slot(name: &[u8]) -> usize {
    match name {
        [] => 0,
        [first, .., last] => (name.len() + *first as usize * 5 + *last as usize * 11) % SLOTS,
        [only] => *only as usize % SLOTS,
    }
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member, a string")
    }

    #[inline]
    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Key, E> {
        Ok(self.key(name))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
        Ok(self.key(name))
    }

    fn visit_string<E: Error>(self, name: String) -> Result<Key, E> {
        Ok(match self.find(&name) {
            Some(index) => Key::Known(index),
            None => Key::Unknown(name.into_boxed_str()),
        })
    }
}

/// Apart from the common case, which it would slow down.
#[cold]
fn unknown(name: &str) -> Key {
    Key::Unknown(name.into())
}

struct Value<'a, 'de, A> {
    map: &'a mut A,
    de: PhantomData<&'de ()>,
}

impl<'de, A: MapAccess<'de>> ReadMember<'de> for Value<'_, 'de, A> {
    type Done = Done;
    type Error = A::Error;

    #[inline]
    fn optional<T: Deserialize<'de>>(self, to: &mut Option<T>) -> Result<Done, A::Error> {
        *to = self.map.next_value()?;
        Ok(if to.is_some() { Done::Value } else { Done::Null })
    }

    fn required<T: Deserialize<'de>>(self, to: &mut T) -> Result<Done, A::Error> {
        *to = self.map.next_value()?;
        Ok(Done::Value)
    }

    fn nullable<T: Deserialize<'de>>(self, to: &mut Option<Option<T>>) -> Result<Done, A::Error> {
        *to = Some(self.map.next_value()?);
        Ok(Done::Value)
    }

    fn nullable_required<T: Deserialize<'de>>(self, to: &mut Option<T>) -> Result<Done, A::Error> {
        *to = self.map.next_value()?;
        Ok(Done::Value)
    }

    fn required_or_empty<T: Deserialize<'de> + Default>(self, to: &mut T) -> Result<Done, A::Error> {
        match self.map.next_value()? {
            Some(value) => {
                *to = value;
                Ok(Done::Value)
            }
            None => Ok(Done::Null),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{KeySeed, Member, SLOTS, Seen, required, slots};

    const NAMES: [&str; 6] = ["", "a", "kind", "port", "trop", "name"];

    const fn members<const N: usize>() -> [Member; N] {
        let mut members = [Member::required("again"); N];
        let mut index = 0;
        while index < NAMES.len() {
            members[index] = Member::optional(NAMES[index]);
            index += 1;
        }
        members
    }

    #[test]
    fn members_are_found_by_name_however_many_there_are() {
        const FEW: &[Member] = &members::<8>();
        const MOST: &[Member] = &members::<{ SLOTS - 1 }>();
        const MANY: &[Member] = &members::<100>();
        for (members, slots) in [(FEW, slots(FEW)), (MOST, slots(MOST)), (MANY, slots(MANY))] {
            let seed = KeySeed {
                members,
                slots: Box::leak(Box::new(slots)),
            };
            for (index, name) in NAMES.iter().enumerate() {
                assert_eq!(seed.find(name), Some(index));
            }
            assert_eq!(seed.find("again"), Some(NAMES.len()));
            assert_eq!((seed.find("other"), seed.find("emank")), (None, None));
        }
    }

    #[test]
    fn what_is_missing_is_found_however_many_members_there_are() {
        const MEMBERS: &[Member] = &members::<70>();
        let mut seen = Seen::new(MEMBERS.len());
        for index in (NAMES.len()..70).rev() {
            assert_eq!(seen.first_missing(MEMBERS, required(MEMBERS)), Some("again"));
            assert!(seen.insert(index));
            assert!(!seen.insert(index));
        }
        assert_eq!(seen.first_missing(MEMBERS, required(MEMBERS)), None);
    }
}

//! Writing a model to any serializer, member by member.

use serde::ser::{Error, Serialize, SerializeMap, Serializer};

use super::float::has_floats;
use super::whole::defaults;
use super::{Member, Model, Unknown};
use crate::Json;
use crate::json::{self, check_finite, is_serde_json, respelled};

/// Takes the members of a model; the first error is kept and ends the writing.
pub trait WriteMembers {
    /// Writes a member if it is set.
    fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>);

    /// Writes a member if it is set, to a value or to `null`.
    fn nullable<T: Serialize>(&mut self, name: &'static str, value: &Option<Option<T>>);

    /// Writes a member, `None` as `null`.
    fn nullable_required<T: Serialize>(&mut self, name: &'static str, value: &Option<T>);

    /// Writes a member. A list or map that was read as `null` stays `null` while it is empty.
    fn required<T: Serialize>(&mut self, name: &'static str, value: &T);
}

/// Writes a model; what [`model!`](crate::model!) implements `Serialize` with.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<M: Model, S: Serializer>(model: &M, serializer: S) -> Result<S::Ok, S::Error> {
    if let Some(error) = defaults(model) {
        return Err(error);
    }
    if const { M::TAKES_OTHERS } {
        if let Some(instead) = model.kept().instead().filter(|_| length(model) == 0) {
            return instead.serialize(serializer);
        }
    }
    // Some formats must know the length first; JSON is spared the counting.
    let length = if is_serde_json::<S::Error>() {
        None
    } else {
        Some(length(model))
    };
    let map = serializer.serialize_map(length)?;
    // A model without floats has none of the code for their digits.
    if const { has_floats(M::MEMBERS) } {
        Writer::<_, true>::new(map, model).write(model)
    } else {
        Writer::<_, false>::new(map, model).write(model)
    }
}

/// The unknown members, less those whose place a known member has taken.
struct Pending<'a> {
    unknown: &'a Unknown,
    taken: Vec<&'static str>,
}

impl<'a> Pending<'a> {
    fn new(unknown: &'a Unknown) -> Self {
        Self {
            unknown,
            taken: Vec::new(),
        }
    }

    fn take(&mut self, name: &'static str) {
        if !self.unknown.is_empty() && self.unknown.get(name).is_some() {
            self.taken.push(name);
        }
    }

    /// Whether a required member is still the `null` as which it was read.
    fn is_null<T: Serialize>(&self, name: &str, value: &T) -> bool {
        !self.unknown.is_empty()
            && self.unknown.get(name).is_some_and(crate::Json::is_null)
            && json::to_string(value).is_ok_and(|text| matches!(text.as_str(), "[]" | "{}"))
    }

    /// What a member was read as, if its type does not hold all digits and it still has that value.
    fn digits<T: Serialize>(&self, name: &str, value: &T) -> Option<&'a Json> {
        let digits = self.unknown.digits(name)?;
        let value = Json::from_serialize(value).ok()?;
        let is_kept = respelled(&digits.as_text()).is_some_and(|it| Json::from_text(&it) == value);
        is_kept.then_some(digits)
    }

    fn rest(&self) -> impl Iterator<Item = (&'a str, &'a crate::Json)> {
        self.unknown.iter().filter(|(name, _)| !self.taken.contains(name))
    }
}

struct Writer<'a, S: SerializeMap, const FLOATS: bool> {
    map: S,
    members: &'static [Member],
    unknown: Pending<'a>,
    error: Option<S::Error>,
}

impl<'a, S: SerializeMap, const FLOATS: bool> Writer<'a, S, FLOATS> {
    fn new<M: Model>(map: S, model: &'a M) -> Self {
        Self {
            map,
            members: M::MEMBERS,
            unknown: Pending::new(model.kept()),
            error: None,
        }
    }

    fn write<M: Model>(mut self, model: &M) -> Result<S::Ok, S::Error> {
        model.write(&mut self);
        self.end()
    }

    fn entry<T: Serialize>(&mut self, name: &'static str, value: &T) {
        if FLOATS && self.error.is_none() && self.members.iter().any(|it| it.float && it.name == name) {
            let checked = check_finite(value).map_err(|error| S::Error::custom(format_args!("{name}: {error}")));
            self.error = checked.err();
        }
        if self.error.is_none() {
            let written = if self.unknown.unknown.keeps_nothing() {
                self.map.serialize_entry(name, value)
            } else {
                self.entry_beside_unknown(name, value)
            };
            self.error = written.err();
        }
    }

    /// Apart from the common case, which it would slow down.
    #[inline(never)]
    fn entry_beside_unknown<T: Serialize>(&mut self, name: &'static str, value: &T) -> Result<(), S::Error> {
        self.unknown.take(name);
        if FLOATS {
            if let Some(digits) = self.unknown.digits(name, value) {
                return self.map.serialize_entry(name, digits);
            }
        }
        self.map.serialize_entry(name, value)
    }

    fn end(mut self) -> Result<S::Ok, S::Error> {
        if let Some(error) = self.error {
            return Err(error);
        }
        if !self.unknown.unknown.keeps_nothing() {
            for (name, value) in self.unknown.rest() {
                self.map.serialize_entry(name, value)?;
            }
        }
        self.map.end()
    }
}

impl<S: SerializeMap, const FLOATS: bool> WriteMembers for Writer<'_, S, FLOATS> {
    fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.entry(name, value);
        }
    }

    fn nullable<T: Serialize>(&mut self, name: &'static str, value: &Option<Option<T>>) {
        self.optional(name, value);
    }

    fn nullable_required<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        self.entry(name, value);
    }

    fn required<T: Serialize>(&mut self, name: &'static str, value: &T) {
        if !self.unknown.is_null(name, value) {
            self.entry(name, value);
        }
    }
}

fn length<M: Model>(model: &M) -> usize {
    let mut counter = Counter {
        unknown: Pending::new(model.kept()),
        known: 0,
    };
    model.write(&mut counter);
    counter.known + counter.unknown.rest().count()
}

struct Counter<'a> {
    unknown: Pending<'a>,
    known: usize,
}

impl WriteMembers for Counter<'_> {
    fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if value.is_some() {
            self.unknown.take(name);
            self.known += 1;
        }
    }

    fn nullable<T: Serialize>(&mut self, name: &'static str, value: &Option<Option<T>>) {
        self.optional(name, value);
    }

    fn nullable_required<T: Serialize>(&mut self, name: &'static str, _: &Option<T>) {
        self.unknown.take(name);
        self.known += 1;
    }

    fn required<T: Serialize>(&mut self, name: &'static str, value: &T) {
        if !self.unknown.is_null(name, value) {
            self.unknown.take(name);
            self.known += 1;
        }
    }
}

//! Holds a value as a type of the user's own, together with how it came.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{FromHeader, Json, json};

/// A value of a type that is not ours, such as a point in time or an own newtype, as the JSON that was read.
///
/// What was read is written back as it came, whatever `T` makes of it: `2024-01-01T00:00:00+02:00` keeps its offset.
/// A value that is no `T` is kept as well, so that one wrong text does not make the whole answer unreadable;
/// [`get`](Self::get) is where it is an error. A value of one's own is written as `T` serializes.
///
/// Two are equal, and are ordered and hashed, as their values are; those that are no `T` by their JSON, and before all
/// others.
///
/// ```
/// use std::net::IpAddr;
/// use tablature_runtime::{Json, Typed};
///
/// let read: Typed<IpAddr> = Json::from("::0001").decode()?;
/// assert_eq!(read.get()?.to_string(), "::1");
/// assert_eq!(read.to_json()?, Json::from("::0001"));
///
/// let wrong: Typed<IpAddr> = Json::from("localhost").decode()?;
/// assert!(wrong.get().is_err());
/// assert_eq!(wrong.to_json()?, Json::from("localhost"));
/// # Ok::<(), tablature_runtime::json::Error>(())
/// ```
#[derive(Clone)]
pub struct Typed<T>(Repr<T>);

#[derive(Clone)]
enum Repr<T> {
    Own(T),
    Read(T, Json),
    /// What is no `T`.
    Refused(Json),
}

impl<T> Typed<T> {
    /// A value of one's own.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(Repr::Own(value))
    }

    /// The value; `None` if what was read is none.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        match &self.0 {
            Repr::Own(value) | Repr::Read(value, _) => Some(value),
            Repr::Refused(_) => None,
        }
    }

    fn key(&self) -> Result<&T, &Json> {
        match &self.0 {
            Repr::Own(value) | Repr::Read(value, _) => Ok(value),
            Repr::Refused(json) => Err(json),
        }
    }
}

impl<T: DeserializeOwned> Typed<T> {
    /// What `json` is as a `T`; it is written as it is here.
    #[must_use]
    pub fn from_json(json: Json) -> Self {
        Self(match json.decode() {
            Ok(value) => Repr::Read(value, json),
            Err(_) => Repr::Refused(json),
        })
    }

    /// The value.
    ///
    /// # Errors
    /// If what was read is no `T`; the error is what `T` says of it.
    pub fn get(&self) -> Result<&T, json::Error> {
        self.key().map_err(refusal::<T>)
    }

    /// The value, to keep.
    ///
    /// # Errors
    /// Those of [`get`](Self::get).
    pub fn into_value(self) -> Result<T, json::Error> {
        match self.0 {
            Repr::Own(value) | Repr::Read(value, _) => Ok(value),
            Repr::Refused(json) => Err(refusal::<T>(&json)),
        }
    }
}

/// Why a value is no `T`: it has been tried before.
fn refusal<T: DeserializeOwned>(json: &Json) -> json::Error {
    let error = json.decode::<T>().err();
    error.unwrap_or_else(|| json::Error::new("expected another value"))
}

impl<T: Serialize> Typed<T> {
    /// The value as JSON: as it came, or as `T` serializes.
    ///
    /// # Errors
    /// If `T` cannot be written as JSON.
    pub fn to_json(&self) -> Result<Json, json::Error> {
        match &self.0 {
            Repr::Own(value) => Json::from_serialize(value),
            Repr::Read(_, json) | Repr::Refused(json) => Ok(json.clone()),
        }
    }
}

impl<T> From<T> for Typed<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T> Default for Typed<T> {
    /// `null`, which is read as no value: what a model has before it is read.
    fn default() -> Self {
        Self(Repr::Refused(Json::null()))
    }
}

impl<T: fmt::Debug> fmt::Debug for Typed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.key() {
            Ok(value) => value.fmt(f),
            Err(json) => json.fmt(f),
        }
    }
}

impl<T: PartialEq> PartialEq for Typed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl<T: Eq> Eq for Typed<T> {}

impl<T: PartialOrd> PartialOrd for Typed<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.key(), other.key()) {
            (Ok(one), Ok(other)) => one.partial_cmp(other),
            (Err(one), Err(other)) => one.partial_cmp(other),
            (one, other) => one.is_ok().partial_cmp(&other.is_ok()),
        }
    }
}

impl<T: Ord> Ord for Typed<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.key(), other.key()) {
            (Ok(one), Ok(other)) => one.cmp(other),
            (Err(one), Err(other)) => one.cmp(other),
            (one, other) => one.is_ok().cmp(&other.is_ok()),
        }
    }
}

impl<T: Hash> Hash for Typed<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl<T: Serialize> Serialize for Typed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Repr::Own(value) => value.serialize(serializer),
            Repr::Read(_, json) | Repr::Refused(json) => json.serialize(serializer),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Typed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Json::deserialize(deserializer).map(Self::from_json)
    }
}

/// A header has text; what is no string for `T` may be a number or a boolean for it.
impl<T: DeserializeOwned> FromHeader for Typed<T> {
    fn from_header(value: &str) -> Option<Self> {
        let text = Self::from_json(Json::from(value));
        if text.value().is_some() {
            return Some(text);
        }
        let other = value.parse().ok().map(Self::from_json);
        Some(other.filter(|it| it.value().is_some()).unwrap_or(text))
    }
}

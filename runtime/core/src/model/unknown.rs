//! The members of an object that its schema does not know.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Json, json};

/// The members of an object that its schema does not know, in the order in which they came.
///
/// It takes 8 bytes where there are none.
#[derive(Clone, Default)]
pub struct Unknown(Option<Box<Entries>>);

#[derive(Clone, Default)]
struct Entries {
    members: Vec<(Box<str>, Json)>,
    /// The known members that came as `null`.
    nulls: Vec<&'static str>,
    /// The known members whose numbers came otherwise than a float writes them, and how they came. They are the
    /// spelling of a value, so nothing but the writing of that value looks at them.
    digits: Vec<(&'static str, Json)>,
    /// What came instead of an object.
    instead: Option<Json>,
}

impl Unknown {
    /// The value of the member `name`: the last one if the member came more than once.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.entries()
            .iter()
            .rev()
            .find(|(key, _)| **key == *name)
            .map(|(_, value)| value)
    }

    /// The value that came instead of an object, where the schema does not say that there is an object. It is written
    /// back as long as the model has no member.
    #[must_use]
    pub fn instead(&self) -> Option<&Json> {
        self.0.as_ref()?.instead.as_ref()
    }

    /// Sets the member `name`, and gives the value that it had.
    ///
    /// The name of a known member is taken too, but written only while that member is not set.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Json>) -> Option<Json> {
        let name = name.into();
        let before = self.remove(&name);
        self.push(name.into_boxed_str(), value.into());
        before
    }

    /// Removes the member `name`, and gives the value that it had.
    pub fn remove(&mut self, name: &str) -> Option<Json> {
        let entries = self.0.as_mut()?;
        let mut removed = None;
        entries.members.retain_mut(|(key, value)| {
            let other = **key != *name;
            if !other {
                removed = Some(std::mem::take(value));
            }
            other
        });
        if entries.members.is_empty() && entries.digits.is_empty() && entries.instead.is_none() {
            self.0 = None;
        }
        removed
    }

    /// The members, each as a `T`; the last one counts where a name is repeated. The `null` as which a
    /// known member came is not among them.
    ///
    /// # Errors
    /// If a member is not a `T`; the error begins with its name.
    pub fn typed<T: DeserializeOwned>(&self) -> Result<BTreeMap<String, T>, json::Error> {
        let nulls = self.0.as_ref().map_or(&[][..], |entries| &entries.nulls);
        let members = self
            .iter()
            .filter(|(name, value)| !(nulls.contains(name) && value.is_null()));
        members
            .map(|(name, value)| match value.decode() {
                Ok(value) => Ok((name.to_owned(), value)),
                Err(error) => Err(error.inside(name)),
            })
            .collect()
    }

    /// Sets the member `name` to what `value` is in JSON.
    ///
    /// # Errors
    /// If `value` cannot be written as JSON; the error begins with `name`.
    pub fn insert_typed<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), json::Error> {
        let value = Json::from_serialize(value).map_err(|error| error.inside(name))?;
        self.insert(name, value);
        Ok(())
    }

    /// The members, in order.
    #[must_use]
    pub fn iter(&self) -> Iter<'_> {
        Iter(self.entries().iter())
    }

    /// Whether there are none.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries().is_empty()
    }

    /// Whether there are neither members nor digits of known ones.
    #[inline]
    pub(super) fn keeps_nothing(&self) -> bool {
        self.0.is_none()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries().len()
    }

    /// Adds a member without looking whether there is one of that name.
    pub(super) fn push(&mut self, name: Box<str>, value: Json) {
        self.0.get_or_insert_default().members.push((name, value));
    }

    /// Adds the `null` as which a known member came.
    pub(super) fn push_null(&mut self, name: &'static str) {
        self.push(name.into(), Json::null());
        self.0.get_or_insert_default().nulls.push(name);
    }

    /// Keeps what came instead of an object.
    pub(super) fn set_instead(&mut self, value: Json) {
        self.0.get_or_insert_default().instead = Some(value);
    }

    /// Adds how the number of a known member came.
    pub(super) fn push_digits(&mut self, name: &'static str, value: Json) {
        self.0.get_or_insert_default().digits.push((name, value));
    }

    /// How the number of a known member came, if a float writes it otherwise.
    pub(super) fn digits(&self, name: &str) -> Option<&Json> {
        let digits = self.0.as_ref()?.digits.iter();
        digits.rev().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// What it is compared by.
    fn key(&self) -> (Option<&Json>, Vec<&(Box<str>, Json)>) {
        (self.instead(), self.sorted())
    }

    /// By name; the sort is stable, so members of the same name stay in their order.
    fn sorted(&self) -> Vec<&(Box<str>, Json)> {
        let mut entries: Vec<_> = self.entries().iter().collect();
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        entries
    }

    fn entries(&self) -> &[(Box<str>, Json)] {
        self.0.as_ref().map_or(&[], |entries| &entries.members)
    }
}

/// The members that a schema does not know, by name and value.
#[derive(Clone, Debug)]
pub struct Iter<'a>(std::slice::Iter<'a, (Box<str>, Json)>);

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a str, &'a Json);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, value)| (&**name, value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Iter<'_> {}

impl<'a> IntoIterator for &'a Unknown {
    type Item = (&'a str, &'a Json);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl PartialEq for Unknown {
    /// As objects: in any order.
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Unknown {}

impl PartialOrd for Unknown {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Unknown {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Hash for Unknown {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl fmt::Debug for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.instead() {
            Some(instead) => fmt::Debug::fmt(instead, f),
            None => f.debug_map().entries(self.iter()).finish(),
        }
    }
}

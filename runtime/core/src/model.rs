//! Objects as tables of members, read and written without losing what the table does not know.

mod float;
mod macros;
mod read;
mod rule;
mod unknown;
mod validate;
mod violation;
mod whole;
mod write;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;

pub use read::{Done, ReadMember, deserialize};
pub use rule::{Rule, Validate, ValidateVariant};
pub use unknown::{Iter, Unknown};
#[cfg(feature = "pattern")]
pub use validate::is_checkable;
pub use validate::{of_variant, validate, validate_value, validate_variant};
pub use violation::{Requirement, Violation, Violations};
pub(crate) use whole::{text, whole};
pub use write::{WriteMembers, serialize};

/// What is printed for debugging in place of a secret.
#[derive(Clone, Copy)]
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

/// A member of an object, as its table lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    name: &'static str,
    required: bool,
    float: bool,
}

impl Member {
    /// A member that may be absent.
    #[must_use]
    pub const fn optional(name: &'static str) -> Self {
        Self {
            name,
            required: false,
            float: false,
        }
    }

    /// A member without which an object is not read.
    #[must_use]
    pub const fn required(name: &'static str) -> Self {
        Self {
            name,
            required: true,
            float: false,
        }
    }

    /// Says that its value is made of floats: digits that one does not write are kept, and one that is no number of
    /// JSON is not written.
    #[must_use]
    pub const fn float(mut self) -> Self {
        self.float = true;
        self
    }

    /// The name on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether an object without the member is not read.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        self.required
    }
}

/// An object with a table of members.
///
/// Implementations are emitted together with [`model!`](crate::model!), which adds `Serialize`,
/// `Deserialize` and the access to unknown members. What they do with members:
///
/// - a member that the table does not have is kept, in order, and written after the known ones;
/// - an explicit `null` for an optional member reads as `None` and is kept among the unknown
///   members, which write it back until the member is set; so it is for a required list or map,
///   which reads as empty, until there is something in it;
/// - a number with other digits than a float writes reads as the nearest finite float; the digits are written back
///   until the member is set to something else;
/// - an explicit `null` where the schema allows one is a value of its own;
/// - an explicit `null` for another required member, a required member that is missing, and a
///   known member that is repeated are errors.
pub trait Model: Blank + KeepUnknown {
    /// The name of the model, for errors.
    const NAME: &'static str;
    /// The members, in the order in which they are written.
    const MEMBERS: &'static [Member];
    /// Whether a value that is no object is read as well, as a model of which nothing is set; see
    /// [`Unknown::instead`].
    const TAKES_OTHERS: bool = false;
    /// Members of text that say what the object is, with their values. They are sent where the object is the whole body
    /// of a request and does not have them; the object itself is left as it is.
    const BODY_DEFAULTS: &'static [(&'static str, &'static str)] = &[];

    /// Reads a member, given by its index in [`MEMBERS`](Self::MEMBERS), from `value`.
    ///
    /// # Errors
    /// Those of `value`.
    fn read<'de, R: ReadMember<'de>>(&mut self, member: usize, value: R) -> Result<R::Done, R::Error>;

    /// Writes the members in the order of [`MEMBERS`](Self::MEMBERS).
    fn write<W: WriteMembers>(&self, to: &mut W);
}

/// Access to the unknown members of a model, for [`Model`]'s readers and writers.
pub trait KeepUnknown {
    /// The unknown members.
    fn kept(&self) -> &Unknown;
    /// The unknown members, to change.
    fn kept_mut(&mut self) -> &mut Unknown;
}

/// A value to read an object into: what `Default` gives, or, where something is required, a value
/// whose required members stand for nothing yet.
pub trait Blank {
    /// The value.
    fn blank() -> Self;
}

/// A member, or the documented default where it is not set; `default` is JSON of such a value.
#[must_use]
pub fn or_default<'a, T>(member: Option<&'a T>, default: &str) -> Cow<'a, T>
where
    T: Blank + Clone + DeserializeOwned,
{
    member.map_or_else(
        || Cow::Owned(serde_json::from_str(default).unwrap_or_else(|_| T::blank())),
        Cow::Borrowed,
    )
}

/// The list of what becomes its items.
pub fn list<T>(items: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}

/// The map of what becomes its keys and values.
pub fn map<T>(pairs: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>) -> BTreeMap<String, T> {
    pairs
        .into_iter()
        .map(|(key, value)| (key.into(), value.into()))
        .collect()
}

impl<T: Default> Blank for T {
    fn blank() -> Self {
        Self::default()
    }
}

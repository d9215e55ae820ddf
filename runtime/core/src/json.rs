//! A JSON value of any shape that keeps exactly what was read.

pub(crate) mod body;
mod compare;
mod decimal;
mod error;
mod find;
mod float;
mod lenient;
mod parse;
mod read;
mod reader;
mod rounded;
mod schema;
mod text;
mod token;
mod tree;
mod whole;
mod write;
mod writer;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) use compare::same;
pub(crate) use decimal::{canonical_number, compare_numbers, is_multiple};
pub use error::Error;
pub(crate) use error::without_position;
pub use float::{write_float, write_floats};
pub use lenient::{Lenient, Skipped, decode_lenient};
pub(crate) use parse::parse;
pub use read::MAX_DEPTH;
pub(crate) use read::NUMBER_TOKEN;
use reader::Refused;
pub(crate) use rounded::{respelled, rounded, within_range};
#[doc(hidden)]
pub use schema::schema;
use text::Text;
pub(crate) use token::raw_token;
pub(crate) use tree::Tree;
use whole::Whole;
pub use write::escape_to;
use write::is_own;
pub(crate) use write::is_serde_json;
pub(crate) use writer::{check_finite, to_string};

/// A JSON value of any shape.
///
/// From `serde_json` it keeps the text as it was written: every digit of a number, the order of
/// members, even a repeated one. From any other format it keeps a tree. `serde_json` writes the
/// text back as it is; any other serializer gets the value in its own terms.
///
/// Two values are equal if they are the same JSON value: white space, the order of members and
/// the spelling of strings and numbers do not count (`1.0`, `1` and `1e0` are one number), and
/// numbers are compared as exact decimals, whatever their size. Values of one kind are ordered by what they hold; those of
/// different kinds as [`Kind`] lists these, with one place for numbers.
///
/// Arrays and objects nest up to [`MAX_DEPTH`] deep; a deeper value is not read.
#[derive(Clone)]
pub struct Json(Repr);

#[derive(Clone)]
enum Repr {
    Text(Text),
    Tree(Box<Tree<'static>>),
}

/// What a JSON value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number without fraction and exponent, of any size
    Integer,
    /// Any other number
    Number,
    /// A string
    String,
    /// An array
    Array,
    /// An object
    Object,
}

impl Json {
    /// The value `null`.
    #[must_use]
    pub fn null() -> Self {
        Self::from_text("null")
    }

    /// What kind of value this is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match &self.0 {
            Repr::Text(text) => kind_of_text(text.as_str()),
            Repr::Tree(tree) => tree.kind(),
        }
    }

    /// Whether the value is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.kind() == Kind::Null
    }

    /// The value as JSON text: as it was read, where it was read from JSON.
    #[must_use]
    pub fn as_text(&self) -> Cow<'_, str> {
        match &self.0 {
            Repr::Text(text) => Cow::Borrowed(text.as_str()),
            Repr::Tree(tree) => Cow::Owned(tree.to_text()),
        }
    }

    /// The content of a string, `None` for any other kind of value.
    #[must_use]
    pub fn as_str(&self) -> Option<Cow<'_, str>> {
        match &self.0 {
            Repr::Text(text) => find::string(text.as_str()),
            Repr::Tree(tree) => match &**tree {
                Tree::String(string) => Some(Cow::Borrowed(string)),
                _ => None,
            },
        }
    }

    /// Reads the value as a `T`.
    ///
    /// # Errors
    /// If the value does not have the shape of a `T`; the error names the place within the value.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let text = self.as_text();
        decode_text(&text)
    }

    /// Reads the value as a `T` and passes it to `ok`, or passes the value itself to `other` if it
    /// is not a `T`.
    #[must_use]
    pub fn variant<T, U>(self, ok: impl FnOnce(T) -> U, other: impl FnOnce(Self) -> U) -> U
    where
        T: DeserializeOwned,
    {
        match reader::from_str(&self.as_text()) {
            Ok(value) => ok(value),
            Err(_) => other(self),
        }
    }

    /// The string member `name` of an object, wherever it stands in it.
    #[must_use]
    pub fn tag(&self, name: &str) -> Option<Cow<'_, str>> {
        match &self.0 {
            Repr::Text(text) => find::string(find::member(text.as_str(), name)?),
            Repr::Tree(tree) => match tree.member(name)? {
                Tree::String(string) => Some(Cow::Borrowed(string)),
                _ => None,
            },
        }
    }

    /// Whether this is an object with a member `name`, null or not.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        match &self.0 {
            Repr::Text(text) => find::member(text.as_str(), name).is_some(),
            Repr::Tree(tree) => tree.member(name).is_some(),
        }
    }

    /// The value at `place`: the name of a member of this object, or, if it begins with `/`, a
    /// JSON Pointer (RFC 6901). The last one counts where a member is repeated.
    #[must_use]
    pub fn get(&self, place: &str) -> Option<Self> {
        match &self.0 {
            Repr::Text(text) => find::at(text.as_str(), place).map(Self::from_text),
            Repr::Tree(tree) => find::in_tree(tree, place).cloned().map(Self::from_tree),
        }
    }

    /// As [`variant`](Self::variant), for what is made of floats: a value with more digits than they hold is passed to
    /// `other`.
    #[must_use]
    pub fn float_variant<T, U>(self, ok: impl FnOnce(T) -> U, other: impl FnOnce(Self) -> U) -> U
    where
        T: DeserializeOwned,
    {
        if rounded(&self.as_text()).is_some() {
            other(self)
        } else {
            self.variant(ok, other)
        }
    }

    /// What `value` is in JSON.
    ///
    /// # Errors
    /// If `value` cannot be written as JSON, or nests deeper than [`MAX_DEPTH`].
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Self, Error> {
        let text = to_string(value).map_err(|error| Error::new(&error))?;
        // What opens also closes in what was written.
        if text.len() > 2 * MAX_DEPTH && read::too_deep(&text) {
            return Err(Error::too_deep());
        }
        Ok(Self(Repr::Text(Text::from(text))))
    }

    /// The value as a `serde_json::Value`, whose numbers are only as exact as the features of
    /// `serde_json` in this build make them.
    ///
    /// # Errors
    /// If a number is out of the range of `serde_json::Value`.
    pub fn to_value(&self) -> Result<serde_json::Value, Error> {
        self.decode()
    }

    /// `text` is known to be one JSON value without white space around it.
    pub(crate) fn from_text(text: &str) -> Self {
        Self(Repr::Text(Text::from(text)))
    }

    pub(crate) fn from_tree(tree: Tree<'static>) -> Self {
        Self(Repr::Tree(Box::new(tree)))
    }

    /// A tree of the value that borrows from it where it can.
    pub(crate) fn tree(&self) -> Result<Cow<'_, Tree<'_>>, Error> {
        match &self.0 {
            Repr::Text(text) => parse(text.as_str()).map(Cow::Owned),
            Repr::Tree(tree) => Ok(Cow::Borrowed(tree)),
        }
    }
}

/// Reads a JSON text as a `T`. An integer may be written with a fraction or an exponent, which is looked for only once
/// something is wrong, as is the place of what is wrong.
///
/// # Errors
/// If the text is not JSON or not a `T`; the error names the place.
pub fn decode_text<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    reader::from_str(text).or_else(|Refused| {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let value = serde_path_to_error::deserialize(Whole(&mut deserializer))
            .map_err(|error| Error::at(error.path().to_string(), error.inner()))?;
        deserializer.end().map_err(|error| Error::new(&error))?;
        Ok(value)
    })
}

/// The text at `place` in the JSON `text`; see [`Json::get`].
#[must_use]
pub fn at<'a>(text: &'a str, place: &str) -> Option<&'a str> {
    find::at(text, place)
}

/// The string at `place` in the JSON `text`; see [`Json::get`].
#[must_use]
pub fn string_at(text: &str, place: &str) -> Option<String> {
    find::string(find::at(text, place)?).map(Cow::into_owned)
}

fn kind_of_text(text: &str) -> Kind {
    match text.as_bytes().first() {
        Some(b'n') | None => Kind::Null,
        Some(b't' | b'f') => Kind::Bool,
        Some(b'"') => Kind::String,
        Some(b'[') => Kind::Array,
        Some(b'{') => Kind::Object,
        Some(_) => kind_of_number(text),
    }
}

pub(crate) fn kind_of_number(text: &str) -> Kind {
    if text.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
        Kind::Number
    } else {
        Kind::Integer
    }
}

impl Default for Json {
    fn default() -> Self {
        Self::null()
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.as_text())
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.as_text())
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        compare::equal(self, other)
    }
}

impl Eq for Json {}

impl PartialOrd for Json {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Json {
    fn cmp(&self, other: &Self) -> Ordering {
        compare::order(self, other)
    }
}

impl Hash for Json {
    fn hash<H: Hasher>(&self, state: &mut H) {
        compare::hash(self, state);
    }
}

impl FromStr for Json {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        decode_text(text)
    }
}

impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        Self(Repr::Text(Text::from(value.to_string())))
    }
}

impl TryFrom<Json> for serde_json::Value {
    type Error = Error;

    fn try_from(json: Json) -> Result<Self, Error> {
        json.to_value()
    }
}

impl From<&str> for Json {
    fn from(string: &str) -> Self {
        let mut text = String::with_capacity(string.len() + 2);
        escape_to(string, &mut text);
        Self(Repr::Text(Text::from(text)))
    }
}

impl From<String> for Json {
    fn from(string: String) -> Self {
        Self::from(string.as_str())
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::from_text(if value { "true" } else { "false" })
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Json {
            fn from(number: $integer) -> Self {
                Self(Repr::Text(Text::from(number.to_string())))
            }
        }
    )*};
}

from_integers! { i8 i16 i32 i64 isize u8 u16 u32 u64 usize }

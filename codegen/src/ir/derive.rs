//! The traits that a document may have emitted types derive besides those that they derive anyway.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use super::TypeName;

/// What a type derives because the document asks for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Derives {
    /// Traits of Rust's own.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub standard: BTreeSet<Derive>,
    /// Derives of other crates, by path: `::zeroize::Zeroize`.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub foreign: BTreeSet<String>,
    /// What it tells `schemars` of itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub json_schema: Option<JsonSchema>,
}

/// The JSON Schema that the document states of a type.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JsonSchema {
    /// As JSON.
    pub text: String,
    /// The emitted types that stand in it by reference, each with the JSON Pointer to the reference.
    pub references: Vec<(String, TypeName)>,
}

impl Derives {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The paths of what it has of other crates.
    pub fn foreign_paths(&self) -> impl Iterator<Item = &str> {
        let schema = self.json_schema.as_ref().map(|_| Self::JSON_SCHEMA);
        self.foreign.iter().map(String::as_str).chain(schema)
    }

    /// The one trait of another crate that is implemented, and not derived.
    pub const JSON_SCHEMA: &'static str = "::schemars::JsonSchema";
}

/// A trait that a type derives if all that it holds has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Derive {
    /// Equality that every value has with itself.
    Eq,
    /// Hashes.
    Hash,
    /// An order of all values.
    Ord,
    /// An order of some values.
    PartialOrd,
}

impl Derive {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Eq, Self::Hash, Self::Ord, Self::PartialOrd];

    /// Its name in Rust.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Eq => "Eq",
            Self::Hash => "Hash",
            Self::Ord => "Ord",
            Self::PartialOrd => "PartialOrd",
        }
    }

    /// What a type has to derive with it, itself among them.
    pub fn with_required(self) -> &'static [Self] {
        match self {
            Self::Ord => &[Self::Eq, Self::Ord, Self::PartialOrd],
            Self::Eq => &[Self::Eq],
            Self::Hash => &[Self::Hash],
            Self::PartialOrd => &[Self::PartialOrd],
        }
    }
}

impl fmt::Display for Derive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Derive {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.as_str() == name).ok_or(())
    }
}

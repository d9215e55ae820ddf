//! The traits that a document may have emitted types derive besides those that they derive anyway.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

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

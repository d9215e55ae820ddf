//! Holds a constant that tells variants apart.

use std::fmt;

use serde::Serialize;

/// A constant that tells variants apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Scalar {
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Bool(bool),
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(it) => f.write_str(it),
            Self::Integer(it) => write!(f, "{it}"),
            Self::Bool(it) => write!(f, "{it}"),
        }
    }
}

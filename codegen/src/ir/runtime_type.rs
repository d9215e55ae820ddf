//! The types of the runtime that stand for values of a document.

use super::Type;

impl Type {
    /// The type of `null` and nothing else.
    pub fn null() -> Self {
        Self::Path {
            path: "runtime::Null".to_owned(),
            arguments: Vec::new(),
        }
    }

    /// The type of numbers of any size.
    pub fn exact_number() -> Self {
        Self::Path {
            path: "runtime::Number".to_owned(),
            arguments: Vec::new(),
        }
    }

    /// The type of a date with a time, whose text is kept.
    pub fn date_time() -> Self {
        Self::Path {
            path: "runtime::DateTime".to_owned(),
            arguments: Vec::new(),
        }
    }

    /// A type of the user's own, with the text that it was read from.
    pub fn typed(ty: Self) -> Self {
        Self::Path {
            path: "runtime::Typed".to_owned(),
            arguments: vec![ty],
        }
    }

    /// The type that the user has put in place of what is documented.
    pub fn as_typed(&self) -> Option<&Self> {
        match self {
            Self::Path { path, arguments } if path == "runtime::Typed" => arguments.first(),
            _ => None,
        }
    }

    /// Whether `null` is one of its values, so that it needs no `Option` to be so.
    pub fn takes_null(&self) -> bool {
        *self == Self::Json || *self == Self::null()
    }
}

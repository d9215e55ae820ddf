//! Where a value is within a model.

use std::fmt;

use crate::json::escape_to;

/// A place, as a member or an item of the one around it.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    Top,
    Member(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top => Ok(()),
            Self::Item(around, index) => write!(f, "{around}[{index}]"),
            Self::Member(around, name) if is_plain(name) => match around {
                Self::Top => f.write_str(name),
                _ => write!(f, "{around}.{name}"),
            },
            Self::Member(around, name) => {
                let mut quoted = String::new();
                escape_to(name, &mut quoted);
                write!(f, "{around}[{quoted}]")
            }
        }
    }
}

/// Whether a name cannot be taken for more than one.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-$@".contains(c))
}

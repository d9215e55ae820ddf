//! Values that are not as documented.

use std::fmt;

/// What a schema asks of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Requirement {
    /// A text of at least so many characters.
    MinLength(u64),
    /// A text of at most so many characters.
    MaxLength(u64),
    /// A text in which the regular expression is found.
    Pattern(&'static str),
    /// A number that is not less.
    AtLeast(&'static str),
    /// A number that is not more.
    AtMost(&'static str),
    /// A number that is more.
    Above(&'static str),
    /// A number that is less.
    Below(&'static str),
    /// A number that is a whole multiple.
    MultipleOf(&'static str),
    /// A list of at least so many items.
    MinItems(u64),
    /// A list of at most so many items.
    MaxItems(u64),
    /// A list in which no two items are the same.
    UniqueItems,
    /// An object of at least so many members.
    MinProperties(u64),
    /// An object of at most so many members.
    MaxProperties(u64),
    /// A value that can be written as JSON at all.
    Written,
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MinLength(min) => write!(f, "at least {}", counted(*min, "character")),
            Self::MaxLength(max) => write!(f, "at most {}", counted(*max, "character")),
            Self::Pattern(pattern) => write!(f, "text that matches `{pattern}`"),
            Self::AtLeast(bound) => write!(f, "a number of at least {bound}"),
            Self::AtMost(bound) => write!(f, "a number of at most {bound}"),
            Self::Above(bound) => write!(f, "a number of more than {bound}"),
            Self::Below(bound) => write!(f, "a number of less than {bound}"),
            Self::MultipleOf(step) => write!(f, "a multiple of {step}"),
            Self::MinItems(min) => write!(f, "at least {}", counted(*min, "item")),
            Self::MaxItems(max) => write!(f, "at most {}", counted(*max, "item")),
            Self::UniqueItems => f.write_str("items that differ"),
            Self::MinProperties(min) => write!(f, "at least {}", counted(*min, "member")),
            Self::MaxProperties(max) => write!(f, "at most {}", counted(*max, "member")),
            Self::Written => f.write_str("a value that can be written as JSON"),
        }
    }
}

fn counted(count: u64, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// A value that is not as documented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub(super) path: String,
    pub(super) expected: Requirement,
    pub(super) value: String,
}

impl Violation {
    /// The place of the value, such as `spec.ports[0].port`; empty for the whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What was expected.
    #[must_use]
    pub fn expected(&self) -> &Requirement {
        &self.expected
    }

    /// How the value begins as JSON, with control characters escaped.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let separator = if self.path.is_empty() { "" } else { ": " };
        write!(
            f,
            "{}{separator}expected {}, found {}",
            self.path, self.expected, self.value
        )
    }
}

/// All values of a model that are not as documented.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Violations {
    pub(super) all: Vec<Violation>,
    pub(super) skipped: Vec<&'static str>,
}

impl Violations {
    /// The values, in the order of the rules; there is at least one.
    #[must_use]
    pub fn as_slice(&self) -> &[Violation] {
        &self.all
    }

    /// The patterns and multiples that were not checked on the way: without the feature `pattern`
    /// all patterns, with it those that it has no means for.
    #[must_use]
    pub fn skipped(&self) -> &[&'static str] {
        &self.skipped
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.all.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

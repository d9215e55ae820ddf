//! Selects nodes by JSONPath, as RFC 9535 has it, with a bound on the work.

mod budget;
mod cursor;
mod filter;
mod function;
mod parse;
mod pattern;
mod select;

#[cfg(test)]
mod tests;

use std::ops::Range;

pub use budget::{Budget, Exhausted};
pub use select::{Found, Selection};

use crate::node::{Node, Number};

/// How many bytes a query may have.
pub const LONGEST_QUERY: usize = 4096;

/// A query, ready to select nodes.
#[derive(Clone, Debug)]
pub struct JsonPath {
    segments: Vec<Segment>,
    /// Where each segment ends in the text.
    ends: Vec<usize>,
}

/// Where a text is no query, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// What was expected and found.
    pub message: String,
}

impl JsonPath {
    /// Reads a query.
    ///
    /// # Errors
    /// The first place where the text is not a well-typed query of RFC 9535, or is longer than [`LONGEST_QUERY`].
    pub fn parse(text: &str) -> Result<Self, Fault> {
        parse::query(text)
    }

    /// The nodes that the query selects, in its order, a node as often as it is selected.
    ///
    /// # Errors
    /// When that takes more steps than the budget has, or more than two million nodes at once.
    pub fn select<'n>(&self, root: &'n Node, budget: &Budget) -> Result<Selection<'n>, Exhausted> {
        select::all(&self.segments, root, budget)
    }

    /// How many bytes the text of the first segments has, with the `$` before them.
    pub fn end_of(&self, segments: usize) -> usize {
        match segments.checked_sub(1) {
            Some(last) => self.ends.get(last).copied().unwrap_or_default(),
            None => 1,
        }
    }

    /// How many segments the query has.
    pub fn segments(&self) -> usize {
        self.segments.len()
    }

    /// The name that a segment asks for, if it asks for one alone.
    pub fn name_at(&self, segment: usize) -> Option<&str> {
        match self.segments.get(segment)?.selectors.as_slice() {
            [Selector::Name(name)] => Some(name),
            _ => None,
        }
    }
}

/// A step of a query.
#[derive(Clone, Debug)]
struct Segment {
    /// Whether it is taken from all that is within, too.
    descends: bool,
    selectors: Vec<Selector>,
}

#[derive(Clone, Debug)]
enum Selector {
    Name(String),
    Wildcard,
    Index(i64),
    Slice {
        start: Option<i64>,
        end: Option<i64>,
        step: i64,
    },
    Filter(Condition),
}

/// Whether a node is selected.
#[derive(Clone, Debug)]
enum Condition {
    Any(Vec<Condition>),
    All(Vec<Condition>),
    Not(Box<Condition>),
    /// The query selects something.
    Exists(Query),
    Compare(Operand, Comparison, Operand),
    /// `match`, or `search` where not all of the text is meant.
    Matches {
        text: Operand,
        pattern: Pattern,
        whole: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A query within a filter.
#[derive(Clone, Debug)]
struct Query {
    /// Whether it begins at the node that is asked about, and not at the root.
    is_relative: bool,
    segments: Vec<Segment>,
}

/// What gives at most one value.
#[derive(Clone, Debug)]
enum Operand {
    Literal(Node),
    Singular(Query),
    Length(Box<Operand>),
    Count(Query),
    /// `value`: the one node of a query.
    OnlyNode(Query),
}

/// A pattern that is written in the query, or that stands in the document.
#[derive(Clone, Debug)]
enum Pattern {
    Written(pattern::Compiled),
    Read(Operand),
}

impl Segment {
    fn is_singular(&self) -> bool {
        !self.descends && matches!(self.selectors.as_slice(), [Selector::Name(_) | Selector::Index(_)])
    }
}

impl Query {
    fn is_singular(&self) -> bool {
        self.segments.iter().all(Segment::is_singular)
    }
}

fn number(value: usize) -> Node {
    Node {
        span: crate::Span::default(),
        value: crate::node::Value::Number(Number::new(value.to_string())),
    }
}

//! JSON values with byte ranges.
//!
//! The place of a string or a key includes its quotes, that of an array or object its brackets. In
//! YAML an indented array or object reaches from its first item or key to the end of its last one,
//! and a block scalar from its `|` or `>` to its last line that is not blank; tags and anchors
//! stand before the place.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::decimal::Decimal;
use crate::span::{Span, Spanned};

/// A JSON value and its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// The place.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// A JSON value. Objects keep the order and the repeated keys of the text.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(Number),
    /// A string, unescaped.
    String(String),
    /// An array.
    Array(Vec<Node>),
    /// An object.
    Object(Vec<(Spanned<String>, Node)>),
}

/// A number in the digits of the source, or in those of JSON where YAML has others (`0x1F`, `.5`):
/// nothing is rounded.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number(String);

impl Number {
    /// The number that these digits write.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The digits as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Number {
    /// Whether both write the same number, exactly: `1.0` is `1`.
    pub fn same_value(&self, other: &Number) -> bool {
        self.0 == other.0 || self.compare(other) == Some(Ordering::Equal)
    }

    /// How the numbers compare, exactly; `None` where the digits are not those of a JSON number.
    pub fn compare(&self, other: &Number) -> Option<Ordering> {
        Some(Decimal::parse(&self.0)?.cmp(&Decimal::parse(&other.0)?))
    }

    /// Whether the number is whole: `1.0` and `1e2` are.
    pub fn is_integer(&self) -> bool {
        Decimal::parse(&self.0).is_some_and(|it| it.is_integer())
    }

    /// The whole number that is written, if it is one and fits.
    pub fn as_i128(&self) -> Option<i128> {
        Decimal::parse(&self.0)?.as_i128()
    }

    /// The whole number that is written, if it is one and fits.
    pub fn as_u64(&self) -> Option<u64> {
        u64::try_from(self.as_i128()?).ok()
    }
}

impl Node {
    /// The text, if this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value, if this is `true` or `false`.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The number, if this is one.
    pub fn as_number(&self) -> Option<&Number> {
        match &self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The items, if this is an array.
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The entries, if this is an object.
    pub fn as_object(&self) -> Option<&[(Spanned<String>, Node)]> {
        match &self.value {
            Value::Object(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value of the first entry with this key, if this is an object that has one.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let entries = self.as_object()?;
        entries.iter().find(|(it, _)| it.value == key).map(|(_, node)| node)
    }

    /// What kind of value this is, with its article.
    pub fn kind_name(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// Whether both are the same JSON value: places and the order of keys do not count, and
    /// numbers are compared as exact decimals.
    pub fn same_value(&self, other: &Node) -> bool {
        match (&self.value, &other.value) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Number(a), Value::Number(b)) => a.same_value(b),
            (Value::String(a), Value::String(b)) => a == b,
            (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same_value(b)),
            (Value::Object(a), Value::Object(b)) => {
                let (a, b) = (by_key(a), by_key(b));
                let mut pairs = a.iter().zip(&b);
                a.len() == b.len() && pairs.all(|(a, b)| a.0.value == b.0.value && a.1.same_value(&b.1))
            }
            _ => false,
        }
    }
}

/// Nodes by their values, so that one of the same value is found without comparing it with all.
#[derive(Debug, Default)]
pub struct ValueSet<'n>(HashMap<u64, Vec<&'n Node>>);

impl<'n> ValueSet<'n> {
    /// The node of the same value, if there is one.
    pub fn get(&self, node: &Node) -> Option<&'n Node> {
        let alike = self.0.get(&hash_of(node))?;
        alike.iter().copied().find(|it| it.same_value(node))
    }

    /// Adds a node, unless there is one of the same value, which is given.
    pub fn insert(&mut self, node: &'n Node) -> Option<&'n Node> {
        let alike = self.0.entry(hash_of(node)).or_default();
        let known = alike.iter().copied().find(|it| it.same_value(node));
        if known.is_none() {
            alike.push(node);
        }
        known
    }
}

impl<'n> FromIterator<&'n Node> for ValueSet<'n> {
    fn from_iter<I: IntoIterator<Item = &'n Node>>(nodes: I) -> Self {
        let mut set = Self::default();
        for node in nodes {
            set.insert(node);
        }
        set
    }
}

fn hash_of(node: &Node) -> u64 {
    let mut hasher = DefaultHasher::new();
    hash_value(node, &mut hasher);
    hasher.finish()
}

/// Hashes what [`Node::same_value`] compares.
fn hash_value(node: &Node, hasher: &mut DefaultHasher) {
    match &node.value {
        Value::Null => {}
        Value::Bool(value) => value.hash(hasher),
        Value::Number(number) => Decimal::parse(&number.0).hash(hasher),
        Value::String(text) => text.hash(hasher),
        Value::Array(items) => items.iter().for_each(|it| hash_value(it, hasher)),
        Value::Object(entries) => {
            for (key, value) in by_key(entries) {
                key.value.hash(hasher);
                hash_value(value, hasher);
            }
        }
    }
}

/// Entries sorted by key, repeated keys in the order of the text.
fn by_key(entries: &[(Spanned<String>, Node)]) -> Vec<&(Spanned<String>, Node)> {
    let mut sorted: Vec<_> = entries.iter().collect();
    sorted.sort_by(|a, b| a.0.value.cmp(&b.0.value));
    sorted
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Report;
    use crate::json;

    #[test]
    fn values_are_compared_as_json() {
        for (a, b, same) in [
            ("{\"a\": 1, \"b\": [2]}", "{\"b\":[2.0],\"a\":1e0}", true),
            ("{\"a\": 1, \"a\": 2}", "{\"a\": 2, \"a\": 1}", false),
            ("[1, 2]", "[2, 1]", false),
            ("{}", "[]", false),
            ("12345678901234567890", "12345678901234567891", false),
            ("\"\\u0041\"", "\"A\"", true),
            ("null", "false", false),
        ] {
            let mut report = Report::new();
            let nodes = json::parse(0, a, &mut report).zip(json::parse(1, b, &mut report));
            assert_eq!(nodes.map(|(a, b)| a.same_value(&b)), Some(same), "{a} {b}");
        }
    }
}

//! JSON written as the files in `schema/` have it.

use tablature_openapi::node::{Node, Value};
use tablature_openapi::{Report, json};

/// A JSON value to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number in its digits.
    Number(String),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object; keys in the order they are written.
    Object(Vec<(String, Json)>),
}

/// Writes a string with its quotes.
pub(crate) fn quote(text: &str, to: &mut String) {
    to.push('"');
    for character in text.chars() {
        match character {
            '"' => to.push_str("\\\""),
            '\\' => to.push_str("\\\\"),
            '\n' => to.push_str("\\n"),
            '\r' => to.push_str("\\r"),
            '\t' => to.push_str("\\t"),
            it if it < ' ' => {
                to.push_str("\\u00");
                for nibble in [u32::from(it) >> 4, u32::from(it) & 0xf] {
                    to.extend(char::from_digit(nibble, 16));
                }
            }
            it => to.push(it),
        }
    }
    to.push('"');
}

/// How much of a value may stand on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// As in the documents of `schema/`: a list of plain values, and an object with one member.
    Documents,
    /// As in the lock: any list or object of plain values.
    Rows,
}

/// How many columns an object or list on one line may take.
const WIDTH: usize = 110;
const ROW_WIDTH: usize = 400;

impl Json {
    /// A string.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::String(text.into())
    }

    /// A list of strings.
    pub(crate) fn texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::Array(texts.into_iter().map(|it| Self::text(it.as_ref())).collect())
    }

    /// A reference.
    pub(crate) fn reference(target: impl Into<String>) -> Self {
        Self::Object(vec![("$ref".to_owned(), Self::text(target))])
    }

    /// Reads a JSON text.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        json::parse(0, text, &mut Report::new()).as_ref().map(Self::of)
    }

    /// The member of an object with this key.
    pub(crate) fn member(&self, key: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().find(|(name, _)| name == key).map(|(_, it)| it)
    }

    /// The member of an object with this key, to be changed.
    pub(crate) fn member_mut(&mut self, key: &str) -> Option<&mut Self> {
        let Self::Object(members) = self else { return None };
        members.iter_mut().find(|(name, _)| name == key).map(|(_, it)| it)
    }

    /// What stands at some keys, one in the other.
    pub(crate) fn at_keys(&self, keys: &[&str]) -> Option<&Self> {
        keys.iter().try_fold(self, |it, key| it.member(key))
    }

    /// A node as a value to be written.
    pub(crate) fn of(node: &Node) -> Self {
        match &node.value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(number.as_str().to_owned()),
            Value::String(text) => Self::text(text),
            Value::Array(items) => Self::Array(items.iter().map(Self::of).collect()),
            Value::Object(members) => Self::Object(
                members
                    .iter()
                    .map(|(key, it)| (key.value.clone(), Self::of(it)))
                    .collect(),
            ),
        }
    }

    /// The value as a file: with a new line at its end.
    pub fn file(&self, layout: Layout) -> String {
        let mut text = self.at(layout, 0, 0);
        text.push('\n');
        text
    }

    /// The value with its first line at `column`, and the others indented by `indent`.
    pub(crate) fn at(&self, layout: Layout, indent: usize, column: usize) -> String {
        let mut text = String::new();
        self.write(layout, indent, column, &mut text);
        text
    }

    fn write(&self, layout: Layout, indent: usize, column: usize, to: &mut String) {
        if self.is_short(layout) {
            let line = self.line();
            let width = if layout == Layout::Rows { ROW_WIDTH } else { WIDTH };
            if column + line.chars().count() <= width || self.is_plain() {
                to.push_str(&line);
                return;
            }
        }
        let inner = indent + 2;
        let pad = |to: &mut String, width: usize| to.extend(std::iter::repeat_n(' ', width));
        let (open, close) = if matches!(self, Self::Array(_)) {
            ('[', ']')
        } else {
            ('{', '}')
        };
        to.push(open);
        let mut first = true;
        let mut begin = |to: &mut String| {
            to.push_str(if std::mem::take(&mut first) { "\n" } else { ",\n" });
            pad(to, inner);
        };
        match self {
            Self::Array(items) => {
                for item in items {
                    begin(to);
                    item.write(layout, inner, inner, to);
                }
            }
            Self::Object(members) => {
                for (key, value) in members {
                    begin(to);
                    let start = to.len();
                    quote(key, to);
                    to.push_str(": ");
                    let column = inner + to.get(start..).map_or(0, |it| it.chars().count());
                    value.write(layout, inner, column, to);
                }
            }
            _ => {}
        }
        to.push('\n');
        pad(to, indent);
        to.push(close);
    }

    /// Whether the value has no parts.
    fn is_plain(&self) -> bool {
        match self {
            Self::Array(items) => items.is_empty(),
            Self::Object(members) => members.is_empty(),
            _ => true,
        }
    }

    /// Whether the value may stand on one line.
    fn is_short(&self, layout: Layout) -> bool {
        match (self, layout) {
            (Self::Array(items), _) => items.iter().all(Self::is_plain),
            (Self::Object(members), Layout::Documents) => match members.as_slice() {
                [] => true,
                [(_, only)] => only.is_plain() || matches!(only, Self::Object(_)) && only.is_short(layout),
                _ => false,
            },
            (Self::Object(members), Layout::Rows) => members.iter().all(|(_, it)| match it {
                Self::Array(items) => items.iter().all(Self::is_plain),
                Self::Object(members) => members.iter().all(|(_, it)| it.is_plain()),
                it => it.is_plain(),
            }),
            _ => true,
        }
    }

    /// The value on one line.
    fn line(&self) -> String {
        let mut line = String::new();
        let join = |parts: Vec<String>| parts.join(", ");
        match self {
            Self::Null => line.push_str("null"),
            Self::Bool(value) => line.push_str(if *value { "true" } else { "false" }),
            Self::Number(digits) => line.push_str(digits),
            Self::String(text) => quote(text, &mut line),
            Self::Array(items) => line = format!("[{}]", join(items.iter().map(Self::line).collect())),
            Self::Object(members) => {
                let member = |(key, value): &(String, Self)| {
                    let mut text = String::new();
                    quote(key, &mut text);
                    format!("{text}: {}", value.line())
                };
                line = format!("{{{}}}", join(members.iter().map(member).collect()));
            }
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_are_those_of_the_files() {
        let schema = Json::Object(vec![
            (
                "schema".to_owned(),
                Json::Object(vec![("schema".to_owned(), Json::reference("#/a"))]),
            ),
            ("enum".to_owned(), Json::texts(["A", "B"])),
            (
                "row".to_owned(),
                Json::Object(vec![("a".to_owned(), Json::Null), ("b".to_owned(), Json::Bool(true))]),
            ),
        ]);
        assert_eq!(
            schema.file(Layout::Documents),
            "{\n  \"schema\": {\"schema\": {\"$ref\": \"#/a\"}},\n  \"enum\": [\"A\", \"B\"],\n  \"row\": {\n    \"a\": null,\n    \
             \"b\": true\n  }\n}\n"
        );
        assert!(
            schema
                .file(Layout::Rows)
                .contains("\"row\": {\"a\": null, \"b\": true}\n")
        );
    }

    #[test]
    fn strings_are_escaped() {
        let mut text = String::new();
        quote("a\"\\\n\u{1}ü", &mut text);
        assert_eq!(text, "\"a\\\"\\\\\\n\\u0001ü\"");
    }
}

//! Writes nodes as JSON text.

use std::fmt::{self, Display, Formatter, Write};

use crate::node::{Node, Value};

impl Display for Node {
    /// The value as JSON, numbers in their digits; without white space, or with a line for each value as `{:#}`.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write(self, 0, f)
    }
}

fn write(node: &Node, depth: usize, f: &mut Formatter<'_>) -> fmt::Result {
    match &node.value {
        Value::Null => f.write_str("null"),
        Value::Bool(value) => write!(f, "{value}"),
        Value::Number(number) => f.write_str(number.as_str()),
        Value::String(text) => string(text, f),
        Value::Array(items) => list('[', items, ']', depth, f, |item, f| write(item, depth + 1, f)),
        Value::Object(entries) => list('{', entries, '}', depth, f, |(name, value), f| {
            string(&name.value, f)?;
            f.write_str(if f.alternate() { ": " } else { ":" })?;
            write(value, depth + 1, f)
        }),
    }
}

fn list<T>(
    open: char,
    items: &[T],
    close: char,
    depth: usize,
    f: &mut Formatter<'_>,
    mut item: impl FnMut(&T, &mut Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    f.write_char(open)?;
    for (index, it) in items.iter().enumerate() {
        f.write_str(if index == 0 { "" } else { "," })?;
        line(depth + 1, f)?;
        item(it, f)?;
    }
    if !items.is_empty() {
        line(depth, f)?;
    }
    f.write_char(close)
}

/// Begins a line, where each value has one.
fn line(depth: usize, f: &mut Formatter<'_>) -> fmt::Result {
    match f.alternate() {
        true => write!(f, "\n{:1$}", "", depth * 2),
        false => Ok(()),
    }
}

fn string(text: &str, f: &mut Formatter<'_>) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(f, "\\{c}")?,
            c if c.is_control() => write!(f, "\\u{:04x}", u32::from(c))?,
            c => f.write_char(c)?,
        }
    }
    f.write_char('"')
}

#[cfg(test)]
mod tests {
    use crate::Report;
    use crate::json::parse;

    #[test]
    fn a_text_is_written_as_it_is_read() {
        for text in [
            r#"{"a":[1,2.50,null,true,"\u000a\"\\"],"":{},"b":[]}"#,
            "123456789012345678901234567890",
        ] {
            let node = parse(0, text, &mut Report::new());
            assert_eq!(node.map(|it| it.to_string()).as_deref(), Some(text));
        }
    }
    #[test]
    fn each_value_has_a_line_where_that_is_asked_for() {
        let node = parse(0, r#"{"a":[1,{"b":{}}],"c":[]}"#, &mut Report::new());
        let lines = "{\n  \"a\": [\n    1,\n    {\n      \"b\": {}\n    }\n  ],\n  \"c\": []\n}";
        assert_eq!(node.map(|it| format!("{it:#}")).as_deref(), Some(lines));
    }
}

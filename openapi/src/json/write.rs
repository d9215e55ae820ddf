//! Writes nodes as JSON text.

use std::fmt::{self, Display, Formatter, Write};

use crate::node::{Node, Value};

impl Display for Node {
    /// The value as JSON, without white space; numbers in their digits.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.value {
            Value::Null => f.write_str("null"),
            Value::Bool(value) => write!(f, "{value}"),
            Value::Number(number) => f.write_str(number.as_str()),
            Value::String(text) => string(text, f),
            Value::Array(items) => {
                f.write_char('[')?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index == 0 { "" } else { "," })?;
                }
                f.write_char(']')
            }
            Value::Object(entries) => {
                f.write_char('{')?;
                for (index, (name, value)) in entries.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { "," })?;
                    string(&name.value, f)?;
                    write!(f, ":{value}")?;
                }
                f.write_char('}')
            }
        }
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
}

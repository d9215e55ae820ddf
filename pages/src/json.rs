//! JSON written as the files in `schema/` have it.

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

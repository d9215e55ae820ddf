//! Text of a server, made fit for one line.

use std::fmt;

/// How many characters of a server's text an error shows.
const LENGTH: usize = 256;

/// Shows the beginning of `text`, at most 256 characters, with control characters escaped: for errors that quote
/// a server.
#[must_use]
pub fn excerpt(text: &str) -> Excerpt<'_> {
    Excerpt(text)
}

/// The beginning of a text, on one line.
#[derive(Clone, Copy, Debug)]
pub struct Excerpt<'a>(&'a str);

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut chars = self.0.chars();
        for c in chars.by_ref().take(LENGTH) {
            if c.is_control() || is_layout(c) {
                write!(f, "{}", c.escape_default())?;
            } else {
                write!(f, "{c}")?;
            }
        }
        if chars.as_str().is_empty() {
            Ok(())
        } else {
            f.write_str("…")
        }
    }
}

/// Characters that turn the direction of text or break its lines.
fn is_layout(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{LENGTH, excerpt};

    #[test]
    fn is_one_bounded_line() {
        assert_eq!(
            excerpt("a\r\nb\u{1b}[1m\u{202e}ü\0").to_string(),
            "a\\r\\nb\\u{1b}[1m\\u{202e}ü\\u{0}"
        );
        let long = "é".repeat(LENGTH + 1);
        assert_eq!(excerpt(&long).to_string().chars().count(), LENGTH + 1);
        assert_eq!(excerpt(&long[2..]).to_string(), "é".repeat(LENGTH));
    }
}

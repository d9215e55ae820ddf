//! Reads the characters, names, strings and numbers that queries are written with.

use super::Fault;

/// The largest number of an index: what every JSON reader tells from its neighbours.
const LARGEST: i64 = (1 << 53) - 1;

/// A place in the text of a query.
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Passes a character.
    pub(super) fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Passes a text, if it stands here.
    pub(super) fn take(&mut self, expected: &str) -> bool {
        let found = self.rest().starts_with(expected);
        self.at += if found { expected.len() } else { 0 };
        found
    }

    /// Passes a text that has to stand here.
    pub(super) fn expect(&mut self, expected: &str) -> Result<(), Fault> {
        match self.take(expected) {
            true => Ok(()),
            false => Err(self.expected(&format!("`{expected}`"))),
        }
    }

    pub(super) fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    /// The finding on something else than what is expected here.
    pub(super) fn expected(&self, what: &str) -> Fault {
        let (found, length) = match self.peek() {
            Some(found) => (format!("`{found}`"), found.len_utf8()),
            None => ("the end".to_owned(), 0),
        };
        self.fault(self.at, self.at + length, format!("expected {what}, found {found}"))
    }

    pub(super) fn fault(&self, start: usize, end: usize, message: impl Into<String>) -> Fault {
        Fault {
            range: start..end,
            message: message.into(),
        }
    }

    /// A name without quotes, if one stands here.
    pub(super) fn name(&mut self) -> Option<String> {
        let rest = self.rest();
        let is_first = |it: char| it == '_' || it.is_ascii_alphabetic() || !it.is_ascii();
        rest.chars().next().filter(|it| is_first(*it))?;
        let name = rest
            .split(|it: char| !is_first(it) && !it.is_ascii_digit())
            .next()
            .unwrap_or_default();
        self.at += name.len();
        Some(name.to_owned())
    }

    /// A string, if a quote stands here.
    pub(super) fn string(&mut self) -> Result<Option<String>, Fault> {
        let Some(quote) = self.peek().filter(|it| matches!(it, '\'' | '"')) else {
            return Ok(None);
        };
        self.next();
        let mut string = String::new();
        loop {
            match self.peek() {
                Some('\\') => string.push(self.escape(quote)?),
                Some(end) if end == quote => {
                    self.next();
                    return Ok(Some(string));
                }
                Some(control) if control < ' ' => {
                    return Err(self.fault(self.at, self.at + 1, "a control character in a string must be escaped"));
                }
                Some(other) => {
                    self.next();
                    string.push(other);
                }
                None => return Err(self.expected(&format!("`{quote}`"))),
            }
        }
    }

    fn escape(&mut self, quote: char) -> Result<char, Fault> {
        let start = self.at;
        self.next();
        let escaped = match self.next() {
            Some('b') => Some('\u{8}'),
            Some('f') => Some('\u{c}'),
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            Some(same @ ('/' | '\\')) => Some(same),
            Some(same) if same == quote => Some(same),
            Some('u') => self.unicode(),
            _ => None,
        };
        escaped.ok_or_else(|| self.fault(start, self.at, "this is not an escape of JSONPath"))
    }

    /// A character by its number, or by those of a surrogate pair.
    fn unicode(&mut self) -> Option<char> {
        let first = self.hexadecimal()?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first);
        }
        let second = self.take("\\u").then(|| self.hexadecimal())??;
        let low = second.checked_sub(0xDC00).filter(|it| *it < 0x400)?;
        char::from_u32(0x10000 + ((first - 0xD800) << 10) + low)
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let digits = self.rest().get(..4)?;
        self.at += 4;
        let all = digits.bytes().all(|it| it.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16).ok().filter(|_| all)
    }

    /// A whole number, if one stands here.
    pub(super) fn integer(&mut self) -> Result<Option<i64>, Fault> {
        let start = self.at;
        let is_negative = self.take("-");
        let digits = self.digits();
        let text = self.text.get(start..self.at).unwrap_or_default();
        if digits.is_empty() && !is_negative {
            return Ok(None);
        }
        let is_plain = !digits.is_empty() && (digits == "0" && !is_negative || !digits.starts_with('0'));
        let value = text.parse().ok().filter(|it: &i64| it.abs() <= LARGEST && is_plain);
        match value {
            Some(value) => Ok(Some(value)),
            None => Err(self.fault(
                start,
                self.at,
                format!("expected a whole number of at most {LARGEST}, without leading zeros"),
            )),
        }
    }

    pub(super) fn digits(&mut self) -> &'t str {
        let rest = self.rest();
        let digits = rest.split(|it: char| !it.is_ascii_digit()).next().unwrap_or_default();
        self.at += digits.len();
        digits
    }
}

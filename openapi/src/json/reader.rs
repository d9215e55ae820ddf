//! Reads JSON text into nodes in one pass, and stops without a reason at what is not JSON.

use std::ops::Range;

use super::MAXIMUM_DEPTH;
use crate::node::{Node, Number, Value};
use crate::source::SourceId;
use crate::span::{Span, Spanned};

/// The value of a text that is JSON as in RFC 8259, of at most 4 GiB and nested at most [`MAXIMUM_DEPTH`] deep.
pub(super) fn read(source: SourceId, text: &str) -> Option<Node> {
    u32::try_from(text.len()).ok()?;
    let mut reader = Reader {
        source,
        text,
        at: 0,
        depth: 0,
    };
    let node = reader.value()?;
    (reader.next_byte().is_none() && reader.at == text.len()).then_some(node)
}

struct Reader<'t> {
    source: SourceId,
    text: &'t str,
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is not white space, which `at` is moved to.
    fn next_byte(&mut self) -> Option<u8> {
        loop {
            match self.byte()? {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                byte => return Some(byte),
            }
        }
    }

    /// Passes by the next byte that is not white space, if it is this one.
    fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.next_byte() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn span(&self, range: Range<usize>) -> Span {
        let byte = |index| u32::try_from(index).unwrap_or(u32::MAX);
        Span::new(self.source, byte(range.start), byte(range.end))
    }

    fn value(&mut self) -> Option<Node> {
        let first = self.next_byte()?;
        let start = self.at;
        let value = match first {
            b'"' => Value::String(self.string()?),
            b'{' => self.nested(Self::object)?,
            b'[' => self.nested(Self::array)?,
            b't' => self.word("true", Value::Bool(true))?,
            b'f' => self.word("false", Value::Bool(false))?,
            b'n' => self.word("null", Value::Null)?,
            _ => self.number()?,
        };
        Some(Node {
            span: self.span(start..self.at),
            value,
        })
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        let stands_here = self.text.as_bytes()[self.at..].starts_with(word.as_bytes());
        self.at += word.len();
        stands_here.then_some(value)
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Option<Value>) -> Option<Value> {
        self.at += 1;
        self.depth += 1;
        let value = (self.depth <= MAXIMUM_DEPTH).then(|| read(self))?;
        self.depth -= 1;
        value
    }

    fn array(&mut self) -> Option<Value> {
        let mut items = Vec::new();
        if self.takes(b']') {
            return Some(Value::Array(items));
        }
        loop {
            items.push(self.value()?);
            if !self.takes(b',') {
                return self.takes(b']').then_some(Value::Array(items));
            }
        }
    }

    fn object(&mut self) -> Option<Value> {
        let mut entries = Vec::new();
        if self.takes(b'}') {
            return Some(Value::Object(entries));
        }
        loop {
            if self.next_byte()? != b'"' {
                return None;
            }
            let start = self.at;
            let key = self.string()?;
            let key = Spanned::new(key, self.span(start..self.at));
            if !self.takes(b':') {
                return None;
            }
            entries.push((key, self.value()?));
            if !self.takes(b',') {
                return self.takes(b'}').then_some(Value::Object(entries));
            }
        }
    }

    /// A string that begins here.
    fn string(&mut self) -> Option<String> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.text.get(self.at..)?;
            let end = memchr::memchr2(b'"', b'\\', rest.as_bytes())?;
            let run = &rest[..end];
            // All of them are looked at, since a loop that may end early takes one byte at a time.
            if run.bytes().fold(false, |found, byte| found | (byte < b' ')) {
                return None;
            }
            text.push_str(run);
            self.at += end + 1;
            if rest.as_bytes()[end] == b'"' {
                return Some(text);
            }
            text.push(self.escaped()?);
        }
    }

    /// The character that an escape stands for, after its backslash.
    fn escaped(&mut self) -> Option<char> {
        let byte = self.byte()?;
        self.at += 1;
        Some(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.unit()?;
                let is_half = (0xd800..0xdc00).contains(&first) && self.text[self.at..].starts_with("\\u");
                let second = match is_half {
                    true => {
                        self.at += 2;
                        Some(self.unit()?)
                    }
                    false => None,
                };
                let mut characters = char::decode_utf16([first].into_iter().chain(second));
                let character = characters.next()?.ok()?;
                return characters.next().is_none().then_some(character);
            }
            _ => return None,
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Option<u16> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        let are_digits = digits.bytes().all(|it| it.is_ascii_hexdigit());
        are_digits.then(|| u16::from_str_radix(digits, 16).ok())?
    }

    fn number(&mut self) -> Option<Value> {
        let start = self.at;
        self.at += usize::from(self.byte() == Some(b'-'));
        match self.byte()? {
            b'0' => self.at += 1,
            _ => self.digits()?,
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Some(Value::Number(Number::new(&self.text[start..self.at])))
    }

    /// Passes by digits, of which there has to be one.
    fn digits(&mut self) -> Option<()> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let count = rest.iter().take_while(|it| it.is_ascii_digit()).count();
        self.at += count;
        (count > 0).then_some(())
    }
}

//! Takes JSON text apart: the deserializer of bodies and events, and what looks for a part of a text.
//!
//! `serde_json` spends half of the reading of a body in search of the ends of strings, and passes over what is kept as
//! text no faster than it reads it. This reader gives the same values, and refuses what `serde_json` refuses, but does not
//! say why: who wants to know has the text read again, by `serde_json`. It also refuses what is passed over and nests
//! deeper than [`MAX_DEPTH`].

mod access;
mod deserialize;
mod key;
mod number;
mod raw;
mod refused;
mod string;

use serde::Deserialize;

use super::{MAX_DEPTH, Tree};
pub(super) use refused::Refused;
pub(super) use string::{is_clean, special};

/// Reads a text, the whole of it, as a `T`.
///
/// # Errors
/// If the text is not JSON, or is not a `T`.
pub(crate) fn from_str<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Refused> {
    let mut reader = Reader::new(text);
    let value = T::deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// JSON text and a place in it.
pub(crate) struct Reader<'de> {
    text: &'de str,
    at: usize,
    /// How many more arrays and objects may open.
    depth: usize,
    /// The last string that had escapes, without them.
    unescaped: String,
}

impl<'de> Reader<'de> {
    pub(crate) fn new(text: &'de str) -> Self {
        Self {
            text,
            at: 0,
            depth: MAX_DEPTH,
            unescaped: String::new(),
        }
    }

    /// Looks for the end, behind which nothing but white space may come.
    pub(crate) fn end(&mut self) -> Result<(), Refused> {
        self.skip_space();
        if self.at == self.text.len() {
            Ok(())
        } else {
            Err(Refused)
        }
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// The byte with which the next token begins.
    #[inline]
    pub(crate) fn token(&mut self) -> Result<u8, Refused> {
        match self.peek() {
            // All white space is before this byte, and most tokens have none before them.
            Some(byte) if byte > b' ' => Ok(byte),
            _ => {
                self.skip_space();
                self.peek().ok_or(Refused)
            }
        }
    }

    /// Passes over a token of one byte, which must come next.
    #[inline]
    fn expect(&mut self, byte: u8) -> Result<(), Refused> {
        if self.token()? != byte {
            return Err(Refused);
        }
        self.at += 1;
        Ok(())
    }

    /// Passes over `null`, `true` or `false`.
    fn word(&mut self, word: &str) -> Result<(), Refused> {
        let rest = self.text.as_bytes().get(self.at..).ok_or(Refused)?;
        if !rest.starts_with(word.as_bytes()) {
            return Err(Refused);
        }
        self.at += word.len();
        Ok(())
    }

    #[inline]
    fn since(&self, start: usize) -> Result<&'de str, Refused> {
        self.text.get(start..self.at).ok_or(Refused)
    }

    /// Passes over the bracket that opens an array or object, and does `inner` behind it.
    #[inline]
    fn nested<T>(&mut self, inner: impl FnOnce(&mut Self) -> Result<T, Refused>) -> Result<T, Refused> {
        self.depth = self.depth.checked_sub(1).ok_or(Refused)?;
        self.at += 1;
        let value = inner(self)?;
        self.depth += 1;
        Ok(value)
    }

    /// Goes to the next item of an array, or passes over its end.
    #[inline]
    pub(crate) fn next_item(&mut self, first: &mut bool) -> Result<bool, Refused> {
        self.next_of(first, b']')
    }

    /// Goes to the name of the next member of an object, or passes over its end.
    #[inline]
    pub(crate) fn next_name(&mut self, first: &mut bool) -> Result<bool, Refused> {
        let found = self.next_of(first, b'}')?;
        if found && self.token()? != b'"' {
            return Err(Refused);
        }
        Ok(found)
    }

    #[inline]
    fn next_of(&mut self, first: &mut bool, end: u8) -> Result<bool, Refused> {
        let byte = self.token()?;
        if byte == end {
            self.at += 1;
            return Ok(false);
        }
        if std::mem::take(first) {
            return Ok(true);
        }
        self.at += 1;
        if byte == b',' { Ok(true) } else { Err(Refused) }
    }

    /// Passes over a value.
    pub(crate) fn skip(&mut self) -> Result<(), Refused> {
        match self.token()? {
            b'"' => self.skip_string(),
            b'{' => self.nested(|reader| {
                let mut first = true;
                while reader.next_name(&mut first)? {
                    reader.skip_string()?;
                    reader.expect(b':')?;
                    reader.skip()?;
                }
                Ok(())
            }),
            b'[' => self.nested(|reader| {
                let mut first = true;
                while reader.next_item(&mut first)? {
                    reader.skip()?;
                }
                Ok(())
            }),
            b'n' => self.word("null"),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            _ => self.skip_number().map(drop),
        }
    }

    /// Passes over a value and gives its text.
    #[inline]
    pub(crate) fn raw(&mut self) -> Result<&'de str, Refused> {
        self.token()?;
        let start = self.at;
        self.skip()?;
        self.since(start)
    }

    /// The text of the last member of that name in the object that comes next, which is passed over.
    pub(super) fn member(&mut self, name: &str) -> Result<Option<&'de str>, Refused> {
        if self.token()? != b'{' {
            return Err(Refused);
        }
        self.nested(|reader| {
            let (mut found, mut first) = (None, true);
            while reader.next_name(&mut first)? {
                let same = &*reader.string()? == name;
                reader.expect(b':')?;
                let value = reader.raw()?;
                if same {
                    found = Some(value);
                }
            }
            Ok(found)
        })
    }

    /// The text of an item of the array that comes next, which is passed over.
    pub(super) fn item(&mut self, index: usize) -> Result<Option<&'de str>, Refused> {
        if self.token()? != b'[' {
            return Err(Refused);
        }
        self.nested(|reader| {
            let (mut found, mut first) = (None, true);
            for at in 0.. {
                if !reader.next_item(&mut first)? {
                    break;
                }
                let value = reader.raw()?;
                if at == index {
                    found = Some(value);
                }
            }
            Ok(found)
        })
    }

    /// Reads a value as a tree, with its numbers as text.
    pub(crate) fn tree(&mut self) -> Result<Tree<'de>, Refused> {
        match self.token()? {
            b'"' => self.string().map(|string| Tree::String(string.into_cow())),
            b'{' => self.nested(|reader| {
                let (mut members, mut first) = (Vec::new(), true);
                while reader.next_name(&mut first)? {
                    let name = reader.string()?.into_cow();
                    reader.expect(b':')?;
                    members.push((name, reader.tree()?));
                }
                Ok(Tree::Object(members))
            }),
            b'[' => self.nested(|reader| {
                let (mut items, mut first) = (Vec::new(), true);
                while reader.next_item(&mut first)? {
                    items.push(reader.tree()?);
                }
                Ok(Tree::Array(items))
            }),
            b'n' => self.word("null").map(|()| Tree::Null),
            b't' => self.word("true").map(|()| Tree::Bool(true)),
            b'f' => self.word("false").map(|()| Tree::Bool(false)),
            _ => self.skip_number().map(|number| Tree::Number(number.into())),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

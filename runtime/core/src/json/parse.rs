//! JSON text to tree, with numbers kept as text.
//!
//! The text has been checked when it was read; what is odd all the same is an error, not a panic.

use std::borrow::Cow;

use super::{Error, MAX_DEPTH, Tree};

pub(crate) fn parse(text: &str) -> Result<Tree<'_>, Error> {
    let mut parser = Parser { text, at: 0 };
    let tree = parser.value(MAX_DEPTH + 1)?;
    parser.skip_space();
    if parser.at == text.len() {
        Ok(tree)
    } else {
        Err(parser.error("trailing characters"))
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    fn error(&self, what: &str) -> Error {
        Error::new(&format_args!("{what} at byte {} of a JSON value", self.at))
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        self.skip_space();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn value(&mut self, depth: usize) -> Result<Tree<'a>, Error> {
        self.skip_space();
        match self.peek() {
            Some(b'n') => self.word("null", Tree::Null),
            Some(b't') => self.word("true", Tree::Bool(true)),
            Some(b'f') => self.word("false", Tree::Bool(false)),
            Some(b'"') => self.string().map(Tree::String),
            Some(b'-' | b'0'..=b'9') => Ok(self.number()),
            Some(b'[' | b'{') if depth == 0 => Err(Error::too_deep()),
            Some(b'[') => self.array(depth - 1),
            Some(b'{') => self.object(depth - 1),
            _ => Err(self.error("unexpected character")),
        }
    }

    fn word(&mut self, word: &str, tree: Tree<'a>) -> Result<Tree<'a>, Error> {
        if !self.rest().starts_with(word) {
            return Err(self.error("unexpected character"));
        }
        self.at += word.len();
        Ok(tree)
    }

    fn number(&mut self) -> Tree<'a> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !matches!(c, '-' | '+' | '.' | 'e' | 'E' | '0'..='9'))
            .unwrap_or(rest.len());
        self.at += end;
        Tree::Number(Cow::Borrowed(rest.get(..end).unwrap_or_default()))
    }

    fn array(&mut self, depth: usize) -> Result<Tree<'a>, Error> {
        self.at += 1;
        let mut items = Vec::new();
        if self.eat(b']') {
            return Ok(Tree::Array(items));
        }
        loop {
            items.push(self.value(depth)?);
            if self.eat(b']') {
                return Ok(Tree::Array(items));
            }
            if !self.eat(b',') {
                return Err(self.error("expected `,` or `]`"));
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Tree<'a>, Error> {
        self.at += 1;
        let mut members = Vec::new();
        if self.eat(b'}') {
            return Ok(Tree::Object(members));
        }
        loop {
            self.skip_space();
            let name = self.string()?;
            if !self.eat(b':') {
                return Err(self.error("expected `:`"));
            }
            members.push((name, self.value(depth)?));
            if self.eat(b'}') {
                return Ok(Tree::Object(members));
            }
            if !self.eat(b',') {
                return Err(self.error("expected `,` or `}`"));
            }
        }
    }

    fn string(&mut self) -> Result<Cow<'a, str>, Error> {
        let Some(content) = self.rest().strip_prefix('"') else {
            return Err(self.error("expected a string"));
        };
        let mut escaped = false;
        let mut bytes = content.bytes().enumerate();
        while let Some((end, byte)) = bytes.next() {
            match byte {
                b'"' => {
                    let start = self.at;
                    self.at += end + 2;
                    return if escaped {
                        self.unescape(start)
                    } else {
                        Ok(Cow::Borrowed(content.get(..end).unwrap_or_default()))
                    };
                }
                b'\\' => {
                    escaped = true;
                    bytes.next();
                }
                _ => {}
            }
        }
        Err(self.error("unended string"))
    }

    /// A lone surrogate is the one thing that JSON text may hold and a string may not.
    fn unescape(&self, start: usize) -> Result<Cow<'a, str>, Error> {
        let quoted = self.text.get(start..self.at).unwrap_or_default();
        serde_json::from_str(quoted)
            .map(Cow::Owned)
            .map_err(|error| Error::new(&error))
    }
}

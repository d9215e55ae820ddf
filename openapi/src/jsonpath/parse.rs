//! Parses a query: segments and selectors.

use super::cursor::Cursor;
use super::{Fault, JsonPath, LONGEST_QUERY, Segment, Selector, filter};

/// How many filters, parentheses and functions may stand within each other.
pub(super) const MAXIMUM_DEPTH: usize = 32;

/// A reading of a query.
pub(super) struct Parser<'t> {
    pub(super) cursor: Cursor<'t>,
    pub(super) depth: usize,
}

pub(super) fn query(text: &str) -> Result<JsonPath, Fault> {
    let cursor = Cursor { text, at: 0 };
    if text.len() > LONGEST_QUERY {
        let message = format!(
            "expected a query of at most {LONGEST_QUERY} bytes, found {}",
            text.len()
        );
        return Err(cursor.fault(0, 0, message));
    }
    let mut parser = Parser { cursor, depth: 0 };
    parser.cursor.expect("$")?;
    let mut ends = Vec::new();
    let segments = parser.segments(&mut ends)?;
    match parser.cursor.peek() {
        None => Ok(JsonPath { segments, ends }),
        Some(it) if it.is_whitespace() => Err(parser.cursor.expected("`.`, `[` or the end")),
        Some(_) => Err(parser.cursor.expected(
            "`.`, `[` or the end, since a name stands in brackets and quotes unless it is of letters, digits and `_`",
        )),
    }
}

impl Parser<'_> {
    /// The segments that stand here, and where each ends.
    pub(super) fn segments(&mut self, ends: &mut Vec<usize>) -> Result<Vec<Segment>, Fault> {
        let mut segments = Vec::new();
        loop {
            let end = self.cursor.at;
            self.cursor.blanks();
            let descends = self.cursor.take("..");
            let selectors = if self.cursor.take("[") {
                self.selectors()?
            } else if descends || self.cursor.take(".") {
                vec![self.shorthand()?]
            } else {
                // What is blank here belongs to what comes behind the query, if anything does.
                self.cursor.at = end;
                return Ok(segments);
            };
            segments.push(Segment { descends, selectors });
            ends.push(self.cursor.at);
        }
    }

    fn shorthand(&mut self) -> Result<Selector, Fault> {
        if self.cursor.take("*") {
            return Ok(Selector::Wildcard);
        }
        let name = self.cursor.name().map(Selector::Name);
        name.ok_or_else(|| {
            self.cursor
                .expected("a name, which stands in brackets and quotes unless it is of letters, digits and `_`, or `*`")
        })
    }

    /// The selectors in brackets, the first of which is passed.
    fn selectors(&mut self) -> Result<Vec<Selector>, Fault> {
        let mut selectors = Vec::new();
        loop {
            self.cursor.blanks();
            selectors.push(self.selector()?);
            self.cursor.blanks();
            if self.cursor.take("]") {
                return Ok(selectors);
            }
            if !self.cursor.take(",") {
                return Err(self.cursor.expected("`,` or `]`"));
            }
        }
    }

    fn selector(&mut self) -> Result<Selector, Fault> {
        if let Some(name) = self.cursor.string()? {
            return Ok(Selector::Name(name));
        }
        if self.cursor.take("*") {
            return Ok(Selector::Wildcard);
        }
        if self.cursor.take("?") {
            self.cursor.blanks();
            return self.deeper(filter::condition).map(Selector::Filter);
        }
        let start = self.cursor.integer()?;
        let behind = self.cursor.at;
        self.cursor.blanks();
        if !self.cursor.take(":") {
            self.cursor.at = behind;
            let expected = "a name in quotes, a number, `*`, `:` or `?`";
            return start.map(Selector::Index).ok_or_else(|| self.cursor.expected(expected));
        }
        self.cursor.blanks();
        let end = self.cursor.integer()?;
        let behind = self.cursor.at;
        self.cursor.blanks();
        let mut step = None;
        if self.cursor.take(":") {
            let behind = self.cursor.at;
            self.cursor.blanks();
            step = self.cursor.integer()?;
            if step.is_none() {
                self.cursor.at = behind;
            }
        } else {
            self.cursor.at = behind;
        }
        let step = step.unwrap_or(1);
        Ok(Selector::Slice { start, end, step })
    }

    /// Reads what stands within something else.
    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        self.depth += 1;
        if self.depth > MAXIMUM_DEPTH {
            let message = format!("expected at most {MAXIMUM_DEPTH} filters, parentheses and functions in each other");
            return Err(self.cursor.fault(self.cursor.at, self.cursor.at, message));
        }
        let read = read(self);
        self.depth -= 1;
        read
    }
}

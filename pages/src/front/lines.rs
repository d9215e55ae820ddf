//! The lines of a text with their places, and what plain-text renderings have in common.

use tablature_openapi::{SourceId, Span};

use crate::block::{Block, Kind};
use crate::vocabulary::{Vocabulary, without_number};

/// A line with its place; the text has no white space at its ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// Its place.
    pub(super) span: Span,
    /// Its text.
    pub(super) text: &'a str,
}

/// The lines of a text.
pub(super) fn lines(source: SourceId, text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let trimmed = line.trim();
            let begin = start + (line.len() - line.trim_start().len());
            start += line.len();
            let begin = if trimmed.is_empty() { start - line.len() } else { begin };
            Line {
                span: span(source, begin, begin + trimmed.len()),
                text: trimmed,
            }
        })
        .collect()
}

/// The bytes from `start` to before `end`.
pub(super) fn span(source: SourceId, start: usize, end: usize) -> Span {
    let byte = |index| u32::try_from(index).unwrap_or(u32::MAX);
    Span::new(source, byte(start), byte(end))
}

/// How deep the brackets of a JSON text are open after a line of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Depth {
    open: usize,
    in_string: bool,
    escaped: bool,
    begun: bool,
}

impl Depth {
    /// Takes a line in; whether the value is complete with it.
    pub(super) fn take(&mut self, line: &str) -> bool {
        for byte in line.bytes() {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.in_string => self.escaped = true,
                b'"' => self.in_string = !self.in_string,
                _ if self.in_string => {}
                b'{' | b'[' => {
                    self.open += 1;
                    self.begun = true;
                }
                b'}' | b']' => self.open = self.open.saturating_sub(1),
                _ => {}
            }
        }
        // A string ends at the end of its line, so that a lost quote damages one line only.
        self.in_string = false;
        self.begun && self.open == 0
    }
}

/// The JSON text that begins at the first of some lines, and how many lines it takes.
///
/// It ends where its brackets do, or else before the next heading that is known.
pub(super) fn json(lines: &[Line<'_>], words: &Vocabulary) -> Option<(Block, usize)> {
    let first = lines.first()?;
    if !first.text.starts_with(['{', '[', '"', '}', ']']) {
        return None;
    }
    let mut depth = Depth::default();
    let mut text = String::new();
    let mut end = first.span;
    for (index, line) in lines.iter().enumerate() {
        if index > 0 && (words.section(line.text).is_some() || words.status(line.text).is_some()) {
            return Some((code(first.span, end, text, false), index));
        }
        text.push_str(line.text);
        text.push('\n');
        end = line.span;
        if depth.take(line.text) {
            return Some((code(first.span, end, text, true), index + 1));
        }
    }
    Some((code(first.span, end, text, false), lines.len()))
}

fn code(first: Span, last: Span, text: String, complete: bool) -> Block {
    let span = Span { end: last.end, ..first };
    Block {
        span,
        kind: Kind::Code { text, complete },
    }
}

/// What a line outside of tables is.
pub(super) fn prose(line: Line<'_>, words: &Vocabulary) -> Block {
    let kind = if words.status(line.text).is_some() || without_number(line.text).0 {
        Kind::Caption(line.text.to_owned())
    } else if words.section(line.text).is_some() {
        Kind::Heading {
            level: 0,
            text: line.text.to_owned(),
        }
    } else {
        Kind::Text(line.text.to_owned())
    };
    Block { span: line.span, kind }
}

//! Keeps the texts that were read by name, with lines and columns.

use crate::span::Span;

/// The index of a source in [`Sources`].
pub type SourceId = u32;

/// A text and the name it was read by.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name, as diagnostics show it.
    pub name: String,
    /// The text.
    pub text: String,
    /// Whether its lines may be shown: those of a file that a reference leads to and that is none of OpenAPI may be
    /// anything.
    pub is_shown: bool,
    line_starts: Vec<usize>,
}

impl Source {
    /// A text with its name.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let line_ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0)
            .chain(line_ends.map(|(index, _)| index + 1))
            .collect();
        Self {
            name: name.into(),
            text,
            is_shown: true,
            line_starts,
        }
    }

    /// The line and the column of a byte, both from 1, the column in characters.
    pub fn line_column(&self, byte: u32) -> (usize, usize) {
        let byte = byte as usize;
        let line = self.line_starts.partition_point(|start| *start <= byte);
        let start = line.checked_sub(1).and_then(|index| self.line_starts.get(index));
        let start = start.copied().unwrap_or(0);
        let before = self.text.as_bytes().get(start..byte.min(self.text.len()));
        let column = before
            .unwrap_or_default()
            .iter()
            .filter(|byte| starts_character(**byte))
            .count();
        (line.max(1), column + 1)
    }
}

/// Whether a byte of UTF-8 is not a continuation of the character before it.
fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

/// All texts of a run.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    list: Vec<Source>,
}

impl Sources {
    /// No texts yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text.
    pub fn push(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let id = SourceId::try_from(self.list.len()).unwrap_or(SourceId::MAX);
        self.list.push(Source::new(name, text));
        id
    }

    /// Shows no line of a text.
    pub fn hide(&mut self, id: SourceId) {
        if let Some(source) = self.list.get_mut(id as usize) {
            source.is_shown = false;
        }
    }

    /// The text with this index.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.list.get(id as usize)
    }

    /// The name of the text that a span is in.
    pub fn name(&self, span: Span) -> &str {
        self.get(span.source).map_or("", |source| &source.name)
    }

    /// The text of a span, empty where there is none.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source)
            .and_then(|source| source.text.get(span.start as usize..span.end as usize))
            .unwrap_or_default()
    }

    /// The line and the column where a span begins, both from 1, the column in characters.
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        self.get(span.source)
            .map_or((1, 1), |source| source.line_column(span.start))
    }

    /// The texts in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.list.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let mut sources = Sources::new();
        let id = sources.push("a.json", "ü\r\nxü=\"1\"\n");
        let at = |start, end| sources.line_column(Span::new(id, start, end));
        assert_eq!(at(0, 2), (1, 1));
        assert_eq!(at(2, 3), (1, 2));
        assert_eq!(at(4, 5), (2, 1));
        assert_eq!(at(7, 8), (2, 3));
        assert_eq!(at(12, 12), (3, 1));
        assert_eq!(at(99, 99), (3, 1));
        assert_eq!(sources.text(Span::new(id, 8, 11)), "\"1\"");
        assert_eq!(sources.text(Span::new(id, 1, 2)), "");
        assert_eq!(sources.line_column(Span::new(7, 0, 0)), (1, 1));
    }
}

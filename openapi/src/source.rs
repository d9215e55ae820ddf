//! Keeps the texts that were read by name, with lines and columns.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::span::Span;

/// The index of a source in [`Sources`], or of a piece of text that came from elsewhere.
pub type SourceId = u32;

/// The bit that tells moves from sources.
const MOVED: SourceId = 1 << 30;
/// The bit that tells what an overlay brought from what stood in the document before.
const OVERLAID: SourceId = 1 << 31;

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
    /// Whether it may repeat nodes by aliases of YAML.
    has_aliases: bool,
    line_starts: Vec<usize>,
}

impl Source {
    /// A text with its name.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let line_ends = text.match_indices('\n');
        let line_starts = std::iter::once(0)
            .chain(line_ends.map(|(index, _)| index + 1))
            .collect();
        Self {
            name: name.into(),
            text,
            is_shown: true,
            has_aliases: false,
            line_starts,
        }
    }

    /// The bytes of the line that a byte is in, without what ends it.
    pub fn line(&self, byte: u32) -> Range<usize> {
        let next = self.line_starts.partition_point(|start| *start <= byte as usize);
        let start = next.checked_sub(1).and_then(|index| self.line_starts.get(index));
        let end = self.line_starts.get(next).map_or(self.text.len(), |next| next - 1);
        start.copied().unwrap_or(0)..end
    }

    /// The line and the column of a byte, both from 1, the column in characters.
    pub fn line_column(&self, byte: u32) -> (usize, usize) {
        let byte = byte as usize;
        let line = self.line_starts.partition_point(|start| *start <= byte);
        let start = line.checked_sub(1).and_then(|index| self.line_starts.get(index));
        let start = start.copied().unwrap_or(0);
        let end = byte.min(self.text.len());
        // A document may be one line of megabytes, in which a text is counted faster than bytes.
        let before = (start..=end).rev().find_map(|end| self.text.get(start..end));
        let column = before.unwrap_or_default().chars().count();
        (line.max(1), column + 1)
    }
}

/// All texts of a run.
///
/// What an overlay puts into a document keeps the range of bytes that it is written at, in a source of its own for
/// each place that it is put into: no two nodes have one span.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    list: Vec<Source>,
    moves: Vec<Move>,
    /// Where something was put in, replaced or removed.
    changed: BTreeSet<(SourceId, u32)>,
}

/// What stands somewhere else than where it is written.
#[derive(Clone, Copy, Debug)]
struct Move {
    /// The source that has its text.
    written: SourceId,
    /// The node that it was put into.
    into: Span,
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

    /// Notes that a text may repeat nodes by aliases of YAML.
    pub(crate) fn mark_aliases(&mut self, id: SourceId) {
        if let Some(source) = self.list.get_mut(id as usize) {
            source.has_aliases = true;
        }
    }

    /// Whether a text may repeat nodes by aliases of YAML.
    pub(crate) fn has_aliases(&self, id: SourceId) -> bool {
        self.list.get(id as usize).is_some_and(|it| it.has_aliases)
    }

    /// Shows no line of a text.
    pub fn hide(&mut self, id: SourceId) {
        if let Some(source) = self.list.get_mut(id as usize) {
            source.is_shown = false;
        }
    }

    /// The text with this index, for what was moved that which it is written in.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        let written = self.move_of(id).map_or(id, |it| it.written);
        self.list.get(written as usize)
    }

    /// A source for what is written in another one and is put into the node at `into`.
    pub(crate) fn moved(&mut self, from: SourceId, into: Span, by_overlay: bool) -> SourceId {
        let written = self.move_of(from).map_or(from, |it| it.written);
        let id = SourceId::try_from(self.moves.len()).unwrap_or(SourceId::MAX) | MOVED;
        self.moves.push(Move { written, into });
        match by_overlay || from & OVERLAID != 0 {
            true => id | OVERLAID,
            false => id,
        }
    }

    fn move_of(&self, id: SourceId) -> Option<&Move> {
        let index = (id & MOVED != 0).then_some(id & !(MOVED | OVERLAID))?;
        self.moves.get(index as usize)
    }

    /// The place in a file: where it is written, and not where an overlay put it.
    pub fn written(&self, span: Span) -> Span {
        let source = self.move_of(span.source).map_or(span.source, |it| it.written);
        Span { source, ..span }
    }

    /// The place in the document: of what an overlay put there, the node that it was put into.
    pub fn home(&self, mut span: Span) -> Span {
        while let Some(it) = self.move_of(span.source) {
            span = it.into;
        }
        span
    }

    /// Whether a place is within a node: what an overlay put there is.
    pub fn contains(&self, node: Span, mut place: Span) -> bool {
        loop {
            if node.contains(place) {
                return true;
            }
            match self.move_of(place.source) {
                Some(it) => place = it.into,
                None => return false,
            }
        }
    }

    /// Notes that a node is no longer what its text says.
    pub(crate) fn mark_changed(&mut self, span: Span) {
        self.changed.insert((span.source, span.start));
    }

    /// Whether all of a node is surely what its text says: not where an overlay put it there or changed it, nor where
    /// its text may have aliases, which say what stands elsewhere.
    pub fn is_as_written(&self, span: Span) -> bool {
        if span.source & MOVED != 0 {
            return false;
        }
        if self.has_aliases(span.source) && self.text(span).contains('*') {
            return false;
        }
        let mut within = self.changed.range((span.source, span.start)..=(span.source, span.end));
        within.next().is_none()
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

/// Whether an overlay brought what has this source.
pub fn is_overlaid(id: SourceId) -> bool {
    id & OVERLAID != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_moved_has_its_text_and_its_home() {
        let mut sources = Sources::new();
        let document = sources.push("a.json", "{}");
        let overlay = sources.push("fix.yaml", "x: 1\ny: 2\n");
        let root = Span::new(document, 0, 2);
        let put = Span::new(sources.moved(overlay, root, true), 5, 9);
        let copied = Span::new(sources.moved(put.source, put, false), 5, 9);
        for span in [put, copied] {
            assert_eq!((sources.text(span), sources.line_column(span)), ("y: 2", (2, 1)));
            assert_eq!(sources.written(span), Span::new(overlay, 5, 9));
            assert_eq!(sources.home(span), root);
            assert!(is_overlaid(span.source));
        }
        let own = sources.moved(document, root, false);
        assert!(!is_overlaid(own) && sources.home(Span::new(own, 0, 1)) == root);
        sources.mark_changed(Span::new(document, 1, 1));
        assert!(!sources.is_as_written(root) && !sources.is_as_written(put));
        let plain = sources.push("b.yaml", "a: {b: 1}\nc: *d\n");
        sources.mark_aliases(plain);
        assert!(sources.is_as_written(Span::new(plain, 3, 9)) && !sources.is_as_written(Span::new(plain, 0, 15)));
    }

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

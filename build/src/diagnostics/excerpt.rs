//! The line of a source that a diagnostic is about, cut to what a person can read.

use std::ops::Range;

use tablature_openapi::{Source, Span};

/// How many bytes of a line are shown.
const WIDTH: usize = 120;
/// How many of them stand before the marked ones where the line is longer.
const BEFORE: usize = 40;

/// A piece of one line, and which bytes of it are marked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub text: String,
    pub marked: Range<usize>,
}

impl Excerpt {
    /// The first line of `span`: a span of many lines is marked to the end of its first.
    ///
    /// Minified documents are one line of megabytes, so both ends are cut.
    pub(super) fn of(source: &Source, span: Span) -> Self {
        let line = source.line(span.start);
        let (source, span) = (source.text.as_str(), span.start as usize..span.end as usize);
        let start = boundary(source, span.start);
        let line_start = line.start;
        let line_end = line_start + source[line].trim_end_matches('\r').len();
        let start = start.min(line_end);
        let end = boundary(source, span.end).clamp(start, line_end);

        let last_window = line_end.saturating_sub(WIDTH).max(line_start);
        let from = boundary(source, start.saturating_sub(BEFORE).clamp(line_start, last_window));
        let to = boundary(source, from + WIDTH).min(line_end);
        let prefix = if from > line_start { "..." } else { "" };
        let suffix = if to < line_end { "..." } else { "" };
        let text = format!("{prefix}{}{suffix}", &source[from..to]);
        let shift = |byte: usize| byte - from + prefix.len();
        Self {
            marked: shift(start)..shift(end.min(to)),
            text,
        }
    }

    /// What stands in place of a line that is not shown.
    pub(super) fn hidden() -> Self {
        Self {
            text: "(not shown: the file is no part of an OpenAPI document)".to_owned(),
            marked: 0..0,
        }
    }

    /// The column of the first marked character in the excerpt, from 1.
    pub(super) fn column(&self) -> usize {
        self.text.get(..self.marked.start).unwrap_or_default().chars().count() + 1
    }
}

/// The nearest start of a character at or before `byte`.
fn boundary(source: &str, byte: usize) -> usize {
    let byte = byte.min(source.len());
    (0..=byte).rev().find(|at| source.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(source: &str, span: Range<usize>) -> (String, String) {
        let span = Span::new(0, span.start as u32, span.end as u32);
        let Excerpt { text, marked } = Excerpt::of(&Source::new("a.json", source), span);
        let marked = text.get(marked).map(ToOwned::to_owned);
        (text, marked.unwrap_or_else(|| "not a range of characters".to_owned()))
    }

    #[test]
    fn one_line_is_shown() {
        for (source, span, line, marked) in [
            ("a\nbcd\ne", 3..4, "bcd", "c"),
            ("a\r\nbcd\r\ne", 3..7, "bcd", "bcd"),
            ("a\nbcd\ne", 3..7, "bcd", "cd"),
            ("a\nb\n", 4..4, "", ""),
            ("a\nb", 99..100, "b", ""),
            ("", 0..0, "", ""),
            ("a\r\nb", 1..3, "a", ""),
            ("aü", 2..3, "aü", "ü"),
        ] {
            let (text, part) = excerpt(source, span.clone());
            assert_eq!((text.as_str(), part.as_str()), (line, marked), "{source:?} {span:?}");
        }
    }

    #[test]
    fn long_lines_are_cut_on_both_sides() {
        let source = format!("{}KEY{}", "ü".repeat(5_000), "ü".repeat(5_000));
        let (text, marked) = excerpt(&source, 10_000..10_003);
        assert_eq!(marked, "KEY");
        assert!(
            text.len() < 130 && text.starts_with("...ü") && text.ends_with("ü..."),
            "{text}"
        );
        let (_, marked) = excerpt(&source, 0..source.len());
        assert_eq!(marked.len(), WIDTH);
        let (text, marked) = excerpt(&source, source.len() - 2..source.len());
        assert_eq!((text.len(), marked.as_str()), (WIDTH + 3, "ü"));
    }
}

//! reStructuredText as Sphinx reads it: headings by their underlines, directives, and every kind of table.

mod grid;
mod http;
mod inline;
mod list;
mod simple;

use tablature_openapi::{SourceId, Span};

use crate::block::{Block, Kind};
use crate::format::{FrontEnd, count_lines};
use crate::front::lines::{Line, lines, span};
use crate::front::spans::{self, SpanRow};
use crate::vocabulary::{Section, Vocabulary};

/// The front end.
pub(super) const FRONT_END: FrontEnd = FrontEnd {
    name: "restructuredtext",
    loses_cells: false,
    ends_with_example: false,
    marks,
    blocks,
};

fn marks(text: &str) -> usize {
    count_lines(text, |line| {
        let directive = line.starts_with(".. ") && (line.contains("::") || line.starts_with(".. _"));
        directive || grid::is_border(line) || simple::is_border(line) || line.contains(":ref:`")
    })
}

fn blocks(source: SourceId, text: &str, words: &Vocabulary) -> Vec<Block> {
    let lines: Vec<Raw<'_>> = raw_lines(source, text);
    let mut reader = Reader {
        source,
        text,
        words,
        styles: Vec::new(),
        blocks: Vec::new(),
    };
    reader.read(&lines, 0);
    reader.blocks
}

/// A line with its place; the text keeps its indentation.
#[derive(Clone, Copy, Debug)]
struct Raw<'a> {
    span: Span,
    text: &'a str,
    indent: usize,
}

impl<'a> Raw<'a> {
    /// The text without white space at its ends.
    fn trimmed(&self) -> &'a str {
        self.text.trim()
    }

    fn is_empty(&self) -> bool {
        self.trimmed().is_empty()
    }
}

fn raw_lines(source: SourceId, text: &str) -> Vec<Raw<'_>> {
    let raw = text.split_inclusive('\n').map(|it| it.trim_end_matches(['\n', '\r']));
    let with = |(line, text): (Line<'_>, &'_ str)| (line.span, text.len() - text.trim_start().len());
    let places: Vec<_> = lines(source, text).into_iter().zip(raw.clone()).map(with).collect();
    raw.zip(places)
        .map(|(text, (span, indent))| Raw { span, text, indent })
        .collect()
}

struct Reader<'a> {
    source: SourceId,
    text: &'a str,
    words: &'a Vocabulary,
    /// The styles of headings in the order they came up: that of the first one is level 1.
    styles: Vec<(char, bool)>,
    blocks: Vec<Block>,
}

impl Reader<'_> {
    /// Reads lines that have at least this indentation.
    fn read(&mut self, lines: &[Raw<'_>], depth: usize) {
        // Directives within directives, as deep as people write them.
        const DEEPEST: usize = 16;
        let mut index = 0;
        while let Some(rest) = lines.get(index..).filter(|it| !it.is_empty() && depth < DEEPEST) {
            index += self.block(rest, depth).max(1);
        }
    }

    /// Reads the piece that begins at the first line; says how many lines it takes.
    fn block(&mut self, lines: &[Raw<'_>], depth: usize) -> usize {
        let Some(first) = lines.first().filter(|it| !it.is_empty()) else {
            return 1;
        };
        let line = first.trimmed();
        if let Some(taken) = self.heading(lines) {
            return taken;
        }
        if grid::is_border(line) {
            let (rows, taken) = grid::read(lines);
            return self.table(first.span, &rows, taken);
        }
        if simple::is_border(line) {
            let (rows, taken) = simple::read(lines);
            return self.table(first.span, &rows, taken);
        }
        if let Some(rest) = line
            .strip_prefix("..")
            .filter(|it| it.is_empty() || it.starts_with(' '))
        {
            return self.directive(lines, rest.trim(), depth);
        }
        // `:original_name: x.html`
        if line
            .strip_prefix(':')
            .is_some_and(|it| it.split_once(": ").is_some_and(|(name, _)| !name.contains(' ')))
        {
            return 1;
        }
        self.paragraph(lines, depth)
    }

    /// A line with a line of punctuation below it, and perhaps one above.
    fn heading(&mut self, lines: &[Raw<'_>]) -> Option<usize> {
        let over = lines.first().and_then(|it| underline(it.trimmed()));
        let (title, under, taken) = match over {
            Some(_) => (lines.get(1)?, lines.get(2)?, 3),
            None => (lines.first()?, lines.get(1)?, 2),
        };
        let style = underline(under.trimmed())?;
        let fits = over.is_none_or(|it| it == style)
            && !title.is_empty()
            && underline(title.trimmed()).is_none()
            && under.trimmed().chars().count() * 2 >= title.trimmed().chars().count()
            && (over.is_some() || title.indent == 0);
        if !fits {
            return None;
        }
        let style = (style, over.is_some());
        let level = self.styles.iter().position(|it| *it == style).unwrap_or_else(|| {
            self.styles.push(style);
            self.styles.len() - 1
        });
        let kind = Kind::Heading {
            level: u8::try_from(level + 1).unwrap_or(u8::MAX),
            text: inline::text(title.trimmed()),
        };
        self.blocks.push(Block { span: title.span, kind });
        Some(taken)
    }

    fn table(&mut self, place: Span, rows: &[SpanRow], taken: usize) -> usize {
        if !rows.is_empty() {
            let kind = Kind::Table(spans::grid(rows, self.words));
            self.blocks.push(Block { span: place, kind });
        }
        taken
    }

    /// `.. name:: argument` with the lines below it that are further in.
    fn directive(&mut self, lines: &[Raw<'_>], rest: &str, depth: usize) -> usize {
        let Some(first) = lines.first() else { return 1 };
        let taken = 1 + body_length(lines.get(1..).unwrap_or_default(), first.indent);
        let body = lines.get(1..taken).unwrap_or_default();
        let Some((name, argument)) = rest.split_once("::").filter(|(name, _)| !name.contains(' ')) else {
            // A target or a comment.
            return taken;
        };
        if let Some(method) = http::method(name) {
            let (tables, rest) = http::fields(body);
            self.push(first.span, Kind::Section(Section::Uri));
            self.push(first.span, Kind::Text(http::operation(method, argument)));
            self.read(&rest, depth + 1);
            self.blocks.extend(tables);
            return taken;
        }
        let options = body.iter().take_while(|it| it.trimmed().starts_with(':')).count();
        let content = body.get(options..).unwrap_or_default();
        match name {
            "code-block" | "code" | "parsed-literal" | "sourcecode" | "highlight" => self.code(first.span, content),
            "list-table" => {
                self.caption(first.span, argument);
                let headings = option(body, "header-rows").and_then(|it| it.parse().ok()).unwrap_or(0);
                let rows = list::read(content, headings);
                self.table(first.span, &rows, 0);
            }
            "table" => {
                self.caption(first.span, argument);
                self.read(content, depth + 1);
            }
            "image" | "figure" | "toctree" | "contents" | "only" | "raw" | "meta" | "index" => {}
            _ => {
                if !argument.trim().is_empty() {
                    self.push(first.span, Kind::Text(inline::text(argument)));
                }
                self.read(content, depth + 1);
            }
        }
        taken
    }

    fn caption(&mut self, place: Span, text: &str) {
        let text = inline::text(text);
        if !text.is_empty() {
            self.push(place, Kind::Caption(text));
        }
    }

    /// Preformatted text. What stands at the end of the page may go on.
    fn code(&mut self, place: Span, lines: &[Raw<'_>]) {
        let texts: Vec<_> = lines.iter().map(|it| it.text).collect();
        let end = lines.last().map_or(place.end, |it| it.span.end);
        let text = texts.join("\n");
        let complete = !text.trim().is_empty() && (self.text.len() > end as usize || self.text.ends_with('\n'));
        let whole = span(self.source, place.start as usize, end as usize);
        self.push(whole, Kind::Code { text, complete });
    }

    /// Lines up to an empty one, or an item of a list.
    fn paragraph(&mut self, lines: &[Raw<'_>], depth: usize) -> usize {
        let Some(first) = lines.first() else { return 1 };
        if let Some((content, width)) = item(first.trimmed()) {
            let taken = 1 + body_length(lines.get(1..).unwrap_or_default(), first.indent + width - 1);
            let mut text = vec![content];
            let more = lines.get(1..taken).unwrap_or_default();
            let same = more
                .iter()
                .take_while(|it| !it.is_empty() && !starts_anew(it.trimmed()))
                .count();
            text.extend(more.iter().take(same).map(Raw::trimmed));
            self.words_of(
                first.span,
                more.get(same.wrapping_sub(1)).unwrap_or(first).span,
                &text.join("\n"),
            );
            self.read(more.get(same..).unwrap_or_default(), depth + 1);
            return taken;
        }
        let goes_on = |it: &&Raw<'_>| !it.is_empty() && it.indent == first.indent && !starts_anew(it.trimmed());
        let count = 1 + lines.iter().skip(1).take_while(goes_on).count();
        let text: Vec<_> = lines.iter().take(count).map(Raw::trimmed).collect();
        let last = lines.get(count - 1).unwrap_or(first).span;
        let text = text.join("\n");
        let literal = text.ends_with("::");
        let shown = if literal {
            text.strip_suffix(':').unwrap_or(&text)
        } else {
            &text
        };
        if shown != ":" {
            self.words_of(first.span, last, shown);
        }
        if !literal {
            return count;
        }
        let length = body_length(lines.get(count..).unwrap_or_default(), first.indent);
        let body = lines.get(count..count + length).unwrap_or_default();
        if body.iter().any(|it| !it.is_empty()) {
            self.code(first.span, body);
        }
        count + length
    }

    /// Text, which is a caption if it begins in bold.
    fn words_of(&mut self, first: Span, last: Span, text: &str) {
        let bold = text.starts_with("**");
        let plain = inline::text(text);
        let place = Span { end: last.end, ..first };
        if !plain.is_empty() {
            self.push(place, if bold { Kind::Caption(plain) } else { Kind::Text(plain) });
        }
    }

    fn push(&mut self, span: Span, kind: Kind) {
        self.blocks.push(Block { span, kind });
    }
}

/// The character of a line that is nothing but one punctuation mark, repeated.
fn underline(line: &str) -> Option<char> {
    let first = line.chars().next().filter(char::is_ascii_punctuation)?;
    (line.len() >= 3 && line.chars().all(|it| it == first)).then_some(first)
}

/// How many lines belong to what begins on the line before them: those further in, and empty ones between.
fn body_length(lines: &[Raw<'_>], indent: usize) -> usize {
    let inside = lines
        .iter()
        .take_while(|it| it.is_empty() || it.indent > indent)
        .count();
    let empty = lines.iter().take(inside).rev().take_while(|it| it.is_empty()).count();
    inside - empty
}

/// The value of an option of a directive.
fn option<'a>(body: &[Raw<'a>], name: &str) -> Option<&'a str> {
    let mut options = body
        .iter()
        .map_while(|it| it.trimmed().strip_prefix(':')?.split_once(':'));
    options.find(|(key, _)| *key == name).map(|(_, value)| value.trim())
}

/// The text of an item of a list, and the width of its mark.
fn item(line: &str) -> Option<(&str, usize)> {
    let rest = line.strip_prefix(['-', '*', '+']).filter(|it| it.starts_with(' '));
    let numbered = || {
        let digits = line.trim_start_matches(|it: char| it.is_ascii_digit());
        digits
            .strip_prefix(['.', ')'])
            .filter(|it| digits.len() < line.len() && it.starts_with(' '))
    };
    let text = rest.or_else(numbered)?.trim_start();
    Some((text, line.len() - text.len()))
}

/// Whether a line cannot continue a paragraph.
fn starts_anew(line: &str) -> bool {
    item(line).is_some() || line.starts_with(".. ") || grid::is_border(line) || simple::is_border(line)
}

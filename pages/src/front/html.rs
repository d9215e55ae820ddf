//! HTML of any site: headings, captions, paragraphs, lists, tables and preformatted text; what stands around them
//! is left out.

mod elements;
mod inline;
mod table;

use html5gum::{DefaultEmitter, EndTag, StartTag, Token, Tokenizer};
use tablature_openapi::SourceId;

use crate::block::{Block, Kind};
use crate::format::{FrontEnd, count_lines, is_heading, is_ruler};
use crate::front::lines::span;
use crate::front::spans;
use crate::vocabulary::Vocabulary;
use elements::{VOID, WITHIN_LINE, append, has_class, is_around, number};
pub(super) use inline::{Inline, inline};
use table::OpenTable;

/// The front end.
pub(super) const FRONT_END: FrontEnd = FrontEnd {
    name: "html",
    loses_cells: false,
    ends_with_example: false,
    marks,
    blocks,
};

/// The tags that begin a piece of text, for telling HTML from Markdown that begins with a tag.
fn marks(text: &str) -> usize {
    let start = text.trim_start_matches(|it: char| it.is_whitespace() || it == '\u{feff}');
    if !start.starts_with('<') {
        return 0;
    }
    let tags = ["<h", "<p", "<t", "<d", "<l", "<b"]
        .iter()
        .map(|it| text.matches(it).count());
    let tags: usize = tags.sum();
    let whole = start.get(..9).is_some_and(|it| it.eq_ignore_ascii_case("<!doctype")) || start.starts_with("<html");
    let markdown = count_lines(text, |line| is_ruler(line) || is_heading(line, '#'));
    if whole || tags > markdown * 8 {
        tags.max(1) * 8
    } else {
        0
    }
}

fn blocks(source: SourceId, text: &str, words: &Vocabulary) -> Vec<Block> {
    let mut builder = Builder::new(source, 0, words);
    builder.read(text);
    builder.blocks
}

/// The blocks of a piece of HTML that stands at an offset of a page.
pub(super) fn piece(source: SourceId, offset: usize, html: &str, words: &Vocabulary) -> Vec<Block> {
    let mut builder = Builder::new(source, offset, words);
    builder.read(html);
    builder.blocks
}

/// What has been read so far.
struct Builder<'w> {
    source: SourceId,
    offset: usize,
    words: &'w Vocabulary,
    blocks: Vec<Block>,
    /// The text of the piece that is being read, where it begins, and whether it begins in bold.
    text: String,
    start: usize,
    bold: bool,
    /// Whether an element in bold has just ended.
    after_bold: bool,
    /// The level of the heading that is being read.
    heading: Option<u8>,
    /// Whether the piece is a title by its class.
    is_title: bool,
    /// The element that is left out, and how many of its name are open.
    left_out: Option<(String, usize)>,
    /// How many `pre` are open, outside of cells.
    preformatted: usize,
    tables: Vec<OpenTable>,
    /// The label of a list of labels: its place, its words, and what stands under it.
    field: Option<(usize, String, Vec<String>)>,
    /// Whether the label itself is being read.
    in_label: bool,
}

impl<'w> Builder<'w> {
    fn new(source: SourceId, offset: usize, words: &'w Vocabulary) -> Self {
        Self {
            source,
            offset,
            words,
            blocks: Vec::new(),
            text: String::new(),
            start: offset,
            bold: false,
            after_bold: false,
            heading: None,
            is_title: false,
            left_out: None,
            preformatted: 0,
            tables: Vec::new(),
            field: None,
            in_label: false,
        }
    }

    fn read(&mut self, html: &str) {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => self.start_tag(&tag),
                Token::EndTag(tag) => self.end_tag(&tag),
                Token::String(text) => {
                    let at = self.offset + text.span.start;
                    self.characters(&String::from_utf8_lossy(&text.value), at);
                }
                _ => {}
            }
        }
        self.close(self.offset + html.len());
    }

    /// Ends what the page leaves open.
    fn close(&mut self, end: usize) {
        while let Some(mut table) = self.tables.pop() {
            table.cut();
            self.push_table(table);
        }
        if self.preformatted > 0 {
            self.end_code(end, false);
        }
        self.flush(end);
        self.end_field();
    }

    /// The innermost table that holds rows.
    fn table(&mut self) -> Option<&mut OpenTable> {
        self.tables.last_mut().filter(|it| !it.is_layout)
    }

    fn characters(&mut self, text: &str, at: usize) {
        if self.left_out.is_some() {
            return;
        }
        if self.preformatted > 0 {
            self.text.push_str(text);
            return;
        }
        self.after_bold &= text.is_empty();
        match self.table() {
            Some(table) => {
                if let Some(cell) = table.text() {
                    append(cell, text);
                }
            }
            None => {
                if self.text.is_empty() && !text.trim().is_empty() {
                    self.start = at;
                }
                append(&mut self.text, text);
            }
        }
    }

    fn start_tag(&mut self, tag: &StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let at = self.offset + tag.span.start;
        if let Some((left_out, depth)) = &mut self.left_out {
            let ends_head = left_out == "head" && matches!(name.as_str(), "body" | "h1" | "p" | "div" | "table");
            if !ends_head {
                *depth += usize::from(*left_out == name);
                return;
            }
            self.left_out = None;
        }
        if !VOID.contains(&name.as_str()) && !tag.self_closing && is_around(&name, tag) {
            self.left_out = Some((name, 1));
            return;
        }
        match name.as_str() {
            "br" => self.line_break(),
            "b" | "strong" => self.begin_bold(),
            "i" | "em" | "var" => self.variable(true),
            "table" => self.begin_table(at),
            "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption" if !self.tables.is_empty() => {
                self.table_tag(&name, tag, at);
            }
            "pre" => self.begin_code(at),
            _ if WITHIN_LINE.contains(&name.as_str()) || VOID.contains(&name.as_str()) => {}
            _ => self.begin_block(&name, tag, at),
        }
    }

    fn end_tag(&mut self, tag: &EndTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let at = self.offset + tag.span.start;
        if let Some((left_out, depth)) = &mut self.left_out {
            *depth -= usize::from(*left_out == name);
            if *depth == 0 {
                self.left_out = None;
            }
            return;
        }
        match name.as_str() {
            "b" | "strong" => self.after_bold = true,
            "i" | "em" | "var" => self.variable(false),
            "table" => self.end_table(at),
            "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption" if !self.tables.is_empty() => {
                self.end_table_tag(&name, at);
            }
            "pre" if self.preformatted > 0 => {
                self.preformatted -= 1;
                if self.preformatted == 0 {
                    self.end_code(at, true);
                }
            }
            "p" | "br" => self.line_break_or_flush(at),
            "dl" if self.table().is_none() => {
                self.flush(at);
                self.end_field();
            }
            "dt" if self.table().is_none() => self.end_label(at),
            _ if WITHIN_LINE.contains(&name.as_str()) => {}
            _ => self.line_break_or_flush(at),
        }
    }

    fn begin_bold(&mut self) {
        let after_bold = std::mem::take(&mut self.after_bold);
        match self.table() {
            // Two words in bold without anything between them are two values.
            Some(table) => {
                if let Some(text) = table.text().filter(|_| after_bold) {
                    text.push('\n');
                }
            }
            None => self.bold |= self.text.trim().is_empty(),
        }
    }

    /// A part of a path in another type face is a variable: `/lamps/<i>name</i>`.
    fn variable(&mut self, begins: bool) {
        let text = match self.table() {
            Some(table) => table.text(),
            None => Some(&mut self.text),
        };
        let Some(text) = text else { return };
        let is_open = text
            .rsplit('/')
            .next()
            .is_some_and(|it| it.starts_with('{') && !it.contains('}'));
        if begins && text.starts_with('/') && text.ends_with('/') {
            text.push('{');
        } else if !begins && is_open {
            text.push('}');
        }
    }

    fn line_break(&mut self) {
        let text = match self.table() {
            Some(table) => table.text(),
            None => Some(&mut self.text),
        };
        if let Some(text) = text.filter(|it| !it.is_empty()) {
            text.push('\n');
        }
    }

    fn line_break_or_flush(&mut self, at: usize) {
        if self.table().is_some() {
            self.line_break();
        } else if self.preformatted == 0 {
            self.flush(at);
        }
    }

    /// An element that begins a piece of its own.
    fn begin_block(&mut self, name: &str, tag: &StartTag<usize>, at: usize) {
        if self.table().is_some() {
            return self.line_break();
        }
        if self.preformatted > 0 {
            return;
        }
        self.flush(at);
        let level = name
            .strip_prefix('h')
            .and_then(|it| it.parse::<u8>().ok())
            .filter(|it| (1..=6).contains(it));
        if level.is_some() {
            self.end_field();
        }
        self.heading = level;
        self.is_title = matches!(name, "div" | "p" | "figcaption") && has_class(tag, |it| it.ends_with("title"));
        match name {
            "dl" => self.end_field(),
            "dt" => {
                self.end_field();
                self.in_label = true;
            }
            _ => {}
        }
    }

    fn begin_code(&mut self, at: usize) {
        if let Some(table) = self.table() {
            if table.has_heading() {
                return self.line_break();
            }
            self.lay_out();
        }
        if self.preformatted == 0 {
            self.flush(at);
            self.end_field();
            self.start = at;
        }
        self.preformatted += 1;
    }

    fn end_code(&mut self, end: usize, complete: bool) {
        self.preformatted = 0;
        let text = std::mem::take(&mut self.text);
        let kind = Kind::Code { text, complete };
        self.push(self.start, end, kind);
        self.bold = false;
    }

    /// A table without headings that has tables, examples or headings in it is there for layout alone.
    fn lay_out(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        for (span, text) in table.give_up() {
            if !text.is_empty() {
                self.blocks.push(Block {
                    span,
                    kind: Kind::Text(text),
                });
            }
        }
    }

    fn begin_table(&mut self, at: usize) {
        if let Some(table) = self.table() {
            if table.has_heading() || table.nested > 0 {
                table.nested += 1;
                return self.line_break();
            }
            self.lay_out();
        } else {
            self.flush(at);
            self.end_field();
        }
        self.tables.push(OpenTable::new(span(self.source, at, at + 1)));
    }

    fn end_table(&mut self, at: usize) {
        match self.table() {
            Some(table) if table.nested > 0 => {
                table.nested -= 1;
                self.line_break();
            }
            _ => {
                if self.tables.last().is_some_and(|it| it.is_layout) {
                    self.flush(at);
                }
                if let Some(mut table) = self.tables.pop() {
                    table.end_row();
                    self.push_table(table);
                }
            }
        }
    }

    fn push_table(&mut self, table: OpenTable) {
        if table.is_layout || table.rows.is_empty() {
            return;
        }
        let caption = table.caption.trim();
        if !caption.is_empty() {
            self.blocks.push(Block {
                span: table.span,
                kind: Kind::Caption(caption.to_owned()),
            });
        }
        self.blocks.push(Block {
            span: table.span,
            kind: Kind::Table(spans::grid(&table.rows, self.words)),
        });
    }

    fn table_tag(&mut self, name: &str, tag: &StartTag<usize>, at: usize) {
        let place = span(self.source, at, at + 1);
        let Some(table) = self.table() else {
            return self.flush(at);
        };
        if table.nested > 0 {
            return self.line_break();
        }
        match name {
            "thead" | "tbody" | "tfoot" => table.begin_head(name == "thead"),
            "tr" => table.begin_row(place),
            "caption" => table.in_caption = true,
            _ => table.begin_cell(place, name == "th", number(tag, "rowspan"), number(tag, "colspan")),
        }
    }

    fn end_table_tag(&mut self, name: &str, at: usize) {
        let Some(table) = self.table() else {
            return self.flush(at);
        };
        if table.nested > 0 {
            return;
        }
        match name {
            "thead" | "tbody" | "tfoot" => table.begin_head(false),
            "tr" => table.end_row(),
            "caption" => table.in_caption = false,
            _ => table.end_cell(),
        }
    }

    fn end_label(&mut self, at: usize) {
        let label = std::mem::take(&mut self.text).trim().to_owned();
        if std::mem::take(&mut self.in_label) && !label.is_empty() {
            self.field = Some((self.start, label, Vec::new()));
        } else {
            self.text = label;
            self.flush(at);
        }
    }

    fn end_field(&mut self) {
        if let Some((start, label, values)) = self.field.take() {
            self.push(start, start + 1, Kind::Field { label, values });
        }
        self.in_label = false;
    }

    /// Ends the piece that is being read.
    fn flush(&mut self, end: usize) {
        let text = std::mem::take(&mut self.text).trim().to_owned();
        let (bold, heading) = (std::mem::take(&mut self.bold), self.heading.take());
        let is_title = std::mem::take(&mut self.is_title);
        if text.is_empty() {
            self.heading = heading;
            self.is_title = is_title;
            return;
        }
        if let Some((_, _, values)) = &mut self.field
            && heading.is_none()
        {
            values.push(text);
            return;
        }
        let kind = match heading {
            Some(level) => Kind::Heading { level, text },
            None if bold || is_title => Kind::Caption(text),
            None => Kind::Text(text),
        };
        self.push(self.start, end, kind);
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind) {
        self.blocks.push(Block {
            span: span(self.source, start, end.max(start)),
            kind,
        });
    }
}

//! Markdown as Huawei publishes it: pipe tables under bold captions.

mod row;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use tablature_openapi::SourceId;

use crate::block::{Block, Grid, Kind};
use crate::format::{FrontEnd, count_lines, is_heading, is_ruler};
use crate::front::html;
use crate::front::lines::span;
use crate::vocabulary::Vocabulary;
use row::RawRow;

/// The front end.
pub(super) const FRONT_END: FrontEnd = FrontEnd {
    name: "markdown",
    loses_cells: false,
    ends_with_example: false,
    marks,
    blocks,
};

fn marks(text: &str) -> usize {
    // What is further in than a heading can be is code, with comments perhaps.
    let headings = text
        .lines()
        .filter(|it| !it.starts_with("    ") && is_heading(it.trim(), '#'));
    headings.count() + count_lines(text, |line| is_ruler(line) && line.starts_with('|'))
}

fn blocks(source: SourceId, text: &str, words: &Vocabulary) -> Vec<Block> {
    let mut builder = Builder {
        words,
        source,
        text,
        blocks: Vec::new(),
        buffer: String::new(),
        bold: false,
        header: Vec::new(),
        header_closed: false,
        cells: Vec::new(),
        rows: Vec::new(),
        first_cell_end: 0,
        skip_until: 0,
        no_end: false,
    };
    let metadata = metadata(text);
    let start = metadata.map_or(0, str::len);
    let body = text.get(start..).unwrap_or_default();
    for (event, range) in Parser::new_ext(body, Options::ENABLE_TABLES).into_offset_iter() {
        let range = range.start + start..range.end + start;
        if range.start >= builder.skip_until {
            builder.event(event, range);
        }
    }
    let is_title = |it: &Block| matches!(it.kind, Kind::Heading { level: 1, .. });
    if let Some(text) = metadata
        .and_then(title)
        .filter(|_| !builder.blocks.iter().any(is_title))
    {
        let kind = Kind::Heading { level: 1, text };
        let span = span(source, 0, start);
        builder.blocks.insert(0, Block { span, kind });
    }
    builder.blocks
}

/// What a page begins with of keys and values between two lines of three hyphens, where site generators have it.
fn metadata(text: &str) -> Option<&str> {
    let mut lines = text.split_inclusive('\n');
    let mut length = lines.next().filter(|it| it.trim_end() == "---")?.len();
    for line in lines {
        length += line.len();
        if line.trim_end() == "---" {
            return text.get(..length);
        }
    }
    None
}

/// The title among keys and values.
fn title(metadata: &str) -> Option<String> {
    let title = metadata.lines().find_map(|it| it.strip_prefix("title:"))?.trim();
    let quoted = ['"', '\'']
        .iter()
        .find_map(|it| title.strip_prefix(*it)?.strip_suffix(*it));
    Some(quoted.unwrap_or(title).to_owned()).filter(|it| !it.is_empty())
}

/// What has been read so far.
#[derive(Debug)]
struct Builder<'a> {
    words: &'a Vocabulary,
    source: SourceId,
    text: &'a str,
    blocks: Vec<Block>,
    /// The text of the piece that is being read.
    buffer: String,
    /// Whether that piece begins in bold.
    bold: bool,
    /// The table that is being read.
    header: Vec<String>,
    header_closed: bool,
    cells: Vec<String>,
    rows: Vec<RawRow>,
    first_cell_end: usize,
    /// What is before this byte has been read already, as an HTML table.
    skip_until: usize,
    /// Whether no HTML table ends in the rest of the text.
    no_end: bool,
}

type Range = std::ops::Range<usize>;

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) | Event::Code(text) => self.buffer.push_str(&text),
            Event::InlineHtml(tag) => match html::inline(&tag) {
                html::Inline::Break => self.buffer.push('\n'),
                html::Inline::Markup => {}
                html::Inline::Text => self.buffer.push_str(&tag),
            },
            Event::Html(html) => self.operation_lines(&html, &range),
            Event::SoftBreak | Event::HardBreak => self.buffer.push('\n'),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range) {
        match tag {
            Tag::Strong => self.bold |= self.buffer.trim().is_empty(),
            Tag::Table(_) => {
                self.header.clear();
                self.rows.clear();
            }
            Tag::TableHead | Tag::TableRow => {
                self.cells.clear();
                self.first_cell_end = 0;
            }
            // Text of an item may stand before a list within it.
            Tag::List(_) => self.text_block(range.start..range.start),
            Tag::HtmlBlock => self.html_table(range.start),
            Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::CodeBlock(_) | Tag::TableCell => {
                self.buffer.clear();
                self.bold = false;
            }
            _ => {}
        }
        if let Tag::CodeBlock(CodeBlockKind::Indented) = tag {
            self.bold = true;
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range) {
        match tag {
            TagEnd::Heading(level) => {
                let text = std::mem::take(&mut self.buffer);
                self.push(
                    range,
                    Kind::Heading {
                        level: level as u8,
                        text,
                    },
                );
            }
            TagEnd::Paragraph | TagEnd::Item => self.text_block(range),
            TagEnd::CodeBlock => self.code_block(range),
            TagEnd::TableCell => {
                if self.cells.is_empty() {
                    self.first_cell_end = range.end;
                }
                // Two words in bold without anything between them are two values.
                self.cells.push(self.buffer.trim().replace("****", "\n"));
                self.buffer.clear();
            }
            TagEnd::TableHead => {
                self.header = std::mem::take(&mut self.cells);
                let line = self.text.get(range).unwrap_or_default();
                self.header_closed = row::is_closed(line.lines().next().unwrap_or_default());
            }
            TagEnd::TableRow => {
                let raw = self.text.get(range.clone()).unwrap_or_default().trim_end();
                let cells = std::mem::take(&mut self.cells);
                let end = self.first_cell_end.max(range.start + 1);
                let is_last = range.start + raw.len() >= self.text.trim_end().len();
                let place = span(self.source, range.start, end);
                self.rows
                    .push(RawRow::of(place, raw, cells, self.header.len(), is_last));
            }
            TagEnd::Table => {
                let header = std::mem::take(&mut self.header);
                let rows = row::assemble(std::mem::take(&mut self.rows), &header, self.header_closed, self.words);
                let end = range.start + self.text.get(range.clone()).and_then(|it| it.find('\n')).unwrap_or(1);
                self.push(range.start..end, Kind::Table(Grid { header, rows }));
            }
            _ => {}
        }
    }

    fn code_block(&mut self, range: Range) {
        let raw = self.text.get(range.clone()).unwrap_or_default().trim_end();
        let fenced_end = raw.lines().count() > 1 && (raw.ends_with("```") || raw.ends_with("~~~"));
        let complete = self.bold || fenced_end;
        let text = std::mem::take(&mut self.buffer);
        // A caption that is further in than the list before it is code for Markdown.
        let line = text.trim();
        let title = line
            .strip_prefix("**")
            .filter(|it| self.bold && it.contains("**") && !line.contains('\n'));
        let kind = match title {
            Some(title) => Kind::Caption(title.replacen("**", "", 1)),
            None => Kind::Code { text, complete },
        };
        self.push(range, kind);
    }

    /// A paragraph or item: a caption if it begins in bold.
    fn text_block(&mut self, range: Range) {
        let text = std::mem::take(&mut self.buffer);
        let start = text.trim_start();
        if start.starts_with('|') && start.matches('|').count() > 1 {
            // A table whose ruler is lost is a paragraph for Markdown.
            let place = span(self.source, range.start, range.start + 1);
            self.push(range, Kind::Table(row::stray(place, &text)));
        } else if !start.is_empty() {
            let kind = if self.bold {
                Kind::Caption(text)
            } else {
                Kind::Text(text)
            };
            self.push(range, kind);
        }
        self.bold = false;
    }

    /// Lines of HTML that the site writes operations in.
    fn operation_lines(&mut self, html: &str, range: &Range) {
        let words = self.words;
        for line in html.lines().filter(|it| words.operation(it).is_some()) {
            self.push(range.clone(), Kind::Text(line.trim().to_owned()));
        }
    }

    /// A table in HTML, which may hold blank lines that end the block for Markdown.
    fn html_table(&mut self, start: usize) {
        let rest = self.text.get(start..).unwrap_or_default();
        if self.no_end
            || !rest
                .get(.."<table".len())
                .is_some_and(|it| it.eq_ignore_ascii_case("<table"))
        {
            return;
        }
        let closes = |it: &[u8]| it.eq_ignore_ascii_case(b"</table>");
        let end = rest.as_bytes().windows("</table>".len()).position(closes);
        let Some(length) = end.map(|it| it + "</table>".len()) else {
            self.no_end = true;
            return;
        };
        let table = rest.get(..length).unwrap_or_default();
        self.blocks.extend(html::piece(self.source, start, table, self.words));
        self.skip_until = start + length;
    }

    fn push(&mut self, range: Range, kind: Kind) {
        let range = range.start..range.end.max(range.start);
        self.blocks.push(Block {
            span: span(self.source, range.start, range.end),
            kind,
        });
    }
}

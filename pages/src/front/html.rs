//! HTML within Markdown: tags in a line, and tables as older editions have them.

use tablature_openapi::SourceId;

use crate::block::{CellText, Grid, Line};
use crate::front::lines::span;

/// What a tag within a line means for its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inline {
    /// A new line.
    Break,
    /// Nothing.
    Markup,
    /// It is not a tag of HTML but text in angle brackets.
    Text,
}

const MARKUP: [&str; 22] = [
    "a", "b", "i", "u", "em", "strong", "code", "span", "div", "sup", "sub", "font", "img", "pre", "thead", "tbody",
    "table", "th", "td", "section", "colgroup", "col",
];
const BREAKS: [&str; 6] = ["br", "p", "li", "ul", "ol", "tr"];

/// What a tag within a line means.
pub(super) fn inline(tag: &str) -> Inline {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(name.len());
    let name = name.get(..end).unwrap_or_default();
    if BREAKS.contains(&name) {
        Inline::Break
    } else if MARKUP.contains(&name) || tag.starts_with("<!--") {
        Inline::Markup
    } else {
        Inline::Text
    }
}

/// Reads a table. Cells that span several rows or columns make their rows unreadable.
pub(super) fn table(source: SourceId, offset: usize, html: &str) -> Grid {
    let mut reader = Reader::default();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (text, tail) = rest.split_at(start);
        reader.text(text);
        let Some(end) = tail.find('>') else { break };
        let (tag, after) = tail.split_at(end + 1);
        let at = offset + (html.len() - tail.len());
        reader.tag(tag, at);
        rest = after;
    }
    let mut grid = Grid::default();
    for row in reader.rows {
        let line = Line {
            span: span(source, row.start, row.start + 1),
            cells: Err(""),
        };
        let spans = row.spans;
        if grid.header.is_empty() {
            grid.header = row.cells;
        } else if spans || row.cells.len() != grid.header.len() {
            let why = if spans {
                "cells of the row span others"
            } else {
                "the row has not as many cells as the table has columns"
            };
            grid.rows.push(Line {
                cells: Err(why),
                ..line
            });
        } else {
            grid.rows.push(Line {
                cells: Ok(row.cells.into_iter().map(CellText::Text).collect()),
                ..line
            });
        }
    }
    grid
}

#[derive(Debug, Default)]
struct Reader {
    rows: Vec<HtmlRow>,
    in_cell: bool,
    cell: String,
}

#[derive(Debug, Default)]
struct HtmlRow {
    start: usize,
    cells: Vec<String>,
    spans: bool,
}

impl Reader {
    fn text(&mut self, text: &str) {
        if self.in_cell {
            self.cell.push_str(&html_escape::decode_html_entities(text));
        }
    }

    fn tag(&mut self, tag: &str, at: usize) {
        let lower = tag.to_ascii_lowercase();
        let begins = |name: &str| {
            lower
                .strip_prefix(name)
                .is_some_and(|rest| rest.starts_with([' ', '>', '\n', '\t', '/']))
        };
        if begins("<tr") {
            self.rows.push(HtmlRow {
                start: at,
                ..HtmlRow::default()
            });
        } else if begins("<td") || begins("<th") {
            self.in_cell = true;
            self.cell.clear();
            let spans = ["rowspan=", "colspan="].iter().any(|it| lower.contains(it));
            if let Some(row) = self.rows.last_mut() {
                row.spans |= spans;
            }
        } else if begins("</td") || begins("</th") {
            self.in_cell = false;
            if let Some(row) = self.rows.last_mut() {
                row.cells.push(self.cell.trim().to_owned());
            }
        } else if inline(&lower) == Inline::Break {
            self.text("\n");
        } else if inline(&lower) == Inline::Text {
            self.text(tag);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_text() {
        assert_eq!(inline("<br>"), Inline::Break);
        assert_eq!(inline("<a name=\"x\">"), Inline::Markup);
        assert_eq!(inline("<String>"), Inline::Text);
    }

    #[test]
    fn a_table_is_read() {
        let html = "<table><tr><th><p>A</p></th><th>B</th></tr><tr id=1><td>x &lt; y</td><td><p>1</p><p>2</p></td></tr>\
                    <tr><td colspan=2>z</td></tr><tr><td>cut";
        let grid = table(0, 10, html);
        assert_eq!(grid.header, ["A", "B"]);
        let cells: Vec<_> = grid.rows.iter().map(|it| it.cells.clone()).collect();
        let text = |it: &str| CellText::Text(it.to_owned());
        assert_eq!(cells.first(), Some(&Ok(vec![text("x < y"), text("1\n\n2")])));
        assert!(cells.iter().skip(1).all(Result::is_err) && cells.len() == 3);
    }
}

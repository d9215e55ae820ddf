//! Rows of pipe tables: as many cells as there are columns, or else a reason why not.
//!
//! A CommonMark parser fills short rows with empty cells and drops what is too much; here neither
//! may pass unnoticed, so the pipes of the line are counted.

use tablature_openapi::Span;

use crate::block::{CellText, Grid, Line};
use crate::types;
use crate::vocabulary::{Column, Vocabulary};

/// A row as the parser gives it, with what it does not tell.
#[derive(Debug)]
pub(super) struct RawRow {
    span: Span,
    cells: Vec<String>,
    /// What stands after the last column.
    excess: Vec<String>,
    /// How many cells the line has.
    count: usize,
    /// Whether it begins with a pipe.
    begins: bool,
    /// Whether it ends with a pipe.
    closed: bool,
    /// Whether the page ends with it, so that it may be cut.
    is_last: bool,
}

impl RawRow {
    pub(super) fn of(span: Span, raw: &str, cells: Vec<String>, columns: usize, is_last: bool) -> Self {
        let raw = raw.trim();
        let parts = split(raw);
        let excess = parts
            .iter()
            .skip(columns)
            .map(|it| it.trim().replace('\\', ""))
            .collect();
        Self {
            span,
            cells,
            excess,
            count: parts.len(),
            begins: raw.starts_with('|'),
            closed: is_closed(raw),
            is_last,
        }
    }
}

/// Rows that stand in no table: each line of the text.
pub(super) fn stray(span: Span, text: &str) -> Grid {
    let line = |_| Line {
        span,
        cells: Err("the row stands in no table: the heading or its ruler is lost"),
    };
    let rows = text.lines().filter(|it| it.contains('|')).map(line).collect();
    Grid {
        header: Vec::new(),
        rows,
    }
}

/// Whether a line of a table ends with a pipe.
pub(super) fn is_closed(line: &str) -> bool {
    let line = line.trim_end();
    line.ends_with('|') && !line.ends_with("\\|")
}

/// The cells of a line.
fn split(line: &str) -> Vec<&str> {
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = if is_closed(inner) {
        inner.strip_suffix('|').unwrap_or(inner)
    } else {
        inner
    };
    let mut cells = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    for (index, byte) in inner.bytes().enumerate() {
        if byte == b'|' && !escaped {
            cells.extend(inner.get(start..index));
            start = index + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    cells.extend(inner.get(start..));
    cells
}

/// The rows of a table: lines that continue a cell are joined to it.
pub(super) fn assemble(rows: Vec<RawRow>, header: &[String], header_closed: bool, words: &Vocabulary) -> Vec<Line> {
    let mut joined: Vec<RawRow> = Vec::with_capacity(rows.len());
    for row in rows {
        match joined.last_mut() {
            Some(open)
                if header_closed && !open.closed && open.count == header.len() && !row.begins && row.count == 1 =>
            {
                if let (Some(last), Some(more)) = (open.cells.last_mut(), row.cells.first()) {
                    last.push('\n');
                    last.push_str(more);
                }
                open.closed = row.closed;
                open.is_last = row.is_last;
            }
            _ => joined.push(row),
        }
    }
    let described = header.last().and_then(|it| words.column(it)) == Some(Column::Description);
    joined
        .into_iter()
        .map(|row| Line {
            span: row.span,
            cells: cells(row, header.len(), header_closed, described, words),
        })
        .collect()
}

fn cells(
    mut row: RawRow,
    columns: usize,
    header_closed: bool,
    described: bool,
    words: &Vocabulary,
) -> Result<Vec<CellText>, &'static str> {
    // A pipe at the end of a row begins an empty cell where the heading has none there, or the row none before it.
    // Tables that are written so, by hand, leave out what they do not describe.
    let ends_empty = row.closed && (!header_closed || !row.begins);
    let undescribed = described && !row.begins && !row.closed && !row.is_last;
    if (ends_empty || undescribed) && row.count + 1 == columns {
        row.count += 1;
    } else if header_closed && !row.closed && row.is_last {
        return Err("the row is cut: it has no `|` at its end");
    }
    if row.count < columns {
        return Err("the row has fewer cells than the table has columns");
    }
    if row.count > columns {
        // A pipe in a description is text, unless what follows it looks like another row.
        let another = row.excess.windows(2).any(|pair| match pair {
            [name, next] => types::is_wire_name(name) && (types::is_certain(next) || is_required(next, words)),
            _ => false,
        });
        let last = row.cells.last_mut().filter(|_| described && !another);
        let Some(last) = last else {
            return Err("the row has more cells than the table has columns");
        };
        for text in &row.excess {
            last.push('|');
            last.push_str(text);
        }
    }
    Ok(row.cells.into_iter().map(CellText::Text).collect())
}

/// Whether a word says whether a value is required; a letter alone may mean anything.
fn is_required(word: &str, words: &Vocabulary) -> bool {
    word.len() > 1 && words.required(word).is_some()
}

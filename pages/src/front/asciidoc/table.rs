//! `|===` tables: a cell per line, as the generator writes them, or a row per line.

use tablature_openapi::Span;

use crate::block::{CellText, Grid, Line as GridLine};
use crate::front::asciidoc::{block_title, heading, inline};
use crate::front::lines::Line;
use crate::types;
use crate::vocabulary::{Vocabulary, is_status};

/// A cell with its place; the text is still AsciiDoc.
#[derive(Clone, Debug)]
struct Cell {
    span: Span,
    raw: String,
}

/// Reads the table that begins at the first line; says how many lines it takes.
pub(super) fn read(lines: &[Line<'_>], words: &Vocabulary) -> (Grid, usize) {
    let body = lines.get(1..).unwrap_or_default();
    // What cannot stand in a table ends one that has lost its end.
    let end = body
        .iter()
        .position(|it| it.text == "|===" || is_outside(it.text, words));
    let closed = end.and_then(|end| body.get(end)).is_some_and(|it| it.text == "|===");
    let count = end.unwrap_or(body.len());
    let body = body.get(..count).unwrap_or_default();
    let (header, skipped) = header(body);
    let mut rows = rows(&header, body.get(skipped..).unwrap_or_default(), words);
    if let Some(last) = rows.last_mut().filter(|_| !closed) {
        last.cells = Err("the table is cut: it has no end");
    }
    (Grid { header, rows }, count + 1 + usize::from(closed))
}

/// A row that stands in no table.
pub(super) fn stray(line: &Line<'_>) -> GridLine {
    GridLine {
        span: line.span,
        cells: Err("the row stands in no table"),
    }
}

fn is_outside(line: &str, words: &Vocabulary) -> bool {
    let section = || block_title(line).is_some_and(|title| words.section(title).is_some());
    line.starts_with("[cols=")
        || heading(line).is_some()
        || section()
        || matches!(line, "HTTP method::" | "Description::")
}

/// Whether a line begins a cell: `|`, with what may stand before it (`2+|`, `a|`).
pub(super) fn begins_cell(line: &str) -> bool {
    cell_start(line).is_some()
}

/// What stands after the `|` that begins a cell.
fn cell_start(line: &str) -> Option<&str> {
    let pipe = line.bytes().take(9).position(|it| it == b'|')?;
    let specifier = line.get(..pipe)?;
    let known = |it: char| it.is_ascii_digit() || matches!(it, '.' | '+' | '*' | '<' | '^' | '>');
    let style = specifier.trim_start_matches(known);
    let fits = style.is_empty() || matches!(style, "a" | "d" | "e" | "h" | "l" | "m" | "s" | "v");
    fits.then(|| line.get(pipe + 1..)).flatten()
}

/// The parts of a line between pipes that are not escaped.
fn split(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (index, _) in line.match_indices('|') {
        if !line.get(..index).is_some_and(|before| before.ends_with('\\')) {
            parts.extend(line.get(start..index));
            start = index + 1;
        }
    }
    parts.extend(line.get(start..));
    parts
}

/// The heading cells and how many lines they take: all on one line, or one per line up to an empty one.
fn header(body: &[Line<'_>]) -> (Vec<String>, usize) {
    let Some(first) = body.iter().position(|it| !it.text.is_empty()) else {
        return (Vec::new(), body.len());
    };
    let cells = |line: &str| -> Vec<String> {
        let cells = cell_start(line).map(split).unwrap_or_default();
        cells.into_iter().map(inline::text).collect()
    };
    let header = body.get(first).map(|it| cells(it.text)).unwrap_or_default();
    if header.len() != 1 {
        return (header, first + 1);
    }
    let lines = body.iter().skip(first).take_while(|it| !it.text.is_empty());
    let header: Vec<_> = lines.clone().flat_map(|it| cells(it.text)).collect();
    (header, first + lines.count())
}

fn rows(header: &[String], body: &[Line<'_>], words: &Vocabulary) -> Vec<GridLine> {
    let columns = header.len();
    if columns == 0 {
        return body.iter().filter(|it| begins_cell(it.text)).map(stray).collect();
    }
    let mut starts = body.iter().filter_map(|it| cell_start(it.text));
    let on_one_line = columns > 1 && starts.all(|it| split(it).len() == columns);
    align(header, &cells(body, on_one_line), words)
}

/// The cells in their order; lines that begin none continue the last one.
fn cells(body: &[Line<'_>], on_one_line: bool) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for line in body {
        let cell = |text: &str| Cell {
            span: line.span,
            raw: text.trim().to_owned(),
        };
        match cell_start(line.text) {
            Some(text) if on_one_line => cells.extend(split(text).into_iter().map(cell)),
            Some(text) => cells.push(cell(text)),
            None => {
                if let Some(last) = cells.last_mut() {
                    last.raw.push('\n');
                    last.raw.push_str(line.text);
                }
            }
        }
    }
    cells
}

/// Cells to rows. Where the count does not come out even, rows are found by what stands in them.
fn align(header: &[String], cells: &[Cell], words: &Vocabulary) -> Vec<GridLine> {
    let columns = header.len();
    let named = header.first().and_then(|it| words.column(it)).is_some();
    let even = cells.len().is_multiple_of(columns);
    if !named || (even && cells.chunks(columns).all(|row| row.first().is_some_and(can_begin))) {
        return cells.chunks(columns).map(|row| line(row, columns)).collect();
    }
    let mut rows = Vec::new();
    let mut index = 0;
    while index < cells.len() {
        let from = |start: usize| cells.get(start..).unwrap_or_default();
        let next = (index + 1..cells.len()).find(|start| begins(from(*start), columns));
        let length = next.unwrap_or(cells.len()) - index;
        let row = from(index).get(..length).unwrap_or_default();
        rows.push(if begins(row, columns) {
            joined(row, columns)
        } else {
            broken(row)
        });
        index += length;
    }
    rows
}

/// Whether the first cell of a row can stand there: a name, or a status.
fn can_begin(cell: &Cell) -> bool {
    let name = inline::text(&cell.raw);
    name.get(..3).is_some_and(is_status) || name.starts_with("default") || types::is_wire_name(&name)
}

/// Whether a row begins here: a name in code or a status and, if there is such a column, a type in code.
fn begins(row: &[Cell], columns: usize) -> bool {
    let status = |cell: &Cell| cell.raw.get(..3).is_some_and(is_status);
    row.len() >= columns
        && row
            .first()
            .is_some_and(|it| can_begin(it) && (is_code(it) || status(it)))
        && (columns < 3 || row.get(1).is_some_and(is_code))
}

fn is_code(cell: &Cell) -> bool {
    cell.raw.starts_with('`') || cell.raw.starts_with("xref:")
}

/// A row whose description was parted by pipes.
fn joined(row: &[Cell], columns: usize) -> GridLine {
    let (whole, rest) = row.split_at(columns.min(row.len()));
    if rest.iter().any(is_code) {
        return broken(row);
    }
    let mut whole = whole.to_vec();
    if let Some(last) = whole.last_mut() {
        for cell in rest {
            last.raw.push_str("\n|");
            last.raw.push_str(&cell.raw);
        }
    }
    line(&whole, columns)
}

fn broken(row: &[Cell]) -> GridLine {
    GridLine {
        span: row.first().map(|it| it.span).unwrap_or_default(),
        cells: Err("the cells do not fit the columns of the table"),
    }
}

fn line(row: &[Cell], columns: usize) -> GridLine {
    if row.len() != columns {
        return broken(row);
    }
    GridLine {
        span: row.first().map(|it| it.span).unwrap_or_default(),
        cells: Ok(row.iter().map(|it| CellText::Text(inline::text(&it.raw))).collect()),
    }
}

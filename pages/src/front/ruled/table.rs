//! Tables with rulers: cells to rows, and which of them the rendering lost.

use crate::block::{Block, CellText, Grid, Kind, Line as GridLine};
use crate::format::is_ruler;
use crate::front::lines::Line;
use crate::front::ruled::is_structure;
use crate::types;
use crate::vocabulary::{Column, Vocabulary};

/// How many lines the heading of a table can take.
const HEADER_LINES: usize = 12;

/// Whether a table begins at the first line.
pub(super) fn begins(lines: &[Line<'_>]) -> bool {
    header(lines).is_some()
}

/// The table that begins at the first line, and how many lines it takes.
pub(super) fn read(lines: &[Line<'_>], words: &Vocabulary) -> Option<(Block, usize)> {
    let (header, skipped) = header(lines)?;
    let columns: Vec<_> = header.iter().map(|it| words.column(it)).collect();
    let mut rows = Vec::new();
    let mut index = skipped;
    while let Some((row, taken)) = row(lines.get(index..)?, &columns, words) {
        rows.extend(row);
        index += taken;
    }
    let span = lines.first()?.span;
    Some((
        Block {
            span,
            kind: Kind::Table(Grid { header, rows }),
        },
        index,
    ))
}

/// The heading cells, and how many lines they and the ruler take.
fn header(lines: &[Line<'_>]) -> Option<(Vec<String>, usize)> {
    let ends = |line: &Line<'_>| line.text.ends_with('|');
    if !lines.first().is_some_and(ends) {
        return None;
    }
    let ruler = lines.iter().take(HEADER_LINES).position(|it| is_ruler(it.text))?;
    if ruler == 0 || !lines.iter().take(ruler).all(ends) {
        return None;
    }
    // Only where each row begins with a ruler of its own does the heading.
    if lines.first().is_some_and(|it| it.text == "|") && !lines.get(ruler)?.text.starts_with('|') {
        return None;
    }
    let columns = lines.get(ruler)?.text.split('|').filter(|it| it.contains("--")).count();
    let cells: Vec<_> = lines
        .iter()
        .take(ruler)
        .flat_map(|it| it.text.split('|'))
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect();
    (cells.len() == columns).then_some((cells, ruler + 1))
}

/// The row that begins at the first line, and how many lines it takes; `None` where the table ends.
///
/// A row that is nothing but the ruler at its beginning is not a row yet.
fn row(lines: &[Line<'_>], columns: &[Option<Column>], words: &Vocabulary) -> Option<(Option<GridLine>, usize)> {
    let first = lines
        .first()
        .filter(|it| it.text.contains('|') && !is_ruler(it.text) && !begins(lines))?;
    let mut cells: Vec<String> = Vec::new();
    let mut open = String::new();
    let mut taken = 0;
    for (index, line) in lines.iter().enumerate() {
        let rest = lines.get(index..).unwrap_or_default();
        let out = index > 0 && (is_structure(line.text, words) || begins(rest) || is_ruler(line.text));
        // An empty cell at the end of a row that has lost the others leaves no ruler of its own.
        let next = line.text.starts_with('|') && cells.iter().all(String::is_empty);
        if out || (next && is_short(&cells, &open, columns)) {
            break;
        }
        taken = index + 1;
        take(line.text, &mut cells, &mut open);
        if cells.len() >= columns.len() && open.is_empty() {
            break;
        }
    }
    // Nor does one at the end of a table.
    if is_short(&cells, &open, columns) {
        cells.push(String::new());
    }
    let heading = cells.first().is_some_and(|it| is_heading(it, words));
    let cells = if heading {
        Err("a heading has lost its ruler")
    } else if cells.len() == columns.len() && open.is_empty() {
        contents(cells, columns)
    } else {
        Err("the row has not as many cells as the table has columns")
    };
    Some((
        Some(GridLine {
            span: first.span,
            cells,
        }),
        taken.max(1),
    ))
}

/// Whether a row lacks its last cell alone.
fn is_short(cells: &[String], open: &str, columns: &[Option<Column>]) -> bool {
    columns.len() > 2 && cells.len() + 1 == columns.len() && open.is_empty()
}

/// Takes a line into the cells: each ruler ends one.
fn take(line: &str, cells: &mut Vec<String>, open: &mut String) {
    let mut parts = line.split('|').peekable();
    while let Some(part) = parts.next() {
        let part = part.trim();
        if !open.is_empty() && !part.is_empty() {
            open.push('\n');
        }
        open.push_str(part);
        if parts.peek().is_some() {
            cells.push(std::mem::take(open));
        }
    }
}

/// Which cells are lost: an empty one is, unless it is a description.
fn contents(mut cells: Vec<String>, columns: &[Option<Column>]) -> Result<Vec<CellText>, &'static str> {
    let typed = columns.iter().position(|it| *it == Some(Column::Type));
    let last = columns.len().saturating_sub(1);
    // A type that is a link is lost without a trace: the description then stands in its place.
    let shifted = typed.filter(|at| at + 1 == last && columns.last() == Some(&Some(Column::Description)));
    if let Some(at) = shifted {
        let is_text = cells
            .get(at)
            .is_some_and(|it| !it.is_empty() && types::parse(it).is_none());
        if is_text && cells.last().is_some_and(String::is_empty) {
            cells.swap(at, last);
        }
    }
    let cell = |at: usize| cells.get(at).map_or("", String::as_str);
    let is_type = typed.is_none_or(|at| cell(at).is_empty() || types::parse(cell(at)).is_some());
    if !is_type || (typed.is_some() && types::is_certain(cell(0))) {
        return Err("no type stands in the column of types: a cell of the row is gone");
    }
    let of = |(index, text): (usize, String)| match columns.get(index) {
        Some(Some(Column::Description)) | Some(None) => CellText::Text(text),
        _ if text.is_empty() => CellText::Lost,
        _ => CellText::Text(text),
    };
    Ok(cells.into_iter().enumerate().map(of).collect())
}

/// Whether a cell is a word of a heading: members may have such names, but not with a capital.
fn is_heading(cell: &str, words: &Vocabulary) -> bool {
    !cell.starts_with(|it: char| it.is_ascii_lowercase()) && words.column(cell).is_some()
}

//! List tables: a list of rows, each a list of cells.

use super::{Raw, inline};
use crate::front::spans::{SpanCell, SpanRow};

/// Reads the list below the directive; so many of its rows are the heading.
pub(super) fn read(lines: &[Raw<'_>], headings: usize) -> Vec<SpanRow> {
    let mut rows: Vec<SpanRow> = Vec::new();
    let mut cell: Vec<&str> = Vec::new();
    let mut indents = (0, 0);
    for line in lines {
        let text = line.trimmed();
        let row = text
            .strip_prefix("* - ")
            .or_else(|| text.strip_prefix("* -").filter(|it| it.is_empty()));
        let is_row = rows.is_empty() || line.indent == indents.0;
        if let Some(first) = row.filter(|_| is_row) {
            finish(&mut rows, &mut cell);
            indents = (line.indent, line.indent + 2);
            rows.push(SpanRow {
                span: line.span,
                is_header: rows.len() < headings,
                ..SpanRow::default()
            });
            cell.push(first);
            continue;
        }
        let next = text
            .strip_prefix("- ")
            .or_else(|| text.strip_prefix('-').filter(|it| it.is_empty()));
        match next.filter(|_| line.indent == indents.1) {
            Some(next) => {
                finish(&mut rows, &mut cell);
                cell.push(next);
            }
            None => cell.push(text),
        }
    }
    finish(&mut rows, &mut cell);
    rows
}

/// Gives the last row the cell that was read.
fn finish(rows: &mut [SpanRow], cell: &mut Vec<&str>) {
    let lines = std::mem::take(cell);
    if let Some(row) = rows.last_mut().filter(|_| !lines.is_empty()) {
        row.cells.push(SpanCell {
            text: inline::text(lines.join("\n").trim()),
            rows: 1,
            columns: 1,
        });
    }
}

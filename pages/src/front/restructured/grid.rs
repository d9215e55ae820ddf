//! Grid tables: cells between lines of `+---+`, which may span rows and columns.

use unicode_width::UnicodeWidthChar;

use super::{Raw, inline};
use crate::front::spans::{SpanCell, SpanRow};

/// Whether a line is a border: `+---+---+`.
pub(super) fn is_border(line: &str) -> bool {
    line.len() > 3
        && line.starts_with("+-")
        && line.ends_with('+')
        && line.bytes().all(|it| matches!(it, b'+' | b'-' | b'='))
}

/// The columns of a character grid that a line is: wide characters take two.
fn columns(line: &str) -> Vec<char> {
    let mut columns = Vec::with_capacity(line.len());
    for character in line.chars() {
        columns.push(character);
        if character.width().unwrap_or(0) > 1 {
            columns.push('\u{0}');
        }
    }
    columns
}

/// A cell that has begun.
#[derive(Clone, Debug, Default)]
struct Open {
    /// The row that it begins in, and which of the cells of that row it is.
    row: usize,
    number: usize,
    lines: Vec<String>,
}

/// Reads the table that begins at the first line; says how many lines it takes.
pub(super) fn read(lines: &[Raw<'_>]) -> (Vec<SpanRow>, usize) {
    let is_in = |it: &&Raw<'_>| it.trimmed().starts_with(['+', '|']);
    let taken = lines.iter().take_while(is_in).count();
    let lines: Vec<_> = lines
        .iter()
        .take(taken)
        .map(|it| (it.span, columns(it.trimmed())))
        .collect();
    let is_full = |line: &[char]| line.iter().all(|it| matches!(it, '+' | '-' | '='));
    // Every place at which some border has a crossing is one at which a column may begin.
    let mut edges: Vec<usize> = Vec::new();
    let width = lines.first().map_or(0, |(_, it)| it.len());
    for (_, line) in lines.iter().filter(|(_, it)| is_full(it) && it.len() == width) {
        edges.extend(line.iter().enumerate().filter(|(_, it)| **it == '+').map(|(at, _)| at));
    }
    edges.sort_unstable();
    edges.dedup();
    let mut table = Table {
        rows: Vec::new(),
        open: vec![None; edges.len().saturating_sub(1)],
        edges,
        headings: 0,
    };
    for (index, (span, line)) in lines.iter().enumerate() {
        let begins = index + 1 < lines.len();
        if line.first() == Some(&'+') {
            table.border(line);
            if begins {
                table.rows.push(SpanRow {
                    span: lines.get(index + 1).map_or(*span, |it| it.0),
                    ..SpanRow::default()
                });
            }
        } else {
            if line.len() != width
                && let Some(row) = table.rows.last_mut()
            {
                row.broken = Some("the row is not as wide as the table");
            }
            table.text(line);
        }
    }
    table.end(lines.last().is_some_and(|(_, it)| is_full(it) && it.len() == width));
    (table.rows, taken)
}

struct Table {
    rows: Vec<SpanRow>,
    /// The cell that is open in each column, by the column that it begins in.
    open: Vec<Option<Open>>,
    edges: Vec<usize>,
    headings: usize,
}

impl Table {
    /// The column after the cell that begins in a column of a line.
    fn extent(&self, line: &[char], column: usize) -> usize {
        let last = self.edges.len() - 1;
        let is_edge = |end: &usize| {
            let sign = self.edges.get(*end).and_then(|it| line.get(*it));
            matches!(sign, Some('|' | '+'))
        };
        (column + 1..last).find(is_edge).unwrap_or(last.max(column + 1))
    }

    /// Takes a line of text.
    fn text(&mut self, line: &[char]) {
        let mut column = 0;
        while column + 1 < self.edges.len() {
            let end = self.extent(line, column);
            self.take(line, column, end);
            column = end;
        }
    }

    /// Takes what a line has between two edges.
    fn take(&mut self, line: &[char], column: usize, end: usize) {
        let row = self.rows.len().saturating_sub(1);
        let (Some(from), Some(to)) = (self.edges.get(column), self.edges.get(end)) else {
            return;
        };
        let piece: String = line
            .get(from + 1..(*to).min(line.len()))
            .unwrap_or_default()
            .iter()
            .filter(|it| **it != '\u{0}')
            .collect();
        let (Some(open), Some(cells)) = (self.open.get_mut(column), self.rows.last_mut().map(|it| &mut it.cells))
        else {
            return;
        };
        let open = open.get_or_insert_with(|| {
            cells.push(SpanCell {
                text: String::new(),
                rows: 1,
                columns: end - column,
            });
            Open {
                row,
                number: cells.len() - 1,
                lines: Vec::new(),
            }
        });
        open.lines.push(piece.trim().to_owned());
    }

    /// Takes a border: it ends the cells above it, except where text goes on.
    fn border(&mut self, line: &[char]) {
        let is_heading = line.contains(&'=');
        let mut column = 0;
        while column + 1 < self.edges.len() {
            let from = self.edges.get(column).copied().unwrap_or_default();
            let drawn = line.get(from + 1).is_some_and(|it| matches!(it, '-' | '='));
            if drawn {
                self.end_cell(column);
                column += 1;
            } else {
                let end = self.extent(line, column);
                self.take(line, column, end);
                column = end;
            }
        }
        if is_heading {
            self.headings = self.rows.len();
        }
    }

    fn end_cell(&mut self, column: usize) {
        let Some(open) = self.open.get_mut(column).and_then(Option::take) else {
            return;
        };
        let rows = self.rows.len() - open.row;
        if let Some(cell) = self.rows.get_mut(open.row).and_then(|it| it.cells.get_mut(open.number)) {
            cell.rows = rows.max(1);
            cell.text = inline::text(open.lines.join("\n").trim());
        }
    }

    fn end(&mut self, is_complete: bool) {
        for column in 0..self.open.len() {
            self.end_cell(column);
        }
        for (index, row) in self.rows.iter_mut().enumerate() {
            row.is_header = index < self.headings;
        }
        if let Some(row) = self.rows.last_mut().filter(|_| !is_complete) {
            row.broken = Some("the table is cut: it has no end");
        }
    }
}

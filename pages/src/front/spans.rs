//! Cells that span rows and columns, brought to a cell per column, as HTML and grid tables have them.

use tablature_openapi::Span;

use crate::block::{CellText, Grid, Line};
use crate::vocabulary::{Column, Vocabulary};

/// More columns than this no table has: what claims to is cut down to it.
const MOST_COLUMNS: usize = 64;

/// A row as it is written: the cells that begin in it.
#[derive(Clone, Debug, Default)]
pub(super) struct SpanRow {
    /// Its place.
    pub(super) span: Span,
    /// Whether it belongs to the heading.
    pub(super) is_header: bool,
    /// The cells.
    pub(super) cells: Vec<SpanCell>,
    /// Why the row cannot be read, where that is known.
    pub(super) broken: Option<&'static str>,
}

/// A cell as it is written.
#[derive(Clone, Debug)]
pub(super) struct SpanCell {
    /// The text.
    pub(super) text: String,
    /// How many rows it takes, from 1.
    pub(super) rows: usize,
    /// How many columns it takes, from 1.
    pub(super) columns: usize,
}

/// A cell of the grid: what stands there, and which written cell it is of.
#[derive(Clone, Debug)]
struct Slot {
    origin: (usize, usize),
    text: String,
}

/// The grid of a table. Its first row is the heading where no row says that it is.
pub(super) fn grid(rows: &[SpanRow], words: &Vocabulary) -> Grid {
    let slots = slots(rows);
    let headings = rows.iter().take_while(|it| it.is_header).count().max(1);
    let Some(heading) = slots.get(headings - 1) else {
        return Grid::default();
    };
    // A heading over several columns is one column, whose cells must be one in each row.
    let mut columns: Vec<(usize, usize)> = Vec::new();
    for (index, slot) in heading.iter().enumerate() {
        let same = index > 0 && heading.get(index - 1).is_some_and(|it| it.origin == slot.origin);
        match columns.last_mut().filter(|_| same) {
            Some(last) => last.1 = index + 1,
            None => columns.push((index, index + 1)),
        }
    }
    let text = |slot: Option<&Slot>| slot.map(|it| it.text.clone()).unwrap_or_default();
    let header: Vec<String> = columns.iter().map(|(start, _)| text(heading.get(*start))).collect();
    let name = header.iter().position(|it| words.column(it) == Some(Column::Name));
    let mut lines: Vec<Line> = Vec::new();
    for (index, row) in rows.iter().enumerate().skip(headings) {
        let Some(slots) = slots.get(index) else { break };
        let cells = match row.broken {
            Some(why) => Err(why),
            None => cells(slots, &columns, heading.len()),
        };
        let goes_on = name
            .and_then(|it| slots.get(columns.get(it)?.0))
            .is_some_and(|it| it.origin.0 < index);
        match (&cells, lines.last_mut()) {
            (Ok(cells), Some(last)) if goes_on => continue_row(last, cells, slots, &columns, index),
            _ => lines.push(Line {
                span: row.span,
                cells: cells.map(|it| it.into_iter().map(CellText::Text).collect()),
            }),
        }
    }
    Grid { header, rows: lines }
}

/// Every place of the grid.
fn slots(rows: &[SpanRow]) -> Vec<Vec<Slot>> {
    let mut slots: Vec<Vec<Slot>> = Vec::with_capacity(rows.len());
    // What still hangs down into each column, and for how many rows.
    let mut hanging: Vec<Option<(usize, Slot)>> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let mut line: Vec<Slot> = Vec::new();
        let mut cells = row.cells.iter().enumerate();
        loop {
            if let Some(slot) = hanging.get_mut(line.len()).and_then(take_hanging) {
                line.push(slot);
                continue;
            }
            let Some((number, cell)) = cells.next() else { break };
            for _ in 0..cell.columns.clamp(1, MOST_COLUMNS) {
                let slot = Slot {
                    origin: (index, number),
                    text: cell.text.clone(),
                };
                hanging.resize(hanging.len().max(line.len() + 1), None);
                if let Some(column) = hanging.get_mut(line.len()).filter(|_| cell.rows > 1) {
                    *column = Some((cell.rows - 1, slot.clone()));
                }
                line.push(slot);
            }
            if line.len() > MOST_COLUMNS {
                break;
            }
        }
        slots.push(line);
    }
    slots
}

/// Takes the cell that hangs down into a column, for one more row.
fn take_hanging(column: &mut Option<(usize, Slot)>) -> Option<Slot> {
    let (left, slot) = column.take()?;
    *column = Some((left - 1, slot.clone())).filter(|(left, _)| *left > 0);
    Some(slot)
}

/// The cells of a row, one for each column.
fn cells(slots: &[Slot], columns: &[(usize, usize)], width: usize) -> Result<Vec<String>, &'static str> {
    if slots.len() != width {
        return Err("the row has not as many cells as the table has columns");
    }
    let mut cells = Vec::new();
    for (number, (start, end)) in columns.iter().enumerate() {
        let parts = slots.get(*start..*end).unwrap_or_default();
        let Some(first) = parts.first() else { continue };
        let before = start.checked_sub(1).and_then(|it| slots.get(it));
        if number > 0 && before.is_some_and(|it| it.origin == first.origin) {
            return Err("a cell of the row spans several columns");
        }
        if parts.iter().any(|it| it.origin != first.origin) {
            return Err("the row has several cells below one heading");
        }
        cells.push(first.text.clone());
    }
    Ok(cells)
}

/// Takes a row whose name stands in a row above: only what it adds to the description is its own.
fn continue_row(last: &mut Line, cells: &[String], slots: &[Slot], columns: &[(usize, usize)], index: usize) {
    let is_own = |column: usize| {
        let slot = columns.get(column).and_then(|it| slots.get(it.0));
        slot.is_some_and(|it| it.origin.0 == index)
    };
    let described = cells.len().saturating_sub(1);
    let differs = |column: usize, cell: &String| match &last.cells {
        Ok(before) => before.get(column).and_then(CellText::text) != Some(cell.as_str()),
        Err(_) => false,
    };
    let others = cells.iter().enumerate().take(described);
    if others
        .clone()
        .any(|(column, cell)| is_own(column) && !cell.is_empty() && differs(column, cell))
    {
        last.cells = Err("several rows share one name and differ");
        return;
    }
    if let (Ok(before), Some(more)) = (&mut last.cells, cells.last().filter(|_| is_own(described)))
        && let Some(CellText::Text(text)) = before.last_mut()
    {
        text.push('\n');
        text.push_str(more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(is_header: bool, cells: &[(&str, usize, usize)]) -> SpanRow {
        let cell = |(text, rows, columns): &(&str, usize, usize)| SpanCell {
            text: (*text).to_owned(),
            rows: *rows,
            columns: *columns,
        };
        SpanRow {
            is_header,
            cells: cells.iter().map(cell).collect(),
            ..SpanRow::default()
        }
    }

    #[test]
    fn spans_are_brought_to_a_cell_per_column() {
        let rows = [
            row(true, &[("Parameter", 1, 1), ("Type", 1, 1), ("Description", 1, 1)]),
            row(false, &[("a", 2, 1), ("String", 2, 1), ("One.", 1, 1)]),
            row(false, &[("Two.", 1, 1)]),
            row(false, &[("b", 1, 1), ("Integer", 2, 1), ("Three.", 1, 1)]),
            row(false, &[("c", 1, 1), ("Four.", 1, 1)]),
            row(false, &[("all of it", 1, 3)]),
            row(false, &[("d", 1, 1)]),
        ];
        let grid = grid(&rows, Vocabulary::builtin());
        let cells: Vec<_> = grid
            .rows
            .iter()
            .map(|it| match &it.cells {
                Ok(cells) => cells.iter().filter_map(CellText::text).collect::<Vec<_>>().join("|"),
                Err(why) => (*why).to_owned(),
            })
            .collect();
        assert_eq!(
            cells,
            [
                "a|String|One.\nTwo.",
                "b|Integer|Three.",
                "c|Integer|Four.",
                "a cell of the row spans several columns",
                "the row has not as many cells as the table has columns",
            ]
        );
    }
}

//! A table of HTML while it is being read.

use tablature_openapi::Span;

use crate::front::spans::{SpanCell, SpanRow};

/// A table that has begun.
#[derive(Debug, Default)]
pub(super) struct OpenTable {
    /// Its place.
    pub(super) span: Span,
    /// The rows that are complete.
    pub(super) rows: Vec<SpanRow>,
    /// The title within the table.
    pub(super) caption: String,
    /// Whether that is being read.
    pub(super) in_caption: bool,
    /// The row that is being read, and whether all its cells so far are headings.
    row: Option<(SpanRow, bool)>,
    /// The cell that is being read.
    cell: Option<SpanCell>,
    in_head: bool,
    has_heading: bool,
    /// How many tables within the cell are open.
    pub(super) nested: usize,
    /// Whether it only lays out what stands in it.
    pub(super) is_layout: bool,
}

impl OpenTable {
    pub(super) fn new(span: Span) -> Self {
        Self {
            span,
            ..Self::default()
        }
    }

    /// Whether something stands in the table that tells it from one for layout.
    pub(super) fn has_heading(&self) -> bool {
        self.has_heading
    }

    /// The text that is being read: that of the cell, or of the title.
    pub(super) fn text(&mut self) -> Option<&mut String> {
        if self.in_caption {
            return Some(&mut self.caption);
        }
        self.cell.as_mut().map(|it| &mut it.text)
    }

    pub(super) fn begin_head(&mut self, is_head: bool) {
        self.end_row();
        self.in_head = is_head;
        self.has_heading |= is_head;
    }

    pub(super) fn begin_row(&mut self, span: Span) {
        self.end_row();
        let row = SpanRow {
            span,
            ..SpanRow::default()
        };
        self.row = Some((row, true));
    }

    pub(super) fn begin_cell(&mut self, span: Span, is_heading: bool, rows: usize, columns: usize) {
        self.end_cell();
        if self.row.is_none() {
            self.begin_row(span);
        }
        if let Some((_, all)) = &mut self.row {
            *all &= is_heading;
        }
        self.has_heading |= is_heading;
        self.cell = Some(SpanCell {
            text: String::new(),
            rows,
            columns,
        });
    }

    pub(super) fn end_cell(&mut self) {
        if let (Some(mut cell), Some((row, _))) = (self.cell.take(), &mut self.row) {
            cell.text = cell.text.trim().to_owned();
            row.cells.push(cell);
        }
    }

    pub(super) fn end_row(&mut self) {
        self.end_cell();
        if let Some((mut row, all)) = self.row.take()
            && !row.cells.is_empty()
        {
            row.is_header = self.in_head || (all && self.rows.iter().all(|it| it.is_header));
            self.rows.push(row);
        }
    }

    /// Ends a table whose end is not on the page.
    pub(super) fn cut(&mut self) {
        if self.row.is_some() {
            self.end_row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.broken = Some("the table is cut: it has no end");
        }
    }

    /// All texts so far, the open cell included, which a table for layout gives up.
    pub(super) fn give_up(&mut self) -> Vec<(Span, String)> {
        self.is_layout = true;
        self.end_row();
        let rows = std::mem::take(&mut self.rows).into_iter();
        rows.flat_map(|row| row.cells.into_iter().map(move |it| (row.span, it.text)))
            .collect()
    }
}

//! How much of a page was read, so that no report looks whole that is not.

use crate::facts::{Kind, Page, Row};

/// How much of a page was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Operations.
    pub operations: usize,
    /// Tables that were understood.
    pub tables: usize,
    /// Tables that were not.
    pub unread_tables: usize,
    /// Rows that were read, status codes of headings included.
    pub rows: usize,
    /// Rows that were not.
    pub unread_rows: usize,
    /// Rows with cells that the rendering lost.
    pub lost: usize,
    /// Rows with cells that companion pages gave.
    pub recovered: usize,
    /// Rows of parameters.
    pub parameters: usize,
    /// Bodies that are one row.
    pub bodies: usize,
    /// Tables of members.
    pub models: usize,
    /// Rows of members.
    pub members: usize,
    /// Rows of status codes, and status codes of headings.
    pub responses: usize,
    /// JSON examples.
    pub examples: usize,
}

impl Page {
    /// How much of the page was read.
    pub fn counts(&self) -> Counts {
        let rows = |is: fn(&Kind) -> bool| -> usize {
            self.tables
                .iter()
                .filter(|it| is(&it.kind))
                .map(|it| it.rows.len())
                .sum()
        };
        let statuses: usize = self.operations.iter().map(|it| it.statuses.len()).sum();
        let unread_tables = self.tables.iter().filter(|it| it.kind == Kind::Other).count();
        let all = || self.rows().map(|(_, _, row)| row);
        Counts {
            operations: self.operations.len(),
            tables: self.tables.len() - unread_tables,
            unread_tables,
            rows: all().count() + statuses,
            unread_rows: self.tables.iter().map(|it| it.unread.len()).sum(),
            lost: all().filter(|it| it.has_lost_cells()).count(),
            recovered: all().filter(|it| !it.recovered_from.is_empty()).count(),
            parameters: rows(|it| *it == Kind::Parameters),
            bodies: rows(|it| *it == Kind::Body),
            models: self.tables.iter().filter(|it| it.model().is_some()).count(),
            members: rows(|it| matches!(it, Kind::Model(_))),
            responses: rows(|it| *it == Kind::Responses) + statuses,
            examples: self.examples.len(),
        }
    }
}

impl Row {
    /// Whether the rendering lost a cell of the row, and nothing gave it back.
    pub fn has_lost_cells(&self) -> bool {
        let lost = [
            self.name.is_lost(),
            self.type_text.is_lost(),
            self.required.is_lost(),
            self.location.is_lost(),
        ];
        lost.contains(&true) || self.limits.values.is_lost()
    }
}

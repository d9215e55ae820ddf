//! Proof that the documents say what the pages say: each row of the lock is looked up in them,
//! and each table that they name is looked up in the lock.

mod element;
mod operation;
mod reverse;
mod row;
mod schema;

use tablature_openapi::{Documents, Report, Span};

use crate::codes;
use crate::documented::Index;
use crate::facts::{Cell, Page, Row};
use crate::lock::Lock;
use crate::types::{self, Type};
use crate::waiver::{Subject, Waiver};

/// What came of the comparison.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// A line for each page.
    pub pages: Vec<PageCoverage>,
    /// How many elements of the documents name tables, all of which were found.
    pub documented: usize,
    /// How many have another source.
    pub other_sources: usize,
    /// How many waivers were needed.
    pub waivers: usize,
    /// What is not covered.
    pub report: Report,
}

/// What came of a page.
#[derive(Clone, Debug, Default)]
pub struct PageCoverage {
    /// The key.
    pub key: String,
    /// How many tables it has.
    pub tables: usize,
    /// How many rows have cells that were recovered from other pages.
    pub recovered: usize,
    /// How many have cells that nobody knows.
    pub unknown: usize,
    /// The rows, in the order of the page.
    pub rows: Vec<RowCoverage>,
}

impl PageCoverage {
    /// How many rows are in this state.
    pub fn count(&self, state: State) -> usize {
        self.rows.iter().filter(|it| it.state == state).count()
    }
}

/// What came of a row.
#[derive(Clone, Debug)]
pub struct RowCoverage {
    /// The ordinal of its table, from 1.
    pub table: usize,
    /// Its ordinal in the table, from 1.
    pub row: usize,
    /// Whether the documents have it.
    pub state: State,
    /// Why it is waived, or how the documents deviate.
    pub notes: Vec<String>,
}

/// Whether the documents have a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Just so.
    Covered,
    /// But for a waiver.
    Waived,
    /// Nobody knows all of its cells.
    Unknown,
    /// Not, or otherwise.
    Missing,
}

impl State {
    /// One word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::Waived => "waived",
            Self::Unknown => "unknown",
            Self::Missing => "missing",
        }
    }
}

/// Compares the lock with the documents.
pub fn coverage(lock: &Lock, waivers: &[Waiver], documents: &Documents) -> Coverage {
    let index = Index::of(documents);
    let mut judge = Judge {
        waivers,
        needed: vec![false; waivers.len()],
        report: Report::new(),
        waived: 0,
        failed: 0,
        notes: Vec::new(),
    };
    let mut coverage = Coverage::default();
    for page in &lock.pages {
        coverage.pages.push(page_coverage(page, &index, &mut judge));
    }
    reverse::check(lock, documents, &mut coverage, &mut judge.report);
    for (waiver, needed) in waivers.iter().zip(&judge.needed) {
        if !needed {
            let message = "this waiver waives nothing";
            let found = codes::UNNEEDED_WAIVER.at(waiver.span, message);
            judge.report.push(found);
        }
    }
    coverage.waivers = judge.needed.iter().filter(|it| **it).count();
    coverage.report = judge.report;
    coverage
}

fn page_coverage(page: &Page, index: &Index<'_>, judge: &mut Judge<'_>) -> PageCoverage {
    let mut counts = PageCoverage {
        key: page.key.clone(),
        tables: page.tables.len(),
        ..PageCoverage::default()
    };
    operation::check(page, index, judge);
    for (table, row, facts) in page.rows() {
        (judge.waived, judge.failed) = (0, 0);
        judge.notes.clear();
        let at = At {
            page,
            table,
            row,
            facts,
        };
        if facts.has_lost_cells() {
            counts.unknown += 1;
        } else {
            counts.recovered += usize::from(!facts.recovered_from.is_empty());
        }
        row::check(&at, index, judge);
        let state = match (judge.failed, judge.waived) {
            (0, 0) => State::Covered,
            (0, _) => State::Waived,
            _ if facts.has_lost_cells() => State::Unknown,
            _ => State::Missing,
        };
        counts.rows.push(RowCoverage {
            table: table + 1,
            row: row + 1,
            state,
            notes: std::mem::take(&mut judge.notes),
        });
    }
    counts
}

/// A row and where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At<'a> {
    pub(crate) page: &'a Page,
    /// The index of the table.
    pub(crate) table: usize,
    /// The index of the row.
    pub(crate) row: usize,
    /// The row.
    pub(crate) facts: &'a Row,
}

impl At<'_> {
    /// The page and the ordinal of the table, as documents name them.
    pub(crate) fn key(&self) -> String {
        format!("{}#{}", self.page.key, self.table + 1)
    }

    /// The type of the row.
    pub(crate) fn type_of(&self) -> Option<Type> {
        self.facts.type_text.known().and_then(|it| types::parse(it))
    }
}

/// What takes each deviation, and weighs it against the waivers.
#[derive(Debug)]
pub(crate) struct Judge<'w> {
    waivers: &'w [Waiver],
    needed: Vec<bool>,
    report: Report,
    waived: usize,
    failed: usize,
    /// Why the current row is waived, or how it deviates.
    notes: Vec<String>,
}

impl Judge<'_> {
    /// A deviation in a cell of a row.
    pub(crate) fn row(&mut self, at: &At<'_>, cell: &'static str, message: String, schema: Option<Span>) {
        let name = match &at.facts.name {
            Cell::Known(name) => Some(name.as_str()),
            Cell::Absent | Cell::Lost => None,
        };
        let subject = Subject {
            page: &at.page.key,
            table: at.table + 1,
            row: at.row + 1,
            name,
            cell,
        };
        let place = format!("{} row {} `{}`", at.key(), at.row + 1, at.facts.shown());
        self.deviation(&subject, at.facts.span, format!("{place}: {message}"), schema);
    }

    /// A deviation in what stands in no row.
    pub(crate) fn page(&mut self, page: &Page, table: usize, cell: &'static str, span: Span, message: String) {
        let subject = Subject {
            page: &page.key,
            table,
            row: 0,
            name: None,
            cell,
        };
        let place = if table == 0 {
            page.key.clone()
        } else {
            format!("{}#{table}", page.key)
        };
        self.deviation(&subject, span, format!("{place}: {message}"), None);
    }

    fn deviation(&mut self, subject: &Subject<'_>, span: Span, message: String, schema: Option<Span>) {
        let mut waived = false;
        for (waiver, needed) in self.waivers.iter().zip(&mut self.needed) {
            if waiver.covers(subject) {
                *needed = true;
                waived = true;
                if !self.notes.contains(&waiver.reason) {
                    self.notes.push(waiver.reason.clone());
                }
            }
        }
        if waived {
            self.waived += 1;
            return;
        }
        self.failed += 1;
        self.notes.push(message.clone());
        let help = format!(
            "correct the document, or waive cell `{}` in schema/waivers.json with a reason",
            subject.cell
        );
        let mut found = codes::NOT_COVERED.at(span, message).help(help);
        if let Some(schema) = schema {
            found = found.related(schema, "compared with this");
        }
        self.report.push(found);
    }
}

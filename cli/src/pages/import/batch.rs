//! The pages of a run: those that are read, and those that are left out and why.

use std::collections::BTreeSet;

use tablature_openapi::{Diagnostic, Report, Severity, SourceId};
use tablature_pages::{Page, codes};

use crate::counted;

/// The pages of a run.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Those that were read.
    pub(super) pages: Vec<Page>,
    /// All, each with the code of what it is left out for.
    pub(super) all: Vec<(Page, Option<&'static str>)>,
    /// The addresses that no page could be had from, each with the reason.
    pub(super) missing: Vec<(String, String)>,
    /// Why pages are taken for prose.
    pub(super) unread: Report,
    prose: usize,
    refused: usize,
}

impl Batch {
    /// Takes a page, or leaves it out: prose without a word, others with their errors.
    pub(super) fn take(&mut self, page: Page, found: Report, allow: &[String], report: &mut Report) {
        let is_allowed = |it: &Diagnostic| allow.iter().any(|code| code == it.code);
        let is_error = |it: &&Diagnostic| it.severity == Severity::Error && !is_allowed(it);
        let code = found.iter().find(is_error).map(|it| it.code);
        match code {
            Some(code) if code == codes::NOTHING_READ.name => self.prose += 1,
            Some(_) => self.refused += 1,
            None => self.pages.push(page.clone()),
        }
        if code == Some(codes::NOTHING_READ.name) {
            self.unread.extend(found);
        } else {
            for mut it in found.into_diagnostics() {
                if is_allowed(&it) {
                    it = it.as_warning();
                }
                // Of a page that is left out, what it is left out for is enough. What the draft says of a page that
                // is taken, it says itself.
                if it.severity == Severity::Error || code.is_none() && it.code != codes::MISSING_MODEL.name {
                    report.push(it);
                }
            }
        }
        self.all.push((page, code));
    }

    /// What a report says of the pages that were read.
    pub(super) fn of_pages(&self, report: &Report) -> Report {
        let sources: BTreeSet<_> = self.pages.iter().map(source_of).collect();
        let mut own = Report::new();
        let is_own = |it: &&Diagnostic| sources.contains(&it.span.source);
        report.iter().filter(is_own).for_each(|it| own.push(it.clone()));
        own
    }

    /// `28 pages read, 1 prose, 0 refused`
    pub(super) fn counts(&self) -> String {
        let read = counted(self.pages.len(), "page");
        let refused = self.refused + self.missing.len();
        format!("{read} read, {} prose, {refused} refused", self.prose)
    }
}

/// The source that a page was read from.
pub(super) fn source_of(page: &Page) -> SourceId {
    let operation = page.operations.first().map(|it| it.span);
    operation
        .or_else(|| page.tables.first().map(|it| it.span))
        .unwrap_or_default()
        .source
}

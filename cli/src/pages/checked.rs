//! A page with what changed on it since it was recorded: what the commands tell, and what `--apply` edits by.

use tablature_openapi::{Sources, Span};
use tablature_pages::Page;
use tablature_pages::compare::Change;

use crate::pages::files::PageFile;

/// What is told of a page that holds nothing any more.
pub(super) const NOT_COMPARED: &str = "not compared: neither an operation nor a table is on it any more";

/// A page with what changed on it.
pub(super) struct Checked<'a> {
    /// The file.
    pub(super) file: &'a PageFile,
    /// What it was compared with.
    pub(super) with: String,
    /// The page.
    pub(super) page: Page,
    /// The recorded page, unless it was compared with another file.
    pub(super) recorded: Option<Page>,
    /// Whether it is a page at all: what holds nothing any more is told as that, not as all rows removed.
    pub(super) is_page: bool,
    /// The changes, each with its place in the documents.
    pub(super) changes: Vec<(Change, Option<Span>)>,
}

/// `schema/openshift.json:12:7`
pub(super) fn place(span: Span, sources: &Sources) -> String {
    let (line, column) = sources.line_column(span);
    format!("{}:{line}:{column}", sources.name(span))
}

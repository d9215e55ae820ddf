//! A way to write pages: a value that names it, tells it from others, and reads it.

use tablature_openapi::SourceId;

use crate::block::Block;
use crate::vocabulary::Vocabulary;

/// What reads pages of one format.
#[derive(Debug)]
pub(crate) struct FrontEnd {
    /// The name in the lock.
    pub(crate) name: &'static str,
    /// Whether such texts are renderings that lost cells of the page.
    pub(crate) loses_cells: bool,
    /// Whether an example of a response ends a page, since statuses have no table of their own.
    pub(crate) ends_with_example: bool,
    /// How many marks of the format a text has.
    pub(crate) marks: fn(&str) -> usize,
    /// The blocks of a page.
    pub(crate) blocks: fn(SourceId, &str, &Vocabulary) -> Vec<Block>,
}

/// How a page is written.
#[derive(Clone, Copy, Debug)]
pub struct Format(pub(crate) &'static FrontEnd);

impl Format {
    /// The name in the lock.
    pub fn name(self) -> &'static str {
        self.0.name
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Format {}

/// How many lines of a text fit.
pub(crate) fn count_lines(text: &str, fits: impl Fn(&str) -> bool) -> usize {
    text.lines().filter(|line| fits(line.trim())).count()
}

/// Whether a line parts the heading of a table from its rows: `---|---|`.
pub(crate) fn is_ruler(line: &str) -> bool {
    let line = line.trim();
    line.contains('|') && line.contains("--") && line.bytes().all(|it| matches!(it, b'-' | b'|' | b' ' | b':'))
}

/// Whether a line is a heading with this mark: `# Title`.
pub(crate) fn is_heading(line: &str, mark: char) -> bool {
    line.starts_with(mark) && line.trim_start_matches(mark).starts_with(' ')
}

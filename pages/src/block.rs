//! What a page is made of, whatever format it is written in: the one model that all front ends give.

use tablature_openapi::Span;

use crate::vocabulary::Section;

/// A piece of a page, in the order of the page.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// Its place.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) kind: Kind,
}

/// The kinds of pieces.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// A heading; level 1 is the title of the page.
    Heading {
        /// The level from 1; 0 where the format does not tell.
        level: u8,
        /// The text.
        text: String,
    },
    /// A heading or caption whose meaning the front end knows, whatever its words.
    Section(Section),
    /// The title of what follows, such as a table.
    Caption(String),
    /// A paragraph or an item of a list.
    Text(String),
    /// A label with what it labels: `Required::` and names.
    Field {
        /// The label.
        label: String,
        /// What stands under it.
        values: Vec<String>,
    },
    /// A table.
    Table(Grid),
    /// Preformatted text; `complete` says whether its end was seen.
    Code {
        /// The text.
        text: String,
        /// Whether its end was seen.
        complete: bool,
    },
}

/// A table as it stands on the page, its columns not yet understood.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    /// The cells of the heading.
    pub(crate) header: Vec<String>,
    /// The rows.
    pub(crate) rows: Vec<Line>,
}

/// A row of a table as it stands on the page.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Its place.
    pub(crate) span: Span,
    /// A cell per column, or why the row cannot be told apart into cells.
    pub(crate) cells: Result<Vec<CellText>, &'static str>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CellText {
    /// The text, without markup; may be empty.
    Text(String),
    /// The format lost it.
    Lost,
}

impl CellText {
    /// The text, unless it was lost.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Lost => None,
        }
    }
}

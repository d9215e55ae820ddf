//! All documents of a run: loaded with what they refer to, checked against each other, looked up.

mod check;
mod load;
mod name;
mod reference;
mod resolve;
mod section;
mod unique;
mod visit;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

pub use section::Section;

use crate::diagnostic::Report;
use crate::document::Document;
use crate::source::{SourceId, Sources};
use crate::span::Span;

/// The documents of a run and the texts they were read from.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    sources: Sources,
    documents: Vec<Document>,
    /// How many of the documents, from the first, were entries.
    entries: usize,
    /// What became of each name that was asked for.
    names: HashMap<String, Outcome>,
    /// The document by its source.
    by_source: HashMap<SourceId, usize>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It is this document.
    Document(usize),
    /// It could not be read, and the report says why.
    Failed,
}

/// A component: which document it is in, and its name there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ComponentId {
    /// The index in [`Documents::documents`].
    pub document: usize,
    /// The key in the component map.
    pub name: String,
}

impl Documents {
    /// Reads the entries, and what they refer to, through `read`, which gives the text of a file
    /// by its name or says why it can't.
    ///
    /// Names have `/` between their parts; a reference is relative to the name of the file that
    /// it stands in. The report holds everything that is wrong; what was read counts only if it
    /// has no errors, but the sources are complete in any case.
    pub fn load(entries: &[String], read: &mut dyn FnMut(&str) -> Result<String, String>) -> (Self, Report) {
        let mut report = Report::new();
        let documents = load::load(entries, read, &mut report);
        check::references(&documents, &mut report);
        check::circles(&documents, &mut report);
        unique::operation_ids(&documents, &mut report);
        unique::parameters(&documents, &mut report);
        (documents, report)
    }

    /// The texts.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The documents: entries in their order, then others in the order they were referred to.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// Whether the document with this index was an entry: others are only referred to.
    pub fn is_entry(&self, document: usize) -> bool {
        document < self.entries
    }

    /// The index of the document that a place is in.
    pub fn document_of(&self, place: &Span) -> Option<usize> {
        self.by_source.get(&place.source).copied()
    }
}

//! Loads the documents of a run with all that they refer to, checks them against each other, and looks things up.

mod check;
mod files;
mod identity;
mod load;
mod lost;
pub(crate) mod name;
mod parts;
mod path_parameters;
mod place;
pub(crate) mod pointer;
mod reach;
pub(crate) mod reference;
mod resolve;
mod resource;
mod unique;
mod visit;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::rc::Rc;

use crate::diagnostic::Report;
pub use crate::document::Section;
use crate::document::{Components, Document, Schema};
use crate::node::Node;
use crate::reader::Care;
use crate::source::{SourceId, Sources};
use crate::span::Span;
pub use parts::{Part, PartKind, part_at};

/// The documents of a run and the texts they were read from.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    sources: Sources,
    care: Care,
    documents: Vec<Document>,
    /// How many of the documents, from the first, were entries.
    entries: usize,
    /// What became of each name that was asked for.
    names: HashMap<String, Outcome>,
    /// The document by its source; a file that is only a part belongs to the first document that
    /// refers to it.
    by_source: HashMap<SourceId, usize>,
    /// What references lead to outside of components, for each document.
    reached: Vec<Components>,
    /// What became of each place that a reference leads to: its name, or what to do about it.
    targets: HashMap<Address, Result<ComponentId, Option<String>>>,
    /// The schemas with an `$id` or an `$anchor`, by file.
    resources: HashMap<SourceId, resource::Resources>,
    /// The end of each chain of schemas that are nothing but a reference; none where it leads nowhere.
    chains: HashMap<ComponentId, Option<ComponentId>>,
    /// The names of schemas that references lead to, by the place of the schema.
    schema_places: HashMap<Span, ComponentId>,
    /// The whole values of files, where overlays were applied to them.
    overlaid: HashMap<SourceId, Rc<Node>>,
}

/// Documents as they were read: nothing is left out yet, and they are not checked against each other.
#[derive(Clone, Debug)]
pub struct Loaded {
    documents: Documents,
    report: Report,
}

/// A place that references lead to, and what is read there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Address {
    source: SourceId,
    section: Section,
    /// The keys and indices that lead there.
    tokens: Vec<String>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It was read.
    Read(SourceId),
    /// It could not be read, and the report says why.
    Failed,
}

/// A component, or another thing that a reference leads to: which document it is in, and its name
/// there.
///
/// What is no component has the last name in the reference (`b` of `#/components/schemas/A/properties/b`,
/// `pet` of `models/pet.yaml`), longer where that is taken (`A/b`, `models/pet`), and belongs to
/// the document that it stands in; if that is no file with `openapi`, to the first one that refers to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ComponentId {
    /// The index in [`Documents::documents`].
    pub document: usize,
    /// The key in the component map, or the name that was given.
    pub name: String,
}

impl Loaded {
    /// Reads documents as [`Documents::load_overlaid`] does.
    pub fn read(
        entries: &[String],
        overlays: &[String],
        care: Care,
        read: &mut dyn FnMut(&str) -> Result<String, String>,
    ) -> Self {
        let mut report = Report::new();
        let documents = load::load(entries, overlays, care, read, &mut report);
        Self { documents, report }
    }

    /// The documents, to choose what is left out by [`Documents::parts`] and [`Documents::unneeded`].
    pub fn documents(&self) -> &Documents {
        &self.documents
    }

    /// The documents without the [parts](Documents::parts) at some places, checked against each other. What was found in
    /// those parts is not reported.
    pub fn without(self, places: &[Span]) -> (Documents, Report) {
        let Self {
            mut documents,
            mut report,
        } = self;
        if !places.is_empty() {
            documents.leave_out(places);
            let homes = &documents.sources;
            report.retain(|it| !places.iter().any(|place| homes.contains(*place, it.span)));
        }
        let care = documents.care;
        documents.follow_chains();
        check::references(&documents, care, &mut report);
        check::circles(&documents, &mut report);
        unique::operation_ids(&documents, care, &mut report);
        unique::parameters(&documents, &mut report);
        path_parameters::check(&mut documents, care, &mut report);
        (documents, report)
    }
}

impl Documents {
    /// Reads curated documents, and what they refer to, through `read`, which gives the text of a file
    /// by its name or says why it cannot.
    ///
    /// Names have `/` between their parts; a reference is relative to the name of the file that
    /// it stands in. The report holds everything that is wrong; what was read counts only if it
    /// has no errors, but the sources are complete in any case.
    pub fn load(entries: &[String], read: &mut dyn FnMut(&str) -> Result<String, String>) -> (Self, Report) {
        Self::load_overlaid(entries, &[], Care::Curated, read)
    }

    /// As [`load`](Self::load), with as much care as the documents are worth, each file changed by overlays as soon as
    /// it is read.
    ///
    /// An overlay is read by its name through `read`. Its actions are applied to every document of the run, or to the
    /// file alone that a relative `extends` names. An action that changes nothing in any of them is an error.
    pub fn load_overlaid(
        entries: &[String],
        overlays: &[String],
        care: Care,
        read: &mut dyn FnMut(&str) -> Result<String, String>,
    ) -> (Self, Report) {
        Loaded::read(entries, overlays, care, read).without(&[])
    }

    /// The texts.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The texts, without what was read of them.
    pub fn into_sources(self) -> Sources {
        self.sources
    }

    /// How much of them had to be right.
    pub fn care(&self) -> Care {
        self.care
    }

    /// The documents: entries in their order, then others in the order they were referred to.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// Whether the document with this index was an entry: others are only referred to.
    pub fn is_entry(&self, document: usize) -> bool {
        document < self.entries
    }

    /// The index of the document that a place is in, or that its file belongs to.
    pub fn document_of(&self, place: &Span) -> Option<usize> {
        self.by_source.get(&self.sources.home(*place).source).copied()
    }

    /// The whole document, or another file, as overlays made it; none without overlays. As text it is JSON, its members
    /// in the order of the file, with what was added behind them.
    pub fn effective(&self, source: SourceId) -> Option<&Node> {
        self.overlaid.get(&source).map(Rc::as_ref)
    }

    /// What references lead to outside of the components of a document, by the names of their
    /// [`ComponentId`]s.
    pub fn referenced(&self, document: usize) -> Option<&Components> {
        self.reached.get(document)
    }

    /// The schemas that references lead to outside of components: properties of others, what
    /// stands in paths, whole files and parts of them.
    pub fn referenced_schemas(&self) -> impl Iterator<Item = (ComponentId, &Schema)> {
        let documents = self.reached.iter().enumerate();
        documents.flat_map(|(document, reached)| {
            let schemas = reached.schemas.iter();
            schemas.map(move |(name, schema)| {
                let name = name.clone();
                (ComponentId { document, name }, &schema.item)
            })
        })
    }

    /// The id of the schema at a place, if a reference leads there outside of components: it is
    /// the same schema where it stands and where it is referred to.
    pub fn referenced_at(&self, place: &Span) -> Option<&ComponentId> {
        self.schema_places.get(place)
    }
}

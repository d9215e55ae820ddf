//! The mechanical part of a change: edits that put new rows into the documents as drafts, let changed rows follow
//! where nobody edited them, and mark what is gone as deprecated.

mod addition;
mod change;
mod pending;
mod removal;

use std::collections::BTreeSet;
use std::rc::Rc;

use tablature_openapi::edit::Edit;
use tablature_openapi::node::Node;
use tablature_openapi::{Documents, Report, SourceId, Span, json};

use crate::compare::{Change, ChangePlace, Verdict};
use crate::documented::{Index, page_of};
use crate::facts::Page;
use crate::import::{object, schema_of};
use crate::json::Json;
use crate::types::short_name;
use pending::Pending;

/// A page in two editions.
#[derive(Clone, Copy, Debug)]
pub struct Edition<'a> {
    /// The recorded one.
    pub recorded: &'a Page,
    /// The later one.
    pub new: &'a Page,
    /// What changed from one to the other.
    pub changes: &'a [Change],
}

/// What is to be edited, and what is left to a person.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    /// The edits, each in the document with this source.
    pub edits: Vec<(SourceId, Edit)>,
    /// What the documents have already, a line each.
    pub there: Vec<String>,
    /// What was done, a line each.
    pub done: Vec<String>,
    /// What a person has to do.
    pub by_hand: Vec<ByHand>,
}

/// A change that a person has to decide on.
#[derive(Clone, Debug)]
pub struct ByHand {
    /// The edition, as an index.
    pub edition: usize,
    /// The change, as an index.
    pub change: usize,
    /// What changed, and why it is not edited.
    pub line: String,
}

/// The edits that the changes of some pages ask for. `drafted` gives the schema of a row of the later edition, by its
/// place, where one is known; else it is made of the row.
pub fn apply(documents: &Documents, editions: &[Edition<'_>], drafted: &dyn Fn(Span) -> Option<Json>) -> Edits {
    let mut apply = Apply {
        index: &Index::of(documents),
        editions,
        drafted,
        removed: rows(editions, |it| it == Verdict::Removed),
        changed: rows(editions, is_of_a_row),
        at: 0,
        tables: Vec::new(),
        nodes: Vec::new(),
        pending: Pending::default(),
        deprecated: BTreeSet::new(),
        edits: Edits::default(),
    };
    for (at, edition) in editions.iter().enumerate() {
        apply.at = at;
        for (index, change) in edition.changes.iter().enumerate() {
            match change.verdict {
                Verdict::Added => apply.each(index, change, addition::add),
                Verdict::Removed => apply.each(index, change, removal::remove),
                verdict if is_of_a_row(verdict) => {
                    apply.each(index, change, |apply, place| change::follow(apply, place, verdict));
                }
                _ => apply.by_hand(index, line(change)),
            }
        }
    }
    apply.flush();
    apply.edits
}

/// Whether a change is of what a row says of its element, and not of the row itself or its words.
fn is_of_a_row(verdict: Verdict) -> bool {
    use Verdict::{Default, Model, Range, Required, Type, Values};
    matches!(verdict, Type | Required | Values | Default | Range | Model)
}

/// The rows of recorded editions with such a change, as the name of the table and the ordinal of the row.
fn rows(editions: &[Edition<'_>], is: impl Fn(Verdict) -> bool) -> BTreeSet<(String, usize)> {
    let mut rows = BTreeSet::new();
    for Edition { recorded, changes, .. } in editions {
        let places = changes.iter().filter(|it| is(it.verdict)).flat_map(|it| &it.places);
        let row = |it: &ChangePlace| Some((format!("{}#{}", recorded.key, it.old_table?), it.old_row?));
        rows.extend(places.filter_map(row));
    }
    rows
}

/// What an edit may find: the place of an object in a document, and what to put there.
enum Outcome {
    /// It is edited, or was by another place of the same change.
    Done,
    /// The document has it already.
    There,
    /// Why it cannot be.
    ByHand(&'static str),
}

struct Apply<'a, 'd> {
    index: &'a Index<'d>,
    editions: &'a [Edition<'a>],
    drafted: &'a dyn Fn(Span) -> Option<Json>,
    /// The rows of all pages that are gone.
    removed: BTreeSet<(String, usize)>,
    /// The rows of all pages that say something else now.
    changed: BTreeSet<(String, usize)>,
    /// The edition whose changes are made, as an index.
    at: usize,
    /// The tables of the recorded edition that the current change is in.
    tables: Vec<String>,
    /// The documents as nodes, as far as they were needed.
    nodes: Vec<(SourceId, Rc<Node>)>,
    pending: Pending,
    /// The elements that are marked as deprecated.
    deprecated: BTreeSet<Span>,
    edits: Edits,
}

impl<'a> Apply<'a, '_> {
    /// Tries each place of a change: a model may stand in several tables, or in several documents.
    fn each(&mut self, index: usize, change: &Change, edit: impl Fn(&mut Self, &ChangePlace) -> Outcome) {
        let (mut why, mut edited) = (None, false);
        // Those of the recorded edition: recording the new one renumbers them with all others.
        let numbers = change.places.iter().filter_map(|it| it.old_table);
        let key = self.recorded().map_or("", |it| it.key.as_str());
        self.tables = numbers.map(|it| format!("{key}#{it}")).collect();
        for place in &change.places {
            match edit(self, place) {
                Outcome::Done => edited = true,
                Outcome::There => {}
                Outcome::ByHand(reason) => why = Some(reason),
            }
        }
        let line = line(change);
        match why {
            None if edited => self.edits.done.push(line),
            None => self.edits.there.push(line),
            Some(why) => self.by_hand(index, format!("{line}: {why}")),
        }
    }

    fn by_hand(&mut self, change: usize, line: String) {
        let edition = self.at;
        self.edits.by_hand.push(ByHand { edition, change, line });
    }

    /// The recorded edition of the page.
    fn recorded(&self) -> Option<&'a Page> {
        self.editions.get(self.at).map(|it| it.recorded)
    }

    /// The later edition of the page.
    fn new_page(&self) -> Option<&'a Page> {
        self.editions.get(self.at).map(|it| it.new)
    }

    /// The recorded page of a table, by the name of the table, with its ordinal.
    fn recorded_table(&self, table: &str) -> Option<(&'a Page, usize)> {
        let page = self.editions.iter().map(|it| it.recorded);
        let page = page.into_iter().find(|it| it.key == page_of(table))?;
        Some((page, table.rsplit_once('#')?.1.parse().ok()?))
    }

    /// Whether a table, or a page as a whole, is of one of the pages.
    fn is_at_hand(&self, name: &str) -> bool {
        self.editions.iter().any(|it| it.recorded.key == page_of(name))
    }

    /// The text of a document.
    fn text(&self, source: SourceId) -> &'a str {
        let source = self.index.documents.sources().get(source);
        source.map_or("", |it| it.text.as_str())
    }

    /// The root of a document.
    fn root(&mut self, source: SourceId) -> Option<Rc<Node>> {
        if let Some((_, node)) = self.nodes.iter().find(|(it, _)| *it == source) {
            return Some(Rc::clone(node));
        }
        let node = Rc::new(json::parse(source, self.text(source), &mut Report::new())?);
        self.nodes.push((source, Rc::clone(&node)));
        Some(node)
    }

    /// The node at a place.
    fn node(&mut self, span: Span) -> Option<Node> {
        self.root(span.source).as_ref().and_then(|it| find(it, span)).cloned()
    }

    /// The smallest object around a place.
    fn object_at(&mut self, span: Span) -> Option<Node> {
        self.root(span.source).as_ref().and_then(|it| around(it, span)).cloned()
    }

    /// Adds an edit, once.
    fn push(&mut self, source: SourceId, edit: Option<Edit>) -> Outcome {
        let Some(edit) = edit else {
            return Outcome::ByHand("the document has no place for it");
        };
        let same_place = |(it, other): &(SourceId, Edit)| {
            *it == source && edit.start < edit.end && (other.start, other.end) == (edit.start, edit.end)
        };
        match self.edits.edits.iter().find(|it| same_place(it)) {
            Some((_, other)) if *other == edit => return Outcome::Done,
            Some(_) => return Outcome::ByHand("two pages say different things of it"),
            None => {}
        }
        if !self.edits.edits.contains(&(source, edit.clone())) {
            self.edits.edits.push((source, edit));
        }
        Outcome::Done
    }

    /// The schema of a row of the later edition.
    fn schema(&self, source: SourceId, row: &crate::facts::Row) -> Json {
        (self.drafted)(row.span).unwrap_or_else(|| schema_of(row, &mut |model| self.reference(source, model)))
    }

    /// A model by reference, wherever it is: the one that the tables of the page call so, else the one of that name.
    fn reference(&self, source: SourceId, model: &str) -> Json {
        let documents = self.index.documents;
        let named = self.recorded().and_then(|it| self.component_of(it, model));
        let name = named.unwrap_or_else(|| short_name(model));
        let mut homes = documents
            .documents()
            .iter()
            .filter(|it| it.components.schemas.contains_key(name));
        let own = homes.clone().find(|it| it.span.source == source);
        match own.or_else(|| homes.next()) {
            Some(home) if home.span.source == source => Json::reference(format!("#/components/schemas/{name}")),
            Some(home) => {
                let file = documents.sources().name(home.span);
                let file = file.rsplit('/').next().unwrap_or_default();
                Json::reference(format!("{file}#/components/schemas/{name}"))
            }
            None => object([
                ("type", Json::text("object")),
                (
                    "x-note",
                    Json::text(format!("The page names the model `{model}`, which is in no document.")),
                ),
            ]),
        }
    }

    /// The component that is documented in the tables of a model.
    fn component_of(&self, page: &Page, model: &str) -> Option<&'a str> {
        let is_it = |it: &crate::facts::Table| {
            it.model()
                .is_some_and(|it| it.name.known().is_some_and(|it| it == model))
        };
        let tables = page.tables.iter().enumerate().filter(|(_, it)| is_it(it));
        let mut found = tables.filter_map(|(index, _)| self.index.schemas.get(&format!("{}#{}", page.key, index + 1)));
        found.find_map(|it| it.first()).map(|(id, _)| id.name.as_str())
    }
}

/// `type      member `port` of ServicePort, from Integer to Long`
fn line(change: &Change) -> String {
    let Change {
        verdict,
        subject,
        detail,
        ..
    } = change;
    let comma = if detail.is_empty() || *verdict == Verdict::Added {
        ""
    } else {
        ", "
    };
    let detail = if comma.is_empty() { "" } else { detail };
    format!("{:<8}  {subject}{comma}{detail}", verdict.name())
}

/// The node with this place within another one.
fn find(node: &Node, span: Span) -> Option<&Node> {
    if node.span == span {
        return Some(node);
    }
    find(child(node, span)?, span)
}

/// The smallest object that holds a place within another one.
fn around(node: &Node, span: Span) -> Option<&Node> {
    let inner = child(node, span).and_then(|it| around(it, span));
    inner.or_else(|| node.as_object().map(|_| node))
}

/// The part of a node that holds a place.
fn child(node: &Node, span: Span) -> Option<&Node> {
    let within = |it: &&Node| it.span.start <= span.start && span.end <= it.span.end;
    match node.as_object() {
        Some(entries) => entries.iter().map(|(_, it)| it).find(within),
        None => node.as_array()?.iter().find(within),
    }
}

//! The mechanical part of a change: edits that put new rows into the documents as drafts, and mark
//! what is gone as deprecated.

mod addition;
mod removal;

use std::collections::BTreeSet;

use tablature_openapi::edit::Edit;
use tablature_openapi::node::Node;
use tablature_openapi::{Documents, Report, SourceId, Span, json};

use crate::compare::{Change, ChangePlace, Verdict};
use crate::documented::Index;
use crate::facts::Page;

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
    pub by_hand: Vec<String>,
}

/// The edits that changes from the recorded page to the new one ask for.
pub fn apply(documents: &Documents, recorded: &Page, new: &Page, changes: &[Change]) -> Edits {
    let index = Index::of(documents);
    let gone = changes
        .iter()
        .filter(|it| it.verdict == Verdict::Removed)
        .flat_map(|it| &it.places);
    let removed = gone.filter_map(|it| Some((it.old_table?, it.old_row?))).collect();
    let mut apply = Apply {
        index: &index,
        recorded,
        new,
        removed,
        tables: Vec::new(),
        nodes: Vec::new(),
        edits: Edits::default(),
    };
    for change in changes {
        match change.verdict {
            Verdict::Added => apply.each(change, addition::add),
            Verdict::Removed => apply.each(change, removal::remove),
            verdict => {
                let Change { subject, detail, .. } = change;
                apply
                    .edits
                    .by_hand
                    .push(format!("{:<8}  {subject}, {detail}", verdict.name()));
            }
        }
    }
    apply.edits
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
    recorded: &'a Page,
    new: &'a Page,
    /// The rows that are gone, as table and row.
    removed: BTreeSet<(usize, usize)>,
    /// The tables of the recorded edition that the current change is in.
    tables: Vec<String>,
    /// The documents as nodes, as far as they were needed.
    nodes: Vec<(SourceId, Node)>,
    edits: Edits,
}

impl Apply<'_, '_> {
    /// Tries each place of a change: a model may stand in several tables, or in several documents.
    fn each(&mut self, change: &Change, edit: fn(&mut Self, &ChangePlace) -> Outcome) {
        let (mut why, mut edited) = (None, false);
        // Those of the recorded edition: recording the new one renumbers them with all others.
        let numbers = change.places.iter().filter_map(|it| it.old_table);
        self.tables = numbers.map(|it| format!("{}#{it}", self.recorded.key)).collect();
        for place in &change.places {
            match edit(self, place) {
                Outcome::Done => edited = true,
                Outcome::There => {}
                Outcome::ByHand(reason) => why = Some(reason),
            }
        }
        let line = format!("{:<8}  {}", change.verdict.name(), change.subject);
        match why {
            None if edited => self.edits.done.push(line),
            None => self.edits.there.push(line),
            Some(why) => self.edits.by_hand.push(format!("{line}: {why}")),
        }
    }

    /// The text of a document.
    fn text(&self, source: SourceId) -> String {
        self.index
            .documents
            .sources()
            .get(source)
            .map_or_else(String::new, |it| it.text.clone())
    }

    /// The root of a document.
    fn root(&mut self, source: SourceId) -> Option<Node> {
        if let Some((_, node)) = self.nodes.iter().find(|(it, _)| *it == source) {
            return Some(node.clone());
        }
        let node = json::parse(source, &self.text(source), &mut Report::new())?;
        self.nodes.push((source, node.clone()));
        Some(node)
    }

    /// The node at a place.
    fn node(&mut self, span: Span) -> Option<Node> {
        self.root(span.source).as_ref().and_then(|it| find(it, span)).cloned()
    }

    /// Adds an edit, once.
    fn push(&mut self, source: SourceId, edit: Option<Edit>) -> Outcome {
        let Some(edit) = edit else {
            return Outcome::ByHand("the document has no place for it");
        };
        if !self.edits.edits.contains(&(source, edit.clone())) {
            self.edits.edits.push((source, edit));
        }
        Outcome::Done
    }
}

/// The node with this place within another one.
fn find(node: &Node, span: Span) -> Option<&Node> {
    if node.span == span {
        return Some(node);
    }
    let within = |it: &&Node| it.span.start <= span.start && span.end <= it.span.end;
    if let Some(entries) = node.as_object() {
        return entries
            .iter()
            .map(|(_, it)| it)
            .find(within)
            .and_then(|it| find(it, span));
    }
    node.as_array()?.iter().find(within).and_then(|it| find(it, span))
}

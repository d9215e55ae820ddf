//! Pages imported again: the draft that a curator edited gets what changed on them, and nothing else.

mod drafted;
mod names;

use std::collections::BTreeSet;

use tablature_openapi::edit;
use tablature_openapi::{Documents, Report, Sources, Span};

use crate::apply::{Edition, apply};
use crate::compare::{Change, Verdict, compare};
use crate::documented::Index;
use crate::facts::{Kind, Page};
use crate::history::carry;
use crate::import::{Draft, import};
use crate::locate::{Side, locate};
use crate::lock::Lock;
use crate::renumber::renumber;
use drafted::TRIES;
use names::Names;

/// A draft after its pages were imported again.
#[derive(Clone, Debug)]
pub struct Updated {
    /// Its text.
    pub text: String,
    /// The facts that it rests on now.
    pub lock: Lock,
    /// What was edited, a line each.
    pub done: Vec<String>,
    /// What a person has to do.
    pub by_hand: Vec<Undecided>,
    /// The draft that the pages alone would become, and what is to say of it.
    pub draft: Draft,
}

/// A change that a person has to decide on.
#[derive(Clone, Debug)]
pub struct Undecided {
    /// What changed, and why it is not edited.
    pub line: String,
    /// The place on the page.
    pub page: Option<Span>,
    /// The line and column in the draft, from 1.
    pub draft: Option<(usize, usize)>,
}

/// Lets the text of a draft follow its pages; those that the lock has and that are not given stay as they are.
///
/// # Errors
/// What is wrong with the text, where it is no OpenAPI document, and the text as a source.
pub fn update(name: &str, text: &str, recorded: &Lock, pages: &[Page]) -> Result<Updated, (Report, Sources)> {
    let (documents, report) = load(name, text);
    if report.has_errors() {
        return Err((report, documents.sources().clone()));
    }
    let others = recorded
        .pages
        .iter()
        .filter(|it| pages.iter().all(|page| page.key != it.key));
    let all: Vec<Page> = pages.iter().chain(others).cloned().collect();
    let draft = import("", &all);
    let names = Names::of(&documents, recorded, pages, &draft);
    let known: Vec<_> = pages
        .iter()
        .filter_map(|it| Some((recorded.page(&it.key)?, it)))
        .collect();
    let changes: Vec<Vec<Change>> = known.iter().map(|(old, new)| compare(old, new)).collect();
    let editions: Vec<_> = known
        .iter()
        .zip(&changes)
        .map(|((recorded, new), changes)| Edition { recorded, new, changes })
        .collect();
    let mut updated = Updated {
        text: text.to_owned(),
        lock: recorded.clone(),
        done: Vec::new(),
        by_hand: Vec::new(),
        draft,
    };
    let waiting = rows(name, &mut updated, &editions, &names);
    for (recorded, new) in &known {
        let edits = renumber(0, &updated.text, recorded, new);
        updated.text = edit::apply(&updated.text, &edits).0;
    }
    let added = drafted::add(&mut updated.text, &updated.draft, &names);
    updated.done.extend(added.done);
    // What several pages change in one model is one edit.
    let mut seen = BTreeSet::new();
    updated.done.retain(|it| seen.insert(it.clone()));
    updated.by_hand.extend(added.left.into_iter().map(|line| Undecided {
        line,
        page: None,
        draft: None,
    }));
    tell(name, &mut updated, &editions, waiting);
    for page in pages {
        let mut page = page.clone();
        if let Some(before) = recorded.page(&page.key) {
            page.source = page.source.or_else(|| before.source.clone());
            page.edition = page.edition.or_else(|| before.edition.clone());
            carry(before, &mut page);
        }
        updated.lock.insert(page);
    }
    Ok(updated)
}

fn load(name: &str, text: &str) -> (Documents, Report) {
    let names = [name.to_owned()];
    Documents::load(&names, &mut |_| Ok(text.to_owned()))
}

/// A change that no edit was made for: edition and change, as indices, and the line.
type Waiting = (usize, usize, String);

/// Lets rows follow; what could not is left.
fn rows(name: &str, updated: &mut Updated, editions: &[Edition<'_>], names: &Names) -> Vec<Waiting> {
    for round in 0..TRIES {
        let (documents, _) = load(name, &updated.text);
        let schema = |row: Span| Some(names.renamed(updated.draft.rows.get(&row)?));
        let found = apply(&documents, editions, &schema);
        if round == 0 {
            updated.done.extend(found.done);
        }
        let edits: Vec<_> = found.edits.into_iter().map(|(_, it)| it).collect();
        if edits.is_empty() || round + 1 == TRIES {
            return found
                .by_hand
                .into_iter()
                .map(|it| (it.edition, it.change, it.line))
                .collect();
        }
        updated.text = edit::apply(&updated.text, &edits).0;
    }
    Vec::new()
}

/// Says what a person has to do, with the places on the page and in the draft as it is now.
fn tell(name: &str, updated: &mut Updated, editions: &[Edition<'_>], waiting: Vec<Waiting>) {
    let (documents, _) = load(name, &updated.text);
    let index = Index::of(&documents);
    for (edition, change, line) in waiting {
        let Some(edition) = editions.get(edition) else { continue };
        let Some(it) = edition.changes.get(change) else {
            continue;
        };
        let place = it.places.first();
        if it.verdict == Verdict::Added && is_drafted(&index, edition.new, it) {
            continue;
        }
        let found = locate(&documents, edition.new, std::slice::from_ref(it), Side::New);
        let span = found.first().copied().flatten();
        updated.by_hand.push(Undecided {
            line,
            page: place.map(|it| it.span),
            draft: span.map(|it| documents.sources().line_column(it)),
        });
    }
}

/// Whether an operation or a table that is new stands in the draft.
fn is_drafted(index: &Index<'_>, page: &Page, change: &Change) -> bool {
    let has = |method: &str, path: &str| index.operation(&page.key, method, path).is_some();
    let Some(place) = change.places.first().filter(|it| it.old_table.is_none()) else {
        return false;
    };
    let Some(number) = place.new_table else {
        let is_it = |method: &str, path: &str| change.subject == format!("{method} {path}");
        return page
            .operations
            .iter()
            .any(|it| is_it(&it.method, &it.path) && has(&it.method, &it.path));
    };
    match page.table(number).map(|it| &it.kind) {
        Some(Kind::Model(_)) => index.schemas.contains_key(&format!("{}#{number}", page.key)),
        _ => false,
    }
}

//! What changed from one edition of a page to another.

mod rows;
pub(crate) mod subject;

use tablature_openapi::Span;

use crate::align;
use crate::facts::{Cell, Example, Kind, Page, Role, Table};
use crate::text;

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub verdict: Verdict,
    /// What it happened to: "member `port` of io.k8s.api.core.v1.ServicePort".
    pub subject: String,
    /// From what to what; may be empty.
    pub detail: String,
    /// Every place that it is at: a model may stand on a page several times.
    pub places: Vec<ChangePlace>,
}

/// A place of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangePlace {
    /// The table in the older edition, from 1.
    pub old_table: Option<usize>,
    /// The row in it, from 1.
    pub old_row: Option<usize>,
    /// The table in the newer edition, from 1.
    pub new_table: Option<usize>,
    /// The row in it, from 1.
    pub new_row: Option<usize>,
    /// The place in the newer edition, or that where it would be.
    pub span: Span,
}

impl ChangePlace {
    /// The place of a change of what stands in no table.
    fn outside_tables(span: Span) -> Self {
        Self {
            old_table: None,
            old_row: None,
            new_table: None,
            new_row: None,
            span,
        }
    }
}

/// What happened to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It likely has another name.
    Renamed,
    /// Its type is another one.
    Type,
    /// It became required or optional.
    Required,
    /// Its values changed.
    Values,
    /// Its default changed.
    Default,
    /// Its range changed.
    Range,
    /// The model of a response changed.
    Model,
    /// Its example changed.
    Example,
    /// Its description has other words.
    Wording,
}

impl Verdict {
    /// All verdicts in the order of reports.
    pub const ALL: [Self; 11] = [
        Self::Added,
        Self::Removed,
        Self::Renamed,
        Self::Type,
        Self::Required,
        Self::Values,
        Self::Default,
        Self::Range,
        Self::Model,
        Self::Example,
        Self::Wording,
    ];

    /// One word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Type => "type",
            Self::Required => "required",
            Self::Values => "values",
            Self::Default => "default",
            Self::Range => "range",
            Self::Model => "model",
            Self::Example => "example",
            Self::Wording => "wording",
        }
    }
}

/// The changes from the older edition to the newer one, in the order of the newer one within each
/// kind.
pub fn compare(old: &Page, new: &Page) -> Vec<Change> {
    let mut changes = Changes {
        old,
        new,
        list: Vec::new(),
    };
    changes.operations();
    let pairs = align::tables(new, old);
    for (index, table) in new.tables.iter().enumerate() {
        match pairs.iter().find(|it| it.left == index) {
            Some(pair) => rows::compare(&mut changes, pair.right, index),
            None => changes.table(Verdict::Added, None, Some(index), table),
        }
    }
    for (index, table) in old.tables.iter().enumerate() {
        if pairs.iter().all(|it| it.right != index) {
            changes.table(Verdict::Removed, Some(index), None, table);
        }
    }
    changes.examples();
    changes.list.sort_by_key(|it| it.verdict);
    changes.list
}

/// The changes so far.
#[derive(Debug)]
struct Changes<'p> {
    old: &'p Page,
    new: &'p Page,
    list: Vec<Change>,
}

impl Changes<'_> {
    /// Adds a change, or a place to one that was found before.
    fn push(&mut self, verdict: Verdict, subject: String, detail: String, place: ChangePlace) {
        let known = self
            .list
            .iter_mut()
            .rev()
            .find(|it| it.verdict == verdict && it.subject == subject && it.detail == detail);
        match known {
            Some(known) => known.places.push(place),
            None => self.list.push(Change {
                verdict,
                subject,
                detail,
                places: vec![place],
            }),
        }
    }

    fn operations(&mut self) {
        let (old, new) = (self.old, self.new);
        for operation in &new.operations {
            let subject = format!("{} {}", operation.method, operation.path);
            let before = old
                .operations
                .iter()
                .find(|it| it.method == operation.method && it.path == operation.path);
            let Some(before) = before else {
                self.push(
                    Verdict::Added,
                    subject,
                    String::new(),
                    ChangePlace::outside_tables(operation.span),
                );
                continue;
            };
            let gone = before
                .content_types
                .iter()
                .filter(|it| !operation.content_types.contains(it))
                .map(|it| (Verdict::Removed, it));
            let come = operation
                .content_types
                .iter()
                .filter(|it| !before.content_types.contains(it))
                .map(|it| (Verdict::Added, it));
            for (verdict, content_type) in come.chain(gone) {
                self.push(
                    verdict,
                    format!("content type `{content_type}` of {subject}"),
                    String::new(),
                    ChangePlace::outside_tables(operation.span),
                );
            }
        }
        for operation in &old.operations {
            if new
                .operations
                .iter()
                .all(|it| it.method != operation.method || it.path != operation.path)
            {
                let subject = format!("{} {}", operation.method, operation.path);
                self.push(
                    Verdict::Removed,
                    subject,
                    String::new(),
                    ChangePlace::outside_tables(start(new)),
                );
            }
        }
    }

    /// A table that only one edition has.
    fn table(&mut self, verdict: Verdict, old: Option<usize>, new: Option<usize>, table: &Table) {
        if table.kind == Kind::Other {
            return;
        }
        let page = if new.is_some() { self.new } else { self.old };
        let subject = subject::table(page, table);
        let names: Vec<_> = table.rows.iter().map(crate::facts::Row::shown).collect();
        let detail = format!(
            "with its {} rows: {}",
            names.len(),
            text::first_words(&names.join(", "))
        );
        let span = if new.is_some() { table.span } else { start(self.new) };
        let place = ChangePlace {
            old_table: old.map(|it| it + 1),
            new_table: new.map(|it| it + 1),
            ..ChangePlace::outside_tables(span)
        };
        self.push(verdict, subject, detail, place);
    }

    /// Examples in their order, by what they are of.
    fn examples(&mut self) {
        let (old, new) = (self.old, self.new);
        let of = |page: &Page, role: &Role| -> Vec<Example> {
            page.examples.iter().filter(|it| it.role == *role).cloned().collect()
        };
        let mut roles: Vec<_> = new
            .examples
            .iter()
            .chain(&old.examples)
            .map(|it| it.role.clone())
            .collect();
        roles.sort();
        roles.dedup();
        for role in roles {
            let subject = match &role {
                Role::Response(status) => format!("the response {status}"),
                _ => "the request".to_owned(),
            };
            let (before, after) = (of(old, &role), of(new, &role));
            for index in 0..before.len().max(after.len()) {
                let (verdict, span) = match (before.get(index), after.get(index)) {
                    (Some(a), Some(b)) if differ(&a.digest, &b.digest) => (Verdict::Example, b.span.first_byte()),
                    (None, Some(b)) => (Verdict::Added, b.span.first_byte()),
                    (Some(_), None) => (Verdict::Removed, start(new)),
                    _ => continue,
                };
                self.push(
                    verdict,
                    format!("example {} of {subject}", index + 1),
                    String::new(),
                    ChangePlace::outside_tables(span),
                );
            }
        }
    }
}

fn differ(a: &Cell<String>, b: &Cell<String>) -> bool {
    matches!((a, b), (Cell::Known(a), Cell::Known(b)) if a != b)
}

/// The first operation of a page: the place of what is no longer on it.
fn start(page: &Page) -> Span {
    let first = page
        .operations
        .first()
        .map(|it| it.span)
        .or_else(|| page.tables.first().map(|it| it.span));
    first.unwrap_or_default()
}

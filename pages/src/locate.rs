//! Where in the documents the thing is that a change of a page is about.

use tablature_openapi::{ComponentId, Documents, Span};

use crate::compare::{Change, ChangePlace};
use crate::documented::Index;
use crate::facts::{Cell, Kind, Location, Page, Row, Table};

/// Which edition of a comparison is the recorded one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The older one.
    Old,
    /// The newer one.
    New,
}

/// The place in the documents of each change from the page of the lock: that of the parameter,
/// member or response, or of what a new one would belong to.
pub fn locate(documents: &Documents, recorded: &Page, changes: &[Change], side: Side) -> Vec<Option<Span>> {
    let index = Index::of(documents);
    let find = |it: &ChangePlace| place(&index, recorded, it, side);
    changes
        .iter()
        .map(|change| change.places.iter().find_map(find))
        .collect()
}

fn place(index: &Index<'_>, page: &Page, change: &ChangePlace, side: Side) -> Option<Span> {
    let (table, row) = match side {
        Side::Old => (change.old_table, change.old_row),
        Side::New => (change.new_table, change.new_row),
    };
    let Some(ordinal) = table else {
        let first = page.operations.first()?;
        return index
            .operation(&page.key, &first.method, &first.path)
            .map(|it| it.operation.span);
    };
    let table = page.table(ordinal)?;
    let row = row.and_then(|it| table.rows.get(it.checked_sub(1)?));
    match &table.kind {
        Kind::Model(_) => {
            let (id, schema) = index.schemas.get(&format!("{}#{ordinal}", page.key))?.first()?;
            let member = row.and_then(|it| schema.properties.get(base(it)?)).map(|it| it.key);
            member.or_else(|| key(index.documents, id))
        }
        _ => in_operation(index, page, table, row),
    }
}

/// The place in the documents of a row of the lock, or of what it belongs to; both ordinals are from 1.
pub(crate) fn of_row(index: &Index<'_>, page: &Page, table: usize, row: usize) -> Option<Span> {
    let change = ChangePlace {
        old_table: Some(table),
        old_row: Some(row),
        new_table: None,
        new_row: None,
        span: Span::default(),
    };
    place(index, page, &change, Side::Old)
}

fn in_operation(index: &Index<'_>, page: &Page, table: &Table, row: Option<&Row>) -> Option<Span> {
    let operation = page.operations.get(*table.operations.first()?)?;
    let found = index.operation(&page.key, &operation.method, &operation.path)?;
    let name = row.and_then(|it| it.name.known());
    let span = match &table.kind {
        Kind::Responses => found
            .responses
            .iter()
            .find(|(it, _)| Some(*it) == name.map(String::as_str))
            .map(|(_, it)| it.span),
        Kind::Body => found.body.as_ref().map(|it| it.span),
        Kind::Parameters => {
            let mut parameters = found.parameters.iter();
            let header = row.is_some_and(|it| it.location == Cell::Known(Location::Header));
            let parameter = parameters
                .find(|it| Some(&it.item.name.value) == name)
                .map(|it| it.span);
            parameter.or_else(|| found.body.as_ref().filter(|_| header).map(|it| it.span))
        }
        _ => None,
    };
    Some(span.unwrap_or(found.operation.span))
}

/// The place of a schema's key.
fn key(documents: &Documents, id: &ComponentId) -> Option<Span> {
    let document = documents.documents().get(id.document)?;
    document.components.schemas.get(&id.name).map(|it| it.key)
}

/// The member that a row is of: `ports[]` is of `ports`.
fn base(row: &Row) -> Option<&str> {
    row.name.known().map(|it| it.strip_suffix("[]").unwrap_or(it))
}

//! Rows that are gone: what they documented is marked deprecated, and nothing is taken away.

use tablature_openapi::Span;
use tablature_openapi::edit::insert_member;

use crate::apply::{Apply, Outcome};
use crate::compare::ChangePlace;
use crate::documented::page_of;
use crate::facts::{Cell, Kind};

pub(super) fn remove(apply: &mut Apply<'_, '_>, place: &ChangePlace) -> Outcome {
    let (Some(number), Some(row)) = (place.old_table, place.old_row) else {
        return Outcome::ByHand("decide whether it goes, or stays from another source");
    };
    let recorded = apply.recorded;
    let Some(table) = recorded.table(number) else {
        return Outcome::ByHand("its table is not recorded");
    };
    let facts = row.checked_sub(1).and_then(|it| table.rows.get(it));
    let Some(Cell::Known(name)) = facts.map(|it| &it.name) else {
        return Outcome::ByHand("its name is unknown");
    };
    let key = format!("{}#{number}", recorded.key);
    match &table.kind {
        Kind::Model(_) => {
            let schema = apply
                .index
                .schemas
                .get(&key)
                .and_then(|it| it.first())
                .map(|(_, it)| *it);
            let Some((property, schema)) = schema.and_then(|it| Some((it.properties.get(name)?, it))) else {
                return Outcome::ByHand("the document has no such member");
            };
            let inherited: Vec<_> = tablature_openapi::extension::documented_in(&schema.extensions)
                .into_iter()
                .map(|it| it.value)
                .collect();
            let tables = crate::documented::tables(&property.item.extensions, &inherited);
            deprecate(apply, name, &tables, property.item.span)
        }
        Kind::Parameters => {
            let operation = table.operations.first().and_then(|it| recorded.operations.get(*it));
            let found = operation.and_then(|it| apply.index.operation(&recorded.key, &it.method, &it.path));
            let parameter = found.and_then(|it| it.parameters.iter().find(|it| it.item.name.value == *name));
            let Some((tables, span)) = parameter.map(|it| (it.tables.clone(), it.item.span)) else {
                return Outcome::ByHand("the document has no such parameter");
            };
            deprecate(apply, name, &tables, span)
        }
        _ => Outcome::ByHand("decide whether it goes, or stays from another source"),
    }
}

/// Marks an object as deprecated, unless something still documents it.
fn deprecate(apply: &mut Apply<'_, '_>, name: &str, tables: &[String], span: Span) -> Outcome {
    if tables.iter().any(|it| page_of(it) != apply.recorded.key) {
        return Outcome::ByHand("other pages still document it: take this page off its `x-documented-in`");
    }
    if tables.iter().any(|it| is_still_there(apply, it, name)) {
        return Outcome::ByHand("other tables of the page still document it: take this one off its `x-documented-in`");
    }
    let Some(node) = apply.node(span) else {
        return Outcome::ByHand("the document has no place for it");
    };
    if node.get("deprecated").is_some() {
        return Outcome::Done;
    }
    let mut keys = node.as_object().into_iter().flatten().map(|(key, _)| key.value.clone());
    let after = keys.rfind(|it| !it.starts_with("x-"));
    let text = apply.text(span.source);
    let edit = insert_member(&text, &node, after.as_deref(), "deprecated", &|_, _| "true".to_owned());
    apply.push(span.source, edit)
}

/// Whether a table of the recorded page has a row of this name that is not gone.
fn is_still_there(apply: &Apply<'_, '_>, table: &str, name: &str) -> bool {
    let number = table
        .rsplit_once('#')
        .and_then(|(_, number)| number.parse::<usize>().ok());
    let Some((number, found)) = number.and_then(|it| Some((it, apply.recorded.table(it)?))) else {
        return false;
    };
    let mut rows = found
        .rows
        .iter()
        .enumerate()
        .filter(|(_, it)| it.name.known().is_some_and(|it| it == name));
    rows.any(|(row, _)| !apply.removed.contains(&(number, row + 1)))
}

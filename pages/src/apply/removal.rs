//! Rows that are gone: what they documented is marked deprecated, from an earlier edition; nothing is taken away.

use tablature_openapi::Span;
use tablature_openapi::edit::{Edit, insert_member};

use crate::apply::{Apply, Outcome};
use crate::compare::ChangePlace;
use crate::documented::page_of;
use crate::facts::{Cell, Kind};
use crate::json::quote;

pub(super) fn remove(apply: &mut Apply<'_, '_>, place: &ChangePlace) -> Outcome {
    let (Some(number), Some(row)) = (place.old_table, place.old_row) else {
        return Outcome::ByHand("decide whether it goes, or stays from another source");
    };
    let Some(recorded) = apply.recorded() else {
        return Outcome::ByHand("its page is gone");
    };
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
    let Some(recorded) = apply.recorded() else {
        return Outcome::ByHand("its page is gone");
    };
    let (own, others): (Vec<_>, Vec<_>) = tables.iter().partition(|it| page_of(it) == recorded.key);
    if others.into_iter().any(|it| is_still_there(apply, it, name)) {
        return Outcome::ByHand("other pages still document it: take this page off its `x-documented-in`");
    }
    if own.into_iter().any(|it| is_still_there(apply, it, name)) {
        return Outcome::ByHand("other tables of the page still document it: take this one off its `x-documented-in`");
    }
    // Another page that had it is its edition already.
    if !apply.deprecated.insert(span) {
        return Outcome::Done;
    }
    let Some(node) = apply.node(span) else {
        return Outcome::ByHand("the document has no place for it");
    };
    let members = node.as_object().unwrap_or_default();
    let (source, text) = (span.source, apply.text(span.source));
    let mut outcome = Outcome::There;
    // No row documents it any more: what does from now on is the edition that had it.
    let provenance = format!("\"x-source\": {}", quoted(&recorded.edition_in_words()));
    let own = members.iter().find(|(key, _)| key.value == "x-documented-in");
    if let Some((key, tables)) = own {
        let edit = Edit {
            start: key.span.start as usize,
            end: tables.span.end as usize,
            text: provenance.clone(),
        };
        outcome = apply.push(source, Some(edit));
    }
    if node.get("deprecated").is_none() {
        let mut keys = members.iter().map(|(key, _)| key.value.as_str());
        let after = keys.rfind(|it| !it.starts_with("x-"));
        let is_told = own.is_some() || node.get("x-source").is_some();
        let edit = insert_member(text, &node, after, "deprecated", &|indent, _| {
            if is_told {
                return "true".to_owned();
            }
            format!("true,\n{}{provenance}", " ".repeat(indent))
        });
        outcome = apply.push(source, edit);
    }
    outcome
}

fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    quote(text, &mut quoted);
    quoted
}

/// Whether a table has a row of this name that is not gone; one that is not at hand may have it.
fn is_still_there(apply: &Apply<'_, '_>, name: &str, row: &str) -> bool {
    let Some((page, number)) = apply.recorded_table(name) else {
        return !apply.is_at_hand(name);
    };
    let rows = page.table(number).into_iter().flat_map(|it| it.rows.iter().enumerate());
    let mut rows = rows.filter(|(_, it)| it.name.known().is_some_and(|it| it == row));
    rows.any(|(index, _)| !apply.removed.contains(&(name.to_owned(), index + 1)))
}

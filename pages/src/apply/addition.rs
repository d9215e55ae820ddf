//! New rows: members, parameters and responses, as drafts.

use tablature_openapi::edit::{append_item, insert_member};

use crate::apply::pending::{draft, laid_out};
use crate::apply::{Apply, Outcome};
use crate::compare::ChangePlace;
use crate::documented::{DocumentedOperation, location, page_of, tables};
use crate::facts::{Cell, Kind, Location, Page, Row, Table};
use crate::import::object;
use crate::json::Json;

pub(super) fn add(apply: &mut Apply<'_, '_>, place: &ChangePlace) -> Outcome {
    if let (None, Some(number), None) = (place.old_table, place.new_table, place.new_row) {
        return table(apply, number);
    }
    let (Some(old), Some(number), Some(row)) = (place.old_table, place.new_table, place.new_row) else {
        return Outcome::ByHand("it has no place in a document yet: `pages import` drafts it");
    };
    let (Some(new), Some(recorded)) = (apply.new_page(), apply.recorded()) else {
        return Outcome::ByHand("its page is gone");
    };
    let Some(table) = new.table(number) else {
        return Outcome::ByHand("its table is gone");
    };
    let Some(facts) = row.checked_sub(1).and_then(|it| table.rows.get(it)) else {
        return Outcome::ByHand("its row is gone");
    };
    let Cell::Known(name) = &facts.name else {
        return Outcome::ByHand("the rendering lost its name");
    };
    match (&table.kind, recorded.table(old)) {
        (Kind::Model(_), _) => member(apply, &format!("{}#{old}", recorded.key), table, row, name),
        (Kind::Parameters, Some(before)) => parameter(apply, (recorded, before), facts, name),
        (Kind::Responses, Some(before)) => response(apply, (recorded, before), facts, name),
        _ => Outcome::ByHand("it is not a row that can be added by itself"),
    }
}

/// A whole table of parameters or responses of an operation that the document has.
fn table(apply: &mut Apply<'_, '_>, number: usize) -> Outcome {
    let Some((new, table)) = apply.new_page().and_then(|it| Some((it, it.table(number)?))) else {
        return Outcome::ByHand("its table is gone");
    };
    let add = match &table.kind {
        Kind::Parameters => parameter,
        Kind::Responses => response,
        _ => return Outcome::ByHand("it has no place in a document yet: `pages import` drafts it"),
    };
    let mut last = Outcome::There;
    for row in &table.rows {
        let Cell::Known(name) = &row.name else { continue };
        match add(apply, (new, table), row, name) {
            Outcome::There => {}
            Outcome::Done => last = Outcome::Done,
            failed => return failed,
        }
    }
    last
}

/// A member, after the one that stands before it on the page.
fn member(apply: &mut Apply<'_, '_>, key: &str, table: &Table, row: usize, name: &str) -> Outcome {
    if name.ends_with("[]") {
        return Outcome::Done;
    }
    let Some((_, schema)) = apply.index.schemas.get(key).and_then(|it| it.first()) else {
        return Outcome::ByHand("no schema is documented in its table");
    };
    if let Some(property) = schema.properties.get(name) {
        let inherited = tables(&schema.extensions, &[]);
        return there(apply, &tables(&property.item.extensions, &inherited));
    }
    let names = table
        .rows
        .iter()
        .take(row.saturating_sub(1))
        .rev()
        .filter_map(|it| it.name.known());
    let after = names
        .map(String::as_str)
        .find(|it| schema.properties.contains_key(*it))
        .map(str::to_owned);
    let source = schema.span.source;
    let Some(facts) = table.rows.get(row.saturating_sub(1)) else {
        return Outcome::ByHand("its row is gone");
    };
    let value = apply.schema(source, facts);
    let required = facts.required == Cell::Known(true);
    let (span, node) = (schema.span, apply.node(schema.span));
    let Some(properties) = node.as_ref().and_then(|it| it.get("properties")) else {
        return Outcome::ByHand("the schema has no `properties`");
    };
    let outcome = apply.add_member(properties.span, name, after, value);
    if required && matches!(outcome, Outcome::Done) {
        apply.require(span, name, true);
    }
    outcome
}

/// A parameter, at the end of those of its operation, or of its path if all operations have it.
fn parameter(apply: &mut Apply<'_, '_>, table: (&Page, &Table), facts: &Row, name: &str) -> Outcome {
    let Cell::Known(place) = facts.location else {
        return Outcome::ByHand("the rendering lost its place");
    };
    if matches!(place, Location::Form) {
        return Outcome::ByHand("a form field belongs to the body");
    }
    let found = match operation(apply, table) {
        Ok(it) => it,
        Err(why) => return Outcome::ByHand(why),
    };
    let known = found
        .parameters
        .iter()
        .find(|it| it.item.name.value == name && location(it.item.location.value) == Some(place));
    if let Some(known) = known {
        return there(apply, &known.tables);
    }
    let source = found.operation.span.source;
    let Some(item) = apply
        .root(source)
        .as_ref()
        .and_then(|it| it.get("paths")?.get(found.path))
        .cloned()
    else {
        return Outcome::ByHand("the document has no such path");
    };
    let shared = table.1.shared;
    let owner = if shared {
        Some(item)
    } else {
        item.get(&found.method.to_ascii_lowercase()).cloned()
    };
    let Some(owner) = owner else {
        return Outcome::ByHand("the document has no such operation");
    };
    let required = place == Location::Path || facts.required == Cell::Known(true);
    let mut entries = vec![("name", Json::text(name)), ("in", Json::text(place.name()))];
    if required {
        entries.push(("required", Json::Bool(true)));
    }
    entries.push(("schema", apply.schema(source, facts)));
    let value = draft(object(entries), &apply.tables);
    let text = apply.text(source);
    let edit = match owner.get("parameters") {
        Some(list) => append_item(text, list, &laid_out(&value)),
        None => insert_member(
            text,
            &owner,
            Some("operationId"),
            "parameters",
            &laid_out(&Json::Array(vec![value])),
        ),
    };
    apply.push(source, edit)
}

/// A status code.
fn response(apply: &mut Apply<'_, '_>, table: (&Page, &Table), facts: &Row, status: &str) -> Outcome {
    let found = match operation(apply, table) {
        Ok(it) => it,
        Err(why) => return Outcome::ByHand(why),
    };
    let span = found.operation.item.span;
    let Some(responses) = apply.node(span).as_ref().and_then(|it| it.get("responses")).cloned() else {
        return Outcome::ByHand("the document has no `responses` there");
    };
    if let Some((_, known)) = found.responses.iter().find(|(it, _)| *it == status) {
        return there(apply, &known.tables);
    }
    let mut entries = Vec::new();
    entries.extend(facts.label.as_ref().map(|it| ("summary", Json::text(it))));
    if facts.type_text.known().is_some() {
        let media_type = object([("schema", apply.schema(span.source, facts))]);
        entries.push(("content", object([("application/json", media_type)])));
    }
    let value = draft(object(entries), &apply.tables);
    let lower = responses
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, _)| key.value.clone())
        .filter(|it| it.as_str() < status);
    let after = lower.max();
    let text = apply.text(span.source);
    let edit = insert_member(text, &responses, after.as_deref(), status, &laid_out(&value));
    apply.push(span.source, edit)
}

/// What the document has already: this page documents it, or others alone do.
fn there(apply: &Apply<'_, '_>, tables: &[String]) -> Outcome {
    if tables
        .iter()
        .any(|it| apply.recorded().is_some_and(|page| page_of(it) == page.key))
    {
        Outcome::There
    } else {
        Outcome::ByHand("the document has it from another source: add the table to its `x-documented-in`")
    }
}

/// The operation that a table of an edition belongs to, where a document has it.
fn operation<'a, 'd>(
    apply: &Apply<'a, 'd>,
    (page, table): (&Page, &Table),
) -> Result<&'a DocumentedOperation<'d>, &'static str> {
    let recorded = apply.recorded().ok_or("its page is gone")?;
    let first = table.operations.first().and_then(|it| page.operations.get(*it));
    let operation = first.ok_or("its table belongs to no operation")?;
    let found = apply.index.operation(&recorded.key, &operation.method, &operation.path);
    found.ok_or("no document has its operation")
}

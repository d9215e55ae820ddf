//! A row of the lock looked up in the documents.

use tablature_openapi::document::RequestBody;

use crate::coverage::{At, Judge, element, schema};
use crate::documented::{DocumentedOperation, Element, Index, location, names};
use crate::facts::{Cell, Kind, Location, Table};
use crate::types;

pub(super) fn check(at: &At<'_>, index: &Index<'_>, judge: &mut Judge<'_>) {
    let Some(table) = at.page.tables.get(at.table) else {
        return;
    };
    unknown(at, judge);
    match &table.kind {
        Kind::Model(model) => member(at, model.name.known().map(String::as_str), index, judge),
        Kind::Other => {}
        _ => {
            for operation in operations(at, table, index) {
                match &table.kind {
                    Kind::Parameters => parameter(at, operation, index, judge),
                    Kind::Body => body(at, operation, index, judge),
                    _ => response(at, operation, index, judge),
                }
            }
        }
    }
}

/// What nobody knows must be waived.
fn unknown(at: &At<'_>, judge: &mut Judge<'_>) {
    let row = at.facts;
    let lost = [
        (row.name.is_lost(), "name"),
        (row.location.is_lost(), "in"),
        (row.type_text.is_lost(), "type"),
        (row.required.is_lost(), "required"),
        (row.limits.values.is_lost(), "values"),
    ];
    for (_, cell) in lost.into_iter().filter(|(lost, _)| *lost) {
        judge.row(at, cell, format!("`{cell}` is unknown: the rendering lost it"), None);
    }
}

/// The operations of the documents that a table belongs to.
fn operations<'i, 'd>(at: &At<'_>, table: &Table, index: &'i Index<'d>) -> Vec<&'i DocumentedOperation<'d>> {
    let operations = table.operations.iter().filter_map(|it| at.page.operations.get(*it));
    operations
        .filter_map(|it| index.operation(&at.page.key, &it.method, &it.path))
        .collect()
}

fn parameter(at: &At<'_>, operation: &DocumentedOperation<'_>, index: &Index<'_>, judge: &mut Judge<'_>) {
    let (Cell::Known(name), Cell::Known(place)) = (&at.facts.name, &at.facts.location) else {
        return;
    };
    if *place == Location::Header {
        // Both are no parameters in OpenAPI: one is the media type of the body, the other a credential.
        if name.eq_ignore_ascii_case("content-type") {
            return content_type(at, operation, judge);
        }
        if operation.credentials.iter().any(|it| it.eq_ignore_ascii_case(name)) {
            return;
        }
    }
    let what = format!("{} {}", operation.method, operation.path);
    let is_it = |it: &&crate::documented::Element<'_, tablature_openapi::document::Parameter>| {
        it.item.name.value == *name && location(it.item.location.value) == Some(*place)
    };
    let Some(found) = operation.parameters.iter().find(is_it) else {
        let message = format!("the document has no {} parameter of this name for {what}", place.name());
        return judge.row(at, "row", message, Some(operation.operation.span));
    };
    if !names(&found.tables, &at.page.key, at.table + 1) {
        judge.row(
            at,
            "row",
            format!("`x-documented-in` of the parameter does not name {}", at.key()),
            Some(found.span),
        );
    }
    element::required(at, found.item.required, found.span, judge);
    if let Some(schema) = &found.item.schema {
        schema::check(at, schema, index, judge);
    }
}

/// The body, and whether it says that this table documents it.
fn documented_body<'i, 'd>(
    at: &At<'_>,
    operation: &'i DocumentedOperation<'d>,
    judge: &mut Judge<'_>,
) -> Option<&'i Element<'d, RequestBody>> {
    let Some(body) = &operation.body else {
        let message = "the document has no body".to_owned();
        judge.row(at, "row", message, Some(operation.operation.span));
        return None;
    };
    if !names(&body.tables, &at.page.key, at.table + 1) {
        let message = format!("`x-documented-in` of the body does not name {}", at.key());
        judge.row(at, "row", message, Some(body.span));
    }
    Some(body)
}

/// The `Content-Type` row: its provenance and its default stand on the body.
fn content_type(at: &At<'_>, operation: &DocumentedOperation<'_>, judge: &mut Judge<'_>) {
    let Some(body) = documented_body(at, operation, judge) else {
        return;
    };
    if let Some(default) = &at.facts.limits.default
        && body.item.content.iter().all(|(it, _)| it.value != *default)
    {
        judge.row(
            at,
            "default",
            format!("the document has no body `{default}`"),
            Some(body.span),
        );
    }
}

fn body(at: &At<'_>, operation: &DocumentedOperation<'_>, index: &Index<'_>, judge: &mut Judge<'_>) {
    let Some(body) = documented_body(at, operation, judge) else {
        return;
    };
    element::required(at, body.item.required, body.span, judge);
    let schemas = body.item.content.iter().filter_map(|(_, it)| it.schema.as_ref());
    for schema in schemas {
        schema::check(at, schema, index, judge);
    }
}

fn response(at: &At<'_>, operation: &DocumentedOperation<'_>, index: &Index<'_>, judge: &mut Judge<'_>) {
    let Cell::Known(status) = &at.facts.name else { return };
    let Some((_, found)) = operation.responses.iter().find(|(it, _)| it == status) else {
        let message = format!(
            "the document has no such response of {} {}",
            operation.method, operation.path
        );
        return judge.row(at, "row", message, Some(operation.operation.span));
    };
    if !names(&found.tables, &at.page.key, at.table + 1) {
        judge.row(
            at,
            "row",
            format!("`x-documented-in` of the response does not name {}", at.key()),
            Some(found.span),
        );
    }
    let summary = found.item.summary.as_ref().map(|it| it.value.as_str());
    if let Some(label) = at.facts.label.as_deref().filter(|it| Some(*it) != summary) {
        let message = format!(
            "the page calls it `{label}`, the document `{}`",
            summary.unwrap_or_default()
        );
        judge.row(at, "name", message, Some(found.span));
    }
    let Cell::Known(text) = &at.facts.type_text else { return };
    let content = found.item.content.iter().map(|(_, it)| it);
    let schemas = content.filter_map(|it| it.schema.as_deref().or(it.item_schema.as_deref()));
    let fits = |schema| types::parse(text).is_some_and(|it| schema::fits(schema, &it, index).is_ok());
    if !schemas.clone().any(fits) {
        judge.row(
            at,
            "model",
            format!("no response of the document is `{text}`"),
            Some(found.span),
        );
    }
}

/// A member of a model: each schema that names the table must have it.
fn member(at: &At<'_>, model: Option<&str>, index: &Index<'_>, judge: &mut Judge<'_>) {
    let Some(schemas) = index.schemas.get(&at.key()) else {
        return judge.row(at, "row", format!("no schema is documented in {}", at.key()), None);
    };
    if at.facts.name == Cell::Absent {
        // The page says of the whole model which type it is.
        return schemas.iter().for_each(|(_, it)| schema::check(at, it, index, judge));
    }
    // Schemas of choices between models name the table of the response too: they have no members.
    let schemas = schemas.iter().filter(|(_, it)| it.one_of.is_empty());
    for (id, schema) in schemas {
        // Names of a chapter are paths in it: `Service.spec.ports[]`.
        let named = model
            .filter(|it| !it.contains("[]") && !is_path(it))
            .map(types::short_name);
        if at.row == 0 && named.is_some_and(|it| it != id.name) {
            let message = format!(
                "the page calls the model `{}`, the document `{}`",
                named.unwrap_or_default(),
                id.name
            );
            judge.row(at, "model", message, Some(schema.span.first_byte()));
        }
        let Cell::Known(name) = &at.facts.name else { continue };
        let (base, item) = name.strip_suffix("[]").map_or((name.as_str(), false), |it| (it, true));
        let Some(property) = schema.properties.get(base) else {
            let message = format!("the schema `{}` has no such member", id.name);
            judge.row(at, "row", message, Some(schema.span.first_byte()));
            continue;
        };
        let tables = crate::documented::tables(&property.item.extensions, &[at.key()]);
        if !names(&tables, &at.page.key, at.table + 1) {
            let message = format!("`x-documented-in` of the member does not name {}", at.key());
            judge.row(at, "row", message, Some(property.key));
        }
        element::required(
            at,
            schema.required.iter().any(|it| it.value == base),
            property.key,
            judge,
        );
        match (item, &property.item.items) {
            (false, _) => schema::check(at, &property.item, index, judge),
            (true, Some(items)) => schema::check(at, items, index, judge),
            (true, None) => judge.row(
                at,
                "type",
                "the document has no list here".to_owned(),
                Some(property.key),
            ),
        }
    }
}

/// Whether a model name is a path in a chapter: its first part is a kind, the next ones are members.
fn is_path(name: &str) -> bool {
    name.split_once('.')
        .is_some_and(|(kind, _)| kind.starts_with(|it: char| it.is_ascii_uppercase()))
}

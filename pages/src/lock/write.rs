//! Pages to the text of the lock: what a page does not have is left out, what was lost is `null`.

use crate::facts::{Cell, Example, Kind, Location, Operation, Page, Role, Row, Table};
use crate::json::Json;
use crate::lock::Lock;

pub(super) fn lock(lock: &Lock) -> Json {
    let pages = lock.pages.iter().map(|it| (it.key.clone(), page(it))).collect();
    object([("pages", Json::Object(pages))])
}

fn page(page: &Page) -> Json {
    let text = |it: &Option<String>| it.as_ref().map_or(Json::Null, Json::text);
    object([
        ("title", text(&page.title)),
        ("source", text(&page.source)),
        ("edition", text(&page.edition)),
        ("format", Json::text(page.format.name())),
        ("digest", Json::text(&page.digest)),
        ("companions", Json::texts(&page.companions)),
        (
            "operations",
            Json::Array(page.operations.iter().map(operation).collect()),
        ),
        (
            "tables",
            Json::Array(page.tables.iter().map(|it| table(it, page)).collect()),
        ),
        ("examples", Json::Array(page.examples.iter().map(example).collect())),
    ])
}

fn operation(operation: &Operation) -> Json {
    let statuses = operation.statuses.iter().map(|it| it.code.as_str());
    let mut entries = vec![
        ("method", Json::text(&operation.method)),
        ("path", Json::text(&operation.path)),
    ];
    entries.extend(operation.server.as_ref().map(|it| ("server", Json::text(it))));
    entries.extend(list("contentTypes", &operation.content_types));
    entries.extend(list("statuses", &statuses.collect::<Vec<_>>()));
    object(entries)
}

fn table(table: &Table, page: &Page) -> Json {
    let place = shared_place(table);
    let holds = match &table.kind {
        Kind::Parameters => place.map_or("parameters", holds),
        Kind::Body => "body",
        Kind::Model(_) => "members",
        Kind::Responses => "statuses",
        Kind::Other => "other",
    };
    let mut entries = vec![("holds", Json::text(holds))];
    if let Kind::Model(model) = &table.kind {
        entries.extend(cell(&model.name, |it| Json::text(it)).map(|it| ("of", it)));
        entries.extend(role(&model.role).map(|it| ("use", it)));
        entries.extend(table.recovered_from.map(|it| ("recovered_from", number(it))));
        entries.extend(model.whole.then_some(("whole", Json::Bool(true))));
        entries.extend(list("required", &table.required));
    }
    if page.operations.len() > 1 && !table.operations.is_empty() {
        let numbers = table.operations.iter().map(|it| number(*it));
        entries.push(("operations", Json::Array(numbers.collect())));
    }
    if table.shared {
        entries.push(("shared", Json::Bool(true)));
    }
    let by_list = !table.required.is_empty();
    let rows = table
        .rows
        .iter()
        .map(|it| row(it, place.is_some(), by_list, table.kind == Kind::Responses));
    entries.push(("rows", Json::Array(rows.collect())));
    object(entries)
}

/// The place that all rows of a table have.
fn shared_place(table: &Table) -> Option<Location> {
    let first = table.rows.first()?.location.known().copied()?;
    table
        .rows
        .iter()
        .all(|it| it.location == Cell::Known(first))
        .then_some(first)
}

fn holds(place: Location) -> &'static str {
    match place {
        Location::Path => "path parameters",
        Location::Query => "query parameters",
        Location::Header => "header parameters",
        Location::Cookie => "cookie parameters",
        Location::Form => "form parameters",
    }
}

fn row(row: &Row, placed: bool, by_list: bool, response: bool) -> Json {
    let name = if response { "status" } else { "name" };
    let mut entries = Vec::new();
    entries.extend(cell(&row.name, |it| Json::text(it)).map(|it| (name, it)));
    entries.extend(row.label.as_ref().map(|it| ("label", Json::text(it))));
    if !placed {
        entries.extend(cell(&row.location, |it| Json::text(it.name())).map(|it| ("in", it)));
    }
    let type_text = cell(&row.type_text, |it| Json::text(it));
    entries.extend(type_text.map(|it| (if response { "model" } else { "type" }, it)));
    if !by_list {
        entries.extend(cell(&row.required, |it| Json::Bool(*it)).map(|it| ("required", it)));
    }
    entries.extend(cell(&row.limits.values, |it| Json::texts(it)).map(|it| ("values", it)));
    let limits = &row.limits;
    for (key, text) in [
        ("default", &limits.default),
        ("minimum", &limits.minimum),
        ("maximum", &limits.maximum),
    ] {
        entries.extend(text.as_ref().map(|it| (key, Json::text(it))));
    }
    for (key, number) in [("minLength", limits.min_length), ("maxLength", limits.max_length)] {
        entries.extend(number.map(|it| (key, Json::Number(it.to_string()))));
    }
    entries.extend(row.hash.as_ref().map(|it| ("text", Json::text(it))));
    entries.extend(row.since.as_ref().map(|it| ("since", Json::text(it))));
    if !row.recovered_from.is_empty() {
        let from = row.recovered_from.iter().map(|(cell, page)| (*cell, number(*page)));
        entries.push(("recovered_from", object(from)));
    }
    object(entries)
}

fn example(example: &Example) -> Json {
    let mut entries = Vec::new();
    entries.extend(role(&example.role).map(|it| ("use", it)));
    entries.extend(cell(&example.digest, |it| Json::text(it)).map(|it| ("digest", it)));
    object(entries)
}

fn role(role: &Role) -> Option<Json> {
    match role {
        Role::Definition => None,
        Role::Request => Some(Json::text("request")),
        Role::Response(status) => Some(Json::text(status)),
    }
}

/// An index as the lock has it: from 1, as tables are.
fn number(index: usize) -> Json {
    Json::Number((index + 1).to_string())
}

fn cell<T>(cell: &Cell<T>, json: impl Fn(&T) -> Json) -> Option<Json> {
    match cell {
        Cell::Absent => None,
        Cell::Lost => Some(Json::Null),
        Cell::Known(value) => Some(json(value)),
    }
}

fn list<T: AsRef<str>>(key: &'static str, texts: &[T]) -> Option<(&'static str, Json)> {
    (!texts.is_empty()).then(|| (key, Json::texts(texts)))
}

fn object(entries: impl IntoIterator<Item = (&'static str, Json)>) -> Json {
    Json::Object(
        entries
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}

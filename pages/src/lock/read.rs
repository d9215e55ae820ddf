//! The text of the lock to pages; places are those in the lock.

use tablature_openapi::codes::WRONG_VALUE;
use tablature_openapi::document::Version;
use tablature_openapi::node::{Node, Value};
use tablature_openapi::reader::{Context, ObjectReader, as_string};
use tablature_openapi::{Report, SourceId, Span, json};

use crate::facts::{Cell, Example, Kind, Limits, Location, Model, Operation, Page, Role, Row, Status, Table};
use crate::format::Format;
use crate::lock::Lock;

pub(super) fn lock(source: SourceId, text: &str, report: &mut Report) -> Lock {
    let Some(node) = json::parse(source, text, report) else {
        return Lock::default();
    };
    let mut cx = Context::new(Version::V3_2);
    let mut lock = Lock::default();
    if let Some(mut object) = ObjectReader::new(&node, "lock", &mut cx) {
        let pages = object.map("pages", |key, node, cx| page(&key.value, node, cx));
        lock.pages = pages.into_iter().map(|(_, page)| page).collect();
        object.finish();
    }
    report.extend(cx.report);
    lock
}

fn page(key: &str, node: &Node, cx: &mut Context) -> Option<Page> {
    let mut object = ObjectReader::new(node, "page", cx)?;
    let mut text = |key| {
        object
            .read(key, |it, cx| nullable(it, |it, cx| string(it, key, cx), cx))
            .and_then(|it| it)
    };
    let (title, source, edition) = (text("title"), text("source"), text("edition"));
    let format = object.required_string("format");
    let mut page = Page {
        key: key.to_owned(),
        title,
        source,
        edition,
        format: Format::of(&format.value).unwrap_or_default(),
        digest: object.required_string("digest").value,
        ..Page::default()
    };
    if Format::of(&format.value).is_none() {
        wrong(
            format.span,
            format!("`{}` is not a format of pages", format.value),
            object.context(),
        );
    }
    page.companions = object.strings("companions").into_iter().map(|it| it.value).collect();
    page.operations = object.list("operations", operation);
    let operations = page.operations.len();
    page.tables = object.list("tables", |it, cx| table(it, operations, cx));
    page.examples = object.list("examples", |it, cx| example(it, operations, cx));
    object.finish();
    Some(page)
}

fn operation(node: &Node, cx: &mut Context) -> Option<Operation> {
    let mut object = ObjectReader::new(node, "operation", cx)?;
    let operation = Operation {
        span: node.span,
        method: object.required_string("method").value,
        path: object.required_string("path").value,
        server: object.string("server").map(|it| it.value),
        content_types: object.strings("contentTypes").into_iter().map(|it| it.value).collect(),
        statuses: object
            .strings("statuses")
            .into_iter()
            .map(|it| Status {
                span: it.span,
                code: it.value,
            })
            .collect(),
        heading: None,
        name: None,
        group: None,
        deprecated: false,
    };
    object.finish();
    Some(operation)
}

fn table(node: &Node, operations: usize, cx: &mut Context) -> Option<Table> {
    let mut object = ObjectReader::new(node, "table", cx)?;
    let holds = object.required_string("holds");
    let name = cell(&mut object, "of", |it, cx| string(it, "of", cx));
    let role = role(object.string("use").map(|it| it.value));
    let whole = object.flag("whole");
    let required: Vec<_> = object.strings("required").into_iter().map(|it| it.value).collect();
    let shared = object.flag("shared");
    let given = object.has("operations");
    let numbers = object.list("operations", |it, _| index(it));
    let recovered_from = object.read("recovered_from", |it, _| index(it));
    let (kind, place) = kind(&holds.value, Model::of(name, role, whole)).unwrap_or_else(|| {
        wrong(
            holds.span,
            format!("`{}` is nothing that a table holds", holds.value),
            object.context(),
        );
        (Kind::Other, None)
    });
    let rows = object.list("rows", |it, cx| row(it, &kind, place, &required, cx));
    object.finish();
    let single = operations == 1 && !given;
    let numbers = numbers.into_iter().filter(|it| *it < operations);
    let operations = if single { vec![0] } else { numbers.collect() };
    Some(Table {
        span: node.span.first_byte(),
        kind,
        operations,
        shared,
        required,
        number: None,
        recovered_from,
        rows,
        unread: Vec::new(),
    })
}

fn kind(holds: &str, model: Model) -> Option<(Kind, Option<Location>)> {
    Some(match holds {
        "body" => (Kind::Body, None),
        "members" => (Kind::Model(model), None),
        "statuses" => (Kind::Responses, None),
        "other" => (Kind::Other, None),
        "parameters" => (Kind::Parameters, None),
        _ => (
            Kind::Parameters,
            Some(Location::of(holds.strip_suffix(" parameters")?)?),
        ),
    })
}

fn row(node: &Node, kind: &Kind, place: Option<Location>, listed: &[String], cx: &mut Context) -> Option<Row> {
    let response = *kind == Kind::Responses;
    let mut object = ObjectReader::new(node, "row", cx)?;
    let name_key = if response { "status" } else { "name" };
    let name = cell(&mut object, name_key, |it, cx| string(it, name_key, cx));
    let in_row = cell(&mut object, "in", |it, cx| Location::of(&string(it, "in", cx)?));
    let type_key = if response { "model" } else { "type" };
    let mut row = Row {
        span: node.span,
        location: place.map_or(in_row, Cell::Known),
        type_text: cell(&mut object, type_key, |it, cx| string(it, type_key, cx)),
        required: cell(&mut object, "required", |it, _| it.as_bool()),
        limits: limits(&mut object),
        label: object.string("label").map(|it| it.value),
        hash: object.string("text").map(|it| it.value),
        since: object.string("since").map(|it| it.value),
        name,
        ..Row::default()
    };
    let from = object.map("recovered_from", |_, it, _| index(it));
    let cell = |name: &str| CELLS.into_iter().find(|cell| *cell == name);
    row.recovered_from = from
        .into_iter()
        .filter_map(|(key, index)| Some((cell(&key.value)?, index)))
        .collect();
    if let (Cell::Known(name), false) = (&row.name, listed.is_empty()) {
        row.required = Cell::Known(listed.contains(name));
    }
    object.finish();
    Some(row)
}

/// The cells that can be recovered.
const CELLS: [&str; 5] = ["name", "type", "required", "values", "in"];

fn limits(object: &mut ObjectReader<'_, '_>) -> Limits {
    let values = cell(object, "values", |it, cx| {
        let items = it.as_array()?;
        items.iter().map(|it| string(it, "values", cx)).collect()
    });
    let mut text = |key| object.string(key).map(|it| it.value);
    let (default, minimum, maximum) = (text("default"), text("minimum"), text("maximum"));
    let mut number = |key| object.unsigned(key).map(|it| it.value);
    Limits {
        values,
        default,
        minimum,
        maximum,
        min_length: number("minLength"),
        max_length: number("maxLength"),
    }
}

fn example(node: &Node, operations: usize, cx: &mut Context) -> Option<Example> {
    let mut object = ObjectReader::new(node, "example", cx)?;
    let example = Example {
        span: node.span,
        role: role(object.string("use").map(|it| it.value)),
        operation: (operations == 1).then_some(0),
        digest: cell(&mut object, "digest", |it, cx| string(it, "digest", cx)),
        text: String::new(),
    };
    object.finish();
    Some(example)
}

fn role(word: Option<String>) -> Role {
    match word {
        None => Role::Definition,
        Some(word) if word == "request" => Role::Request,
        Some(status) => Role::Response(status),
    }
}

/// An index, which the lock has from 1.
fn index(node: &Node) -> Option<usize> {
    usize::try_from(node.as_number()?.as_u64()?).ok()?.checked_sub(1)
}

/// A cell: absent without its key, lost where it is `null`.
fn cell<T>(
    object: &mut ObjectReader<'_, '_>,
    key: &'static str,
    read: impl FnOnce(&Node, &mut Context) -> Option<T>,
) -> Cell<T> {
    let found = object.read(key, |it, cx| nullable(it, read, cx));
    match found {
        None => Cell::Absent,
        Some(value) => value.map_or(Cell::Lost, Cell::Known),
    }
}

fn nullable<T>(
    node: &Node,
    read: impl FnOnce(&Node, &mut Context) -> Option<T>,
    cx: &mut Context,
) -> Option<Option<T>> {
    match node.value {
        Value::Null => Some(None),
        _ => read(node, cx).map(Some),
    }
}

fn string(node: &Node, key: &str, cx: &mut Context) -> Option<String> {
    as_string(node, format_args!("`{key}`"), cx).map(|it| it.value)
}

fn wrong(span: Span, message: String, cx: &mut Context) {
    cx.push(WRONG_VALUE.at(span, message));
}

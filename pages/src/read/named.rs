//! Operations and models that headings name by their spelling, and what lists and sentences say of them.

use std::collections::{HashMap, HashSet};

use tablature_openapi::Span;

use crate::facts::{Cell, Example, Kind, Model, Operation, Page, Role, Row, Table};
use crate::read::{Caption, Reader, operation};
use crate::vocabulary::{Named, Section};

/// A model that may be the union of others.
#[derive(Debug)]
pub(super) struct Union {
    /// Its name.
    name: String,
    /// The models that are listed below its heading.
    variants: Vec<(Span, String)>,
}

/// Begins an operation or a model that a heading names, where the site writes them so; whether it does.
pub(super) fn heading(reader: &mut Reader<'_>, span: Span, level: u8, heading: &str) -> bool {
    let Some(headings) = reader.words.headings.as_ref() else {
        return false;
    };
    if headings.level.is_some_and(|it| it != level) {
        return false;
    }
    match reader.words.named(heading) {
        Some(Named::Operation) => {
            let path = headings.path.replace("{name}", heading);
            operation::push(reader, span, &headings.method, &path, None);
            let group = reader.at.headings.iter().rfind(|above| above.level < level);
            if let Some(operation) = reader.page.operations.last_mut() {
                operation.name = Some(heading.to_owned());
                operation.heading = None;
                operation.group = group.map(|it| it.text.clone());
            }
            reader.at.section = headings.in_body.then_some(Section::RequestBody);
        }
        Some(Named::Model) => {
            reader.at.operation = None;
            reader.at.section = None;
            reader.at.union = Some(Union {
                name: heading.to_owned(),
                variants: Vec::new(),
            });
            reader.at.caption = Some(Caption {
                text: heading.to_owned(),
                section: None,
            });
        }
        None => return false,
    }
    true
}

/// Takes a text that is the name of a model alone, below the heading of another, as one of its variants.
pub(super) fn variant(reader: &mut Reader<'_>, span: Span, text: &str) -> bool {
    let is_model = reader.words.named(text) == Some(Named::Model);
    let union = reader.at.union.as_mut().filter(|_| is_model);
    let is_variant = union.is_some();
    if let Some(union) = union {
        union.variants.push((span, text.to_owned()));
    }
    is_variant
}

/// Ends a model: one without a table is the union of the models that are listed.
pub(super) fn end_model(reader: &mut Reader<'_>) {
    let Some(Union { name, variants }) = reader.at.union.take() else {
        return;
    };
    let [(span, _), _, ..] = variants.as_slice() else {
        return;
    };
    let names: Vec<_> = variants.iter().map(|(_, it)| it.as_str()).collect();
    let row = Row {
        span: *span,
        type_text: Cell::Known(names.join(" or ")),
        ..Row::default()
    };
    let model = Model::of(Cell::Known(name), Role::Definition, false);
    reader.page.tables.push(of_one_row(Kind::Model(model), Vec::new(), row));
}

/// Takes what a sentence says that the operation returns, as the row of its success.
pub(super) fn returned(reader: &mut Reader<'_>, span: Span, text: &str) {
    let Some(operation) = reader.at.operation else { return };
    let has_statuses = |it: &Table| it.kind == Kind::Responses && it.operations.contains(&operation);
    if let Some(found) = reader.words.returned(text)
        && !reader.page.tables.iter().any(has_statuses)
    {
        answer(reader, span, operation, Some(&found));
    }
}

/// Gives the operations the answers that the site gives to their methods: a body that a table describes stands in what
/// holds it, and the rest have the answer of which the page says nothing more.
pub(super) fn assume_answers(reader: &mut Reader<'_>) {
    if reader.words.success().is_none() {
        return;
    }
    let is_answer = |it: &Model| it.whole && matches!(it.role, Role::Response(_));
    let (mut described, mut listed) = (HashMap::new(), HashSet::new());
    for (number, table) in reader.page.tables.iter().enumerate() {
        for operation in &table.operations {
            if table.model().is_some_and(is_answer) {
                described.entry(*operation).or_insert(number);
            } else if table.kind == Kind::Responses {
                listed.insert(*operation);
            }
        }
    }
    let is_shown = |it: &&Example| matches!(it.role, Role::Response(_));
    let shown: HashSet<_> = reader
        .page
        .examples
        .iter()
        .filter(is_shown)
        .filter_map(|it| it.operation)
        .collect();
    for index in 0..reader.page.operations.len() {
        let Some(operation) = reader.page.operations.get(index) else {
            continue;
        };
        let (span, name) = (operation.span, result_name(&reader.page, operation));
        let is_held = reader.words.holds_answer(&operation.method);
        let table = described.get(&index).and_then(|it| reader.page.tables.get_mut(*it));
        let returned = match table.map(|it| &mut it.kind) {
            Some(Kind::Model(model)) if is_held => {
                (model.whole, model.name) = (false, Cell::Known(name.clone()));
                Some(name.as_str())
            }
            None if !shown.contains(&index) => None,
            _ => continue,
        };
        if !listed.contains(&index) {
            answer(reader, span, index, returned);
        }
    }
}

/// A name for what an operation answers within what holds it: `ListLampsResult`.
fn result_name(page: &Page, operation: &Operation) -> String {
    let stem = page.key.rsplit('/').next().unwrap_or_default();
    let route = format!("{} {}", operation.method.to_ascii_lowercase(), operation.path);
    let text = match &operation.name {
        Some(name) => name,
        None if page.operations.len() == 1 && stem.is_ascii() => stem,
        None => &route,
    };
    let words = text.split(|it: char| !it.is_ascii_alphanumeric());
    let upper = |word: &str| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_ascii_uppercase() + rest
    };
    words.map(upper).chain(["Result".to_owned()]).collect()
}

/// Adds the row of the success of an operation, unless it has statuses of its own.
fn answer(reader: &mut Reader<'_>, span: Span, index: usize, returned: Option<&str>) {
    let Some(code) = reader.words.success() else { return };
    let method = reader.page.operations.get(index).map_or("", |it| it.method.as_str());
    let answer = reader.words.answer(method, returned);
    let Some(found) = answer.or_else(|| returned.map(str::to_owned)) else {
        return;
    };
    let row = Row {
        span,
        name: Cell::Known(code.to_owned()),
        type_text: Cell::Known(found),
        ..Row::default()
    };
    reader.page.tables.push(of_one_row(Kind::Responses, vec![index], row));
}

fn of_one_row(kind: Kind, operations: Vec<usize>, row: Row) -> Table {
    Table {
        span: row.span,
        kind,
        operations,
        shared: false,
        required: Vec::new(),
        number: None,
        recovered_from: None,
        rows: vec![row],
        unread: Vec::new(),
    }
}

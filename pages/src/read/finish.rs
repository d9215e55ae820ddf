//! The end of a page: what is missing, lost or cut, so that no page looks whole that is not.

use std::collections::BTreeSet;

use tablature_openapi::{Diagnostic, Span};

use crate::facts::{Cell, Kind, Page, Table};
use crate::read::{Reader, Reading};
use crate::types::{self, Type};

/// Closes the page and says what it lacks.
pub(super) fn finish(mut reader: Reader<'_>) -> Reading {
    reader.close_path();
    statuses(&mut reader.page);
    let mut found = Vec::new();
    let Reader { page, end, .. } = &reader;
    if page.operations.is_empty() && page.tables.iter().all(|it| it.kind == Kind::Other) {
        let message = "neither an operation nor a model was found: this is not a page that is understood";
        found.push(Diagnostic::error(
            "nothing-read",
            Span {
                start: 0,
                end: 0,
                ..*end
            },
            message,
        ));
    }
    if reader.chapter.is_page && page.operations.is_empty() {
        let message = "the chapter of an object has no operations: is it cut?";
        found.push(Diagnostic::error(
            "no-operation",
            Span {
                start: 0,
                end: 0,
                ..*end
            },
            message,
        ));
    }
    for (index, table) in page.tables.iter().enumerate() {
        unread(index + 1, table, &mut found);
        lost(index + 1, table, &mut found);
    }
    answers(page, &mut found);
    for (span, method, path) in &reader.chapter.listed {
        if page
            .operations
            .iter()
            .all(|it| (&it.method, &it.path) != (method, path))
        {
            let message = format!("the page lists {method} {path} but does not describe it: is it cut?");
            found.push(Diagnostic::error("missing-operation", *span, message));
        }
    }
    let nameless = |it: &Table| it.model().is_some_and(|it| it.name.is_lost());
    if reader.chapter.kind.is_none() && !page.tables.iter().any(nameless) {
        models(page, &mut found);
    }
    for diagnostic in found {
        reader.report.push(diagnostic);
    }
    Reading {
        page: reader.page,
        report: reader.report,
    }
}

/// The operations that have a table of status codes.
fn answered(page: &Page) -> BTreeSet<usize> {
    let tables = page.tables.iter().filter(|it| it.kind == Kind::Responses);
    tables.flat_map(|it| it.operations.iter().copied()).collect()
}

/// Status codes of headings count only where no table has them.
fn statuses(page: &mut Page) {
    let answered = answered(page);
    for index in answered {
        if let Some(operation) = page.operations.get_mut(index) {
            operation.statuses.clear();
        }
    }
}

fn unread(ordinal: usize, table: &Table, found: &mut Vec<Diagnostic>) {
    // Rows without a heading are those of a table that lost it.
    let headless = table.unread.iter().any(|it| it.headless);
    if table.kind == Kind::Other && !headless {
        let message = format!(
            "table {ordinal} is none that is understood, nor are its {} rows",
            table.unread.len()
        );
        found.push(Diagnostic::warning("unread-table", table.span, message));
        return;
    }
    for row in &table.unread {
        let message = format!("a row of table {ordinal} could not be read: {}", row.why);
        found.push(Diagnostic::error("unread-row", row.span, message));
    }
    if table.rows.is_empty() && table.unread.is_empty() {
        let message = format!("table {ordinal} has no rows");
        found.push(Diagnostic::error("empty-table", table.span, message));
    }
}

fn lost(ordinal: usize, table: &Table, found: &mut Vec<Diagnostic>) {
    let count = |is_lost: fn(&crate::facts::Row) -> bool| table.rows.iter().filter(|it| is_lost(it)).count();
    let counts = [
        (count(|it| it.name.is_lost()), "name"),
        (count(|it| it.location.is_lost()), "place"),
        (count(|it| it.type_text.is_lost()), "type"),
        (count(|it| it.required.is_lost()), "`required`"),
        (count(|it| it.limits.values.is_lost()), "list of values"),
        (
            usize::from(table.model().is_some_and(|it| it.name.is_lost())),
            "model name",
        ),
    ];
    let lost: Vec<_> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} × {what}"))
        .collect();
    if !lost.is_empty() {
        let rows = table.rows.len();
        let message = format!(
            "the rendering lost cells of table {ordinal} ({rows} rows): {}",
            lost.join(", ")
        );
        found.push(Diagnostic::warning("lost-cells", table.span, message));
    }
}

/// Pages end with their status codes, or with their examples where these have no table.
fn answers(page: &Page, found: &mut Vec<Diagnostic>) {
    let answered = answered(page);
    let listing = page.format.0.ends_with_example;
    for (index, operation) in page.operations.iter().enumerate() {
        let complete =
            answered.contains(&index) || (listing && !operation.statuses.is_empty() && !page.examples.is_empty());
        if !complete {
            let what = format!("{} {}", operation.method, operation.path);
            let message = format!("the page does not list the responses of {what} to the end: is it cut?");
            found.push(Diagnostic::error("no-response", operation.span, message));
        }
    }
}

/// Models that members refer to and that no table of the page describes.
fn models(page: &Page, found: &mut Vec<Diagnostic>) {
    let described: BTreeSet<_> = page
        .tables
        .iter()
        .filter_map(|it| it.model()?.name.known())
        .map(String::as_str)
        .collect();
    let mut told = BTreeSet::new();
    let rows = page
        .tables
        .iter()
        .filter(|it| it.model().is_some())
        .flat_map(|it| &it.rows);
    for row in rows {
        let Cell::Known(text) = &row.type_text else { continue };
        let Some(name) = types::parse(text).as_ref().and_then(model).map(str::to_owned) else {
            continue;
        };
        if !described.contains(name.as_str()) && told.insert(name.clone()) {
            let message = format!("the model `{name}` has no table on this page");
            found.push(Diagnostic::warning("missing-model", row.span, message));
        }
    }
}

/// The model within a type.
fn model(it: &Type) -> Option<&str> {
    match it {
        Type::Model(name) => Some(name),
        Type::Array(item) => item.as_deref().and_then(model),
        Type::Map(value) => model(value),
        _ => None,
    }
}

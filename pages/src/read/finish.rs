//! The end of a page: what is missing, lost or cut, so that no page looks whole that is not.

use std::collections::BTreeSet;

use tablature_openapi::{Diagnostic, Span};

use crate::codes;
use crate::facts::{Cell, Kind, Page, Role, Table};
use crate::read::{Reader, Reading, named, openapi_page, responses};
use crate::{prose, types};

/// Closes the page and says what it lacks.
pub(super) fn finish(mut reader: Reader<'_>, text: &str) -> Reading {
    reader.close_path();
    named::end_model(&mut reader);
    named::assume_answers(&mut reader);
    responses::assume(&mut reader);
    let mut found = Vec::new();
    operations(&reader, text, &mut found);
    let page = &reader.page;
    for (index, table) in page.tables.iter().enumerate() {
        unread(index + 1, table, &mut found);
        lost(index + 1, table, &mut found);
        prose::propose(reader.words, table, &mut reader.report);
    }
    responses::check(&reader, &mut found);
    for (span, method, path) in &reader.chapter.listed {
        if page
            .operations
            .iter()
            .all(|it| (&it.method, &it.path) != (method, path))
        {
            let message = format!("the page lists {method} {path} but does not describe it: is it cut?");
            found.push(codes::MISSING_OPERATION.at(*span, message));
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

/// A page without an operation is one only if it defines models by their names.
fn operations(reader: &Reader<'_>, text: &str, found: &mut Vec<Diagnostic>) {
    let Reader { page, end, .. } = reader;
    if !page.operations.is_empty() {
        return;
    }
    let at = |byte: usize| {
        let byte = u32::try_from(byte).unwrap_or(u32::MAX);
        Span::new(end.source, byte, byte)
    };
    let start = at(0);
    if let Some((start, message)) = openapi_page::document(text) {
        found.push(codes::OPENAPI_PAGE.at(at(start), message));
        return;
    }
    if page.tables.iter().all(|it| it.kind == Kind::Other) {
        let message = match end.start {
            0 => "the page is empty",
            _ => "neither an operation nor a model was found: this is not a page that is understood",
        };
        found.push(codes::NOTHING_READ.at(start, message));
    } else if reader.chapter.is_page {
        let message = "the chapter of an object has no operations: is it cut?";
        found.push(codes::NO_OPERATION.at(start, message));
    }
    let of_operation = |it: &&Table| match &it.kind {
        Kind::Parameters | Kind::Body | Kind::Responses => true,
        Kind::Model(model) => model.role != Role::Definition || model.name.is_lost(),
        Kind::Other => false,
    };
    if let Some(table) = page.tables.iter().find(of_operation) {
        let message = "a table of an operation stands on the page, but no method with a path that is understood";
        let found_one = codes::NO_OPERATION.at(table.span, message);
        found.push(found_one);
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
        found.push(codes::UNREAD_TABLE.at(table.span, message));
        return;
    }
    for row in &table.unread {
        let message = format!("a row of table {ordinal} could not be read: {}", row.why);
        found.push(codes::UNREAD_ROW.at(row.span, message));
    }
    if table.rows.is_empty() && table.unread.is_empty() {
        let message = format!("table {ordinal} has no rows");
        found.push(codes::EMPTY_TABLE.at(table.span, message));
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
        found.push(codes::LOST_CELLS.at(table.span, message));
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
        let parsed = types::parse(text);
        for name in parsed.iter().flat_map(types::models_within) {
            if !described.contains(name) && told.insert(name.to_owned()) {
                let message = format!("the model `{name}` has no table on this page");
                found.push(codes::MISSING_MODEL.at(row.span, message));
            }
        }
    }
}

//! The responses of each operation: which status a body is of, and whether the page lists them to the end.

use std::collections::{BTreeMap, BTreeSet};

use tablature_openapi::Diagnostic;

use crate::codes;
use crate::facts::{Kind, Page, Role, Status};
use crate::read::Reader;
use crate::vocabulary::is_status;

/// The status of a body that the page does not tell.
pub(super) const ASSUMED: &str = "200";

/// Gives each operation the status codes that no table of it has, and each body without a status that of the success.
pub(super) fn assume(reader: &mut Reader<'_>) {
    let all = listed(&reader.page);
    for index in 0..reader.page.operations.len() {
        let listed = all.get(&index).cloned().unwrap_or_default();
        let elsewhere = reader.seen.elsewhere.get(&index).copied();
        let Some(operation) = reader.page.operations.get_mut(index) else {
            continue;
        };
        operation.statuses.retain(|it| !listed.contains(&it.code));
        let none = listed.is_empty() && operation.statuses.is_empty();
        let place = elsewhere.or_else(|| reader.words.success().map(|_| operation.span));
        if let Some(span) = place.filter(|_| none) {
            let code = if elsewhere.is_some() {
                "default"
            } else {
                reader.words.success().unwrap_or(ASSUMED)
            };
            operation.statuses.push(Status {
                span,
                code: code.to_owned(),
            });
        }
    }
    for table in std::mem::take(&mut reader.seen.assumed) {
        let operation = reader
            .page
            .tables
            .get(table)
            .and_then(|it| it.operations.first().copied());
        let Some(status) = operation.map(|it| success(reader, &all, it)) else {
            continue;
        };
        if let Some(Kind::Model(model)) = reader.page.tables.get_mut(table).map(|it| &mut it.kind) {
            model.role = Role::Response(status);
        }
    }
    for example in std::mem::take(&mut reader.seen.assumed_examples) {
        let operation = reader.page.examples.get(example).and_then(|it| it.operation);
        let Some(status) = operation.map(|it| success(reader, &all, it)) else {
            continue;
        };
        if let Some(example) = reader.page.examples.get_mut(example) {
            example.role = Role::Response(status);
        }
    }
}

/// The status of the success of an operation: the only one, or 200.
fn success(reader: &mut Reader<'_>, all: &Listed, index: usize) -> String {
    let mut known = all.get(&index).cloned().unwrap_or_default();
    let Some(operation) = reader.page.operations.get_mut(index) else {
        return ASSUMED.to_owned();
    };
    known.extend(operation.statuses.iter().map(|it| it.code.clone()));
    let successes: Vec<_> = known.iter().filter(|it| it.starts_with('2')).collect();
    match successes.as_slice() {
        [one] => (*one).clone(),
        [first, ..] if !known.contains(ASSUMED) => (*first).clone(),
        [] => {
            let what = format!("{} {}", operation.method, operation.path);
            let message = format!("the page does not tell the status of a body of {what}: it is taken for {ASSUMED}");
            reader.report.push(codes::ASSUMED_STATUS.at(operation.span, message));
            operation.statuses.insert(
                0,
                Status {
                    span: operation.span,
                    code: ASSUMED.to_owned(),
                },
            );
            ASSUMED.to_owned()
        }
        _ => ASSUMED.to_owned(),
    }
}

/// The status codes that tables list, by operation; one whose table has none is there too.
type Listed = BTreeMap<usize, BTreeSet<String>>;

fn listed(page: &Page) -> Listed {
    let mut listed = Listed::new();
    for table in page.tables.iter().filter(|it| it.kind == Kind::Responses) {
        for operation in &table.operations {
            let codes = table.rows.iter().filter_map(|it| it.name.known().cloned());
            listed.entry(*operation).or_default().extend(codes);
        }
    }
    listed
}

/// Says which operations have no responses, or none that is a success. Pages end with their status codes, or with
/// their examples where these have no table.
pub(super) fn check(reader: &Reader<'_>, found: &mut Vec<Diagnostic>) {
    let page = &reader.page;
    let all = listed(page);
    for (index, operation) in page.operations.iter().enumerate() {
        let what = format!("{} {}", operation.method, operation.path);
        let by_example = page.format.0.ends_with_example && !page.examples.is_empty();
        let told = reader.seen.stated.contains(&index) || reader.words.success().is_some();
        let complete = all.contains_key(&index)
            || reader.seen.elsewhere.contains_key(&index)
            || (!operation.statuses.is_empty() && (by_example || told));
        if !complete {
            let message = format!("the page does not list the responses of {what} to the end: is it cut?");
            found.push(codes::NO_RESPONSE.at(operation.span, message));
            continue;
        }
        if let Some(span) = reader
            .seen
            .elsewhere
            .get(&index)
            .filter(|_| operation.statuses.iter().any(|it| it.code == "default"))
        {
            let message = format!("the responses of {what} stand on another page: it gets a draft `default` response");
            found.push(codes::COMMON_RESPONSES.at(*span, message));
        }
        let mut codes = all.get(&index).cloned().unwrap_or_default();
        codes.extend(operation.statuses.iter().map(|it| it.code.clone()));
        let is_success = |it: &String| it.starts_with(['2', '3']) || it == "default" || !is_status(it);
        if !codes.iter().any(is_success) {
            let message = format!("the page lists no success of {what}: the operation answers nothing");
            found.push(codes::NO_SUCCESS.at(operation.span, message));
        }
    }
}

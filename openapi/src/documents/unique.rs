//! Checks what may exist only once: operation ids, and parameters of one name and location.

use crate::codes;
use std::collections::HashMap;

use super::Documents;
use crate::diagnostic::Report;
use crate::document::{Callback, Document, Operation, Parameter, ParameterLocation, PathItem, RefOr};
use crate::reader::Care;
use crate::span::Span;

/// Reports operations of a document with the id of another one, those of path items that it
/// refers to included. Two documents are two APIs, and each has its own ids.
pub(super) fn operation_ids(documents: &Documents, care: Care, report: &mut Report) {
    for document in documents.documents() {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for (path, item) in document.paths.iter().chain(&document.webhooks) {
            let (item, reference) = match item {
                RefOr::Item(item) => (Some(item), None),
                RefOr::Ref(it) => {
                    let (span, target) = (it.target.span, &it.target.value);
                    let found = documents.resolve_path_item(&span, target);
                    (found.map(|(_, item)| item), Some(span))
                }
            };
            let ids = item.into_iter().flat_map(operations);
            for id in ids.filter_map(|it| it.operation_id.as_ref()) {
                let at = reference.unwrap_or(id.span);
                let Some(first) = seen.insert(&id.value, at) else {
                    continue;
                };
                let message = format!(
                    "the operationId `{}` stands twice, the second time under `{}`",
                    id.value, path.value
                );
                // One operation that two paths refer to has but one place.
                let at = if first == at { path.span } else { at };
                let finding = codes::DUPLICATE_OPERATION_ID.at(at, message);
                let finding = finding.related(first, "first here");
                report.push(match care {
                    Care::Curated => finding,
                    // Only the name of the operation depends on it.
                    Care::Foreign => finding.as_warning(),
                });
                seen.insert(&id.value, first);
            }
        }
    }
}

/// Reports parameters that stand twice in one list.
pub(super) fn parameters(documents: &Documents, report: &mut Report) {
    for (document, reached) in documents.documents.iter().zip(&documents.reached) {
        for item in path_items(document)
            .into_iter()
            .chain(reached.path_items.values().filter_map(|it| own(&it.item)))
        {
            list(documents, &item.parameters, report);
            for operation in operations(item) {
                list(documents, &operation.parameters, report);
                query_string(documents, item, operation, report);
            }
        }
    }
}

/// Reports a parameter that is the whole query (3.2) beside another one in the query.
fn query_string(documents: &Documents, item: &PathItem, operation: &Operation, report: &mut Report) {
    let all = item.parameters.iter().chain(&operation.parameters);
    let all = all.filter_map(|it| parameter(documents, it));
    let in_query = |it: ParameterLocation| matches!(it, ParameterLocation::Query | ParameterLocation::Querystring);
    let mut query: Vec<_> = all.filter(|(_, it)| in_query(it.location.value)).collect();
    let whole = query
        .iter()
        .position(|(_, it)| it.location.value == ParameterLocation::Querystring);
    let Some((at, _)) = whole.map(|it| query.remove(it)) else {
        return;
    };
    if let Some((other, _)) = query.first() {
        let message = "a parameter in `querystring` must have no other parameter of the query beside it";
        let finding = codes::WRONG_QUERYSTRING.at(at, message);
        report.push(finding.related(*other, "the other one"));
    }
}

/// A parameter with the place that it stands at in a list.
pub(super) fn parameter<'a>(
    documents: &'a Documents,
    parameter: &'a RefOr<Parameter>,
) -> Option<(Span, &'a Parameter)> {
    match parameter {
        RefOr::Item(parameter) => Some((parameter.name.span, parameter)),
        RefOr::Ref(reference) => {
            let target = &reference.target;
            let (_, parameter) = documents.resolve_parameter(&target.span, &target.value)?;
            Some((target.span, parameter))
        }
    }
}

fn list(documents: &Documents, list: &[RefOr<Parameter>], report: &mut Report) {
    let mut seen: HashMap<(ParameterLocation, String), Span> = HashMap::new();
    for (at, parameter) in list.iter().filter_map(|it| parameter(documents, it)) {
        let location = parameter.location.value;
        let name = match location {
            ParameterLocation::Header => parameter.name.value.to_ascii_lowercase(),
            _ => parameter.name.value.clone(),
        };
        if name.is_empty() {
            continue;
        }
        let first = *seen.entry((location, name)).or_insert(at);
        if first != at {
            let message = format!("the parameter `{}` stands twice in this list", parameter.name.value);
            let finding = codes::DUPLICATE_PARAMETER.at(at, message);
            report.push(finding.related(first, "first here"));
        }
    }
}

/// The path items that are written in a document, those of callbacks included.
fn path_items(document: &Document) -> Vec<&PathItem> {
    let components = &document.components;
    let items = components.path_items.values().map(|it| &it.item);
    let paths = document.paths.iter().chain(&document.webhooks).map(|(_, item)| item);
    let callbacks = components.callbacks.values().map(|it| &it.item);
    let mut out = Vec::new();
    paths.chain(items).for_each(|it| with_callbacks(it, &mut out));
    callbacks.for_each(|it| of_callback(it, &mut out));
    out
}

fn with_callbacks<'a>(item: &'a RefOr<PathItem>, out: &mut Vec<&'a PathItem>) {
    let Some(item) = own(item) else { return };
    out.push(item);
    let callbacks = operations(item).flat_map(|it| &it.callbacks);
    callbacks.for_each(|(_, it)| of_callback(it, out));
}

fn of_callback<'a>(callback: &'a RefOr<Callback>, out: &mut Vec<&'a PathItem>) {
    if let RefOr::Item(callback) = callback {
        callback.requests.iter().for_each(|(_, it)| with_callbacks(it, out));
    }
}

fn own(item: &RefOr<PathItem>) -> Option<&PathItem> {
    match item {
        RefOr::Item(item) => Some(item),
        RefOr::Ref(_) => None,
    }
}

fn operations(item: &PathItem) -> impl Iterator<Item = &Operation> {
    item.operations.iter().map(|(_, operation)| operation)
}

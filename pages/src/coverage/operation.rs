//! Operations of a page, and what they say outside of rows.

use tablature_openapi::document::{Example as DocumentExample, MediaType};

use crate::coverage::Judge;
use crate::documented::{DocumentedOperation, Index};
use crate::facts::{Cell, Example, Operation, Page, Role};
use crate::read::digest;

pub(super) fn check(page: &Page, index: &Index<'_>, judge: &mut Judge<'_>) {
    for operation in &page.operations {
        let what = format!("{} {}", operation.method, operation.path);
        match index.operation(&page.key, &operation.method, &operation.path) {
            Some(found) => parts(page, operation, found, judge),
            None => {
                let message = format!("no document has {what} as documented in this page");
                judge.page(page, 0, "row", operation.span, message);
            }
        }
    }
    for (number, table) in page.tables.iter().enumerate() {
        if table.model().is_some_and(|it| it.name.is_lost()) {
            judge.page(
                page,
                number + 1,
                "model",
                table.span,
                "the name of the model is unknown".to_owned(),
            );
        }
    }
    for example in &page.examples {
        self::example(page, example, index, judge);
    }
}

fn parts(page: &Page, operation: &Operation, found: &DocumentedOperation<'_>, judge: &mut Judge<'_>) {
    let what = format!("{} {}", operation.method, operation.path);
    for status in &operation.statuses {
        if found.responses.iter().all(|(it, _)| *it != status.code) {
            judge.page(
                page,
                0,
                "row",
                status.span,
                format!("the document has no response {} of {what}", status.code),
            );
        }
    }
    for content_type in &operation.content_types {
        let known = found.body.as_ref().is_some_and(|it| {
            it.item
                .content
                .iter()
                .any(|(it, _)| it.value.eq_ignore_ascii_case(content_type))
        });
        if !known {
            let message = format!("the document has no body `{content_type}` of {what}");
            judge.page(page, 0, "row", operation.span, message);
        }
    }
}

/// An example must be on the media type that it is of.
fn example(page: &Page, example: &Example, index: &Index<'_>, judge: &mut Judge<'_>) {
    let Cell::Known(wanted) = &example.digest else {
        judge.page(
            page,
            0,
            "example",
            example.span,
            "the rendering damaged an example".to_owned(),
        );
        return;
    };
    let Some(operation) = example.operation.and_then(|it| page.operations.get(it)) else {
        return;
    };
    let Some(found) = index.operation(&page.key, &operation.method, &operation.path) else {
        return;
    };
    let content: Vec<&MediaType> = match &example.role {
        Role::Request => found
            .body
            .iter()
            .flat_map(|it| &it.item.content)
            .map(|(_, it)| it)
            .collect(),
        Role::Response(status) => {
            let answers = found.responses.iter().filter(|(it, _)| it == status);
            answers.flat_map(|(_, it)| &it.item.content).map(|(_, it)| it).collect()
        }
        Role::Definition => Vec::new(),
    };
    let mut examples = content.into_iter().flat_map(|it| &it.examples);
    let is_it = |it: &DocumentExample| it.value.as_ref().is_some_and(|it| digest(it) == *wanted);
    if !examples.any(is_it) {
        let what = match &example.role {
            Role::Response(status) => format!("the response {status}"),
            _ => "the request".to_owned(),
        };
        let message = format!("the document has another example of {what}, or none");
        judge.page(page, 0, "example", example.span, message);
    }
}

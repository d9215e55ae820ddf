//! The operations of a document in their places, and which of them a run asks for.

use tablature_openapi::document::{Operation, PathItem, RefOr};
use tablature_openapi::{Diagnostic, Documents, extension};

use super::context::Context;
use super::operation::Site;
use super::webhook::{self, Sent};

/// The operations of a document.
pub fn sites<'d>(context: &Context<'d>, document: usize) -> impl Iterator<Item = Site<'d>> {
    let documents = context.documents;
    let paths = context.document(document).paths.iter();
    let items = paths.filter_map(move |(path, item)| Some((path, path_item(documents, item)?)));
    items.flat_map(move |(path, item)| {
        item.operations.iter().map(move |(method, operation)| Site {
            document,
            path: &path.value,
            item,
            method: &method.value,
            operation,
        })
    })
}

/// The operations of a document that the run asks for.
pub fn wanted<'d>(context: &Context<'d>, document: usize) -> impl Iterator<Item = Site<'d>> {
    let only = &context.options.only;
    sites(context, document).filter(move |site| only.is_empty() || only.iter().any(|it| is_called(site.operation, it)))
}

/// The webhooks of a document that the run asks for.
pub fn webhooks<'d>(context: &Context<'d>, document: usize) -> Vec<Sent<'d>> {
    let only = &context.options.only;
    let mut all = webhook::of_document(context, document);
    all.retain(|sent| {
        let is_asked_for = |name: &String| sent.id == *name || is_called(sent.site.operation, name);
        only.is_empty() || only.iter().any(is_asked_for)
    });
    all
}

/// A path item, or what its reference leads to.
pub fn path_item<'d>(documents: &'d Documents, item: &'d RefOr<PathItem>) -> Option<&'d PathItem> {
    match item {
        RefOr::Item(item) => Some(item),
        RefOr::Ref(it) => documents
            .resolve_path_item(&it.target.span, &it.target.value)
            .map(|(_, it)| it),
    }
}

/// Whether a name means an operation: it is its id, its name in Rust, or its tag.
fn is_called(operation: &Operation, name: &str) -> bool {
    let id = operation.operation_id.as_ref().is_some_and(|it| it.value == name);
    let rust = extension::rust_name(&operation.extensions).is_some_and(|it| it.value == name);
    id || rust || operation.tags.first().is_some_and(|it| it.value == name)
}

/// Reports names in the run's selection that no tag and no operation has.
pub fn check(context: &mut Context<'_>) {
    let options = context.options;
    for name in &options.only {
        let is_known = |document| {
            let mut webhooks = webhook::of_document(context, document).into_iter();
            webhooks.any(|it| it.id == *name || is_called(it.site.operation, name))
                || sites(context, document).any(|it| is_called(it.operation, name))
        };
        if !(0..context.document_count()).any(is_known) {
            let message = format!("no tag, no operation and no webhook is called `{name}`");
            let documents = context.documents.documents();
            let place = documents.first().map_or_else(Default::default, |it| it.span);
            context
                .report
                .push(Diagnostic::error("unknown-selection", place, message).help("correct the name after `--only`"));
        }
    }
}

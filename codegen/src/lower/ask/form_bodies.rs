//! Finds the components that multipart bodies use: binary strings in them are files.

use std::collections::BTreeSet;

use tablature_openapi::ComponentId;
use tablature_openapi::document::{Operation, RefOr, RequestBody, Schema};

use crate::lower::ask::input::Input;
use crate::lower::ask::media_type::essence;
use crate::lower::ask::operation_site::sites;
use crate::lower::ask::webhook_site::callback_items;

/// The components that multipart bodies of requests and callbacks refer to, however indirectly.
pub fn find(input: &Input<'_>) -> BTreeSet<ComponentId> {
    let mut found = BTreeSet::new();
    for (index, document) in input.documents.documents().iter().enumerate() {
        let components = document.components.request_bodies.values().map(|it| &it.item);
        let operations = sites(input, index).flat_map(|it| with_callbacks(input, it.operation));
        let bodies = operations.filter_map(|it| it.request_body.as_ref());
        for body in components.chain(bodies) {
            // A body behind a reference is a component.
            let RefOr::Item(RequestBody { content, .. }) = body else {
                continue;
            };
            let forms = content
                .iter()
                .filter(|(it, _)| essence(&it.value).starts_with("multipart/"));
            let schemas = forms.filter_map(|(_, media)| media.schema.as_ref());
            schemas.for_each(|it| collect(input, it, &mut found));
        }
    }
    found
}

fn with_callbacks<'d>(input: &Input<'d>, operation: &'d Operation) -> impl Iterator<Item = &'d Operation> {
    let callbacks = operation.callbacks.iter();
    let items = callbacks.flat_map(|(_, it)| callback_items(input.documents, it));
    let called = items.flat_map(|(_, item)| item.operations.iter().map(|(_, it)| it));
    std::iter::once(operation).chain(called)
}

fn collect(input: &Input<'_>, schema: &Schema, found: &mut BTreeSet<ComponentId>) {
    let reference = schema.reference.as_ref();
    let target = reference.and_then(|it| input.documents.resolve_schema(&it.span, &it.value));
    if let Some((id, target)) = target
        && found.insert(id)
    {
        collect(input, target, found);
    }
    schema.children().for_each(|it| collect(input, it, found));
}

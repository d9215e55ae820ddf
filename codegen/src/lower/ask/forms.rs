//! Components that are parts of multipart forms, in which binary strings are files.

use std::collections::BTreeSet;

use tablature_openapi::ComponentId;
use tablature_openapi::document::{MediaType, RefOr, RequestBody, Schema};

use crate::lower::ask::input::Input;

/// The components that multipart bodies refer to, however indirectly.
pub fn find(input: &Input<'_>) -> BTreeSet<ComponentId> {
    let mut found = BTreeSet::new();
    for document in input.documents.documents() {
        let components = document.components.request_bodies.values().map(|it| &it.item);
        let items = document.paths.iter().filter_map(|(_, it)| match it {
            RefOr::Item(item) => Some(item),
            RefOr::Ref(_) => None,
        });
        let bodies = items
            .flat_map(|it| &it.operations)
            .filter_map(|(_, it)| it.request_body.as_ref());
        for body in components.chain(bodies) {
            if let RefOr::Item(RequestBody { content, .. }) = body {
                for (_, media) in content
                    .iter()
                    .filter(|(it, _)| it.value.to_ascii_lowercase().starts_with("multipart/"))
                {
                    collect_media(input, media, &mut found);
                }
            }
        }
    }
    found
}

fn collect_media(input: &Input<'_>, media: &MediaType, found: &mut BTreeSet<ComponentId>) {
    if let Some(schema) = &media.schema {
        collect(input, schema, found);
    }
}

fn collect(input: &Input<'_>, schema: &Schema, found: &mut BTreeSet<ComponentId>) {
    let target = schema
        .reference
        .as_ref()
        .and_then(|it| input.documents.resolve_schema(&it.span, &it.value));
    match target {
        Some((id, target)) if found.insert(id.clone()) => collect(input, target, found),
        _ => {}
    }
    schema
        .properties
        .values()
        .for_each(|it| collect(input, &it.item, found));
    for list in [&schema.all_of, &schema.any_of, &schema.one_of] {
        list.iter().for_each(|it| collect(input, it, found));
    }
    schema
        .items
        .iter()
        .chain(&schema.additional_properties)
        .for_each(|it| collect(input, it, found));
}

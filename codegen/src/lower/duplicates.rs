//! Components that several documents repeat: the same name, the same text, and the same all that they refer to.

use std::collections::{BTreeMap, BTreeSet};

use tablature_openapi::document::Schema;
use tablature_openapi::{ComponentId, extension};

use super::context::Context;

/// The components that several documents have alike, with the documents that have them.
///
/// A document repeats a component byte by byte where one program wrote them all; what is written otherwise is
/// taken for another component.
pub fn find(context: &Context<'_>) -> BTreeMap<String, Vec<usize>> {
    let mut found: BTreeMap<String, Vec<(usize, &Schema)>> = BTreeMap::new();
    for document in 0..context.document_count() {
        for (name, schema) in context.named_schemas(document) {
            found.entry(name).or_default().push((document, schema));
        }
    }
    found.retain(|name, uses| is_repeated(context, uses) && is_extended_alike(context, name, uses));
    let references: BTreeMap<String, BTreeSet<String>> = found
        .iter()
        .map(|(name, uses)| {
            let mut names = referred(uses);
            names.extend(children(context, name, uses).into_iter().next().unwrap_or_default());
            (name.clone(), names)
        })
        .collect();
    // What refers to a component that is not shared cannot be shared either.
    loop {
        let lost: Vec<String> = found
            .keys()
            .filter(|name| {
                references
                    .get(*name)
                    .into_iter()
                    .flatten()
                    .any(|it| !found.contains_key(it))
            })
            .cloned()
            .collect();
        if lost.is_empty() {
            break;
        }
        for name in lost {
            found.remove(&name);
        }
    }
    found
        .into_iter()
        .map(|(name, uses)| (name, uses.into_iter().map(|(document, _)| document).collect()))
        .collect()
}

fn is_repeated(context: &Context<'_>, uses: &[(usize, &Schema)]) -> bool {
    let [(_, first), rest @ ..] = uses else { return false };
    let text = |it: &Schema| context.documents.sources().text(it.span);
    let plain = extension::rust_type(&first.extensions).is_none() && extension::rust_name(&first.extensions).is_none();
    !rest.is_empty() && plain && rest.iter().all(|(_, it)| text(it) == text(first))
}

/// The names of what extends a component with a discriminator, in each document that has it.
fn children(context: &Context<'_>, name: &str, uses: &[(usize, &Schema)]) -> Vec<BTreeSet<String>> {
    if context.children.is_empty() {
        return Vec::new();
    }
    let of = |document| {
        let name = name.to_owned();
        let children = context.children.get(&ComponentId { document, name });
        children.into_iter().flatten().map(|it| it.name.clone()).collect()
    };
    uses.iter().map(|(document, _)| of(*document)).collect()
}

fn is_extended_alike(context: &Context<'_>, name: &str, uses: &[(usize, &Schema)]) -> bool {
    let children = children(context, name, uses);
    children.iter().all(|it| Some(it) == children.first())
}

/// The names of components that a schema refers to. A reference to anything else keeps it from being shared.
fn referred(uses: &[(usize, &Schema)]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    if let Some((_, schema)) = uses.first() {
        collect(schema, &mut out);
    }
    out
}

fn collect(schema: &Schema, out: &mut BTreeSet<String>) {
    if let Some(reference) = &schema.reference {
        let name = reference.value.strip_prefix("#/components/schemas/");
        out.insert(name.unwrap_or(&reference.value).to_owned());
    }
    if let Some(discriminator) = &schema.discriminator {
        let targets = discriminator
            .mapping
            .iter()
            .map(|(_, target)| target)
            .chain(&discriminator.default_mapping);
        out.extend(targets.map(|it| it.value.rsplit('/').next().unwrap_or(&it.value).to_owned()));
    }
    schema.properties.values().for_each(|it| collect(&it.item, out));
    schema.pattern_properties.iter().for_each(|(_, it)| collect(it, out));
    for list in [&schema.prefix_items, &schema.all_of, &schema.any_of, &schema.one_of] {
        list.iter().for_each(|it| collect(it, out));
    }
    let boxed = [
        &schema.additional_properties,
        &schema.property_names,
        &schema.unevaluated_properties,
        &schema.items,
        &schema.not,
    ];
    boxed.into_iter().flatten().for_each(|it| collect(it, out));
}

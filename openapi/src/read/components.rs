//! The Components Object.

use crate::codes;
use indexmap::IndexMap;

use super::{body, callback, example, parameter, path_item, reference, response, schema, security};
use crate::document::{Components, Named, Version};
use crate::node::Node;
use crate::reader::{Context, ObjectReader};
use crate::span::Spanned;

const LATER: &[(&str, Version)] = &[("pathItems", Version::V3_1), ("mediaTypes", Version::V3_2)];

pub(super) fn components(node: &Node, cx: &mut Context) -> Option<Components> {
    let mut object = ObjectReader::new(node, "Components Object", cx)?.later(LATER);
    let components = Components {
        schemas: named(&mut object, "schemas", schema::schema),
        responses: named(&mut object, "responses", response::response_or_reference),
        parameters: named(&mut object, "parameters", parameter::parameter_or_reference),
        request_bodies: named(&mut object, "requestBodies", |node, cx| {
            reference::reference_or(node, cx, body::request_body)
        }),
        headers: named(&mut object, "headers", parameter::header_or_reference),
        security_schemes: named(&mut object, "securitySchemes", security::scheme_or_reference),
        examples: collect(object.map("examples", |name, node, cx| {
            check_name(name, cx);
            example::example(name, node, cx)
        })),
        callbacks: named(&mut object, "callbacks", callback::callback_or_reference),
        path_items: named(&mut object, "pathItems", path_item::path_item_or_reference),
        media_types: named(&mut object, "mediaTypes", body::media_type),
    };
    // Nothing is emitted for links; where a response has some, the run tells of it.
    object.raw_object("links");
    object.finish();
    Some(components)
}

fn named<T>(
    object: &mut ObjectReader<'_, '_>,
    key: &'static str,
    read: impl Fn(&Node, &mut Context) -> Option<T>,
) -> IndexMap<String, Named<T>> {
    collect(object.map(key, |name, node, cx| {
        check_name(name, cx);
        read(node, cx)
    }))
}

fn collect<T>(entries: Vec<(Spanned<String>, T)>) -> IndexMap<String, Named<T>> {
    let named = entries
        .into_iter()
        .map(|(key, item)| (key.value, Named { key: key.span, item }));
    named.collect()
}

fn check_name(name: &Spanned<String>, cx: &mut Context) {
    let allowed = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_');
    if name.value.is_empty() || !name.value.chars().all(allowed) {
        let message = format!(
            "the name of a component should consist of letters, digits, `.`, `-` and `_`, found `{}`",
            name.value
        );
        cx.push(codes::COMPONENT_NAME.at(name.span, message));
    }
}

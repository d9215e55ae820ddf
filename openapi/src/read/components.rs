//! Reads the Components Object, and single components.

use indexmap::IndexMap;

use super::{body, callback, example, parameter, path_item, reference, response, schema, security};
use crate::codes;
use crate::document::{Components, Named, Section, Version};
use crate::node::Node;
use crate::reader::{Context, ObjectReader};
use crate::span::{Span, Spanned};

const LATER: &[(&str, Version)] = &[("pathItems", Version::V3_1), ("mediaTypes", Version::V3_2)];

pub(super) fn components(node: &Node, cx: &mut Context) -> Option<Components> {
    let mut object = ObjectReader::new(node, "Components Object", cx)?.later(LATER);
    let mut components = Components::default();
    for section in Section::ALL {
        object.each(section.key(), |name, node, cx| {
            check_name(name, cx);
            add(&mut components, *section, name, node, cx);
        });
    }
    object.each("mediaTypes", |name, node, cx| {
        check_name(name, cx);
        put(&mut components.media_types, name, body::media_type(node, cx));
    });
    // Nothing is emitted for links; where a response has some, the run tells of it.
    object.raw_object("links");
    object.finish();
    Some(components)
}

/// Reads a thing of a section that stands elsewhere, under a name that it has no other use for.
pub(crate) fn part(section: Section, name: &str, key: Span, node: &Node, cx: &mut Context) -> Components {
    let mut components = Components::default();
    let name = Spanned::new(name.to_owned(), key);
    add(&mut components, section, &name, node, cx);
    components
}

/// Reads a thing of a section into its map.
fn add(to: &mut Components, section: Section, name: &Spanned<String>, node: &Node, cx: &mut Context) {
    match section {
        Section::Schemas => put(&mut to.schemas, name, schema::schema(node, cx)),
        Section::Responses => put(&mut to.responses, name, response::response_or_reference(node, cx)),
        Section::Parameters => put(&mut to.parameters, name, parameter::parameter_or_reference(node, cx)),
        Section::Examples => put(&mut to.examples, name, example::example(name, node, cx)),
        Section::RequestBodies => {
            let body = reference::reference_or(node, cx, body::request_body);
            put(&mut to.request_bodies, name, body);
        }
        Section::Headers => put(&mut to.headers, name, parameter::header_or_reference(node, cx)),
        Section::SecuritySchemes => put(&mut to.security_schemes, name, security::scheme_or_reference(node, cx)),
        Section::Callbacks => put(&mut to.callbacks, name, callback::callback_or_reference(node, cx)),
        Section::PathItems => put(&mut to.path_items, name, path_item::path_item_or_reference(node, cx)),
    }
}

fn put<T>(map: &mut IndexMap<String, Named<T>>, name: &Spanned<String>, item: Option<T>) {
    let key = name.span;
    map.extend(item.map(|item| (name.value.clone(), Named { key, item })));
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

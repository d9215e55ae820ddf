//! A thing that stands outside of the components of a document, read as if it were one of them.

use indexmap::IndexMap;

use super::{body, callback, example, parameter, path_item, reference, response, schema, security};
use crate::document::{Components, Named};
use crate::documents::Section;
use crate::node::Node;
use crate::reader::Context;
use crate::span::{Span, Spanned};

/// Reads a thing of a section, under a name that it has no other use for.
pub(crate) fn part(section: Section, name: &str, key: Span, node: &Node, cx: &mut Context) -> Components {
    let mut components = Components::default();
    let named = &Spanned::new(name.to_owned(), key);
    match section {
        Section::Schemas => put(&mut components.schemas, named, schema::schema(node, cx)),
        Section::Responses => put(
            &mut components.responses,
            named,
            response::response_or_reference(node, cx),
        ),
        Section::Parameters => put(
            &mut components.parameters,
            named,
            parameter::parameter_or_reference(node, cx),
        ),
        Section::Examples => put(&mut components.examples, named, example::example(named, node, cx)),
        Section::RequestBodies => {
            let body = reference::reference_or(node, cx, body::request_body);
            put(&mut components.request_bodies, named, body);
        }
        Section::Headers => put(&mut components.headers, named, parameter::header_or_reference(node, cx)),
        Section::SecuritySchemes => put(
            &mut components.security_schemes,
            named,
            security::scheme_or_reference(node, cx),
        ),
        Section::Callbacks => put(
            &mut components.callbacks,
            named,
            callback::callback_or_reference(node, cx),
        ),
        Section::PathItems => put(
            &mut components.path_items,
            named,
            path_item::path_item_or_reference(node, cx),
        ),
    }
    components
}

fn put<T>(map: &mut IndexMap<String, Named<T>>, name: &Spanned<String>, item: Option<T>) {
    let key = name.span;
    map.extend(item.map(|item| (name.value.clone(), Named { key, item })));
}

//! Reads keywords of schemas that have rules of their own.

use super::nullable;
use crate::codes;
use crate::document::{Schema, Version};
use crate::node::Node;
use crate::reader::ObjectReader;
use crate::span::Spanned;

/// Takes an array of schemas that must not be empty.
pub(super) fn some_schemas(key: &'static str, object: &mut ObjectReader<'_, '_>) -> Vec<Schema> {
    let entry = object.entry(key);
    let schemas = object.list(key, super::schema);
    if let Some((span, node)) = entry
        && node.as_array().is_some_and(<[_]>::is_empty)
    {
        let message = format!("`{key}` must have at least one schema");
        object.context().push(codes::WRONG_VALUE.at(span, message));
    }
    schemas
}

/// Takes `anyOf` or `oneOf`.
pub(super) fn alternatives(key: &'static str, object: &mut ObjectReader<'_, '_>) -> Vec<Schema> {
    let nodes = object.take(key).and_then(Node::as_array).unwrap_or_default();
    let mut schemas = some_schemas(key, object);
    nullable::alternatives(&mut schemas, nodes);
    schemas
}

/// Takes `required`: names, each once.
pub(super) fn required(object: &mut ObjectReader<'_, '_>) -> Vec<Spanned<String>> {
    if let Some((_, node)) = object.entry("required")
        && node.as_bool().is_some()
    {
        let message = "`required` of the Schema Object must be an array, and has no effect as a boolean";
        object.context().push(codes::WRONG_REQUIRED.at(node.span, message));
        return Vec::new();
    }
    let mut names = object.strings("required");
    let mut seen = std::collections::HashMap::new();
    names.retain(|name| {
        let first = *seen.entry(name.value.clone()).or_insert(name.span);
        if first != name.span {
            let message = format!("`{}` stands twice in `required`", name.value);
            let found = codes::DUPLICATE_VALUE.at(name.span, message);
            object.context().push(found.related(first, "first here"));
        }
        first == name.span
    });
    names
}

/// Checks `xml`, which nothing is made of.
pub(super) fn xml(object: &mut ObjectReader<'_, '_>) {
    object.read("xml", |node, cx| {
        let later = &[("nodeType", Version::V3_2)];
        let mut object = ObjectReader::new(node, "XML Object", cx)?.later(later);
        for key in ["nodeType", "name", "namespace", "prefix"] {
            object.string(key);
        }
        for key in ["attribute", "wrapped"] {
            object.boolean(key);
        }
        Some(object.finish())
    });
}

//! Rewrites `nullable` of OpenAPI 3.0 as JSON Schema 2020-12, so that nothing later has to know both.

use super::old;
use crate::codes;
use crate::document::{JsonType, Schema, Version};
use crate::node::{Node, Value};
use crate::reader::ObjectReader;
use crate::span::{Span, Spanned};

/// The keywords beside which `nullable` means something.
const SHAPES: [&str; 15] = [
    "$ref",
    "type",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "enum",
    "const",
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "items",
    "prefixItems",
    "discriminator",
];

/// Takes `nullable`, and gives its place where it is true.
pub(super) fn take(object: &mut ObjectReader<'_, '_>) -> Option<Span> {
    let (key, _) = object.entry("nullable")?;
    if object.context().version > Version::V3_0 {
        let help = "add `\"null\"` to `type`, as in `\"type\": [\"string\", \"null\"]`";
        old::report("nullable", key, help, object);
    }
    let nullable = object.boolean("nullable").filter(|it| it.value)?;
    let untyped = ["allOf", "anyOf", "oneOf", "not", "enum"];
    if !object.has("type") && untyped.iter().any(|key| object.has(key)) {
        let message =
            "`nullable` is taken to add null, though OpenAPI 3.0 gives it no meaning without `type` beside it";
        object
            .context()
            .push(codes::UNTYPED_NULLABLE.at(nullable.span, message));
    }
    Some(nullable.span)
}

/// Adds null to what a schema takes. OpenAPI 3.0 gives that a meaning only beside `type`, and everybody means it
/// elsewhere too; a schema of any type takes null without it.
pub(super) fn add_null(schema: &mut Schema, nullable: Span) {
    let null = || Spanned::new(JsonType::Null, nullable);
    let says_of_members =
        schema.has_properties || !schema.required.is_empty() || schema.additional_properties.is_some();
    if schema.types.iter().any(|it| it.value == JsonType::Null) {
        return;
    }
    if !schema.types.is_empty() || schema.reference.is_some() || !schema.all_of.is_empty() {
        schema.types.push(null());
    } else if let Some(values) = &mut schema.enumeration {
        if !values.value.iter().any(|it| matches!(it.value, Value::Null)) {
            values.value.push(Node {
                span: nullable,
                value: Value::Null,
            });
        }
    } else if !schema.one_of.is_empty() {
        schema.one_of.push(only_null(nullable));
    } else if !schema.any_of.is_empty() {
        schema.any_of.push(only_null(nullable));
    } else if says_of_members {
        schema.types = vec![Spanned::new(JsonType::Object, nullable), null()];
    } else if schema.items.is_some() || !schema.prefix_items.is_empty() {
        schema.types = vec![Spanned::new(JsonType::Array, nullable), null()];
    }
}

fn only_null(span: Span) -> Schema {
    Schema {
        span,
        types: vec![Spanned::new(JsonType::Null, span)],
        ..Schema::default()
    }
}

/// Whether a schema says `nullable: true` and nothing of its values: among alternatives null is meant.
pub(super) fn is_only_nullable(node: &Node) -> bool {
    node.get("nullable").and_then(Node::as_bool) == Some(true) && SHAPES.iter().all(|key| node.get(key).is_none())
}

/// Makes each alternative that only says `nullable: true` the type null.
pub(super) fn alternatives(schemas: &mut [Schema], nodes: &[Node]) {
    for (schema, node) in schemas.iter_mut().zip(nodes) {
        if is_only_nullable(node) {
            schema.types = vec![Spanned::new(JsonType::Null, node.span)];
        }
    }
}

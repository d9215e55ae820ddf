//! Reads the Schema Object by JSON Schema 2020-12 or by OpenAPI 3.0.

mod keywords;
mod limits;
mod nullable;
mod old;
mod types;

use crate::codes;
use indexmap::IndexMap;

use super::{info, reference};
use crate::document::{Discriminator, Named, Schema, Version};
use crate::node::{Node, Value};
use crate::reader::{Context, ObjectReader};
use crate::span::{Span, Spanned};

/// Keywords of JSON Schema 2020-12 that OpenAPI 3.0 does not have.
const LATER: &[(&str, Version)] = &[
    ("const", Version::V3_1),
    ("examples", Version::V3_1),
    ("patternProperties", Version::V3_1),
    ("propertyNames", Version::V3_1),
    ("unevaluatedProperties", Version::V3_1),
    ("unevaluatedItems", Version::V3_1),
    ("prefixItems", Version::V3_1),
    ("contentEncoding", Version::V3_1),
    ("contentMediaType", Version::V3_1),
    ("contentSchema", Version::V3_1),
    ("if", Version::V3_1),
    ("then", Version::V3_1),
    ("else", Version::V3_1),
    ("contains", Version::V3_1),
    ("minContains", Version::V3_1),
    ("maxContains", Version::V3_1),
    ("dependentSchemas", Version::V3_1),
    ("dependentRequired", Version::V3_1),
    ("$defs", Version::V3_1),
    ("$id", Version::V3_1),
    ("$schema", Version::V3_1),
    ("$anchor", Version::V3_1),
    ("$dynamicAnchor", Version::V3_1),
    ("$dynamicRef", Version::V3_1),
    ("$vocabulary", Version::V3_1),
    ("$comment", Version::V3_1),
];

/// Keywords that are kept as they are.
const OTHER: [&str; 17] = [
    "if",
    "then",
    "else",
    "contains",
    "minContains",
    "maxContains",
    "dependentSchemas",
    "dependentRequired",
    "unevaluatedItems",
    "contentSchema",
    "$defs",
    "$id",
    "$schema",
    "$anchor",
    "$dynamicAnchor",
    "$dynamicRef",
    "$vocabulary",
];

/// Reads a schema; where it is none, an empty one is given beside the finding.
pub(super) fn schema(node: &Node, cx: &mut Context) -> Option<Schema> {
    Some(*boxed(node, cx))
}

/// Reads a schema where even OpenAPI 3.0 has booleans.
fn schema_or_boolean(node: &Node, cx: &mut Context) -> Option<Box<Schema>> {
    let mut schema = empty(node.span);
    match node.value {
        Value::Bool(value) => schema.boolean = Some(value),
        _ => fill(&mut schema, node, cx),
    }
    Some(schema)
}

/// A schema is large, and filled where it stays, because schemas within schemas would otherwise
/// need more of the stack than threads have.
fn boxed(node: &Node, cx: &mut Context) -> Box<Schema> {
    let mut schema = empty(node.span);
    match node.value {
        Value::Bool(value) if cx.version > Version::V3_0 || cx.is_lenient() => schema.boolean = Some(value),
        _ => fill(&mut schema, node, cx),
    }
    schema
}

/// As [`schema`], in memory of its own: for places that often have none.
pub(super) fn one(node: &Node, cx: &mut Context) -> Option<Box<Schema>> {
    Some(boxed(node, cx))
}

fn empty(span: Span) -> Box<Schema> {
    let mut schema = Box::<Schema>::default();
    schema.span = span;
    schema
}

fn fill(schema: &mut Schema, node: &Node, cx: &mut Context) {
    let version = cx.version;
    if version == Version::V3_0 && node.get("$ref").is_some() {
        schema.reference = reference::reference(node, cx).map(|it| it.target);
        return;
    }
    let Some(object) = ObjectReader::new(node, "Schema Object", cx) else {
        return;
    };
    let mut object = object.later(LATER);
    if version > Version::V3_0 {
        object = object.lenient();
    }
    schema.reference = object.string("$ref");
    let keys = node.as_object().map_or(0, <[_]>::len);
    schema.has_siblings = schema.reference.is_some() && keys > 1;
    annotations(schema, &mut object);
    types::types(schema, &mut object);
    composition(schema, &mut object);
    members(schema, &mut object);
    items(schema, &mut object);
    schema.limits = limits::limits(&mut object);
    others(schema, &mut object);
    let nullable = nullable::take(&mut object);
    schema.extensions = object.finish();
    if let Some(place) = nullable {
        nullable::add_null(schema, place);
    }
}

/// What does not say which values are valid.
fn annotations(schema: &mut Schema, object: &mut ObjectReader<'_, '_>) {
    schema.title = object.string("title");
    schema.description = object.string("description");
    schema.default = object.node("default");
    schema.read_only = object.flag("readOnly");
    schema.write_only = object.flag("writeOnly");
    schema.deprecated = object.flag("deprecated");
    schema.examples = object.node("example").into_iter().collect();
    schema
        .examples
        .extend(object.list("examples", |node, _| Some(node.clone())));
    object.string("$comment");
    info::external_documentation(object);
    keywords::xml(object);
}

/// Schemas made of schemas.
fn composition(schema: &mut Schema, object: &mut ObjectReader<'_, '_>) {
    schema.all_of = keywords::some_schemas("allOf", object);
    schema.any_of = keywords::alternatives("anyOf", object);
    schema.one_of = keywords::alternatives("oneOf", object);
    schema.not = object.read("not", one);
    schema.discriminator = object.read("discriminator", discriminator).map(Box::new);
}

fn members(schema: &mut Schema, object: &mut ObjectReader<'_, '_>) {
    schema.has_properties = object.has("properties");
    schema.properties.reserve_exact(object.count("properties"));
    object.each("properties", |name, node, cx| {
        insert(&mut schema.properties, name, boxed(node, cx))
    });
    schema.required = keywords::required(object);
    schema.additional_properties = object.read("additionalProperties", schema_or_boolean);
    schema.pattern_properties = object.map("patternProperties", |_, node, cx| self::schema(node, cx));
    schema.property_names = object.read("propertyNames", one);
    schema.unevaluated_properties = object.read("unevaluatedProperties", one);
}

fn insert(properties: &mut IndexMap<String, Named<Schema>>, name: &Spanned<String>, schema: Box<Schema>) {
    let named = Named {
        key: name.span,
        item: *schema,
    };
    properties.insert(name.value.clone(), named);
}

fn items(schema: &mut Schema, object: &mut ObjectReader<'_, '_>) {
    let tuple = object.take("items").filter(|it| it.as_array().is_some());
    schema.prefix_items = match tuple {
        Some(node) if object.context().version > Version::V3_0 || object.context().is_lenient() => {
            let message = "`items` must be a schema, found an array";
            let help = "schemas for items one by one are `prefixItems` since OpenAPI 3.1";
            let found = codes::WRONG_TYPE.at(node.span.first_byte(), message).help(help);
            let found = match object.context().is_lenient() {
                true => found.with_consequence("it is read as `prefixItems`"),
                false => found,
            };
            object.context().push_lenient(found);
            keywords::some_schemas("items", object)
        }
        _ => {
            schema.items = object.read("items", one);
            keywords::some_schemas("prefixItems", object)
        }
    };
}

fn others(schema: &mut Schema, object: &mut ObjectReader<'_, '_>) {
    if !object.has_any(&OTHER) {
        return;
    }
    for keyword in OTHER {
        if let Some((span, node)) = object.entry(keyword) {
            schema
                .other_keywords
                .push((Spanned::new(keyword.to_owned(), span), node.clone()));
        }
    }
}

fn discriminator(node: &Node, cx: &mut Context) -> Option<Discriminator> {
    let later = &[("defaultMapping", Version::V3_2)];
    let mut object = ObjectReader::new(node, "Discriminator Object", cx)?.later(later);
    let property_name = object.required_string("propertyName");
    let mapping = object.map("mapping", |_, node, cx| {
        crate::reader::as_string(node, format_args!("a value of `mapping`"), cx)
    });
    Some(Discriminator {
        span: node.span,
        property_name,
        mapping,
        default_mapping: object.string("defaultMapping"),
        extensions: object.finish(),
    })
}

//! Writes the JSON Schema that a document states of an emitted type, for `schemars::JsonSchema`.

use std::collections::BTreeSet;

use tablature_openapi::document::{JsonType, Schema};
use tablature_openapi::node::{Node, Number, Value};
use tablature_openapi::{Span, Spanned};

use crate::ir::{JsonSchema, Type, TypeName};
use crate::lower::context::Context;

/// What is stated of a value that all of some schemas describe. A reference to one of `types` stays one, any other is
/// replaced by what it leads to.
pub fn of<'d>(context: &Context<'d>, schemas: &[&'d Schema], types: &BTreeSet<TypeName>) -> JsonSchema {
    let mut writer = Writer {
        context,
        types,
        references: Vec::new(),
        open: schemas.iter().map(|it| it.span).collect(),
    };
    let stated = match schemas {
        [only] => writer.schema(only, ""),
        all => object([("allOf", writer.list(all.iter().copied(), "/allOf"))]),
    };
    JsonSchema {
        text: format!("{stated:#}"),
        references: writer.references,
    }
}

struct Writer<'c, 'd> {
    context: &'c Context<'d>,
    types: &'c BTreeSet<TypeName>,
    /// The references that stay, by JSON Pointer.
    references: Vec<(String, TypeName)>,
    /// The schemas that are being written: one that holds itself without a type between is not written again.
    open: Vec<Span>,
}

impl<'d> Writer<'_, 'd> {
    fn schema(&mut self, schema: &'d Schema, pointer: &str) -> Node {
        if let Some(any) = schema.boolean {
            return node(Value::Bool(any));
        }
        if let Some(reference) = schema.reference.as_ref().filter(|_| !schema.has_siblings) {
            return self.referred(reference, pointer);
        }
        let mut members = stated(schema);
        // Of a document of 3.0: null, or what these take.
        let composed = schema.reference.is_some() || !schema.all_of.is_empty();
        if composed && matches!(schema.types.as_slice(), [only] if only.value == JsonType::Null) {
            members.retain(|(keyword, _)| *keyword != "type");
            members.extend(self.applied(schema, &format!("{pointer}/anyOf/1")));
            let null = object([("type", text("null"))]);
            return object([("anyOf", node(Value::Array(vec![null, object(members)])))]);
        }
        members.extend(self.applied(schema, pointer));
        object(members)
    }

    /// The keywords that hold schemas.
    fn applied(&mut self, schema: &'d Schema, pointer: &str) -> Vec<(&'static str, Node)> {
        let mut members = Vec::new();
        if !schema.properties.is_empty() {
            let properties = schema.properties.iter().map(|(name, it)| {
                let at = format!("{pointer}/properties/{}", escaped(name));
                (name.clone(), self.schema(&it.item, &at))
            });
            members.push(("properties", object(properties)));
        }
        if !schema.pattern_properties.is_empty() {
            let patterns = schema.pattern_properties.iter().map(|(pattern, it)| {
                let at = format!("{pointer}/patternProperties/{}", escaped(&pattern.value));
                (pattern.value.clone(), self.schema(it, &at))
            });
            members.push(("patternProperties", object(patterns)));
        }
        let single = [
            ("additionalProperties", &schema.additional_properties),
            ("propertyNames", &schema.property_names),
            ("unevaluatedProperties", &schema.unevaluated_properties),
            ("items", &schema.items),
            ("not", &schema.not),
        ];
        for (keyword, inner) in single {
            let inner = inner
                .as_ref()
                .map(|it| self.schema(it, &format!("{pointer}/{keyword}")));
            members.extend(inner.map(|it| (keyword, it)));
        }
        let lists = [
            ("prefixItems", &schema.prefix_items),
            ("anyOf", &schema.any_of),
            ("oneOf", &schema.one_of),
        ];
        for (keyword, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            members.push((keyword, self.list(list, &format!("{pointer}/{keyword}"))));
        }
        // What stands beside a reference holds together with it.
        let reference = schema.reference.iter();
        let mut all: Vec<Node> = reference
            .map(|it| self.referred(it, &format!("{pointer}/allOf/0")))
            .collect();
        for part in &schema.all_of {
            let at = format!("{pointer}/allOf/{}", all.len());
            all.push(self.schema(part, &at));
        }
        if !all.is_empty() {
            members.push(("allOf", node(Value::Array(all))));
        }
        members
    }

    fn list(&mut self, schemas: impl IntoIterator<Item = &'d Schema>, pointer: &str) -> Node {
        let schemas = schemas.into_iter().enumerate();
        let items = schemas.map(|(index, it)| self.schema(it, &format!("{pointer}/{index}")));
        node(Value::Array(items.collect()))
    }

    /// A reference to a type that has a schema of its own, else what it leads to; anything where it leads back.
    fn referred(&mut self, reference: &Spanned<String>, pointer: &str) -> Node {
        let documents = self.context.ask.documents;
        let Some((id, target)) = documents.resolve_schema(&reference.span, &reference.value) else {
            return node(Value::Bool(true));
        };
        match self.context.component_type(&id) {
            Some(Type::Named(name)) if self.types.contains(&name) => {
                self.references.push((pointer.to_owned(), name));
                object([("$ref", text(&reference.value))])
            }
            _ if self.open.contains(&target.span) => node(Value::Bool(true)),
            _ => {
                self.open.push(target.span);
                let inner = self.schema(target, pointer);
                self.open.pop();
                inner
            }
        }
    }
}

/// The keywords that hold no schemas.
fn stated(schema: &Schema) -> Vec<(&'static str, Node)> {
    let texts = [
        ("title", &schema.title),
        ("description", &schema.description),
        ("format", &schema.format),
        ("pattern", &schema.limits.pattern),
        ("contentEncoding", &schema.limits.content_encoding),
        ("contentMediaType", &schema.limits.content_media_type),
    ];
    let flags = [
        ("uniqueItems", schema.limits.unique_items),
        ("readOnly", schema.read_only),
        ("writeOnly", schema.write_only),
        ("deprecated", schema.deprecated),
    ];
    let list = |items: &[Node]| node(Value::Array(items.to_vec()));
    let required: Vec<Node> = schema.required.iter().map(|it| text(&it.value)).collect();
    let mut members: Vec<(&str, Node)> = types(schema).map(|it| ("type", it)).into_iter().collect();
    members.extend(
        texts
            .into_iter()
            .filter_map(|(name, it)| Some((name, text(&it.as_ref()?.value)))),
    );
    members.extend(schema.enumeration.iter().map(|it| ("enum", list(&it.value))));
    members.extend(schema.constant.iter().map(|it| ("const", it.clone())));
    members.extend(schema.default.iter().map(|it| ("default", it.clone())));
    members.extend((!schema.examples.is_empty()).then(|| ("examples", list(&schema.examples))));
    members.extend(bounds(schema));
    members.extend(
        flags
            .into_iter()
            .filter(|(_, it)| *it)
            .map(|(name, it)| (name, node(Value::Bool(it)))),
    );
    members.extend((!required.is_empty()).then(|| ("required", list(&required))));
    members
}

/// The keywords that bound numbers, lengths and counts.
fn bounds(schema: &Schema) -> Vec<(&'static str, Node)> {
    let numbers = [
        ("minimum", &schema.limits.minimum),
        ("maximum", &schema.limits.maximum),
        ("exclusiveMinimum", &schema.limits.exclusive_minimum),
        ("exclusiveMaximum", &schema.limits.exclusive_maximum),
        ("multipleOf", &schema.limits.multiple_of),
    ];
    let counts = [
        ("minLength", &schema.limits.min_length),
        ("maxLength", &schema.limits.max_length),
        ("minItems", &schema.limits.min_items),
        ("maxItems", &schema.limits.max_items),
        ("minProperties", &schema.limits.min_properties),
        ("maxProperties", &schema.limits.max_properties),
    ];
    let number = |it: &Number| node(Value::Number(it.clone()));
    let count = |it: u64| number(&Number::new(it.to_string()));
    let numbers = numbers.into_iter();
    let numbers = numbers.filter_map(|(name, it)| Some((name, number(&it.as_ref()?.value))));
    let counts = counts.into_iter();
    let counts = counts.filter_map(|(name, it)| Some((name, count(it.as_ref()?.value))));
    numbers.chain(counts).collect()
}

fn types(schema: &Schema) -> Option<Node> {
    let names: Vec<Node> = schema.types.iter().map(|it| text(name(it.value))).collect();
    match names.as_slice() {
        [] => None,
        [only] => Some(only.clone()),
        _ => Some(node(Value::Array(names))),
    }
}

fn name(ty: JsonType) -> &'static str {
    match ty {
        JsonType::Null => "null",
        JsonType::Boolean => "boolean",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
    }
}

fn node(value: Value) -> Node {
    Node {
        span: Span::default(),
        value,
    }
}

fn text(text: &str) -> Node {
    node(Value::String(text.to_owned()))
}

fn object(members: impl IntoIterator<Item = (impl Into<String>, Node)>) -> Node {
    let members = members.into_iter();
    let members = members.map(|(name, it)| (Spanned::new(name.into(), Span::default()), it));
    node(Value::Object(members.collect()))
}

/// A name as a step of a JSON Pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

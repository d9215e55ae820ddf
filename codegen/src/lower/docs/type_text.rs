//! Writes types in the words of OpenAPI: `int32 integer; at most 5`.

use tablature_openapi::document::{JsonType, Schema};
use tablature_openapi::node::{Node, Value};

use crate::lower::ask::input::Input;
use crate::lower::ask::schema::only_reference;
use crate::lower::ask::short_names;
use crate::markdown::code;

/// A type in the words of OpenAPI.
pub fn type_text(input: &Input<'_>, schema: &Schema) -> String {
    if let Some(reference) = only_reference(schema) {
        return input
            .schema_id(reference.span, &reference.value)
            .map_or_else(|| "JSON".to_owned(), |id| code(short_names::short_of(input, &id)));
    }
    let named = schema.types.iter().map(|it| it.value).find(|it| *it != JsonType::Null);
    let format = schema.format.as_ref().map(|it| it.value.as_str());
    let formatted = |ty: &str| format.map_or_else(|| ty.to_owned(), |it| format!("{it} {ty}"));
    match named.or_else(|| implied(schema)) {
        Some(JsonType::Boolean) => "boolean".to_owned(),
        Some(JsonType::Integer) => formatted("integer"),
        Some(JsonType::Number) => formatted("number"),
        Some(JsonType::String) => formatted("string"),
        Some(JsonType::Array) => list(input, schema),
        Some(JsonType::Object) => object(input, schema),
        _ if !schema.one_of.is_empty() || !schema.any_of.is_empty() => "one of several types".to_owned(),
        _ => "any JSON".to_owned(),
    }
}

/// The type of all values, where none is named; that of what else is said.
fn implied(schema: &Schema) -> Option<JsonType> {
    let listed = schema.enumeration.iter().flat_map(|it| &it.value);
    let mut values = schema.constant.iter().chain(listed).map(of).collect::<Vec<_>>();
    values.retain(|it| *it != JsonType::Null);
    values.dedup();
    match values.as_slice() {
        [only] => Some(*only),
        [] if !schema.prefix_items.is_empty() || schema.items.is_some() => Some(JsonType::Array),
        [] if !schema.properties.is_empty() || !schema.pattern_properties.is_empty() => Some(JsonType::Object),
        _ => None,
    }
}

fn of(node: &Node) -> JsonType {
    match &node.value {
        Value::Null => JsonType::Null,
        Value::Bool(_) => JsonType::Boolean,
        Value::Number(number) if number.is_integer() => JsonType::Integer,
        Value::Number(_) => JsonType::Number,
        Value::String(_) => JsonType::String,
        Value::Array(_) => JsonType::Array,
        Value::Object(_) => JsonType::Object,
    }
}

fn list(input: &Input<'_>, schema: &Schema) -> String {
    let first: Vec<String> = schema.prefix_items.iter().map(|it| type_text(input, it)).collect();
    let rest = schema.items.as_ref().filter(|it| it.boolean.is_none());
    match (first.as_slice(), rest) {
        ([], Some(items)) => format!("list of {}", type_text(input, items)),
        ([], None) => "list".to_owned(),
        (_, Some(items)) => format!("list of {}, then of {}", first.join(", "), type_text(input, items)),
        (_, None) => format!("list of {}", first.join(", ")),
    }
}

fn object(input: &Input<'_>, schema: &Schema) -> String {
    let values = schema.additional_properties.as_ref().filter(|it| it.boolean.is_none());
    let patterns = schema.pattern_properties.iter();
    let patterns: Vec<String> = patterns
        .map(|(pattern, it)| format!("{} of {}", code(&pattern.value), type_text(input, it)))
        .collect();
    match (patterns.as_slice(), values) {
        ([], Some(values)) if schema.properties.is_empty() => format!("map of {}", type_text(input, values)),
        ([], _) => "object".to_owned(),
        (_, None) => format!("object with members by pattern: {}", patterns.join(", ")),
        (_, Some(values)) => {
            let others = type_text(input, values);
            format!(
                "object with members by pattern: {}; others of {others}",
                patterns.join(", ")
            )
        }
    }
}

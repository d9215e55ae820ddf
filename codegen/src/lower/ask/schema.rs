//! Answers questions about a schema by itself: its reference, its parts, whether it says anything.

use tablature_openapi::Spanned;
use tablature_openapi::document::{JsonType, Schema};
use tablature_openapi::node::{Node, Value};

/// The format of a string that has a type of its own.
pub const DATE_TIME: &str = "date-time";

/// Whether a schema takes `null` and nothing else.
pub fn is_null(schema: &Schema) -> bool {
    // Beside a reference null is taken too.
    let refers = schema.reference.is_some() || !schema.all_of.is_empty();
    let by_type = !refers && !schema.types.is_empty() && schema.types.iter().all(|it| it.value == JsonType::Null);
    let by_values = schema
        .enumeration
        .as_ref()
        .is_some_and(|it| it.value.iter().all(|it| matches!(it.value, Value::Null)));
    by_type || by_values || matches!(schema.constant, Some(Node { value: Value::Null, .. }))
}

/// The one schema that `oneOf` or `anyOf` leaves beside `null`.
pub fn only_choice(schema: &Schema) -> Option<&Schema> {
    let mut choices = schema.one_of.iter().chain(&schema.any_of).filter(|it| !is_null(it));
    let only = choices.next();
    only.filter(|_| choices.next().is_none())
}

/// The reference that a schema comes down to: alone, beside notes, or as the only part of an `allOf` that says
/// anything of the shape.
pub fn only_reference(schema: &Schema) -> Option<&Spanned<String>> {
    let mut parts = schema.all_of.iter().filter(|it| has_shape(it));
    match (&schema.reference, has_own_shape(schema), parts.next(), parts.next()) {
        (Some(reference), false, None, None) => Some(reference),
        (None, false, Some(only), None) => only_reference(only),
        _ => None,
    }
}

/// Whether a schema says anything of the shape.
pub fn has_shape(schema: &Schema) -> bool {
    schema.reference.is_some()
        || !schema.types.is_empty()
        || schema.all_of.iter().any(has_shape)
        || has_own_shape(schema)
}

/// Whether keywords beside `$ref` and `allOf` say anything of the shape. A type alone does not: it repeats theirs.
fn has_own_shape(schema: &Schema) -> bool {
    let refers = schema.reference.is_some() || !schema.all_of.is_empty();
    says_more_than_type(schema) || !refers && !schema.types.is_empty()
}

/// Whether keywords other than `type`, `$ref` and `allOf` say anything of the shape.
pub fn says_more_than_type(schema: &Schema) -> bool {
    !schema.properties.is_empty()
        || !schema.required.is_empty()
        || schema.enumeration.is_some()
        || schema.constant.is_some()
        || schema
            .additional_properties
            .as_ref()
            .is_some_and(|it| it.boolean.is_none())
        || !schema.pattern_properties.is_empty()
        || schema.items.is_some()
        || !schema.prefix_items.is_empty()
        || !schema.one_of.is_empty()
        || !schema.any_of.is_empty()
}

/// Whether a schema says in the words of Kubernetes that it takes an integer or a string.
pub fn is_int_or_string(schema: &Schema) -> bool {
    let by_format = schema.format.as_ref().is_some_and(|it| it.value == "int-or-string");
    let by_key = schema
        .extensions
        .get("x-kubernetes-int-or-string")
        .and_then(|it| it.value.as_bool());
    by_format || by_key == Some(true)
}

/// The API version and the kind of the objects that a schema of Kubernetes describes, if those are of one kind.
pub fn object_kind(schema: &Schema) -> Option<(String, String)> {
    let kinds = &schema.extensions.get("x-kubernetes-group-version-kind")?.value;
    let [one] = kinds.as_array()? else {
        return None;
    };
    let [group, version, kind] = ["group", "version", "kind"].map(|key| one.get(key).and_then(Node::as_str));
    let api_version = match group? {
        "" => version?.to_owned(),
        group => format!("{group}/{}", version?),
    };
    Some((api_version, kind?.to_owned()))
}

/// The types of values that are of one of both lists.
pub fn common(a: &[JsonType], b: &[JsonType]) -> Vec<JsonType> {
    let is_number = |it: &[JsonType]| it.contains(&JsonType::Number);
    let in_both = |it: &JsonType| match it {
        JsonType::Integer => (a.contains(it) || is_number(a)) && (b.contains(it) || is_number(b)),
        _ => a.contains(it) && b.contains(it),
    };
    let mut types: Vec<JsonType> = Vec::new();
    for ty in a.iter().chain(b).filter(|it| in_both(it)) {
        if !types.contains(ty) {
            types.push(*ty);
        }
    }
    types
}

//! Types and limits of rows as schemas.

use crate::facts::{Cell, Limits, Row};
use crate::import::{conventions, object};
use crate::json::Json;
use crate::types::{self, Type};

/// The schema of a row; `reference` gives that of a model.
pub(crate) fn of(row: &Row, reference: &mut dyn FnMut(&str) -> Json) -> Json {
    let Cell::Known(text) = &row.type_text else {
        return any("The page does not tell the type.");
    };
    let Some(found) = types::parse(text) else {
        return any(&format!(
            "The page says `{text}`, which is not a type that is understood."
        ));
    };
    let said = row.text.to_lowercase();
    let says = |key| conventions::phrases(key).any(|it| said.contains(it));
    let found = match found {
        Type::String if says("integer-or-string") => Type::OneOf(vec![Type::Integer { long: false }, Type::String]),
        found => found,
    };
    let mut schema = of_type(&found, reference);
    if let Json::Object(members) = &mut schema
        && found == Type::String
        && says("date-time")
    {
        members.push(("format".to_owned(), Json::text("date-time")));
    }
    limits(&mut schema, &row.limits, &found, said.contains("octal"));
    schema
}

/// Any value, with a note for the curator.
pub(super) fn any(note: &str) -> Json {
    object([("x-note", Json::text(note))])
}

/// The schemas of what a row refers to: of the models that its type names, in their order, or of its own table.
pub(super) type Links = Vec<Json>;

/// The schema of a row whose type refers to models, or which is an object that a table of its own describes.
pub(super) fn linked(row: &Row, links: &[Json]) -> Json {
    let parsed = row.type_text.known().and_then(|it| types::parse(it));
    match (parsed, links) {
        (Some(it), [link]) if types::models_within(&it).is_empty() => joined(&it, link),
        (None, [link]) => link.clone(),
        _ => {
            let mut links = links.iter().cloned();
            let free = || object([("type", Json::text("object"))]);
            of(row, &mut |_| links.next().unwrap_or_else(free))
        }
    }
}

/// An object, or a list of objects, with the schema of its own table.
fn joined(it: &Type, link: &Json) -> Json {
    match it {
        Type::Array(item) => {
            let items = item.as_deref().map_or_else(|| link.clone(), |it| joined(it, link));
            object([("type", Json::text("array")), ("items", items)])
        }
        _ => link.clone(),
    }
}

fn of_type(found: &Type, reference: &mut dyn FnMut(&str) -> Json) -> Json {
    let simple = |name: &str| object([("type", Json::text(name))]);
    match found {
        Type::Any => object::<String>([]),
        Type::String => simple("string"),
        Type::Integer { long: false } => simple("integer"),
        Type::Integer { long: true } => object([("type", Json::text("integer")), ("format", Json::text("int64"))]),
        Type::Number => simple("number"),
        Type::Boolean => simple("boolean"),
        Type::Object => simple("object"),
        Type::OneOf(types) => {
            let types = types.iter().map(|it| of_type(it, reference)).collect();
            object([("oneOf", Json::Array(types))])
        }
        Type::Array(item) => {
            let items = item
                .as_deref()
                .map_or_else(|| object::<String>([]), |it| of_type(it, reference));
            object([("type", Json::text("array")), ("items", items)])
        }
        Type::Map(value) => object([
            ("type", Json::text("object")),
            ("additionalProperties", of_type(value, reference)),
        ]),
        Type::Members(members) => {
            let required = members.iter().filter(|it| it.required).map(|it| &it.name);
            let required = Json::texts(required);
            let properties = members
                .iter()
                .map(|it| (it.name.as_str(), of_type(&it.kind, reference)));
            object([
                ("type", Json::text("object")),
                ("required", required),
                ("properties", object(properties)),
            ])
        }
        Type::Model(name) => reference(name),
    }
}

/// Adds what the row says of values.
fn limits(schema: &mut Json, limits: &Limits, found: &Type, is_octal: bool) {
    let Json::Object(members) = schema else { return };
    let mut add = |key: &str, value: Json| members.push((key.to_owned(), value));
    if let (Cell::Known(values), Type::String) = (&limits.values, found) {
        add("enum", Json::texts(values));
    }
    if let Some(default) = limits.default.as_deref().and_then(|it| default(it, found, is_octal)) {
        add("default", default);
    }
    if matches!(found, Type::Integer { .. } | Type::Number) {
        for (key, value) in [("minimum", &limits.minimum), ("maximum", &limits.maximum)] {
            if let Some(value) = value.as_ref().and_then(|it| literal(it, found)) {
                add(key, value);
            }
        }
    }
    if *found == Type::String {
        for (key, value) in [("minLength", limits.min_length), ("maxLength", limits.max_length)] {
            if let Some(value) = value {
                add(key, Json::Number(value.to_string()));
            }
        }
    }
}

/// A default. One that begins with a zero has other digits than JSON, and is octal only where the text says so.
fn default(text: &str, found: &Type, is_octal: bool) -> Option<Json> {
    match found {
        Type::Integer { .. } if text.len() > 1 && text.starts_with('0') => {
            let value = i64::from_str_radix(text, 8).ok().filter(|_| is_octal)?;
            Some(Json::Number(value.to_string()))
        }
        _ => literal(text, found),
    }
}

/// A text as a value of its type.
fn literal(text: &str, found: &Type) -> Option<Json> {
    match found {
        Type::String => Some(Json::text(text)),
        Type::Boolean => text.parse().ok().map(Json::Bool),
        Type::Integer { .. } => text.parse::<i64>().ok().map(|it| Json::Number(it.to_string())),
        Type::Number => text
            .parse::<f64>()
            .ok()
            .filter(|it| it.is_finite())
            .map(|it| Json::Number(it.to_string())),
        _ => None,
    }
}

//! Reads `type`, `format`, `enum` and `const`: which values a schema takes.

use crate::codes;
use crate::document::{JsonType, Schema, Version};
use crate::nearest::did_you_mean;
use crate::node::{Node, Value, ValueSet};
use crate::reader::{Context, ObjectReader, as_list};
use crate::span::Spanned;

const NAMES: [(&str, JsonType); 7] = [
    ("null", JsonType::Null),
    ("boolean", JsonType::Boolean),
    ("integer", JsonType::Integer),
    ("number", JsonType::Number),
    ("string", JsonType::String),
    ("array", JsonType::Array),
    ("object", JsonType::Object),
];

pub(super) fn types(schema: &mut Schema, object: &mut ObjectReader<'_, '_>) {
    // Not as other keys, since null without quotes is a type here, and not an absent one.
    let types = object.take("type").and_then(|it| read_types(it, object.context()));
    schema.types = types.unwrap_or_default();
    schema.format = object.string("format");
    schema.enumeration = object.read("enum", enumeration);
    schema.constant = object.node("const");
}

fn read_types(node: &Node, cx: &mut Context) -> Option<Vec<Spanned<JsonType>>> {
    let has_lists = cx.version > Version::V3_0 || cx.is_lenient();
    if !has_lists || node.as_array().is_none() {
        return Some(vec![read_type(node, cx)?]);
    }
    if cx.version == Version::V3_0 {
        let message = "a list of types is of OpenAPI 3.1, and is read as it is there";
        cx.push(codes::LATER_KEY.at(node.span.first_byte(), message));
    }
    let mut types: Vec<Spanned<JsonType>> = Vec::new();
    for item in as_list(node, format_args!("`type` of the Schema Object"), cx) {
        let Some(read) = read_type(item, cx) else { continue };
        if types.iter().any(|it| it.value == read.value) {
            let message = "this type stands twice in `type`";
            cx.push(codes::DUPLICATE_VALUE.at(item.span, message));
        } else {
            types.push(read);
        }
    }
    if node.as_array().is_some_and(<[_]>::is_empty) {
        cx.push(codes::WRONG_VALUE.at(node.span, "`type` must name at least one type"));
    }
    Some(types)
}

fn read_type(node: &Node, cx: &mut Context) -> Option<Spanned<JsonType>> {
    if cx.is_lenient() && matches!(node.value, Value::Null) {
        let message = "`type` of the Schema Object must be a string, found null, and is read as the type null";
        cx.push(codes::UNQUOTED_TEXT.at(node.span, message));
        return Some(Spanned::new(JsonType::Null, node.span));
    }
    let Some(text) = node.as_str() else {
        let found = node.kind_name();
        let (expected, help) = match cx.version {
            Version::V3_0 => (
                "a string",
                "several types are `oneOf` or `anyOf` in OpenAPI 3.0, and null is `nullable`",
            ),
            _ => ("a string or an array of strings", "the names of types are strings"),
        };
        let message = format!("`type` of the Schema Object must be {expected}, found {found}");
        let span = node.span.first_byte();
        cx.push(codes::WRONG_TYPE.at(span, message).help(help));
        return None;
    };
    let known = NAMES.into_iter().find(|(name, _)| *name == text);
    let (message, help) = match known {
        Some((_, JsonType::Null)) if cx.version == Version::V3_0 => {
            let help = "write `\"nullable\": true` beside the type".to_owned();
            ("OpenAPI 3.0 has no type `null`".to_owned(), Some(help))
        }
        Some((_, found)) => return Some(Spanned::new(found, node.span)),
        None => {
            let any = if cx.is_lenient() { ": any value is taken" } else { "" };
            let help = did_you_mean(text, NAMES.map(|(name, _)| name));
            (format!("unknown type `{text}`{any}"), help)
        }
    };
    cx.push_lenient(codes::UNKNOWN_TYPE.at(node.span, message).maybe_help(help));
    known
        .filter(|_| cx.is_lenient())
        .map(|(_, found)| Spanned::new(found, node.span))
}

fn enumeration(node: &Node, cx: &mut Context) -> Option<Spanned<Vec<Node>>> {
    let values = as_list(node, format_args!("`enum` of the Schema Object"), cx);
    if values.is_empty() && node.as_array().is_some() {
        let message = "`enum` should have at least one value, and is ignored without";
        cx.push(codes::EMPTY_ENUM.at(node.span, message));
        return None;
    }
    let (mut kept, mut known) = (Vec::with_capacity(values.len()), ValueSet::default());
    for value in values {
        match known.insert(value) {
            Some(first) => {
                let found = codes::DUPLICATE_VALUE.at(value.span, "this value stands twice in `enum`");
                cx.push(found.related(first.span, "first here"));
            }
            None => kept.push(value.clone()),
        }
    }
    node.as_array().map(|_| Spanned::new(kept, node.span))
}

//! JSON inputs made of others, value by value, so that most of them can still be read.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// Names that mean something in a schema, for keys that are changed.
const KEYS: &[&str] = &[
    "$ref",
    "type",
    "properties",
    "required",
    "items",
    "prefixItems",
    "allOf",
    "oneOf",
    "anyOf",
    "enum",
    "const",
    "default",
    "additionalProperties",
    "discriminator",
    "nullable",
    "format",
    "readOnly",
    "writeOnly",
    "description",
    "title",
    "minimum",
    "maximum",
    "minItems",
    "pattern",
    "x-rust-name",
    "x-rust-type",
    "schema",
    "content",
    "example",
    "deprecated",
];

/// An input with a few changes of its values, some of them taken from another; nothing if it is not JSON.
pub(crate) fn json(input: &[u8], other: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let mut value: Value = serde_json::from_slice(input).ok()?;
    let other = serde_json::from_slice(other).unwrap_or(Value::Null);
    for _ in 0..=random.below(3) {
        change(&mut value, &other, random);
    }
    serde_json::to_vec(&value).ok()
}

fn change(root: &mut Value, other: &Value, random: &mut Random) {
    let count = size(root);
    let source = if random.below(2) == 0 {
        root.clone()
    } else {
        other.clone()
    };
    let piece = nth(&source, &mut random.below(size(&source)))
        .cloned()
        .unwrap_or_default();
    let reference = reference(root, random);
    let Some(target) = nth_mut(root, &mut random.below(count)) else {
        return;
    };
    match random.below(9) {
        0 | 1 => *target = piece,
        2 => *target = reference,
        3 => {
            let part = if random.below(2) == 0 { reference } else { piece };
            *target = json!({ "allOf": [target.take(), part] });
        }
        4 => *target = json!({ "oneOf": [target.take(), reference] }),
        5 => *target = json!({ "type": "array", "items": target.take() }),
        6 => *target = json!({ "type": "object", "required": ["a"], "properties": { "a": target.take() } }),
        7 => match target {
            Value::Object(members) => rename(members, piece, random),
            Value::Array(items) => items.push(piece),
            other => *other = odd(random),
        },
        _ => match target {
            Value::Object(members) => {
                let key = members.keys().nth(random.below(members.len())).cloned();
                key.and_then(|it| members.remove(&it));
            }
            Value::Array(items) if !items.is_empty() => drop(items.remove(random.below(items.len()))),
            other => *other = odd(random),
        },
    }
}

/// Gives a member another name, or adds one.
fn rename(members: &mut Map<String, Value>, piece: Value, random: &mut Random) {
    let key = random.of(KEYS).copied().unwrap_or_default();
    let old = members.keys().nth(random.below(members.len())).cloned();
    let value = match old.filter(|_| random.below(2) == 0) {
        Some(old) => members.remove(&old).unwrap_or(piece),
        None => piece,
    };
    members.insert(key.to_owned(), value);
}

/// A reference to one of the schemas, or to nothing.
fn reference(root: &Value, random: &mut Random) -> Value {
    let schemas = root.pointer("/components/schemas").and_then(Value::as_object);
    let name = schemas.and_then(|it| it.keys().nth(random.below(it.len())));
    let name = name
        .map_or("Nothing", String::as_str)
        .replace('~', "~0")
        .replace('/', "~1");
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// A value that is seldom where it stands.
fn odd(random: &mut Random) -> Value {
    let values = [
        json!(null),
        json!(""),
        json!("type"),
        json!("string"),
        json!("object"),
        json!(["array", "null"]),
        json!(-1),
        json!(18_446_744_073_709_551_615_u64),
        json!(0.5),
        json!("~~~\n```\n<script>*/\r\u{202e}\"#"),
        json!("../../con"),
        json!(true),
        json!([]),
        json!({}),
    ];
    random.of(&values).cloned().unwrap_or_default()
}

/// How many values there are in the value, itself too.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(members) => members.values().map(size).sum::<usize>(),
        _ => 0,
    }
}

/// The value that stands `n` values after the first.
fn nth<'a>(value: &'a Value, n: &mut usize) -> Option<&'a Value> {
    if *n == 0 {
        return Some(value);
    }
    *n -= 1;
    match value {
        Value::Array(items) => items.iter().find_map(|it| nth(it, n)),
        Value::Object(members) => members.values().find_map(|it| nth(it, n)),
        _ => None,
    }
}

fn nth_mut<'a>(value: &'a mut Value, n: &mut usize) -> Option<&'a mut Value> {
    if *n == 0 {
        return Some(value);
    }
    *n -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|it| nth_mut(it, n)),
        Value::Object(members) => members.values_mut().find_map(|it| nth_mut(it, n)),
        _ => None,
    }
}

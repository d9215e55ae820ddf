//! Each JSON example held against the rows of its body: what contradicts them, what lacks, and what has no row.

use std::collections::BTreeSet;

use tablature_openapi::Report;

use crate::codes;
use crate::facts::{Page, Role};
use crate::json::Json;

/// How many deviations of one example are told.
const MOST: usize = 8;

/// How deep an example is looked into: models may hold themselves.
const DEEPEST: usize = 24;

/// Tells how the examples of pages deviate from the draft, a finding for each example.
pub(super) fn check(document: &Json, pages: &[Page], report: &mut Report) {
    for page in pages {
        for example in &page.examples {
            let operation = example.operation.and_then(|it| page.operations.get(it));
            let (Some(operation), Some(value)) = (operation, Json::parse(&example.text)) else {
                continue;
            };
            let method = operation.method.to_ascii_lowercase();
            let found = document.at_keys(&["paths", &operation.path, &method]);
            let body = found.and_then(|it| match &example.role {
                Role::Request => it.at_keys(&["requestBody", "content"]),
                Role::Response(status) => it.at_keys(&["responses", status, "content"]),
                Role::Definition => None,
            });
            let Some(Json::Object(content)) = body else { continue };
            let Some(schema) = content.first().and_then(|(_, it)| it.member("schema")) else {
                continue;
            };
            let mut check = Check {
                document,
                found: BTreeSet::new(),
            };
            check.value(schema, &value, "", 0);
            if !check.found.is_empty() {
                let all = check.found.len();
                let mut told: Vec<_> = check.found.into_iter().take(MOST).collect();
                if all > MOST {
                    told.push(format!("and {} more", all - MOST));
                }
                let message = format!("the example does not fit its rows: {}", told.join("; "));
                report.push(codes::EXAMPLE_MISMATCH.at(example.span.first_byte(), message));
            }
        }
    }
}

struct Check<'a> {
    document: &'a Json,
    found: BTreeSet<String>,
}

impl Check<'_> {
    /// Holds a value at a place of the example against a schema.
    fn value(&mut self, schema: &Json, value: &Json, place: &str, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        if let Some(Json::String(reference)) = schema.member("$ref") {
            let name = reference.strip_prefix("#/components/schemas/").unwrap_or_default();
            if let Some(target) = self.document.at_keys(&["components", "schemas", name]) {
                self.value(target, value, place, depth + 1);
            }
            return;
        }
        let Some(Json::String(expected)) = schema.member("type") else {
            return;
        };
        let shown = if place.is_empty() { "the example" } else { place };
        if *value != Json::Null && !is_of(value, expected) {
            self.found
                .insert(format!("{shown} is {}, its row says {expected}", kind(value)));
            return;
        }
        match value {
            Json::Object(members) => self.object(schema, members, place, depth),
            Json::Array(items) => {
                let Some(schema) = schema.member("items") else { return };
                items
                    .iter()
                    .for_each(|it| self.value(schema, it, &format!("{place}[]"), depth + 1));
            }
            _ => {
                let values = schema.member("enum");
                if matches!(values, Some(Json::Array(values)) if !values.contains(value)) && *value != Json::Null {
                    self.found.insert(format!("{shown} is none of the values of its row"));
                }
            }
        }
    }

    fn object(&mut self, schema: &Json, members: &[(String, Json)], place: &str, depth: usize) {
        let values = schema.member("additionalProperties");
        // An object of which no table tells the members takes any.
        let Some(Json::Object(rows)) = schema.member("properties") else {
            for (_, value) in values.into_iter().flat_map(|_| members) {
                self.value(values.unwrap_or(schema), value, &format!("{place}.*"), depth + 1);
            }
            return;
        };
        for (name, value) in members {
            let inner = if place.is_empty() {
                name.clone()
            } else {
                format!("{place}.{name}")
            };
            match rows.iter().find(|(row, _)| row == name) {
                Some((_, schema)) => self.value(schema, value, &inner, depth + 1),
                None => drop(self.found.insert(format!("`{inner}` has no row"))),
            }
        }
        if let Some(Json::Array(required)) = schema.member("required") {
            for name in required {
                let Json::String(name) = name else { continue };
                if members.iter().all(|(it, _)| it != name) {
                    let inner = if place.is_empty() {
                        name.clone()
                    } else {
                        format!("{place}.{name}")
                    };
                    self.found.insert(format!("it lacks `{inner}`, which is required"));
                }
            }
        }
    }
}

/// Whether a value is of a type of JSON Schema.
fn is_of(value: &Json, expected: &str) -> bool {
    let is_integer = |digits: &str| digits.bytes().all(|it| it.is_ascii_digit() || it == b'-');
    match value {
        Json::Null => true,
        Json::Bool(_) => expected == "boolean",
        Json::Number(digits) => expected == "number" || expected == "integer" && is_integer(digits),
        Json::String(_) => expected == "string",
        Json::Array(_) => expected == "array",
        Json::Object(_) => expected == "object",
    }
}

/// The type of a value in words.
fn kind(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

//! Every construct in every place: what is emitted compiles without a warning, and a value of each survives.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tablature_tests::emitted;
use tablature_tests::workspace::root;

use crate::cargo::{cargo, manifest, write, write_crate};

/// A place: what its name adds to that of the construct, a schema that has the construct in it, and a value of that.
const PLACES: [(&str, &str, &str); 8] = [
    ("", "SCHEMA", "VALUE"),
    (
        "Required",
        r#"{"type": "object", "required": ["it"], "properties": {"it": SCHEMA}}"#,
        r#"{"it": VALUE}"#,
    ),
    (
        "Optional",
        r#"{"type": "object", "properties": {"it": SCHEMA}}"#,
        r#"{"it": VALUE}"#,
    ),
    ("Items", r#"{"type": "array", "items": SCHEMA}"#, "[VALUE]"),
    (
        "Values",
        r#"{"type": "object", "additionalProperties": SCHEMA}"#,
        r#"{"k": VALUE}"#,
    ),
    (
        "Second",
        r#"{"type": "array", "prefixItems": [{"type": "string"}, SCHEMA], "items": false, "minItems": 2}"#,
        r#"["t", VALUE]"#,
    ),
    (
        "Choice",
        r#"{"oneOf": [SCHEMA, {"type": "object", "required": ["other"], "properties": {"other": {"type": "boolean"}}}]}"#,
        "VALUE",
    ),
    (
        "InChoice",
        r#"{"oneOf": [{"type": "object", "required": ["it"], "properties": {"it": SCHEMA}},
                      {"type": "object", "required": ["other"], "properties": {"other": {"type": "boolean"}}}]}"#,
        r#"{"it": VALUE}"#,
    ),
];

/// The components of one document with every construct in every place, and the type and the value of each.
fn multiplied() -> (String, Vec<(String, String)>) {
    let table = fs::read_to_string(root().join("tests/fixtures/constructs.json")).unwrap();
    let table: Value = serde_json::from_str(&table).unwrap();
    let shared = table["shared"].as_object().unwrap().iter();
    let mut schemas: Vec<String> = shared.map(|(name, schema)| format!("{name:?}: {schema}")).collect();
    let mut values = Vec::new();
    for construct in table["constructs"].as_array().unwrap() {
        let [schema, value] = ["schema", "valid"].map(|it| construct[it].to_string());
        for (place, around, of) in PLACES {
            let name = format!("{}{place}", construct["name"].as_str().unwrap());
            schemas.push(format!("{name:?}: {}", around.replace("SCHEMA", &schema)));
            values.push((name, of.replace("VALUE", &value)));
        }
    }
    let document = format!(
        r#"{{"openapi": "3.1.1", "info": {{"title": "Constructs", "version": "1"}}, "paths": {{}},
            "components": {{"schemas": {{{}}}}}}}"#,
        schemas.join(",\n")
    );
    (document, values)
}

#[test]
fn each_construct_compiles_and_reads_its_value_in_each_place() {
    let (document, values) = multiplied();
    assert!(values.len() > 500, "{}", values.len());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("constructs");
    let case = folder.join("document/constructs");
    write(&case.join("openapi.json"), &document);
    let generated = emitted::of_folder(&case).unwrap();
    write_crate(&folder.join("constructs"), &generated.files);
    write(&folder.join("values/Cargo.toml"), VALUES_MANIFEST);
    // That a whole component takes `null` is said where it is used.
    let of = |name: &String, value: &String| match value.as_str() {
        "null" => format!("Option<constructs::openapi::models::{name}>"),
        _ => format!("constructs::openapi::models::{name}"),
    };
    let calls = values
        .iter()
        .map(|(name, value)| format!("    lost.extend(again::<{}>({name:?}, {value:?}));\n", of(name, value)));
    let source = VALUES_SOURCE.replace("    // Calls\n", &calls.collect::<String>());
    write(&folder.join("values/src/lib.rs"), &source);
    write(
        &folder.join("Cargo.toml"),
        &manifest(&["constructs".to_owned(), "values".to_owned()]),
    );
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    cargo(&folder, &["clippy", "--package", "constructs"]);
    cargo(&folder, &["test", "--package", "values"]);
}

const VALUES_MANIFEST: &str = r#"[package]
name = "values"
edition.workspace = true

[dependencies]
constructs = { path = "../constructs" }
serde.workspace = true
tablature-runtime.workspace = true
"#;

const VALUES_SOURCE: &str = r#"//! Reads and writes a value of each construct in each place.
#![cfg(test)]
#![allow(deprecated)]

use serde::Serialize;
use serde::de::DeserializeOwned;
use tablature_runtime::{Json, json};

/// What is lost of a value that is read and written.
fn again<T: DeserializeOwned + Serialize>(name: &str, text: &str) -> Option<String> {
    let value: Json = text.parse().unwrap();
    let written = match json::decode_text::<T>(text).and_then(|it| Json::from_serialize(&it)) {
        Ok(written) if written == value => return None,
        Ok(written) => written.as_text().into_owned(),
        Err(error) => error.to_string(),
    };
    Some(format!("{name}: {text}: {written}"))
}

#[test]
fn each_value_survives() {
    let mut lost: Vec<String> = Vec::new();
    // Calls
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}
"#;

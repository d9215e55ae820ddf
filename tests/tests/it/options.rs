//! What a user may ask of `cargo xtask codegen` beside the documents, and what the run says of it.

use insta::assert_snapshot;
use tablature_codegen::codes;
use tablature_tests::sandbox::{Outcome, Sandbox};

const DONE: &str = r#""responses": {"204": {"description": "Done."}}"#;

fn document(paths: &str, schemas: &str, more: &str) -> String {
    format!(
        r#"{{"openapi": "3.2.0", "info": {{"title": "Case", "version": "1"}}, "paths": {{{paths}}},
            "components": {{"schemas": {{{schemas}}}}}{more}}}"#
    )
}

fn schema(schema: &str) -> String {
    document("", &format!(r#""It": {schema}"#), "")
}

fn webhook(item: &str) -> String {
    document("", "", &format!(r#", "webhooks": {{"told": {item}}}"#))
}

fn run(document: &str, options: &[&str]) -> (Sandbox, Outcome) {
    let sandbox = Sandbox::new().unwrap();
    sandbox.write("api.json", document).unwrap();
    let arguments = ["codegen", "--schema", "api.json", "--out", "out"];
    let outcome = sandbox.run(&[&arguments, options].concat());
    (sandbox, outcome)
}

/// The smallest document for each code that a run may allow.
fn refused(code: &str) -> String {
    let form = |encoding: &str| {
        let body =
            format!(r#"{{"content": {{"multipart/form-data": {{"schema": {{"type": "object"}}, {encoding}}}}}}}"#);
        document(
            &format!(r#""/a": {{"post": {{"requestBody": {body}, {DONE}}}}}"#),
            "",
            "",
        )
    };
    match code {
        "all-of-conflict" => schema(
            r#"{"allOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"a": {"type": "integer"}}}]}"#,
        ),
        "mapping-target" => document(
            "",
            r##""A": {"type": "object", "properties": {"kind": {"type": "string"}}},
                "It": {"oneOf": [{"$ref": "#/components/schemas/A"}], "type": "object", "properties": {"a": {"type": "string"}},
                    "discriminator": {"propertyName": "kind", "mapping": {"it": "It"}}}"##,
            "",
        ),
        "rust-derive" => {
            schema(r#"{"type": "object", "properties": {"a": {"type": "number"}}, "x-rust-derive": ["Eq"]}"#)
        }
        "rust-type" => schema(r#"{"type": "string", "x-rust-type": "nowhere::Name"}"#),
        "schema-false" => schema(r#"{"type": "object", "properties": {"a": false}}"#),
        "undefined-style" => {
            let list = r#"{"type": "array", "items": {"type": "object", "properties": {}}}"#;
            document(
                &format!(
                    r#""/a": {{"get": {{"parameters": [{{"name": "a", "in": "query", "schema": {list}}}], {DONE}}}}}"#
                ),
                "",
                "",
            )
        }
        "unsupported-callbacks" => webhook(&format!(
            r#"{{"post": {{"callbacks": {{"done": {{"{{$url}}": {{"post": {{{DONE}}}}}}}}}, {DONE}}}}}"#
        )),
        "value-type" => schema(r#"{"type": "string", "enum": [1, 2]}"#),
        "unsupported-encoding" => form(r#""encoding": {"a": {"headers": {"X-A": {"schema": {"type": "string"}}}}}"#),
        "unsupported-keyword" => schema(r##"{"$dynamicRef": "#node"}"##),
        "unsupported-servers" => webhook(&format!(
            r#"{{"servers": [{{"url": "https://a.example.com"}}], "post": {{{DONE}}}}}"#
        )),
        "unsupported-webhook-body" => webhook(r#"{"post": {"requestBody": {"content": {"multipart/mixed": {}}}}}"#),
        _ => unreachable!("add the smallest document for {code}"),
    }
}

#[test]
fn what_may_be_allowed_is_an_error_until_it_is() {
    for code in codes::allowable() {
        let (sandbox, outcome) = run(&refused(code), &[]);
        assert_eq!(outcome.code, 1, "{code}");
        assert!(
            outcome.err.contains(&format!("error[{code}]")),
            "{code}: {}",
            outcome.err
        );
        assert!(!sandbox.path("out").exists());

        let (sandbox, outcome) = run(&refused(code), &["--allow-unsupported", code]);
        assert_eq!(outcome.code, 0, "{code}: {}", outcome.err);
        assert!(
            outcome.err.contains(&format!("warning[{code}]")),
            "{code}: {}",
            outcome.err
        );
        assert!(sandbox.path("out/src/lib.rs").exists());
    }
}

#[test]
fn what_may_not_be_allowed_is_misuse() {
    let (sandbox, outcome) = run(&schema("{}"), &["--allow-unsupported", "draft"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (2, ""));
    assert_snapshot!("not_allowable", outcome.err);
    assert!(!sandbox.path("out").exists());
}

fn selection(names: &[&str]) -> (Sandbox, Outcome) {
    let operation = |id: &str, tag: &str, model: &str| {
        let content = format!(r##"{{"application/json": {{"schema": {{"$ref": "#/components/schemas/{model}"}}}}}}"##);
        format!(
            r#"{{"operationId": "{id}", "tags": ["{tag}"], "responses": {{"200": {{"description": "It.", "content": {content}}}}}}}"#
        )
    };
    let [list, add, owners] = [
        operation("listPets", "pets", "Pet"),
        operation("add-pet", "pets", "Made"),
        operation("owners", "owners", "Owner"),
    ];
    let add = add.replacen('{', r#"{"x-rust-name": "AddPet", "#, 1);
    let paths = format!(r#""/pets": {{"get": {list}, "post": {add}}}, "/owners": {{"get": {owners}}}"#);
    let models = ["Pet", "Made", "Owner"].map(|name| format!(r#""{name}": {{"type": "object", "properties": {{}}}}"#));
    let options: Vec<&str> = names.iter().flat_map(|name| ["--only", name]).collect();
    run(&document(&paths, &models.join(", "), ""), &options)
}

#[test]
fn only_what_is_asked_for_is_emitted() {
    for (names, summary, models) in [
        (&["pets"][..], "2 operations, 2 models", &["made", "pet"][..]),
        (&["listPets"], "1 operation, 1 model", &["pet"]),
        (&["AddPet"], "1 operation, 1 model", &["made"]),
        (&["GET /pets"], "1 operation, 1 model", &["pet"]),
        (&["add-pet", "owners"], "2 operations, 2 models", &["made", "owner"]),
    ] {
        let (sandbox, outcome) = selection(names);
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{names:?}");
        assert!(
            outcome.out.lines().any(|it| it.starts_with(summary)),
            "{names:?}: {}",
            outcome.out
        );
        let files = sandbox.files("out/src/api/models").into_keys();
        let found: Vec<_> = files.filter(|file| file != "mod.rs").collect();
        assert_eq!(found, models.iter().map(|it| format!("{it}.rs")).collect::<Vec<_>>());
    }
}

#[test]
fn a_webhook_may_be_asked_for() {
    let body = |model: &str| {
        let content = format!(r##"{{"application/json": {{"schema": {{"$ref": "#/components/schemas/{model}"}}}}}}"##);
        format!(r#"{{"post": {{"tags": ["events"], "requestBody": {{"content": {content}}}, {DONE}}}}}"#)
    };
    let models = ["Paid", "Sent"].map(|name| format!(r#""{name}": {{"type": "object", "properties": {{}}}}"#));
    let webhooks = format!(
        r#", "webhooks": {{"order.paid": {}, "order.sent": {}}}"#,
        body("Paid"),
        body("Sent")
    );
    let schema = document(
        &format!(r#""/a": {{"get": {{{DONE}}}}}"#),
        &models.join(", "),
        &webhooks,
    );
    for (name, emitted) in [
        (
            "order.paid",
            &[
                "events/mod.rs",
                "events/order_paid.rs",
                "mod.rs",
                "models/mod.rs",
                "models/paid.rs",
            ][..],
        ),
        (
            "events",
            &[
                "events/mod.rs",
                "events/order_paid.rs",
                "events/order_sent.rs",
                "mod.rs",
                "models/mod.rs",
                "models/paid.rs",
                "models/sent.rs",
            ],
        ),
    ] {
        let (sandbox, outcome) = run(&schema, &["--only", name]);
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{name}");
        assert!(outcome.out.contains("0 operations, "), "{}", outcome.out);
        let files: Vec<_> = sandbox.files("out/src/api").into_keys().collect();
        assert_eq!(files, emitted, "{name}");
    }
}

#[test]
fn a_name_that_nothing_has_is_an_error() {
    let (sandbox, outcome) = selection(&["pets", "Pets"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (1, ""));
    assert!(outcome.err.contains("error[unknown-selection]"), "{}", outcome.err);
    assert!(outcome.err.contains("`Pets`"), "{}", outcome.err);
    assert!(!sandbox.path("out").exists());
}

#[test]
fn renames_are_listed_and_a_long_list_is_cut() {
    let members = |count: usize| {
        let members = (0..count).map(|number| format!(r#""a{number}-b": {{}}, "a{number}_b": {{}}"#));
        schema(&format!(
            r#"{{"type": "object", "properties": {{"new": {{}}, {}}}}}"#,
            members.collect::<Vec<_>>().join(", ")
        ))
    };
    let renames = |count: usize| {
        let (_, outcome) = run(&members(count), &[]);
        let lines = outcome.out.lines().filter(|line| line.starts_with("renamed"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        renames(2),
        [
            "renamed    a0-b to a0_b_2",
            "renamed    a1-b to a1_b_2",
            "renamed    new to new_"
        ]
    );
    let many = renames(30);
    assert_eq!(many.len(), 21);
    assert_eq!(many.last().unwrap(), "renamed    11 more");
}

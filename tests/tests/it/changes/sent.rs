//! Changes that compile, and that send or read something else.

use super::{assert_changes, document};
use tablature_codegen::changes::{Verdict, compare};
use tablature_codegen::{Options, ir};
use tablature_openapi::Documents;

const SCHEMAS: &str = r#"{"Pet": {"type": "object", "properties": {}}}"#;
const PET: &str = r##"{"$ref": "#/components/schemas/Pet"}"##;
const DONE: &str = r#""responses": {"204": {"description": "Done."}}"#;

/// A document with an operation that says this of itself.
fn get(path: &str, it: &str) -> String {
    document(
        SCHEMAS,
        &format!(r#"{{"{path}": {{"get": {{"operationId": "list", "tags": ["pets"], {it}}}}}}}"#),
    )
}

fn parameter(it: &str) -> String {
    get("/pets", &format!(r#""parameters": [{{{it}}}], {DONE}"#))
}

fn body(media_type: &str, schema: &str) -> String {
    let content = format!(r#"{{"{media_type}": {{"schema": {schema}}}}}"#);
    get(
        "/pets",
        &format!(r#""requestBody": {{"required": true, "content": {content}}}, {DONE}"#),
    )
}

fn answer(media_type: &str, schema: &str) -> String {
    let content = format!(r#"{{"{media_type}": {{"schema": {schema}}}}}"#);
    get(
        "/pets",
        &format!(r#""responses": {{"200": {{"description": "It.", "content": {content}}}}}"#),
    )
}

#[test]
fn parameters() {
    let list = r#""schema": {"type": "array", "items": {"type": "string"}}"#;
    let query = |more: &str| parameter(&format!(r#""name": "ids", "in": "query", {list}{more}"#));
    assert_changes(
        "explode",
        &query(""),
        &query(r#", "explode": false"#),
        &["compatible ~ api::pets::List::ids: written as `form` without explode, was `form`"],
    );
    assert_changes(
        "style",
        &query(""),
        &query(r#", "style": "pipeDelimited""#),
        &["compatible ~ api::pets::List::ids: written as `pipeDelimited`, was `form`"],
    );
    assert_changes(
        "reserved",
        &query(""),
        &query(r#", "allowReserved": true"#),
        &["compatible ~ api::pets::List::ids: written as `form` with reserved characters, was `form`"],
    );
    let required = |more: &str| query(&format!(r#", "required": true{more}"#));
    assert_changes(
        "argument",
        &required(""),
        &required(r#", "style": "deepObject""#),
        &["compatible ~ api::pets::List::new::ids: written as `deepObject`, was `form`"],
    );
    let named = |name: &str, place: &str| {
        parameter(&format!(
            r#""name": "{name}", "in": "{place}", "x-rust-name": "limit", "schema": {{"type": "integer"}}"#
        ))
    };
    assert_changes(
        "name",
        &named("limit", "query"),
        &named("pageSize", "query"),
        &["compatible ~ api::pets::List::limit: `pageSize` of the query, was `limit` of the query"],
    );
    assert_changes(
        "place",
        &named("limit", "query"),
        &named("limit", "header"),
        &["compatible ~ api::pets::List::limit: `limit` of the headers, was `limit` of the query"],
    );
}

#[test]
fn routes() {
    assert_changes(
        "query of the route",
        &get("/pets?kind=cat", DONE),
        &get("/pets?kind=dog&old", DONE),
        &["compatible ~ api::pets::List: sent as `GET /pets?kind=dog&old=`, was `GET /pets?kind=cat`"],
    );
}

#[test]
fn bodies() {
    assert_changes(
        "media type",
        &body("application/json", PET),
        &body("application/merge-patch+json", PET),
        &["compatible ~ api::pets::List::new::body: sent as `application/merge-patch+json`, was `application/json`"],
    );
    assert_changes(
        "form",
        &body("application/x-www-form-urlencoded", PET),
        &body("application/json", PET),
        &[
            "compatible ~ api::pets::List::new::body: sent as `application/json`, was `application/x-www-form-urlencoded`",
        ],
    );
    let text = r#"{"type": "string"}"#;
    assert_changes(
        "what was converted is borrowed",
        &body("text/plain", text),
        &body("application/json", text),
        &[
            "breaking ~ api::pets::List::new::body: `impl Borrow<String>`, was `impl Into<String>`",
            "compatible ~ api::pets::List::new::body: sent as `application/json`, was `text/plain`",
        ],
    );
}

#[test]
fn answers() {
    let text = r#"{"type": "string"}"#;
    assert_changes(
        "text",
        &answer("application/json", text),
        &answer("text/plain", text),
        &["compatible ~ api::pets::List::Output: read from text, was from JSON"],
    );
    assert_changes(
        "media type",
        &answer("application/json", PET),
        &answer("application/vnd.pets+json", PET),
        &["compatible ~ api::pets::List: asks for `application/vnd.pets+json`, asked for `application/json`"],
    );
    let items = |media_type: &str| {
        let content = format!(r#"{{"{media_type}": {{"itemSchema": {PET}}}}}"#);
        get(
            "/pets",
            &format!(r#""responses": {{"200": {{"description": "It.", "content": {content}}}}}"#),
        )
    };
    assert_changes(
        "framing",
        &items("application/json"),
        &items("application/json-seq"),
        &["breaking ~ api::pets::List::Output: `a JSON text sequence of Pet`, was `lines of Pet`"],
    );
}

#[test]
fn pages() {
    let list = r##"{"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}"##;
    let paged = |more: &str| {
        let schema = format!(r#"{{"type": "object", "properties": {{"a": {list}, "b": {{"type": "array"}}}}}}"#);
        let content = format!(r#"{{"application/json": {{"schema": {schema}}}}}"#);
        get(
            "/pets",
            &format!(r#"{more} "responses": {{"200": {{"description": "It.", "content": {content}}}}}"#),
        )
    };
    let by = |token: &str, items: &str| {
        paged(&format!(
            r#""x-pagination": {{"limit": "limit", "token": "{token}", "next": "/next", "items": "{items}"}},"#
        ))
    };
    assert_changes(
        "pages",
        &paged(""),
        &by("next", "/a"),
        &["compatible + api::pets::List::items: the list is documented to have pages"],
    );
    assert_changes(
        "no pages",
        &by("next", "/a"),
        &paged(""),
        &["breaking - api::pets::List::items: the list is not documented to have pages any more"],
    );
    assert_changes(
        "items",
        &by("next", "/a"),
        &by("next", "/b"),
        &["breaking ~ api::pets::List::items: `Json`, was `Pet`"],
    );
    assert_changes(
        "token",
        &by("next", "/a"),
        &by("after", "/a"),
        &["compatible ~ api::pets::List::items: the next page is asked for in another way"],
    );
}

#[test]
fn models_that_move() {
    let pet = r#"{"Pet": {"type": "object", "properties": {"name": {"type": "string"}}}}"#;
    let other = r#"{"Pet": {"type": "object", "properties": {"age": {"type": "integer"}}}}"#;
    let both = |schemas: [&str; 2]| -> ir::Crate {
        let names = ["a.json".to_owned(), "b.json".to_owned()];
        let uses = format!(
            r#"{{"/pets": {{"get": {{"operationId": "list", "tags": ["pets"],
                "responses": {{"200": {{"description": "It.", "content": {{"application/json": {{"schema": {PET}}}}}}}}}}}}}}}"#
        );
        let (documents, report) = Documents::load(&names, &mut |name| {
            Ok(document(schemas[usize::from(name == "b.json")], &uses))
        });
        assert!(!report.has_errors(), "{report:?}");
        tablature_codegen::tree(&documents, &Options::default()).unwrap()
    };
    let [apart, shared] = [both([pet, other]), both([pet, pet])];
    let told = |before: &ir::Crate, after: &ir::Crate| -> Vec<String> {
        let changes = compare(before, after);
        let line = |it: &tablature_codegen::changes::Change| {
            let verdict = if it.verdict == Verdict::Breaking {
                "breaking"
            } else {
                "compatible"
            };
            format!("{verdict} {}: {}", it.item, it.why)
        };
        changes.iter().map(line).collect()
    };
    assert_eq!(
        told(&apart, &shared),
        [
            "breaking b::models::Pet::age: the member is gone",
            "compatible a::models::Pet: moved to `shared`; it is found here as before",
            "compatible b::models::Pet: moved to `shared`; it is found here as before",
            "compatible b::models::Pet::name: a new member",
            "compatible shared: a new module",
        ]
    );
    assert_eq!(
        told(&shared, &apart),
        [
            "breaking b::models::Pet::name: the member is gone",
            "breaking shared: the module is gone",
            "compatible a::models::Pet: moved here from `shared`",
            "compatible b::models::Pet: moved here from `shared`",
            "compatible b::models::Pet::age: a new member",
        ]
    );
    assert_eq!(told(&shared, &shared), [""; 0]);
}

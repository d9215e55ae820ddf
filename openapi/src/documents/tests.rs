//! Documents loaded from texts: what is found, and what is reported.

mod references;

use super::*;
use crate::document::{JsonType, RefOr};

/// Loads files, of which the first is the entry.
fn load(files: &[(&str, &str)]) -> (Documents, Report) {
    let entries: Vec<String> = files.iter().take(1).map(|(name, _)| (*name).to_owned()).collect();
    Documents::load(&entries, &mut |name| {
        let file = files.iter().find(|(it, _)| *it == name);
        file.map(|(_, text)| (*text).to_owned())
            .ok_or_else(|| "no such file".to_owned())
    })
}

/// The findings as `file:line:column code message`.
fn findings(files: &[(&str, &str)]) -> Vec<String> {
    let (documents, report) = load(files);
    let told = report.into_diagnostics().into_iter().map(|it| {
        let (line, column) = documents.sources().line_column(it.span);
        let name = documents.sources().name(it.span);
        format!("{name}:{line}:{column} {} {}", it.code, it.message)
    });
    told.collect()
}

/// A document of a version with more keys.
fn document(version: &str, keys: &str) -> String {
    format!("{{\"openapi\":\"{version}\",\"info\":{{\"title\":\"\",\"version\":\"\"}},\n{keys}}}")
}

/// A document of a version with schemas.
fn schemas(version: &str, schemas: &str) -> String {
    document(
        version,
        &format!("\"paths\":{{}},\"components\":{{\"schemas\":\n{{{schemas}}}}}"),
    )
}

/// The codes of the findings of one document.
fn codes(text: &str) -> Vec<&'static str> {
    let (_, report) = load(&[("a.json", text)]);
    report.into_diagnostics().iter().map(|it| it.code).collect()
}

#[test]
fn sources_stay_when_documents_fail() {
    let a = schemas("3.2.0", r##""A": {"$ref": "b.json#/components/schemas/B"}"##);
    let (documents, report) = load(&[("a.json", &a), ("b.json", "{\n \"openapi\": 3,}")]);
    assert_eq!(documents.sources().iter().count(), 2);
    assert_eq!(documents.documents().len(), 1);
    assert!(report.has_errors());
    let told = "b.json:2:14 invalid-json expected another value after the comma, found `}`";
    assert_eq!(findings(&[("a.json", &a), ("b.json", "{\n \"openapi\": 3,}")]), [told]);
    assert_eq!(findings(&[]), Vec::<String>::new());
}

#[test]
fn documents_that_are_none() {
    for (text, code) in [
        ("[]", "missing-version"),
        ("{}", "missing-version"),
        ("{\"swagger\": \"2.0\"}", "swagger-2"),
        ("{\"openapi\": \"4.0.0\"}", "unknown-version"),
        ("{\"openapi\": \"3.10.0\"}", "unknown-version"),
        ("{\"openapi\": 4.1}", "unknown-version"),
    ] {
        assert_eq!(codes(text), [code], "{text}");
    }
    assert_eq!(codes("{\"openapi\": \"3.1.0\"}"), ["missing-key", "missing-key"]);
    let unquoted = "openapi: 3.1\ninfo: {title: '', version: 1.10}\npaths: {}";
    let (documents, report) = load(&[("a", unquoted)]);
    assert!(report.iter().all(|it| it.code == "unquoted-text") && report.iter().count() == 2);
    let versions = documents.documents().iter().map(|it| it.info.version.value.as_str());
    assert_eq!(versions.collect::<Vec<_>>(), ["1.10"]);
}

#[test]
fn each_version_has_its_schemas() {
    for (version, schema, told) in [
        ("3.0.3", r#"{"type": "string", "nullable": true}"#, None),
        ("3.0.3", r#"{"nullable": true}"#, None),
        (
            "3.0.3",
            r#"{"nullable": true, "allOf": [{}]}"#,
            Some("untyped-nullable"),
        ),
        ("3.1.0", r#"{"type": "string", "nullable": true}"#, Some("old-keyword")),
        ("3.0.3", r#"{"type": ["string", "null"]}"#, Some("wrong-type")),
        ("3.0.3", r#"{"type": "null"}"#, Some("unknown-type")),
        ("3.1.0", r#"{"type": ["string", "null"]}"#, None),
        ("3.1.0", r#"{"type": "strin"}"#, Some("unknown-type")),
        ("3.0.3", r#"{"minimum": 1, "exclusiveMinimum": true}"#, None),
        (
            "3.1.0",
            r#"{"minimum": 1, "exclusiveMinimum": true}"#,
            Some("old-keyword"),
        ),
        ("3.0.3", r#"{"exclusiveMinimum": 1}"#, Some("wrong-type")),
        ("3.0.3", r#"{"const": 1}"#, Some("unknown-key")),
        ("3.0.3", r#"{"propertes": {}}"#, Some("unknown-key")),
        ("3.1.0", r#"{"propertes": {}}"#, Some("unknown-keyword")),
        ("3.1.0", r#"{"$defs": {}, "if": true, "$comment": ""}"#, None),
        ("3.0.3", "true", Some("wrong-type")),
        ("3.1.0", "true", None),
        ("3.0.3", r#"{"additionalProperties": false}"#, None),
        (
            "3.0.3",
            r##"{"$ref": "#/components/schemas/B", "title": ""}"##,
            Some("no-effect"),
        ),
        ("3.1.0", r##"{"$ref": "#/components/schemas/B", "title": ""}"##, None),
        ("3.1.0", r#"{"items": [{}]}"#, Some("wrong-type")),
        ("3.1.0", r#"{"required": ["a", "a"]}"#, Some("duplicate-value")),
        ("3.1.0", r#"{"enum": [1, 1.0]}"#, Some("duplicate-value")),
        ("3.1.0", r#"{"oneOf": []}"#, Some("wrong-value")),
        ("3.1.0", r#"{"multipleOf": 0.0}"#, Some("wrong-value")),
    ] {
        let text = schemas(version, &format!("\"A\": {schema}, \"B\": {{}}"));
        assert_eq!(codes(&text), told.into_iter().collect::<Vec<_>>(), "{version} {schema}");
    }
}

#[test]
fn nullable_and_exclusive_bounds_become_those_of_json_schema() {
    let text = schemas(
        "3.0.3",
        r#""A": {"type": "integer", "nullable": true, "maximum": 9, "exclusiveMaximum": true}"#,
    );
    let (documents, _) = load(&[("a.json", &text)]);
    let id = ComponentId {
        document: 0,
        name: "A".to_owned(),
    };
    let schema = documents.schema(&id).cloned().unwrap_or_default();
    let types: Vec<_> = schema.types.iter().map(|it| it.value).collect();
    assert_eq!(types, [JsonType::Integer, JsonType::Null]);
    assert!(schema.limits.maximum.is_none());
    assert_eq!(
        schema.limits.exclusive_maximum.as_ref().map(|it| it.value.as_str()),
        Some("9")
    );
}

#[test]
fn nullable_becomes_null_in_the_words_of_json_schema() {
    for (schema, types, alternatives) in [
        (r#"{"nullable": true}"#, &[][..], 0),
        (r#"{"nullable": false, "type": "string"}"#, &[JsonType::String], 0),
        (
            r#"{"nullable": true, "properties": {}}"#,
            &[JsonType::Object, JsonType::Null],
            0,
        ),
        (
            r#"{"nullable": true, "items": {}}"#,
            &[JsonType::Array, JsonType::Null],
            0,
        ),
        (r#"{"nullable": true, "allOf": [{}]}"#, &[JsonType::Null], 0),
        (r#"{"nullable": true, "oneOf": [{"type": "string"}]}"#, &[], 1),
        (
            r#"{"oneOf": [{"type": "string"}, {"nullable": true, "title": "None"}]}"#,
            &[],
            1,
        ),
        (r#"{"anyOf": [{"nullable": true, "items": {}}]}"#, &[], 0),
    ] {
        let (documents, _) = load(&[("a.json", &schemas("3.0.3", &format!("\"A\": {schema}")))]);
        let id = ComponentId {
            document: 0,
            name: "A".to_owned(),
        };
        let read = documents.schema(&id).cloned().unwrap_or_default();
        let named = |it: &crate::document::Schema| it.types.iter().map(|it| it.value).collect::<Vec<_>>();
        assert_eq!(named(&read), types, "{schema}");
        let choices = read.one_of.iter().chain(&read.any_of);
        let nulls = choices.filter(|it| named(it) == [JsonType::Null]).count();
        assert_eq!(nulls, alternatives, "{schema}");
    }
}

#[test]
fn operations_are_checked() {
    let ok = r#""responses": {"200": {"description": ""}}"#;
    let x = r#"{"name": "x", "in": "path", "required": true, "schema": {}}"#;
    let parameter = |keys: &str| format!("{{\"get\": {{\"parameters\": [{{\"name\": \"p\", {keys}}}], {ok}}}}}");
    for (path, item, told) in [
        (
            "/a/{b}",
            format!("{{\"get\": {{{ok}}}}}"),
            Some("missing-path-parameter"),
        ),
        ("a", "{}".to_owned(), Some("path-template")),
        ("/{a}/{a}", "{}".to_owned(), Some("path-template")),
        ("/a?b=c", "{}".to_owned(), Some("path-query")),
        ("/a#b", "{}".to_owned(), Some("path-fragment")),
        ("/a?b={c}", "{}".to_owned(), Some("path-template")),
        ("/b/{y}", "{}".to_owned(), Some("duplicate-path")),
        (
            "/a",
            r#"{"get": {"responses": {"20": {"description": ""}}}}"#.to_owned(),
            Some("wrong-status"),
        ),
        (
            "/a",
            r#"{"get": {"responses": {"4XX": {}}}}"#.to_owned(),
            Some("missing-description"),
        ),
        ("/a", format!("{{\"query\": {{{ok}}}}}"), Some("unknown-key")),
        (
            "/a",
            format!("{{\"get\": {{\"operationId\": \"b\", {ok}}}}}"),
            Some("duplicate-operation-id"),
        ),
        ("/a", parameter(r#""in": "query", "schema": {}"#), None),
        (
            "/a",
            parameter(r#""in": "querystring", "content": {"a/b": {}}"#),
            Some("wrong-value"),
        ),
        (
            "/a",
            parameter(r#""in": "header", "allowReserved": true, "schema": {}"#),
            Some("no-effect"),
        ),
        (
            "/a",
            r#"{"get": {"responses": {"200": {"description": "", "content": {"a/b": {}, "examples": {}}}}}}"#
                .to_owned(),
            Some("wrong-media-type"),
        ),
        (
            "/a/{p}",
            parameter(r#""in": "path", "schema": {}"#),
            Some("path-parameter-required"),
        ),
        ("/a", parameter(r#""in": "query""#), Some("missing-key")),
        (
            "/a",
            parameter(r#""in": "query", "schema": {}, "content": {"a/b": {}}"#),
            Some("schema-and-content"),
        ),
        (
            "/a",
            parameter(r#""in": "header", "style": "form", "schema": {}"#),
            Some("wrong-style"),
        ),
        (
            "/a",
            parameter(r##""in": "query", "schema": {}}, {"$ref": "#/components/parameters/P""##),
            Some("duplicate-parameter"),
        ),
        (
            "/a",
            format!("{{\"get\": {{\"security\": [{{\"nobody\": []}}], {ok}}}}}"),
            Some("dangling-reference"),
        ),
    ] {
        let text = document(
            "3.1.0",
            &format!(
                "\"paths\": {{\"/b/{{x}}\": {{\"parameters\": [{x}], \"get\": {{\"operationId\": \"b\", {ok}}}}}, \"{path}\": {item}}},
                \"components\": {{\"parameters\": {{\"P\": {{\"name\": \"p\", \"in\": \"query\", \"schema\": {{}}}}}}}}"
            ),
        );
        assert_eq!(codes(&text), told.into_iter().collect::<Vec<_>>(), "{path} {item}");
    }
}

#[test]
fn a_whole_query_stands_alone() {
    let parameter = |name: &str, place: &str| {
        format!("{{\"name\": \"{name}\", \"in\": \"{place}\", \"content\": {{\"a/b\": {{}}}}}}")
    };
    for (a, b, told) in [
        ("querystring", "header", None),
        ("querystring", "query", Some("wrong-querystring")),
        ("querystring", "querystring", Some("wrong-querystring")),
    ] {
        let (a, b) = (parameter("a", a), parameter("b", b));
        let paths = format!("\"paths\": {{\"/\": {{\"parameters\": [{a}], \"get\": {{\"parameters\": [{b}]}}}}}}");
        assert_eq!(
            codes(&document("3.2.0", &paths)),
            told.into_iter().collect::<Vec<_>>(),
            "{b}"
        );
    }
}

#[test]
fn methods_keep_the_order_of_the_document() {
    let text = document(
        "3.2.0",
        r#""paths": {"/a": {"additionalOperations": {"LINK": {}}, "query": {}, "post": {}, "get": {}}}"#,
    );
    let (documents, report) = load(&[("a.json", &text)]);
    assert!(report.is_empty(), "{report:?}");
    let items = documents.documents().iter().flat_map(|it| &it.paths);
    let methods = items.filter_map(|(_, item)| match item {
        RefOr::Item(item) => Some(item.operations.iter().map(|(method, _)| method.value.as_str())),
        RefOr::Ref(_) => None,
    });
    assert_eq!(methods.flatten().collect::<Vec<_>>(), ["QUERY", "POST", "GET", "LINK"]);
}

#[test]
fn the_deepest_nesting_is_read() {
    for (open, close, levels) in [
        ("{\"not\":", "}", 1),
        ("{\"additionalProperties\":", "}", 1),
        ("{\"properties\":{\"a\":", "}}", 2),
        ("{\"allOf\":[", "]}", 2),
    ] {
        let depth = (crate::json::MAXIMUM_DEPTH - 4) / levels;
        let schema = open.repeat(depth) + "{}" + &close.repeat(depth);
        let text = schemas("3.1.0", &format!("\"A\": {schema}"));
        assert_eq!(codes(&text), Vec::<&str>::new());
    }
}

#[test]
fn security_schemes_are_checked() {
    for (scheme, told) in [
        (r#"{"type": "http", "scheme": "Bearer", "bearerFormat": "JWT"}"#, None),
        (
            r#"{"type": "http", "scheme": "bearer", "name": "x"}"#,
            Some("no-effect"),
        ),
        (r#"{"type": "apiKey", "name": "x", "in": "header"}"#, None),
        (r#"{"type": "apiKey", "name": "x", "in": ""}"#, Some("wrong-value")),
        (r#"{"type": ""}"#, Some("wrong-value")),
        (
            r#"{"type": "apikey", "name": "x", "in": "header"}"#,
            Some("wrong-value"),
        ),
        (r#"{"type": "mutualTLS"}"#, Some("wrong-value")),
        (r#"{"type": "oauth2"}"#, Some("missing-key")),
        (r#"{"name": "x"}"#, Some("missing-key")),
    ] {
        let keys = format!(
            "\"paths\": {{}}, \"security\": [{{\"s\": []}}, {{}}],
             \"components\": {{\"securitySchemes\": {{\"s\": {scheme}}}}}"
        );
        let told: Vec<_> = told.into_iter().collect();
        assert_eq!(codes(&document("3.0.0", &keys)), told, "{scheme}");
    }
}

//! References from file to file and to anything that a file holds.

use super::*;

/// The ids of the schemas that references lead to outside of components.
fn referenced(documents: &Documents) -> Vec<String> {
    let ids = documents.referenced_schemas().map(|(id, schema)| {
        assert_eq!(documents.schema(&id).map(|it| it.span), Some(schema.span));
        assert_eq!(documents.referenced_at(&schema.span), Some(&id));
        format!("{} {}", id.document, id.name)
    });
    let mut ids: Vec<_> = ids.collect();
    ids.sort();
    ids
}

/// The name of what a reference in the first document leads to.
fn named(documents: &Documents, target: &str) -> Option<String> {
    let from = documents.documents().first().map(|it| it.span)?;
    documents.resolve_schema(&from, target).map(|(id, _)| id.name)
}

#[test]
fn references_lead_from_file_to_file() {
    let a = schemas("3.2.0", r##""A": {"$ref": "../b.json#/components/schemas/B"}"##);
    let b = schemas(
        "3.1.0",
        r##""B": {"$ref": "#/components/schemas/C"}, "C": {"type": "string"}"##,
    );
    let (documents, report) = load(&[("x/a.json", &a), ("b.json", &b)]);
    assert!(report.is_empty(), "{report:?}");
    assert_eq!((documents.is_entry(0), documents.is_entry(1)), (true, false));
    let from = documents.documents().first().map(|it| it.span).unwrap_or_default();
    let found = documents.resolve_schema(&from, "#/components/schemas/A");
    let name = "C".to_owned();
    assert_eq!(
        found.as_ref().map(|(id, _)| id),
        Some(&ComponentId { document: 1, name })
    );
    let types = found.iter().flat_map(|(_, it)| &it.types).map(|it| it.value);
    assert_eq!(types.collect::<Vec<_>>(), [JsonType::String]);
    assert!(documents.resolve_mapping(&from, "A").is_some());
    assert!(documents.resolve_schema(&from, "#/components/schemas/C").is_none());
}

#[test]
fn references_that_lead_nowhere() {
    for (reference, told) in [
        (
            "#/components/schemas/Aa",
            "dangling-reference `#/components/schemas/Aa` does not exist",
        ),
        (
            "b.json#/components/schemas/A",
            "unreadable-file cannot read `b.json`: no such file",
        ),
        ("b.json", "unreadable-file cannot read `b.json`: no such file"),
        (
            "",
            "wrong-reference expected a reference to a schema, found ``, which is none",
        ),
        ("#A", "dangling-reference `#A` does not exist"),
        (
            "#/paths/~1a/get",
            "wrong-reference expected a reference to a schema, found `#/paths/~1a/get`, which is none",
        ),
        (
            "#/paths/~1a/parameters/0",
            "wrong-reference expected a reference to a schema, found one to a parameter",
        ),
        (
            "#/components/schemas/A/not/properties/b",
            "dangling-reference `#/components/schemas/A/not/properties/b` does not exist",
        ),
        (
            "https://a.b/c.json#/components/schemas/A",
            "remote-reference expected a reference to a file, \
             found the address `https://a.b/c.json#/components/schemas/A`",
        ),
        (
            "#/components/responses/A",
            "wrong-reference expected a reference to a schema, found one to a response",
        ),
    ] {
        let text = schemas("3.1.0", &format!("\"A\": {{\"not\": {{\"$ref\": \"{reference}\"}}}}"));
        assert_eq!(findings(&[("a.json", &text)]), [format!("a.json:3:24 {told}")]);
    }
}

#[test]
fn circles_are_told_once() {
    let text = schemas(
        "3.1.0",
        r##""A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/C"},
        "C": {"$ref": "#/components/schemas/B"}, "D": {"items": {"$ref": "#/components/schemas/D"}}"##,
    );
    let told = "a.json:3:57 circular-reference `#/components/schemas/C` leads back to this place \
                and to no components/schemas";
    assert_eq!(findings(&[("a.json", &text)]), [told]);
    let (documents, _) = load(&[("a.json", &text)]);
    let from = documents.documents().first().map(|it| it.span).unwrap_or_default();
    assert!(documents.resolve_schema(&from, "#/components/schemas/A").is_none());
}

#[test]
fn schemas_anywhere_have_names() {
    let text = r##"
openapi: 3.1.0
info: {title: "", version: ""}
paths:
  /a/{x}:
    parameters: [{name: x, in: path, required: true, schema: {}}]
    get:
      responses:
        "200": {description: "", content: {"a/b": {schema: {type: string}}}}
components:
  schemas:
    A:
      properties: {b: {type: string}, c: {items: {type: integer}}}
      $defs: {D: {$anchor: here, type: boolean}}
    B: {properties: {c: {type: "null"}, x/y~z %: {type: number}}}
    C:
      anyOf:
      - $ref: "#/components/schemas/A/properties/b"
      - $ref: "#/components/schemas/A/properties/c"
      - $ref: "#/components/schemas/A/properties/c/items"
      - $ref: "#/components/schemas/B/properties/c"
      - $ref: "#/components/schemas/B/properties/x~1y~0z%20%25"
      - $ref: "#/components/schemas/A/$defs/D"
      - $ref: "#here"
      - $ref: "#/paths/~1a~1%7Bx%7D/get/responses/200/content/a~1b/schema"
      - $ref: "#/components/schemas/C/anyOf/0"
"##;
    let files = [("x/a.yaml", text)];
    assert_eq!(findings(&files), Vec::<String>::new());
    let (documents, _) = load(&files);
    let names = ["A/c", "B/c", "C/anyOf/0", "D", "b", "c/items", "get/200", "x/y~z %"];
    assert_eq!(referenced(&documents), names.map(|it| format!("0 {it}")));
    assert_eq!(named(&documents, "#here").as_deref(), Some("D"));
    assert_eq!(
        named(&documents, "#/components/schemas/C/anyOf/0").as_deref(),
        Some("b")
    );
}

#[test]
fn files_that_are_no_documents_belong_to_the_first_that_refers_to_them() {
    let a = document(
        "3.0.3",
        r##""paths": {"/p": {"$ref": "paths/p.yaml"}, "/q": {"$ref": "paths/p.yaml", "parameters": [
            {"$ref": "common.yml#/parameters/limit"}]},
            "/r": {"get": {"$ref": "paths/p.yaml#/get"}}}"##,
    );
    let files = [
        ("a.json", a.as_str()),
        (
            "paths/p.yaml",
            "get:\n  responses:\n    '200':\n      description: ''\n      content:\n        application/json:\n          \
             schema: {$ref: '../models/pet.yaml'}\n    default: {$ref: '../common.yml#/responses/Error'}\n",
        ),
        (
            "models/pet.yaml",
            "{nullable: true, type: object, properties: {mother: {$ref: '#'}, tag: {$ref: tag.json}}}",
        ),
        ("models/tag.json", "{\"type\": \"string\"}"),
        (
            "common.yml",
            "parameters:\n  limit: {name: limit, in: query, schema: {$ref: '#/schemas/limit'}}\n\
             responses:\n  Error: {description: e}\nschemas:\n  limit: {type: integer}\n",
        ),
    ];
    assert_eq!(findings(&files), Vec::<String>::new());
    let (documents, _) = load(&files);
    assert_eq!(documents.documents().len(), 1);
    assert_eq!(referenced(&documents), ["0 limit", "0 pet", "0 tag"]);
    let items = documents.documents().iter().flat_map(|it| &it.paths);
    let items: Vec<_> = items
        .filter_map(|(_, item)| match item {
            RefOr::Item(item) => Some((item.operations.len(), item.parameters.len())),
            RefOr::Ref(it) => {
                let (id, item) = documents.resolve_path_item(&it.target.span, &it.target.value)?;
                assert_eq!(id.name, "p");
                Some((item.operations.len(), item.parameters.len()))
            }
        })
        .collect();
    assert_eq!(items, [(1, 0), (1, 1), (1, 0)]);
}

#[test]
fn media_types_are_read_in_place() {
    let text = document(
        "3.2.0",
        r##""components": {"mediaTypes": {"A": {"schema": {"type": "string"}}, "B": {"$ref": "#/components/mediaTypes/A"}},
        "requestBodies": {"R": {"content": {"a/b": {"$ref": "#/components/mediaTypes/B"}}}}}"##,
    );
    assert_eq!(findings(&[("a.json", &text)]), Vec::<String>::new());
    let (documents, _) = load(&[("a.json", &text)]);
    let bodies = documents
        .documents()
        .iter()
        .flat_map(|it| it.components.request_bodies.values());
    let schemas = bodies.filter_map(|it| match &it.item {
        RefOr::Item(body) => body.content.first()?.1.schema.as_ref(),
        RefOr::Ref(_) => None,
    });
    assert_eq!(schemas.count(), 1);
}

#[test]
fn what_is_wrong_with_references_is_told_once() {
    for (keys, told) in [
        (
            r##""paths": {"/a": {"get": {"$ref": "#/paths/~1a/get"}}}"##,
            "2:34 circular-reference `#/paths/~1a/get` leads back to this place and to nothing else",
        ),
        (
            r##""paths": {"/a": {"get": {"$ref": "#/paths/~1b/get"}}, "/b": {}}"##,
            "2:34 dangling-reference `#/paths/~1b/get` does not exist",
        ),
        (
            r##""paths": {"/a": {"$ref": "#/paths/~1b", "parameters": []}, "/b": {"parameters": []}}"##,
            "2:55 path-item-siblings `parameters` stands beside `$ref` and in what it leads to",
        ),
        (
            r##""components": {"schemas": {"A": {"properties": {"b": {"$ref": "#/components/schemas/A/properties/b"}}}}}"##,
            "2:63 circular-reference `#/components/schemas/A/properties/b` leads back to this place and to no \
             components/schemas",
        ),
        (
            r##""components": {"schemas": {"A": {"$ref": "#/x-b/c", "title": 1}}}, "x-b": {"c": {"type": "strin"}}"##,
            "2:62 wrong-type `title` of the Schema Object must be a string, found a number; \
             2:90 unknown-type unknown type `strin`",
        ),
    ] {
        let text = document("3.1.0", keys);
        let found = findings(&[("a.json", &text)]).join("; ").replace("a.json:", "");
        assert_eq!(found, told, "{keys}");
    }
}

#[test]
fn helps_name_the_nearest_place() {
    let text = schemas(
        "3.1.0",
        r##""A": {"properties": {"name": {}, "b": {"$ref": "#/components/schemas/A/properties/nam"}, "c":
        {"$ref": "#/components/schemas/A/properties/b/items"}}}"##,
    );
    let (_, report) = load(&[("a.json", &text)]);
    let helps: Vec<_> = report.into_diagnostics().into_iter().filter_map(|it| it.help).collect();
    let help = "`/components/schemas/A/properties/b` is a reference itself: refer to a place in what it leads to";
    assert_eq!(helps, ["did you mean `#/components/schemas/A/properties/name`?", help]);
}

#[test]
fn a_mapping_may_name_a_file() {
    let text = schemas(
        "3.1.0",
        r#""A": {"discriminator": {"propertyName": "t", "mapping": {"d": "dog.yaml", "c": "B"}}, "oneOf": [{}]}, "B": {}"#,
    );
    let (documents, report) = load(&[("a.json", &text), ("dog.yaml", "type: object")]);
    assert!(report.is_empty(), "{report:?}");
    let from = documents.documents().first().map(|it| it.span).unwrap_or_default();
    let name = |value| documents.resolve_mapping(&from, value).map(|(id, _)| id.name);
    assert_eq!(
        (name("dog.yaml").as_deref(), name("B").as_deref()),
        (Some("dog"), Some("B"))
    );
}

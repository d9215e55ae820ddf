//! The rules of `schema/` that the generator does not ask of other documents.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Map, Value};
use tablature_tests::workspace::{children, name, root};

const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// The curated documents by file name.
fn documents() -> Vec<(String, Value)> {
    let documents: Vec<_> = children(&root().join("schema"))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .filter(|path| !["pages.lock.json", "waivers.json"].contains(&name(path).as_str()))
        .map(|path| (name(&path), serde_json::from_slice(&fs::read(&path).unwrap()).unwrap()))
        .collect();
    assert!(documents.len() >= 3, "schema/ holds {} documents", documents.len());
    documents
}

/// What a rule is asked of.
struct Element<'a> {
    /// File and JSON Pointer.
    place: String,
    /// Operation, parameter, property, response...
    kind: &'static str,
    value: &'a Map<String, Value>,
    /// Whether something around it says where it is documented.
    inherits: bool,
}

/// Finds the elements of a document.
struct Walk<'a> {
    elements: Vec<Element<'a>>,
}

impl<'a> Walk<'a> {
    fn all(documents: &'a [(String, Value)]) -> Vec<Element<'a>> {
        let mut walk = Self { elements: Vec::new() };
        for (file, document) in documents {
            for (path, item) in members(&document["paths"]) {
                walk.path_item(&format!("{file}#/paths/{path}"), item);
            }
            let components = format!("{file}#/components");
            for (section, kind) in [
                ("schemas", "schema"),
                ("parameters", "parameter"),
                ("requestBodies", "request body"),
                ("responses", "response"),
                ("headers", "header"),
                ("securitySchemes", "security scheme"),
            ] {
                for (key, value) in members(&document["components"][section]) {
                    walk.element(kind, &format!("{components}/{section}/{key}"), value, false);
                }
            }
        }
        walk.elements
    }

    fn path_item(&mut self, place: &str, item: &'a Value) {
        let inherits = says_where(item);
        self.list(place, "parameters", "parameter", item, inherits);
        for (method, operation) in members(item) {
            if METHODS.contains(&method) {
                self.element("operation", &format!("{place}/{method}"), operation, inherits);
            }
        }
    }

    /// Takes an element and what stands in it. A reference is looked at where it points to.
    fn element(&mut self, kind: &'static str, place: &str, value: &'a Value, inherits: bool) {
        let Some(object) = value.as_object().filter(|object| !object.contains_key("$ref")) else {
            return;
        };
        self.elements.push(Element {
            place: place.to_owned(),
            kind,
            value: object,
            inherits,
        });
        let inherits = inherits || says_where(value);
        self.list(place, "parameters", "parameter", value, inherits);
        self.element(
            "request body",
            &format!("{place}/requestBody"),
            &value["requestBody"],
            inherits,
        );
        for (key, kind) in [("responses", "response"), ("headers", "header")] {
            for (name, response) in members(&value[key]) {
                self.element(kind, &format!("{place}/{key}/{name}"), response, inherits);
            }
        }
        for (media_type, content) in members(&value["content"]) {
            for key in ["schema", "itemSchema"] {
                self.inline(&format!("{place}/content/{media_type}/{key}"), &content[key], inherits);
            }
        }
        self.inline(&format!("{place}/schema"), &value["schema"], inherits);
        self.properties(place, value, inherits);
    }

    /// Takes the properties in a schema that has no name of its own.
    fn inline(&mut self, place: &str, schema: &'a Value, inherits: bool) {
        self.properties(place, schema, inherits || says_where(schema));
    }

    fn properties(&mut self, place: &str, schema: &'a Value, inherits: bool) {
        for (name, property) in members(&schema["properties"]) {
            let place = format!("{place}/properties/{name}");
            let Some(object) = property.as_object() else { continue };
            self.elements.push(Element {
                place: place.clone(),
                kind: "property",
                value: object,
                inherits,
            });
            self.inline(&place, property, inherits);
        }
        for key in ["items", "additionalProperties"] {
            if schema[key].is_object() {
                self.inline(&format!("{place}/{key}"), &schema[key], inherits);
            }
        }
        for key in ["allOf", "anyOf", "oneOf"] {
            for (index, schema) in schema[key].as_array().into_iter().flatten().enumerate() {
                self.inline(&format!("{place}/{key}/{index}"), schema, inherits);
            }
        }
    }

    fn list(&mut self, place: &str, key: &str, kind: &'static str, value: &'a Value, inherits: bool) {
        for (index, item) in value[key].as_array().into_iter().flatten().enumerate() {
            self.element(kind, &format!("{place}/{key}/{index}"), item, inherits);
        }
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.as_str(), value))
}

fn says_where(value: &Value) -> bool {
    value.get("x-documented-in").is_some() || value.get("x-source").is_some()
}

#[test]
fn everything_is_described() {
    let documents = documents();
    let elements = Walk::all(&documents);
    let undescribed = |element: &&Element<'_>| {
        let description = element.value.get("description").and_then(Value::as_str);
        description.is_none_or(|text| text.trim().is_empty())
    };
    let wrong: Vec<_> = elements
        .iter()
        .filter(undescribed)
        .map(|it| format!("{} {}", it.kind, it.place))
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
    assert!(elements.len() > 300, "only {} elements found", elements.len());
}

#[test]
fn everything_says_where_it_is_documented() {
    let documents = documents();
    let mut wrong = Vec::new();
    for element in Walk::all(&documents) {
        let pages = element.value.get("x-documented-in");
        let source = element.value.get("x-source");
        let problem = match (pages, source, element.inherits) {
            (Some(_), Some(_), _) => "has both x-documented-in and x-source",
            (None, None, false) => "has neither x-documented-in nor x-source, and inherits none",
            (Some(pages), None, _) if !is_list_of_tables(pages) => "has no list of `page` or `page#table`",
            (None, Some(source), _) if source.as_str().is_none_or(str::is_empty) => "has no x-source text",
            _ => continue,
        };
        wrong.push(format!("{} {} {problem}", element.kind, element.place));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// `["huawei-cci/patchCoreV1NamespacedService#9"]`: page keys with the ordinal of a table, from 1.
fn is_list_of_tables(value: &Value) -> bool {
    let is_table = |table: &str| {
        let (page, ordinal) = table.split_once('#').unwrap_or((table, "1"));
        page.contains('/') && ordinal.parse().is_ok_and(|ordinal: u32| ordinal > 0)
    };
    value
        .as_array()
        .is_some_and(|tables| !tables.is_empty() && tables.iter().all(|table| table.as_str().is_some_and(is_table)))
}

/// Where the text of a page is that people read at this address: GitHub shows a file within a page of its own.
fn fetched_from(address: &str) -> String {
    match address
        .strip_prefix("https://github.com/")
        .and_then(|it| it.split_once("/blob/"))
    {
        Some((repository, file)) => format!("https://raw.githubusercontent.com/{repository}/{file}"),
        None => address.to_owned(),
    }
}

#[test]
fn every_page_has_the_address_that_the_lock_has() {
    let lock = fs::read_to_string(root().join("schema/pages.lock.json")).unwrap();
    let lock: Value = serde_json::from_str(&lock).unwrap();
    let locked = members(&lock["pages"]).map(|(name, page)| (name, page["source"].as_str().unwrap()));
    let documents = documents();
    let stated = documents
        .iter()
        .flat_map(|(_, document)| members(&document["x-documented-pages"]))
        .map(|(name, address)| (name, fetched_from(address.as_str().unwrap())));
    let locked = locked.map(|(name, source)| (name, source.to_owned()));
    let (stated, locked): (BTreeMap<_, _>, BTreeMap<_, _>) = (stated.collect(), locked.collect());
    assert_eq!(stated, locked);
    assert!(!stated.is_empty());
}

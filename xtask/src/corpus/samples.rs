//! The JSON examples of a document, each with where its schema stands.

use tablature_openapi::node::{Node, Value};

/// A JSON text that a type is to decode and encode again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sample {
    /// Where its schema stands, as a JSON pointer without the `#`.
    pub schema: String,
    /// The text, on one line.
    pub text: String,
    /// Whether members were added that the schema does not know.
    pub injected: bool,
    /// Whether it is valid against the schema; nothing where only the writer of the document thinks so.
    pub valid: Option<bool>,
}

/// What became of a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// It was written as it was read; with what `validate()` says, if anything.
    Same(Option<String>),
    /// It was written otherwise: as this.
    Changed(String),
    /// It was not read, or not written again: why.
    Refused(String),
    /// The program ended.
    Crashed,
}

/// What stands at a place of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Any object of OpenAPI but a schema.
    Object,
    /// Media types by name.
    Content,
    /// A schema, or a list of schemas.
    Schema,
    /// Schemas by name.
    Schemas,
    /// Data of the API, or what only readers look at.
    Data,
}

/// The examples of a document, and each again with an unknown member in every object.
pub(super) fn of_document(root: &Node) -> Vec<Sample> {
    let mut found = Vec::new();
    walk(root, Place::Object, &mut String::new(), &mut found);
    found
        .into_iter()
        .flat_map(|(schema, node)| both(&schema, node, None))
        .collect()
}

/// The value as a sample; and again with unknown members, where it has an object to put them in.
pub(super) fn both(schema: &str, node: &Node, valid: Option<bool>) -> Vec<Sample> {
    let sample = |text: String, injected| Sample {
        schema: schema.to_owned(),
        text,
        injected,
        valid,
    };
    let plain = text(node);
    let mut injected = String::new();
    write(node, true, &mut injected);
    let injected = Some(injected).filter(|it| *it != plain && valid.is_none());
    let injected = injected.map(|it| sample(it, true));
    std::iter::once(sample(plain, false)).chain(injected).collect()
}

/// The value on one line.
pub(super) fn text(node: &Node) -> String {
    let mut text = String::new();
    write(node, false, &mut text);
    text
}

/// Collects the values of the examples below a place, each with the pointer to its schema.
fn walk<'a>(node: &'a Node, place: Place, pointer: &mut String, found: &mut Vec<(String, &'a Node)>) {
    match place {
        Place::Schema => {
            let list = node.get("examples").and_then(Node::as_array).unwrap_or_default();
            let values = node.get("example").into_iter().chain(list);
            found.extend(values.map(|value| (pointer.clone(), value)));
        }
        Place::Object if node.get("schema").is_some() => {
            let named = node.get("examples").and_then(Node::as_object).unwrap_or_default();
            let values = named
                .iter()
                .filter_map(|(_, it)| it.get("value").or(it.get("dataValue")));
            let values = node.get("example").into_iter().chain(values);
            found.extend(values.map(|value| (format!("{pointer}/schema"), value)));
        }
        Place::Data => return,
        Place::Object | Place::Content | Place::Schemas => {}
    }
    let length = pointer.len();
    for (index, item) in node.as_array().unwrap_or_default().iter().enumerate() {
        pointer.push_str(&format!("/{index}"));
        walk(item, place, pointer, found);
        pointer.truncate(length);
    }
    for (key, value) in node.as_object().unwrap_or_default() {
        pointer.push('/');
        pointer.push_str(&key.value.replace('~', "~0").replace('/', "~1"));
        walk(value, child(place, &key.value), pointer, found);
        pointer.truncate(length);
    }
}

/// What stands under a key.
fn child(place: Place, key: &str) -> Place {
    match (place, key) {
        (Place::Schemas, _) => Place::Schema,
        // What is not JSON has examples in other texts than ours.
        (Place::Content, it) if it.contains("json") => Place::Object,
        (Place::Content | Place::Data, _) => Place::Data,
        (Place::Schema, "properties" | "patternProperties" | "dependentSchemas" | "$defs") => Place::Schemas,
        (
            Place::Schema,
            "additionalProperties" | "allOf" | "anyOf" | "else" | "if" | "items" | "oneOf" | "prefixItems" | "then",
        ) => Place::Schema,
        (Place::Schema, _) => Place::Data,
        (Place::Object, "schema" | "itemSchema") => Place::Schema,
        (Place::Object, "schemas") => Place::Schemas,
        (Place::Object, "content") => Place::Content,
        (Place::Object, "example" | "examples" | "links") => Place::Data,
        (Place::Object, it) if it.starts_with("x-") => Place::Data,
        (Place::Object, _) => Place::Object,
    }
}

/// The member that no schema knows.
const UNKNOWN: &str = "x-unknown-to-the-schema";

/// Writes the value on one line; if asked, each object that has members gets one more, as the first of them is: so
/// that it fits where the object is a map.
fn write(node: &Node, inject: bool, to: &mut String) {
    match &node.value {
        Value::Null => to.push_str("null"),
        Value::Bool(value) => to.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => to.push_str(number.as_str()),
        Value::String(text) => to.push_str(&quoted(text)),
        Value::Array(items) => {
            to.push('[');
            for (index, item) in items.iter().enumerate() {
                to.push_str(if index > 0 { "," } else { "" });
                write(item, inject, to);
            }
            to.push(']');
        }
        Value::Object(entries) => {
            to.push('{');
            for (index, (key, value)) in entries.iter().enumerate() {
                to.push_str(if index > 0 { "," } else { "" });
                to.push_str(&quoted(&key.value));
                to.push(':');
                write(value, inject, to);
            }
            if let Some((_, first)) = entries.first().filter(|_| inject) {
                to.push_str(&format!(",{}:", quoted(UNKNOWN)));
                write(first, false, to);
            }
            to.push('}');
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use tablature_openapi::{Report, json};

    use super::*;

    #[test]
    fn examples_are_found_where_schemas_are() {
        let text = r#"{"paths": {"/a/{b}": {"get": {
            "parameters": [{"schema": {"type": "string"}, "example": "x"}],
            "responses": {"200": {"content": {
                "application/json": {"schema": {"$ref": "s"}, "examples": {"one": {"value": {"n": 1.50, "o": {}}}}},
                "text/xml": {"schema": {}, "example": "<a/>"}}}}}}},
            "components": {"schemas": {"example": {"properties": {"example": {"examples": [null, [{"p": "q"}]]}}}}}}"#;
        let node = json::parse(0, text, &mut Report::new()).unwrap_or_else(|| unreachable!());
        let found: Vec<_> = of_document(&node).into_iter().map(|it| (it.schema, it.text)).collect();
        let list = "/components/schemas/example/properties/example";
        let answer = "/paths/~1a~1{b}/get/responses/200/content/application~1json/schema";
        let expected = [
            ("/paths/~1a~1{b}/get/parameters/0/schema", r#""x""#),
            (answer, r#"{"n":1.50,"o":{}}"#),
            (answer, r#"{"n":1.50,"o":{},"x-unknown-to-the-schema":1.50}"#),
            (list, "null"),
            (list, r#"[{"p":"q"}]"#),
            (list, r#"[{"p":"q","x-unknown-to-the-schema":"q"}]"#),
        ];
        assert_eq!(
            found,
            expected.map(|(schema, text)| (schema.to_owned(), text.to_owned()))
        );
    }
}

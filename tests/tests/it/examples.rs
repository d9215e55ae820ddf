//! Each JSON example of `schema/` is read by the model that it is an example of, and nothing is lost.

use std::fs;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tablature_apis::kubernetes::models::Status;
use tablature_apis::runtime::Json;
use tablature_apis::runtime::patch::{JsonPatch, MergePatch};
use tablature_apis::tablature_kubernetes::patch::{ApplyPatch, StrategicMergePatch};
use tablature_apis::{huawei_cci, huawei_cci2, openshift};
use tablature_openapi::node::{Node, Value};
use tablature_openapi::{Report, json};
use tablature_tests::json::assert_same;
use tablature_tests::workspace::root;

/// An example, and the reference of the schema beside it.
struct Example {
    /// File and line.
    place: String,
    schema: String,
    text: String,
}

/// Every example of a media type of a document.
fn examples(file: &str) -> Vec<Example> {
    let text = fs::read_to_string(root().join("schema").join(file)).unwrap();
    let document = json::parse(0, &text, &mut Report::new()).unwrap();
    let mut found = Vec::new();
    collect(file, &text, &document, &mut found);
    found
}

fn collect(file: &str, text: &str, node: &Node, found: &mut Vec<Example>) {
    let examples = node.get("examples").and_then(Node::as_object).unwrap_or_default();
    for (_, example) in examples {
        let Some(value) = example.get("dataValue") else {
            continue;
        };
        let line = text[..value.span.start as usize].lines().count();
        let schema = node
            .get("schema")
            .and_then(|schema| schema.get("$ref"))
            .and_then(Node::as_str);
        found.push(Example {
            place: format!("schema/{file}:{line}"),
            schema: schema.unwrap_or_default().to_owned(),
            text: text[value.span.start as usize..value.span.end as usize].to_owned(),
        });
    }
    match &node.value {
        Value::Object(members) => members.iter().for_each(|(_, value)| collect(file, text, value, found)),
        Value::Array(items) => items.iter().for_each(|item| collect(file, text, item, found)),
        _ => {}
    }
}

#[test]
fn documented_examples_survive() {
    let mut count = 0;
    for file in ["huawei-cci.json", "huawei-cci2.json", "openshift.json"] {
        for example in examples(file) {
            count += 1;
            assert_same(&round_trip(file, &example), &example.text, &example.place);
        }
    }
    // Eight of CCI, and 37 of CCI 2.0.
    assert_eq!(count, 45);
}

fn round_trip(file: &str, example: &Example) -> String {
    let Example { place, schema, text } = example;
    match (file, schema.rsplit('/').next().unwrap_or_default()) {
        ("huawei-cci.json", "Service") => again::<huawei_cci::models::Service>(place, text),
        ("huawei-cci.json", "ServiceList") => again::<huawei_cci::models::ServiceList>(place, text),
        ("huawei-cci.json", "Endpoints") => again::<huawei_cci::models::Endpoints>(place, text),
        ("huawei-cci2.json", "Namespace") => again::<huawei_cci2::models::Namespace>(place, text),
        ("huawei-cci2.json", "NamespaceList") => again::<huawei_cci2::models::NamespaceList>(place, text),
        ("huawei-cci2.json", "NamespaceOrStatus") => again::<huawei_cci2::models::NamespaceOrStatus>(place, text),
        ("huawei-cci2.json", "Network") => again::<huawei_cci2::models::Network>(place, text),
        ("huawei-cci2.json", "NetworkList") => again::<huawei_cci2::models::NetworkList>(place, text),
        ("huawei-cci2.json", "NetworkOrStatus") => again::<huawei_cci2::models::NetworkOrStatus>(place, text),
        ("huawei-cci2.json", "ConfigMap") => again::<huawei_cci2::models::ConfigMap>(place, text),
        ("huawei-cci2.json", "ConfigMapList") => again::<huawei_cci2::models::ConfigMapList>(place, text),
        ("huawei-cci2.json", "ConfigMapOrStatus") => again::<huawei_cci2::models::ConfigMapOrStatus>(place, text),
        ("huawei-cci2.json", "Secret") => again::<huawei_cci2::models::Secret>(place, text),
        ("huawei-cci2.json", "SecretList") => again::<huawei_cci2::models::SecretList>(place, text),
        ("huawei-cci2.json", "SecretOrStatus") => again::<huawei_cci2::models::SecretOrStatus>(place, text),
        ("huawei-cci2.json", "Pod") => again::<huawei_cci2::models::Pod>(place, text),
        ("huawei-cci2.json", "PodList") => again::<huawei_cci2::models::PodList>(place, text),
        ("huawei-cci2.json", "PodOrStatus") => again::<huawei_cci2::models::PodOrStatus>(place, text),
        ("openshift.json", "Service") => again::<openshift::models::Service>(place, text),
        (_, "Status") => again::<Status>(place, text),
        (_, "JsonPatch") => again::<JsonPatch>(place, text),
        (_, "MergePatch") => again_patch(text, |json| MergePatch::new(json)),
        (_, "StrategicMergePatch") => again_patch(text, |json| StrategicMergePatch::new(json)),
        (_, "ApplyPatch") => again_patch(text, |json| ApplyPatch::new(json)),
        _ => unreachable!("{place}: say in this test which model reads an example of `{schema}`"),
    }
}

fn again<T: DeserializeOwned + Serialize>(place: &str, text: &str) -> String {
    let model: T = serde_json::from_str(text).unwrap_or_else(|error| unreachable!("{place}: {error}"));
    serde_json::to_string(&model).unwrap()
}

fn again_patch<T: Serialize>(text: &str, patch: impl Fn(&Json) -> T) -> String {
    serde_json::to_string(&patch(&text.parse().unwrap())).unwrap()
}

//! Patches, by the examples of their standards.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json as value;
use tablature_kubernetes::patch::{ApplyPatch, StrategicMergePatch};
use tablature_runtime::Json;
use tablature_runtime::body;
use tablature_runtime::patch::{JsonPatch, MergePatch, PatchOperation, Pointer};

use crate::emitted::models::{ObjectMeta, Service, ServicePort, ServiceSpec};

fn json(text: &str) -> Json {
    text.parse().unwrap()
}

#[test]
fn json_patches() {
    let patch = JsonPatch::new()
        .test("/a/b", 1)
        .add("/list/-", "x")
        .add("", value!({}))
        .replace("/n", Option::<u8>::None)
        .remove(Pointer::root().push("m~n").push("a/b").push(""))
        .move_("/a", "/b")
        .copy("/c", "/d")
        .add("/big", json("123456789012345678901234567890"));
    let text = r#"[{"op":"test","path":"/a/b","value":1},{"op":"add","path":"/list/-","value":"x"},{"op":"add","path":"","value":{}},{"op":"replace","path":"/n","value":null},{"op":"remove","path":"/m~0n/a~1b/"},{"op":"move","from":"/a","path":"/b"},{"op":"copy","from":"/c","path":"/d"},{"op":"add","path":"/big","value":123456789012345678901234567890}]"#;
    assert_eq!(body::json(&patch).unwrap(), text);
    let read: JsonPatch = serde_json::from_str(text).unwrap();
    assert_eq!(read, patch);
    assert_eq!(read.operations().iter().cloned().collect::<JsonPatch>(), patch);
    let yaml: JsonPatch = serde_yaml_ng::from_str(&serde_yaml_ng::to_string(&patch).unwrap()).unwrap();
    assert_eq!(yaml, patch);
    assert!(matches!(patch.operations().first(), Some(PatchOperation::Test { path, .. }) if path.as_str() == "/a/b"));
}

#[test]
fn json_patches_that_cant_be() {
    let unwritable = BTreeMap::from([(vec![1], 1)]);
    for (patch, message) in [
        (
            JsonPatch::new().remove("a"),
            "`a` is not a JSON Pointer: it does not begin with `/`",
        ),
        (
            JsonPatch::new().remove("/a~"),
            "`/a~` is not a JSON Pointer: it has a `~` that is not `~0` or `~1`",
        ),
        (
            JsonPatch::new().add("/a~2", 1),
            "`/a~2` is not a JSON Pointer: it has a `~` that is not `~0` or `~1`",
        ),
        (
            JsonPatch::new().copy("x", "/a").remove("y"),
            "`x` is not a JSON Pointer: it does not begin with `/`",
        ),
        (
            JsonPatch::new().add("/a", &unwritable),
            "the value for `/a`: key must be a string",
        ),
    ] {
        assert_eq!(
            body::json(&patch).unwrap_err().to_string(),
            format!("the body cannot be written: {message}")
        );
    }
    for (text, message) in [
        (
            r#"[{"op":"add","path":"/a"}]"#,
            "missing field `value` of operation `add`",
        ),
        (
            r#"[{"op":"move","path":"/a"}]"#,
            "missing field `from` of operation `move`",
        ),
        (r#"[{"op":"grow","path":"/a"}]"#, "unknown operation `grow`"),
        (
            r#"[{"op":"remove","path":"a"}]"#,
            "`a` is not a JSON Pointer: it does not begin with `/`",
        ),
        (r#"[{"path":"/a"}]"#, "missing field `op` of JSON Patch operation"),
        ("{}", "invalid type: map, expected a sequence"),
    ] {
        let error = serde_json::from_str::<JsonPatch>(text).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
    let lenient: JsonPatch = serde_json::from_str(r#"[{"value":null,"path":"/a","x":1,"op":"test"}]"#).unwrap();
    assert_eq!(lenient, JsonPatch::new().test("/a", ()));
}

#[test]
fn partial_objects() {
    let text = r#"{"a":null,"b":[1.0,null],"c":123456789012345678901234567890}"#;
    assert_eq!(body::json(&MergePatch::new(json(text))).unwrap(), text);
    assert_eq!(body::json(&StrategicMergePatch::new(json(text))).unwrap(), text);
    assert_eq!(body::json(&ApplyPatch::new(json(text))).unwrap(), text);
    assert_eq!(MergePatch::new(json(text)).as_json(), Some(&json(text)));
    assert_eq!(
        serde_json::from_str::<MergePatch>(text).unwrap(),
        MergePatch::new(json(text))
    );
    for not in ["1", "null", "[]", "\"\""] {
        let patch = MergePatch::new(json(not));
        let error = body::json(&patch).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the body cannot be written: a patch must be an object"
        );
        assert_eq!(patch.as_json(), None);
        assert!(patch.apply(&json("{}")).is_err());
        assert!(serde_json::from_str::<ApplyPatch>(not).is_err());
    }
    assert!(body::json(&ApplyPatch::new(BTreeMap::from([(vec![1], 1)]))).is_err());
    let floats = |number: f64| body::json(&MergePatch::new(BTreeMap::from([("a", Some(number)), ("b", None)])));
    assert_eq!(floats(0.5).unwrap(), r#"{"a":0.5,"b":null}"#);
    let error = floats(f64::NAN).unwrap_err();
    assert_eq!(error.reason(), "JSON has no number for NaN");
}

/// RFC 7396, appendix A, as far as both are objects; and what it says of numbers and lists.
const MERGES: [(&str, &str, &str); 13] = [
    (r#"{"a":"b"}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
    (r#"{"a":"b"}"#, r#"{"b":"c"}"#, r#"{"a":"b","b":"c"}"#),
    (r#"{"a":"b"}"#, r#"{"a":null}"#, "{}"),
    (r#"{"a":"b","b":"c"}"#, r#"{"a":null}"#, r#"{"b":"c"}"#),
    (r#"{"a":["b"]}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
    (r#"{"a":"c"}"#, r#"{"a":["b"]}"#, r#"{"a":["b"]}"#),
    (
        r#"{"a":{"b":"c"}}"#,
        r#"{"a":{"b":"d","c":null}}"#,
        r#"{"a":{"b":"d"}}"#,
    ),
    (r#"{"a":[{"b":"c"}]}"#, r#"{"a":[1]}"#, r#"{"a":[1]}"#),
    (r#"{"e":null}"#, r#"{"a":1}"#, r#"{"e":null,"a":1}"#),
    ("[1,2]", r#"{"a":"b","c":null}"#, r#"{"a":"b"}"#),
    ("{}", r#"{"a":{"bb":{"ccc":null}}}"#, r#"{"a":{"bb":{}}}"#),
    (
        r#"{"a":{"b":1}}"#,
        r#"{"a":[null,{"x":null}]}"#,
        r#"{"a":[null,{"x":null}]}"#,
    ),
    (
        r#"{"a":1}"#,
        r#"{"a":1.00000000000000000000000000001}"#,
        r#"{"a":1.00000000000000000000000000001}"#,
    ),
];

#[test]
fn merge_patches_apply() {
    for (target, patch, result) in MERGES {
        assert_eq!(
            MergePatch::new(json(patch)).apply(&json(target)).unwrap(),
            json(result),
            "{target} {patch}"
        );
    }
}

#[test]
fn differences() {
    let mut values: Vec<&str> = MERGES
        .iter()
        .flat_map(|(target, _, result)| [*target, *result])
        .collect();
    values.extend([
        r#"{"a":{"b":{"c":1,"d":2}},"x":[1,{"y":null}]}"#,
        r#"{"a":{"b":{"c":1.0,"e":3}},"x":[1,{"y":null}]}"#,
        r#"{"a":{},"big":123456789012345678901234567890}"#,
        r#"{"big":123456789012345678901234567891}"#,
        r#"{"a/b":{"m~n":1}}"#,
        r#"{"a":1,"a":2}"#,
    ]);
    values.retain(|value| value.starts_with('{'));
    for before in &values {
        for after in &values {
            let (before, after) = (json(before), json(after));
            match MergePatch::diff(&before, &after) {
                Ok(patch) => {
                    let result = patch.apply(&before).unwrap();
                    // A repeated member counts as its last.
                    assert!(
                        result == after || after == json(r#"{"a":1,"a":2}"#),
                        "{before} {after} {patch:?}"
                    );
                    assert_eq!(patch.as_json() == Some(&json("{}")), before == after);
                }
                Err(error) => assert_eq!(error.to_string(), "a merge patch cannot set `/e` to null"),
            }
        }
    }
    let diff = |before: &str, after: &str| MergePatch::diff(&json(before), &json(after));
    let text = diff(
        r#"{"a":1,"b":{"c":1,"d":2},"l":[1]}"#,
        r#"{"b":{"c":1.0,"e":3},"l":[1,2]}"#,
    )
    .unwrap();
    assert_eq!(
        body::json(&text).unwrap(),
        r#"{"a":null,"b":{"d":null,"e":3},"l":[1,2]}"#
    );
    assert!(diff(r#"{"e":null}"#, r#"{"e":null}"#).is_ok());
    for (before, after, place) in [
        ("{}", r#"{"a":null}"#, "/a"),
        (r#"{"a":1}"#, r#"{"a":null}"#, "/a"),
        (r#"{"a":{"b":1}}"#, r#"{"a":{"b":null}}"#, "/a/b"),
        (r#"{"a":1}"#, r#"{"a":{"b":{"m~/n":null}}}"#, "/a/b/m~0~1n"),
    ] {
        assert_eq!(
            diff(before, after).unwrap_err().to_string(),
            format!("a merge patch cannot set `{place}` to null")
        );
    }
    assert!(diff("[]", "{}").is_err());
    assert!(diff("{}", "1").is_err());
    assert!(MergePatch::diff(&BTreeMap::from([(vec![1], 1)]), &json("{}")).is_err());
}

#[test]
fn differences_of_models() {
    let read =
        r#"{"metadata":{"name":"web","labels":{"a":"1","b":"2"},"x":1},"spec":{"ports":[{"port":80}],"y":{"z":1.0}}}"#;
    let before: Service = serde_json::from_str(read).unwrap();
    let mut after = before.clone();
    if let Some(labels) = after.metadata.as_mut().and_then(|metadata| metadata.labels.as_mut()) {
        labels.remove("a");
        labels.insert("c".into(), "3".into());
    }
    after.spec.as_mut().unwrap().ports = Some(vec![ServicePort::new(81)]);
    let patch = MergePatch::diff(&before, &after).unwrap();
    let text = r#"{"metadata":{"labels":{"a":null,"c":"3"}},"spec":{"ports":[{"port":81}]}}"#;
    assert_eq!(body::json(&patch).unwrap(), text);
    assert_eq!(patch.apply(&json(read)).unwrap().decode::<Service>().unwrap(), after);
    let by_value = value!({"metadata": {"labels": {"a": null}}});
    assert_eq!(MergePatch::new(by_value.clone()), MergePatch::new(&by_value));
    let built = Service::default()
        .metadata(ObjectMeta::default().name("web"))
        .spec(ServiceSpec::default().ports([]));
    assert_eq!(
        body::json(&ApplyPatch::new(&built)).unwrap(),
        r#"{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"ports":[]}}"#
    );
}

#[test]
fn pointers() {
    for text in ["", "/", "/a", "/a/b", "/~0~1", "/a//b"] {
        assert_eq!(text.parse::<Pointer>().unwrap().as_str(), text);
    }
    for text in ["a", "#/a", "/~", "/~2", "/a~/b", "~0"] {
        assert!(text.parse::<Pointer>().is_err(), "{text}");
    }
    #[derive(Debug)]
    struct Wrapped(Pointer);
    impl Serialize for Wrapped {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(&self.0)
        }
    }
    assert_eq!(
        serde_json::to_string(&Wrapped(Pointer::new(["~", "/"]))).unwrap(),
        "\"/~0/~1\""
    );
}

//! What the reader of objects gives and reports.

use super::*;
use crate::json;
use crate::node::Node;

/// Reads a text as an object, and gives the findings as `start code message (help)`.
fn findings(text: &str, version: Version, read: fn(ObjectReader<'_, '_>)) -> Vec<String> {
    let mut cx = Context::new(version);
    let node = json::parse(0, text, &mut cx.report);
    let object = node.as_ref().and_then(|node| ObjectReader::new(node, "Thing", &mut cx));
    object.map(read);
    let told = cx.report.into_diagnostics().into_iter().map(|it| {
        let help = it.help.map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{} {} {}{help}", it.span.start, it.code, it.message)
    });
    told.collect()
}

#[test]
fn all_problems_are_told() {
    let text = r#"{"nme": 1, "count": -1, "list": [true, "x"], "flag": "no", "map": {"a": "1", "a": 2}}"#;
    let told = findings(text, Version::V3_2, |mut object| {
        object.required_string("name");
        object.unsigned("count");
        assert_eq!(object.strings("list").len(), 1);
        assert!(!object.flag("flag"));
        assert_eq!(object.map("map", |_, node, _| node.as_str()).len(), 1);
        object.finish();
    });
    assert_eq!(
        told,
        [
            "0 missing-key missing key `name` in the Thing",
            "1 unknown-key unknown key `nme` in the Thing (did you mean `name`?)",
            "20 wrong-value `count` of the Thing must be a whole number from 0 to 18446744073709551615, found -1",
            "33 wrong-type an item of `list` of the Thing must be a string, found a boolean",
            "53 wrong-type `flag` of the Thing must be a boolean, found a string",
            "77 duplicate-key the key `a` stands twice in `map` of the Thing",
        ]
    );
}

#[test]
fn the_first_of_repeated_keys_counts() {
    let many: String = (0..20).map(|it| format!("\"x-{it}\": 0, ")).collect();
    for more in ["", &many] {
        let text = format!("{{{more}\"a\": true, \"a\": 1}}");
        let told = findings(&text, Version::V3_2, |mut object| assert!(object.flag("a")));
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told.iter()
                .all(|it| it.ends_with("duplicate-key the key `a` stands twice in this Thing"))
        );
    }
}

#[test]
fn keys_of_later_versions_are_named() {
    let read = |version| {
        findings("{\"new\": 1}", version, |object| {
            let mut object = object.later(&[("new", Version::V3_2)]);
            object.take("new");
            object.finish();
        })
    };
    let told = "1 unknown-key unknown key `new` in the Thing \
        (`new` is a key of OpenAPI 3.2, and this document is of OpenAPI 3.1)";
    assert_eq!(read(Version::V3_1), [told]);
    assert!(read(Version::V3_2).is_empty());
}

#[test]
fn whole_numbers_may_be_written_in_any_way() {
    let read = |text: &str| {
        let mut cx = Context::new(Version::V3_2);
        let node = json::parse(0, text, &mut cx.report);
        let number = |node: &Node| as_unsigned(node, format_args!("it"), &mut cx).map(|it| it.value);
        node.as_ref().and_then(number)
    };
    for (text, value) in [
        ("10", Some(10)),
        ("1.0e1", Some(10)),
        ("18446744073709551615", Some(u64::MAX)),
        ("18446744073709551616", None),
        ("0.5", None),
    ] {
        assert_eq!(read(text), value, "{text}");
    }
}

#[test]
fn extensions_are_checked() {
    for (text, told) in [
        ("{\"x-anything\": 1, \"x-rust-name\": \"A\"}", None),
        ("{\"x-rust-nam\": \"A\"}", Some("unknown-extension")),
        ("{\"x-stream-if\": {}}", Some("unknown-extension")),
        ("{\"x-rust-name\": \" \"}", Some("wrong-value")),
        ("{\"x-rust-name\": 1}", Some("wrong-type")),
        ("{\"x-draft\": \"true\"}", Some("wrong-type")),
        ("{\"x-rust-own-models\": true}", Some("misplaced-extension")),
        ("{\"x-documented-in\": [\"page\", \"page#2\"]}", None),
        ("{\"x-documented-in\": [\"page#0\"]}", Some("wrong-value")),
        ("{\"x-documented-in\": []}", Some("wrong-value")),
        ("{\"x-documented-in\": \"page#1\"}", Some("wrong-type")),
        ("{\"x-documented-pages\": {}}", Some("misplaced-extension")),
        (
            "{\"x-documented-pages\": {\"page\": \"http://a\"}}",
            Some("wrong-value"),
        ),
        ("{\"x-documented-pages\": [\"page\"]}", Some("wrong-type")),
        ("{\"x-pagination\": {}}", Some("missing-key")),
        ("{\"x-rust-type\": \" \"}", Some("wrong-value")),
        (
            "{\"x-rust-type\": {\"path\": \"a::B\", \"crate\": \"a\"}}",
            Some("unknown-key"),
        ),
        ("{\"x-rust-crates\": {\"a\": {}}}", Some("wrong-value")),
        (
            "{\"x-rust-crates\": {\"a\": {\"version\": \"1\", \"workspace\": true}}}",
            Some("wrong-value"),
        ),
        ("{\"x-rust-crates\": {\"a\": 1}}", Some("wrong-type")),
        ("{\"x-rust-formats\": {\"date\": {}}}", Some("missing-key")),
        ("{\"x-rust-credentials\": [\"std::env\"]}", Some("wrong-value")),
        (
            "{\"x-rust-credentials\": [\"runtime::A\"]}",
            Some("misplaced-extension"),
        ),
        ("{\"x-watch\": {\"version\": \"a\"}}", Some("missing-key")),
        (
            "{\"x-watch\": {\"version\": \"a\", \"current\": \"b\"}}",
            Some("wrong-value"),
        ),
        (
            "{\"x-watch\": {\"version\": \"a\", \"current\": \"/b\"}}",
            Some("misplaced-extension"),
        ),
        ("{\"x-rust-type\": {\"path\": 1}}", Some("wrong-type")),
        (
            "{\"x-rust-type\": {\"path\": \"runtime::B\", \"arguments\": [{}]}}",
            Some("missing-key"),
        ),
        ("{\"x-stream-when\": {\"parameter\": \"a\"}}", Some("missing-key")),
        ("{\"x-required-parameters\": [\"a\"]}", Some("misplaced-extension")),
    ] {
        let found = findings(text, Version::V3_2, |object| drop(object.finish()));
        let mut codes = found.iter().filter_map(|it| it.split(' ').nth(1));
        assert_eq!(codes.next().is_some(), told.is_some(), "{text} {found:?}");
        assert!(
            told.is_none_or(|told| found.iter().any(|it| it.contains(told))),
            "{text} {found:?}"
        );
    }
}

#[test]
fn length_of_strings_is_bounded() {
    let text = |length: usize| format!(r#"{{"name": "{}"}}"#, "x".repeat(length));
    let told = |length| {
        findings(&text(length), Version::V3_2, |mut object| {
            object.string("name");
        })
    };
    assert_eq!(told(1024 * 1024), Vec::<String>::new());
    let long = "9 wrong-value `name` of the Thing must be at most 1048576 bytes long, found 1048577";
    assert_eq!(told(1024 * 1024 + 1), [long]);
}

//! YAML texts: the JSON that they are, the places of their nodes, and what is wrong with them.

use super::*;
use crate::json;
use crate::node::Value;

fn read(text: &str) -> (Option<Node>, Vec<String>) {
    let mut report = Report::new();
    let node = parse(0, text, &mut report);
    let told = report.into_diagnostics().into_iter();
    let told = told.map(|it| format!("{}..{} {} {}", it.span.start, it.span.end, it.code, it.message));
    (node, told.collect())
}

/// Each node and key with the text at its place.
fn places(node: &Node, text: &str, list: &mut Vec<String>) {
    let at = |span: Span| {
        text.get(span.start as usize..span.end as usize)
            .unwrap_or("?")
            .to_owned()
    };
    list.push(at(node.span));
    match &node.value {
        Value::Array(items) => items.iter().for_each(|it| places(it, text, list)),
        Value::Object(entries) => entries.iter().for_each(|(key, it)| {
            list.push(at(key.span));
            places(it, text, list);
        }),
        _ => {}
    }
}

#[test]
fn yaml_is_read_as_json() {
    for (yaml, json) in [
        ("a: 1\nb: [x, 'y', \"z\\n\"]", r#"{"a":1,"b":["x","y","z\n"]}"#),
        ("{\"a\": {\"b\": null}}", r#"{"a":{"b":null}}"#),
        ("# c\n---\n- a # c\n- - b\n-\n", r#"["a",["b"],null]"#),
        ("a: |\n  x\n\n  y\n\nb: >-\n  x\n  y\n", r#"{"a":"x\n\ny\n","b":"x y"}"#),
        ("a: |2+\n    x\n\n", r#"{"a":"  x\n\n"}"#),
        (
            "200: ok\n1.0: a\ntrue: b\nnull: c\n'': d",
            r#"{"200":"ok","1.0":"a","true":"b","null":"c","":"d"}"#,
        ),
        ("a: yes\nb: 'true'\nc: 012", r#"{"a":"yes","b":"true","c":12}"#),
        ("? a\n: b\n? c\n", r#"{"a":"b","c":null}"#),
        (
            "a: &x {b: 1}\nc: *x\nd: [*x, *x]",
            r#"{"a":{"b":1},"c":{"b":1},"d":[{"b":1},{"b":1}]}"#,
        ),
        ("&k a: 1\nb: *k\n*k : 2", r#"{"a":1,"b":"a","a":2}"#),
        ("a: &a 1\nb: &a 2\nc: *a", r#"{"a":1,"b":2,"c":2}"#),
        (
            "x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  b: 3",
            r#"{"x":{"a":1,"b":2},"y":{"b":3,"a":1}}"#,
        ),
        ("<<: [{a: 1}, {a: 2, b: 3}]\n\"<<\": 4", r#"{"<<":4,"a":1,"b":3}"#),
        (
            "a: !!str 12\nb: ! 12\nc: !!float 1\nd: !!str\ne: !!map {}",
            r#"{"a":"12","b":"12","c":1,"d":"","e":{}}"#,
        ),
        ("%TAG !c! tag:yaml.org,2002:\n--- !c!str 1", "\"1\""),
        ("a: 1\na: 2", r#"{"a":1,"a":2}"#),
        (
            "a: 2001-12-14t21:59:43.10-05:00\nb: 2020-01-01",
            r#"{"a":"2001-12-14t21:59:43.10-05:00","b":"2020-01-01"}"#,
        ),
        (
            "a: \"\\u00fc \\\n  b\"\r\nb: x\r\n  y\r\n",
            r#"{"a":"\u00fc b","b":"x y"}"#,
        ),
        ("a: http://x/y?z#w\nb: a:b", r##"{"a":"http://x/y?z#w","b":"a:b"}"##),
        ("\u{feff}a: 1\n...\n# end\n", r#"{"a":1}"#),
        ("\t\n[1,\t2]", "[1,2]"),
    ] {
        let mut report = Report::new();
        let (node, told) = read(yaml);
        let same = node
            .zip(json::parse(0, json, &mut report))
            .map(|(a, b)| a.same_value(&b));
        assert_eq!((same, told.len()), (Some(true), 0), "{yaml:?} {told:?}");
    }
}

#[test]
fn places_are_exact() {
    for (text, expected) in [
        (
            "ü: 'ü' # c\nb: \"x\" ",
            &["ü: 'ü' # c\nb: \"x\"", "ü", "'ü'", "b", "\"x\""][..],
        ),
        ("\u{feff}a: b", &["a: b", "a", "b"]),
        ("[ 1, {a: b} ] # c", &["[ 1, {a: b} ]", "1", "{a: b}", "a", "b"]),
        (
            "- a\n-  b: c\n   d:\n- e\n",
            &["- a\n-  b: c\n   d:\n- e", "a", "b: c\n   d", "b", "c", "d", "", "e"],
        ),
        (
            "a: !!str &x |- # | >\n\n  b\n   c\n\nd: e\n",
            &[
                "a: !!str &x |- # | >\n\n  b\n   c\n\nd: e",
                "a",
                "|- # | >\n\n  b\n   c",
                "d",
                "e",
            ],
        ),
        ("a: # > c\n  >\n\n# c", &["a: # > c\n  >", "a", ">"]),
        (
            "a: &x [b]\nc: *x",
            &["a: &x [b]\nc: *x", "a", "[b]", "b", "c", "*x", "b"],
        ),
        ("a: b\n  c\r\n", &["a: b\n  c", "a", "b\n  c"]),
    ] {
        let mut found = Vec::new();
        let (node, told) = read(text);
        node.iter().for_each(|it| places(it, text, &mut found));
        assert_eq!(
            (&found[..], &told[..]),
            (
                &expected.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()[..],
                &[][..]
            )
        );
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (text, told) in [
        ("", "0..0 invalid-yaml expected a YAML value, found the end of the text"),
        (
            "# c\n",
            "4..4 invalid-yaml expected a YAML value, found the end of the text",
        ),
        ("a:\n\tb: 1", "3..4 invalid-yaml expected spaces, found a tabulator"),
        (
            "a:\n   b: 1\n  c: 2",
            "13..14 invalid-yaml expected a line that is indented as those that it belongs to",
        ),
        ("a: b: c", "4..5 invalid-yaml expected no `:` here"),
        ("a: [1, 2", "3..4 invalid-yaml this array or object has no end"),
        ("a: 'b", "3..4 invalid-yaml this string has no end"),
        (
            "a: @b",
            "3..4 invalid-yaml expected a value, found a character that begins none",
        ),
        ("a: *b", "3..4 invalid-yaml this alias has no anchor before it"),
        (
            "a: &a [*a]",
            "7..9 yaml-alias an alias must not stand within what it stands for",
        ),
        (
            "a: 1\n---\nb: 2",
            "5..8 yaml-documents expected one YAML document in the file, found the start of another one",
        ),
        (
            "%YAML 1.1\n---\na: 1",
            "10..13 yaml-version this text says that it is YAML 1.1, and it is read as YAML 1.2",
        ),
        ("a: !x 1", "3..5 yaml-tag the tag `!x` means nothing here"),
        ("a: !!binary 1", "3..11 yaml-tag the tag `!!binary` means nothing here"),
        (
            "a: !!int 1.5",
            "9..12 yaml-tag expected what the tag `!!int` says, found a number",
        ),
        ("a: !!map [1]", "3..8 yaml-tag the tag `!!map` means nothing here"),
        (
            "a: .inf",
            "3..7 yaml-number expected a number that JSON can write, found `.inf`",
        ),
        (
            "? [a]\n: b",
            "2..5 yaml-key expected a key that is a string, found an array",
        ),
        (": b", "0..0 yaml-key expected a key that is a string, found nothing"),
        (
            "<<: 1",
            "4..5 yaml-merge expected an object after the merge key `<<`, found a number",
        ),
    ] {
        assert_eq!(read(text).1, [told], "{text:?}");
    }
}

#[test]
fn depth_and_copies_are_bounded() {
    let flow = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let block = |depth: usize| {
        (0..depth)
            .map(|it| format!("{}a:\n", " ".repeat(it)))
            .collect::<String>()
    };
    for text in [flow(json::MAXIMUM_DEPTH), block(json::MAXIMUM_DEPTH)] {
        assert_eq!(read(&text).1, Vec::<String>::new());
    }
    let alias = format!("a: &a {}\nb: {}*a{}", flow(100), "[".repeat(100), "]".repeat(100));
    for text in [
        flow(129),
        block(129),
        flow(100_000),
        "- ".repeat(100_000),
        "[".repeat(100_000),
        alias,
    ] {
        let told = read(&text).1;
        assert!(
            told.iter().all(|it| it.contains("at most 128")) && told.len() == 1,
            "{told:?}"
        );
    }
    let mut laughs = "a0: &a0 [lol, lol]\n".to_owned();
    for it in 1..40 {
        laughs += &format!("a{it}: &a{it} [*a{0}, *a{0}]\n", it - 1);
    }
    let told = read(&laughs).1;
    assert!(
        told.iter()
            .any(|it| it.contains("the aliases of this text stand for more")),
        "{told:?}"
    );
}

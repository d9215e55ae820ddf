//! Tests of overlays: what is made of documents, what is refused, and where findings point to.

use crate::documents::{Documents, Section};
use crate::reader::Care;
use crate::{Report, extension};

const PETS: &str = r##"{
  "openapi": "3.1.0",
  "info": {"title": "Pets", "version": "1"},
  "paths": {
    "/pets": {
      "get": {
        "operationId": "list",
        "parameters": [
          {"name": "limit", "in": "query", "schema": {"type": "integer"}},
          {"name": "debug", "in": "query", "schema": {"type": "boolean"}}
        ],
        "responses": {"200": {"description": "All"}}
      }
    }
  },
  "components": {"schemas": {"Pet": {"type": "object", "properties": {"name": {"type": "string"}}}}}
}"##;

/// Loads documents, of which each is an entry, with overlays `fix0.yaml`, `fix1.yaml` and so on.
fn load(documents: &[(&str, &str)], overlays: &[&str]) -> (Documents, Report) {
    let names: Vec<String> = (0..overlays.len()).map(|it| format!("fix{it}.yaml")).collect();
    let entries: Vec<String> = documents.iter().map(|(name, _)| (*name).to_owned()).collect();
    let texts: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(overlays.iter().copied()).collect();
    Documents::load_overlaid(&entries, &names, Care::Foreign, &mut |name| {
        let mut files = texts.iter().chain(documents);
        let text = files.find(|(it, _)| *it == name).map(|(_, text)| (*text).to_owned());
        text.ok_or_else(|| "no such file".to_owned())
    })
}

/// The findings as `file:line:column code message (help)`.
fn findings(documents: &[(&str, &str)], overlays: &[&str]) -> Vec<String> {
    let (documents, mut report) = load(documents, overlays);
    report.point_at_files(documents.sources());
    let told = report.into_diagnostics().into_iter().map(|it| {
        let (line, column) = documents.sources().line_column(it.span);
        let help = it.help.map(|it| format!(" ({it})")).unwrap_or_default();
        let name = documents.sources().name(it.span);
        format!("{name}:{line}:{column} {} {}{help}", it.code, it.message)
    });
    told.collect()
}

/// An overlay with actions, a line each from the fourth.
fn overlay(actions: &str) -> String {
    format!("overlay: 1.1.0\ninfo: {{title: Fix, version: \"1\"}}\nactions:\n{actions}")
}

/// What actions make of a value at `x-value` of a document.
fn made(value: &str, actions: &str) -> String {
    let text =
        format!("{{\"openapi\":\"3.1.0\",\"info\":{{\"title\":\"\",\"version\":\"\"}},\"paths\":{{}},\"v\":{value}}}");
    let (documents, report) = load(&[("a.json", &text)], &[&overlay(actions)]);
    assert!(!report.has_errors(), "{actions}: {report:?}");
    let source = documents.documents()[0].span.source;
    let value = documents.effective(source).and_then(|it| it.get("v"));
    value.map_or_else(|| "removed".to_owned(), ToString::to_string)
}

#[test]
fn values_are_merged_appended_replaced_copied_and_removed() {
    for (value, actions, expected) in [
        (
            "{\"a\":{\"b\":1}}",
            "- {target: $.v, update: {a: {c: 2}, d: 3}}",
            "{\"a\":{\"b\":1,\"c\":2},\"d\":3}",
        ),
        ("{\"a\":1.50}", "- {target: $.v, update: {a: x}}", "{\"a\":\"x\"}"),
        (
            "{\"a\":[1]}",
            "- {target: $.v, update: {a: [2, [3]]}}",
            "{\"a\":[1,2,[3]]}",
        ),
        ("[1]", "- {target: $.v, update: [2, 3]}", "[1,2,3]"),
        ("[1]", "- {target: $.v, update: {a: 2}}", "[1,{\"a\":2}]"),
        ("[1]", "- {target: $.v, update: null}", "[1,null]"),
        ("[1,2]", "- {target: '$.v[*]', update: true}", "[true,true]"),
        ("null", "- {target: $.v, update: 1}", "1"),
        ("[1,2,3,2]", "- {target: '$.v[?@ == 2]', remove: true}", "[1,3]"),
        ("[[1],[2]]", "- {target: '$.v..*', remove: true}", "[]"),
        ("1", "- {target: $.v, remove: true}", "removed"),
        ("1", "- {target: $.v, remove: true}\n- {target: $, update: {v: 2}}", "2"),
        (
            "[{\"a\":1},{}]",
            "- {target: '$.v[1]', copy: '$.v[0]'}",
            "[{\"a\":1},{\"a\":1}]",
        ),
        ("[[1],[2]]", "- {target: '$.v[1]', copy: '$.v[0]'}", "[[1],[2,1]]"),
        ("[1]", "- {target: \"$['v','v']\", update: 2}", "[1,2]"),
        (
            "{\"a\":1}",
            "- {target: $.v, update: &x {b: [1]}}\n- {target: $.v.b, update: 2}",
            "{\"a\":1,\"b\":[1,2]}",
        ),
        (
            "[{\"a\":[1],\"b\":2},{\"a\":[],\"b\":{\"c\":3}}]",
            "- {target: '$.v[*].a', x-copy-from: [1/b/c, 1/b]}",
            "[{\"a\":[1,2],\"b\":2},{\"a\":[3],\"b\":{\"c\":3}}]",
        ),
        (
            "{\"/a\":{\"b\":2},\"/w/a\":{\"c\":[]}}",
            "- {target: \"$.v['/w/a'].c\", x-copy-from: 2/b, x-copy-without: /w}",
            "{\"/a\":{\"b\":2},\"/w/a\":{\"c\":[2]}}",
        ),
        ("1", "- {target: $.none, update: 2, x-optional: true}", "1"),
    ] {
        assert_eq!(made(value, actions), expected, "{actions}");
    }
    let old = "overlay: 1.0.0\ninfo: {title: Fix, version: '1'}\nactions:\n- {target: $.info, update: {title: New}}";
    let (documents, report) = load(&[("a.json", PETS)], &[old]);
    assert!(report.is_empty(), "{report:?}");
    assert_eq!(documents.documents()[0].info.title.value, "New");
}

#[test]
fn findings_point_at_what_the_overlay_wrote_once_for_all_documents() {
    let fix =
        overlay("- target: $.paths.*.get\n  update:\n    x-pagination: {limit: limit, tokn: x}\n    operationId: 7\n");
    let told = findings(&[("a.json", PETS), ("b.json", PETS)], &[&fix]);
    let expected = [
        "fix0.yaml:6:19 missing-key missing key `token` in the `x-pagination`",
        "fix0.yaml:6:19 missing-key missing key `next` in the `x-pagination`",
        "fix0.yaml:6:19 missing-key missing key `items` in the `x-pagination`",
        "fix0.yaml:6:34 unknown-key unknown key `tokn` in the `x-pagination` (did you mean `token`?)",
        "fix0.yaml:7:18 wrong-type `operationId` of the Operation Object must be a string, found a number",
    ];
    let mut sorted = expected.map(str::to_owned);
    sorted.sort();
    let mut told = told;
    told.sort();
    assert_eq!(told, sorted);
}

#[test]
fn every_action_has_to_match_in_some_document() {
    let other = PETS.replace("Pet\"", "Dog\"");
    let fix = overlay("- {target: $.components.schemas.Dog, update: {x-sensitive: true}}");
    assert_eq!(
        findings(&[("a.json", PETS), ("b.json", &other)], &[&fix]),
        Vec::<String>::new()
    );
    let fix = overlay(
        "- {target: $.components.schemas.Pt, update: {}}\n- {target: \"$.paths[?@.get].get.parameters[?@.name == 'x']\", remove: true}\n- {target: $.servers, remove: true}",
    );
    assert_eq!(
        findings(&[("a.json", PETS), ("b.json", &other)], &[&fix]),
        [
            "fix0.yaml:4:12 unmatched-target `$.components.schemas.Pt` selects nothing in any document (`$.components.schemas` is there, did you mean `Pet` in it?)",
            "fix0.yaml:5:12 unmatched-target `$.paths[?@.get].get.parameters[?@.name == 'x']` selects nothing in any document (`$.paths[?@.get].get.parameters` is there, and nothing of what comes behind it)",
            "fix0.yaml:6:12 unmatched-target `$.servers` selects nothing in any document (`$` is there, and nothing of what comes behind it)",
        ]
    );
}

#[test]
fn what_is_wrong_with_an_overlay_is_said_at_once() {
    let fix = "overlay: 1.0.0\ninfo: {title: Fix}\nextend: a.json\nactions:\n- {target: $.info, copy: $.paths}\n- {target: $.info.title, update: x}\n- {target: '$.info[', update: {}}\n- {target: $.info}\n- {target: $.paths, remove: true, update: {}}\n- {target: $.info, update: {x-a: {b: 1, b: 2}}, updte: 1}\n- {update: {}}";
    assert_eq!(
        findings(&[("a.json", PETS)], &[fix]),
        [
            "fix0.yaml:2:7 missing-key missing key `version` in the Info Object",
            "fix0.yaml:3:1 unknown-key unknown key `extend` in the Overlay Object (did you mean `extends`?)",
            "fix0.yaml:5:20 unknown-key `copy` is a key of Overlay 1.1, and this overlay is of 1.0 (write `overlay: 1.1.0`)",
            "fix0.yaml:6:12 overlay-conflict a target of Overlay 1.0 must be an object or an array (write `overlay: 1.1.0`)",
            "fix0.yaml:7:20 invalid-json-path expected a name in quotes, a number, `*`, `:` or `?`, found the end",
            "fix0.yaml:8:3 missing-key missing key `update`, `copy` or `remove` in the Action Object",
            "fix0.yaml:9:35 ignored-change `update` has no effect beside `remove`",
            "fix0.yaml:10:41 duplicate-key the key `b` stands twice in this object",
            "fix0.yaml:10:49 unknown-key unknown key `updte` in the Action Object (did you mean `update`?)",
            "fix0.yaml:11:3 missing-key missing key `target` in the Action Object",
        ]
    );
    for (text, told) in [
        (
            "overlay: 2.0.0\ninfo: {title: F, version: '1'}\nactions: [{target: $, update: {}}]",
            "unknown-version expected the version 1.0.0 or 1.1.0, found `2.0.0`",
        ),
        (
            "overlay: 1.1.0\ninfo: {title: F, version: '1'}\nactions: []",
            "wrong-value expected at least one action in `actions` of the Overlay Object",
        ),
        ("[]", "wrong-type the Overlay Object must be an object, found an array"),
        ("a: [", "invalid-yaml"),
    ] {
        let told_of = findings(&[("a.json", PETS)], &[text]);
        assert!(told_of.len() == 1 && told_of[0].contains(told), "{told_of:?}");
    }
}

#[test]
fn values_that_do_not_go_together_are_refused() {
    for (action, told) in [
        (
            "{target: $.info, update: [1]}",
            "fix0.yaml:4:28 overlay-conflict an array cannot be merged into an object",
        ),
        (
            "{target: $.info, update: {title: {}}}",
            "fix0.yaml:4:36 overlay-conflict an object cannot be merged into a string",
        ),
        (
            "{target: $.info.*, update: {}}",
            "fix0.yaml:4:30 overlay-conflict an object cannot be merged into a string",
        ),
        (
            "{target: $.*, update: {}}",
            "fix0.yaml:4:12 overlay-conflict the target selects both primitive values and objects (give each kind an action of its own)",
        ),
        (
            "{target: $.info, x-copy-from: 1/none}",
            "fix0.yaml:4:33 overlay-conflict `x-copy-from` leads nowhere from one of the targets",
        ),
        (
            "{target: $.info, x-copy-from: none}",
            "fix0.yaml:4:33 wrong-value expected a relative JSON Pointer such as `2/get/summary` in `x-copy-from`",
        ),
        (
            "{target: $, remove: true}",
            "fix0.yaml:4:12 overlay-conflict the whole document cannot be removed",
        ),
        (
            "{target: $.info, copy: $.none}",
            "fix0.yaml:4:26 overlay-conflict expected `copy` to select one node, and it selects 0",
        ),
        (
            "{target: $.info, copy: $.*}",
            "fix0.yaml:4:26 overlay-conflict expected `copy` to select one node, and it selects 4",
        ),
        (
            "{target: $.info, copy: $.info, update: {}}",
            "fix0.yaml:4:20 overlay-conflict an action has either `update` or `copy`, and neither counts where it has both",
        ),
    ] {
        let told_of = findings(&[("a.json", PETS)], &[&overlay(&format!("- {action}"))]);
        assert!(told_of.contains(&told.to_owned()), "{told_of:?}");
    }
}

#[test]
fn an_overlay_is_for_the_file_that_it_extends() {
    let extending = |file: &str| {
        format!(
            "extends: {file}\n{}",
            overlay("- {target: $.info, update: {title: New}}")
        )
    };
    let documents = [("a.json", PETS), ("b.json", PETS)];
    let (loaded, report) = load(&documents, &[&extending("./b.json")]);
    assert!(report.is_empty(), "{report:?}");
    let titles: Vec<_> = loaded
        .documents()
        .iter()
        .map(|it| it.info.title.value.as_str())
        .collect();
    assert_eq!(titles, ["Pets", "New"]);
    let told = [
        "fix0.yaml:1:10 unmatched-extends `c.json` is not among the files that are read (name the file from the folder of the overlay, or leave `extends` out)",
    ];
    assert_eq!(findings(&documents, &[&extending("c.json")]), told);
    let (loaded, _) = load(&documents, &[&extending("https://example.com/c.json")]);
    assert!(loaded.documents().iter().all(|it| it.info.title.value == "New"));
}

#[test]
fn references_of_an_overlay_are_those_of_the_document() {
    let fix = overlay(
        "- target: $.components.schemas\n  update: {Dog: {$ref: '#/components/schemas/Pet'}, Cat: {$ref: '#/components/schemas/Pt'}}",
    );
    let told = findings(&[("a.json", PETS)], &[&fix]);
    let expected = "fix0.yaml:5:65 dangling-reference `#/components/schemas/Pt` does not exist: any value is taken (did you mean `#/components/schemas/Pet`?)";
    assert_eq!(told, [expected]);
    let (documents, _) = load(&[("a.json", PETS)], &[&fix]);
    let dog = &documents.documents()[0].components.schemas["Dog"].item;
    let (id, _) = documents
        .resolve_schema(&dog.span, "#/components/schemas/Pet")
        .expect("Pet is there");
    assert_eq!((id.document, id.name.as_str()), (0, "Pet"));
    assert_eq!(documents.document_of(&dog.span), Some(0));
}

#[test]
fn what_an_alias_repeats_is_changed_in_one_place() {
    let yaml = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    A: {properties: {x: &x {type: object, properties: {y: {type: string}}}}}\n    B: {properties: {x: *x}}\n";
    let fix = overlay("- {target: $.components.schemas.B.properties.x.properties.y, update: {x-sensitive: true}}");
    let (documents, report) = load(&[("a.yaml", yaml)], &[&fix]);
    assert!(report.is_empty(), "{report:?}");
    let schemas = &documents.documents()[0].components.schemas;
    let inner = |name: &str| {
        let x = &schemas[name].item.properties["x"].item;
        x.properties["y"].item.clone()
    };
    assert_ne!(inner("A").span, inner("B").span);
    assert!(extension::is_sensitive(&inner("B").extensions) && !extension::is_sensitive(&inner("A").extensions));
    assert_eq!(
        Section::Schemas
            .of(&documents.documents()[0].components)
            .names()
            .count(),
        2
    );
}

#[test]
fn hostile_overlays_are_bounded() {
    let doubling = "- {target: $.x, copy: $}\n- {target: $.x, copy: $}\n".repeat(40);
    let told = findings(
        &[("a.json", PETS)],
        &[&overlay(&format!("- {{target: $, update: {{x: {{}}}}}}\n{doubling}"))],
    );
    assert!(told.iter().any(|it| it.contains("overlay-limit")), "{told:?}");
    let wide = "- {target: $.x, copy: $.x}\n".repeat(60);
    let told = findings(
        &[("a.json", PETS)],
        &[&overlay(&format!("- {{target: $, update: {{x: [1, 2]}}}}\n{wide}"))],
    );
    assert!(told.iter().any(|it| it.contains("overlay-limit")), "{told:?}");
    let slow = overlay(&format!("- {{target: '${}', remove: true}}", "[*,*,*,*]".repeat(30)));
    let nested = format!(
        "{{\"openapi\":\"3.1.0\",\"x\":{}1{}}}",
        "[1,".repeat(60),
        "]".repeat(60)
    );
    let told = findings(&[("a.json", &nested)], &[&slow]);
    assert!(told.iter().any(|it| it.contains("overlay-limit")), "{told:?}");
}

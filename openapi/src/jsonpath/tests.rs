//! Tests of queries: what they select, which texts are none, and what hostile ones cost.

use super::*;
use crate::{Report, json};

const DOCUMENT: &str = r#"{
    "a": [1, 2.50, {"b": "x"}, [3, null]],
    "c/d": {"b": "Xy", "n": 1e0, "": true},
    "pets": [{"name": "rex", "legs": 4, "tags": ["dog"]}, {"name": "tweety", "legs": 2}, {"legs": 1.0, "more": 1}]
}"#;

fn root(text: &str) -> Node {
    json::parse(0, text, &mut Report::new()).expect("the text is JSON")
}

fn selected(query: &str) -> String {
    let root = root(DOCUMENT);
    let path = JsonPath::parse(query).expect(query);
    let found = path.select(&root, &Budget::new(100_000)).expect(query).found;
    let texts: Vec<_> = found.iter().map(|it| it.node.to_string()).collect();
    texts.join(" ")
}

#[test]
fn nodes_are_selected_in_order() {
    for (query, expected) in [
        ("$.a[0]", "1"),
        ("$ .a [ -1 , 0 ]", "[3,null] 1"),
        ("$['c/d'][\"\\u0062\", 'none', '']", "\"Xy\" true"),
        ("$.a[1:]", "2.50 {\"b\":\"x\"} [3,null]"),
        ("$.a[::-2]", "[3,null] 2.50"),
        ("$.a[-3:-1]", "2.50 {\"b\":\"x\"}"),
        ("$.a[::0]", ""),
        ("$..b", "\"x\" \"Xy\""),
        ("$..[?@ == 3 || @ == null]", "3 null"),
        ("$.pets[?@.name].legs", "4 2"),
        ("$.pets[?!@.name || @.tags[?@ == 'dog']].legs", "4 1.0"),
        ("$.pets[?@.legs == 1].more", "1"),
        ("$.pets[?@.legs < 4 && @.legs >= 2].name", "\"tweety\""),
        ("$.pets[?@.none == @.other].legs", "4 2 1.0"),
        ("$.pets[?(@.legs > $.a[0])].legs", "4 2"),
        ("$.pets[?length(@.name) == 3].legs", "4"),
        ("$.pets[?count(@.*) == 3].name", "\"rex\""),
        ("$.pets[?value(@..name) == 'rex'].legs", "4"),
        ("$.pets[?match(@.name, 're|x')].legs", ""),
        ("$.pets[?match(@.name, 'r.x|y')].legs", "4"),
        ("$.pets[?search(@.name, 'e[.t]')].legs", "2"),
        ("$.pets[?search(@.name, $['c/d'].b)].legs", ""),
        ("$[?@ == $['c/d']].n", "1e0"),
    ] {
        assert_eq!(selected(query), expected, "{query}");
    }
}

#[test]
fn texts_that_are_no_queries_are_refused_where_they_go_wrong() {
    for (query, at, message) in [
        ("a", 0, "expected `$`, found `a`"),
        ("$.a ", 3, "expected `.`, `[` or the end, found ` `"),
        ("$.", 2, "expected a name, which stands in brackets"),
        ("$[01]", 2, "without leading zeros"),
        ("$['a", 4, "expected `'`, found the end"),
        ("$['\\x']", 3, "not an escape"),
        ("$['\\ud800']", 3, "not an escape"),
        ("$[a]", 2, "expected a name in quotes"),
        ("$[?1]", 3, "a value has to be compared"),
        ("$[?@.* == 1]", 3, "expected a query for one node"),
        ("$[?count(1) == 1]", 3, "expected a query as argument"),
        ("$[?lenght(@) == 1]", 3, "unknown function `lenght`"),
        ("$[?length(@, 1) == 1]", 3, "takes one argument"),
        ("$[?match(@, '(')]", 3, "the pattern cannot be used"),
        ("$[?match(@, '\\\\p{L}')]", 3, "the pattern cannot be used"),
        ("$[?match(@, 'a') == true]", 3, "expected a value, found a condition"),
        ("$[?@.a == .1]", 10, "expected `@`, `$`, a literal"),
        ("$[?@.a == nil]", 10, "found `nil`"),
    ] {
        let fault = JsonPath::parse(query).expect_err(query);
        assert_eq!(fault.range.start, at, "{query}: {fault:?}");
        assert!(fault.message.contains(message), "{query}: {fault:?}");
    }
}

#[test]
fn paths_lead_to_the_nodes() {
    let root = root(DOCUMENT);
    let path = JsonPath::parse("$..[?@.b].b").expect("a query");
    let selection = path.select(&root, &Budget::new(1000)).expect("enough steps");
    let paths: Vec<_> = selection.found.iter().map(Found::path).collect();
    assert_eq!(paths, [vec![1, 0], vec![0, 2, 0]]);
}

#[test]
fn the_longest_prefix_that_selects_something_is_known() {
    let root = root(DOCUMENT);
    let path = JsonPath::parse("$.pets[*].nam.x").expect("a query");
    let selection = path.select(&root, &Budget::new(1000)).expect("enough steps");
    assert_eq!((selection.matched, path.segments()), (2, 4));
    assert_eq!("$.pets[*].nam.x".get(..path.end_of(2)), Some("$.pets[*]"));
    assert_eq!((path.name_at(2), path.name_at(1)), (Some("nam"), None));
    assert_eq!(selection.nearest.len(), 3);
}

#[test]
fn hostile_queries_are_refused_or_bounded() {
    let deep = format!("${}", "[?".repeat(2000));
    assert!(JsonPath::parse(&deep).is_err());
    assert!(JsonPath::parse(&format!("$[?{}", "(".repeat(4000))).is_err());
    assert!(JsonPath::parse(&format!("$[?{}", "!".repeat(4000))).is_err());
    assert!(JsonPath::parse(&format!("$[?{}", "length(".repeat(500))).is_err());
    assert!(JsonPath::parse(&format!("${}", ".a".repeat(4000))).is_err());
    let large = format!("$[?match(@, '{}')]", "a".repeat(1000));
    assert!(JsonPath::parse(&large).is_err());
    assert!(JsonPath::parse("$[?match(@, '((a{99}){99}){99}')]").is_err());

    let nested = format!("{}{}", "[1,[2,3],".repeat(40), "0".to_owned() + &"]".repeat(40));
    let root = root(&nested);
    for query in [
        format!("${}", "..*".repeat(12)),
        format!("${}", "[*,*]".repeat(60)),
        "$..[?count($..*) == count($..[?count($..*) == 1])]".to_owned(),
        "$..[?$ == $]..[?$ == $]".to_owned(),
    ] {
        let path = JsonPath::parse(&query).expect(&query);
        let selected = path.select(&root, &Budget::new(100_000));
        assert!(selected.is_err(), "{query}");
    }
}

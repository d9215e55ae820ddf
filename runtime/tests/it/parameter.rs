//! Parameters that are documents or cookies, set again, or of odd kinds.

use std::collections::BTreeMap;

use serde::Serialize;
use tablature_runtime::Parts;
use tablature_runtime::parameter::{Place, Style};

use crate::target::{Root, Segment, build, json, problems};

const OBJECT: &str = r#"{"R":100,"G":200,"B":150}"#;

#[test]
fn documents_are_parameters_too() {
    let filter = json(r#"{"a":[1,"ü"]}"#);
    let mut parts = Parts::new();
    parts.content(Place::Query, "filter", "application/json", &filter);
    parts.content(
        Place::Query,
        "form",
        "application/x-www-form-urlencoded",
        &json(r#"{"b":"c d"}"#),
    );
    parts.content(Place::Query, "text", "text/plain", "x y");
    parts.content(Place::Header, "X-Filter", "application/vnd.a+json; v=1", &filter);
    parts.content(Place::Cookie, "c", "application/json", &filter);
    let request = build::<Root>(&parts).unwrap();
    assert_eq!(
        request.uri().query(),
        Some("filter=%7B%22a%22%3A%5B1%2C%22%C3%BC%22%5D%7D&form=b%3Dc%2Bd&text=x%20y")
    );
    assert_eq!(request.headers()["x-filter"], r#"{"a":[1,"\u00fc"]}"#);
    assert_eq!(request.headers()["cookie"], "c=%7B%22a%22%3A%5B1%2C%22%C3%BC%22%5D%7D");
    parts.content(Place::Query, "text", "text/plain", &filter);
    assert_eq!(
        problems::<Root>(&parts),
        ["parameter `text` cannot be written: the value is an object, which text/plain has no form for"]
    );
    let mut parts = Parts::new();
    parts.content(Place::Path, "color", "application/json", &json(r#"{"a":"/"}"#));
    assert_eq!(
        build::<Segment>(&parts).unwrap().uri().path(),
        "/%7B%22a%22%3A%22%2F%22%7D"
    );
}

#[test]
fn a_document_can_be_the_whole_query() {
    let query = |media_type, value: &str| {
        let mut parts = Parts::new();
        parts.query("gone", 1);
        parts.querystring(media_type, &json(value));
        build::<Root>(&parts).unwrap().uri().query().map(str::to_owned)
    };
    let form = "application/x-www-form-urlencoded";
    assert_eq!(
        query(form, r#"{"foo":"a + b","bar":true}"#).unwrap(),
        "foo=a+%2B+b&bar=true"
    );
    assert_eq!(
        query(form, r#"{"ids":[1,2],"o":{"x":"y"}}"#).unwrap(),
        "ids=1&ids=2&o=%7B%22x%22%3A%22y%22%7D"
    );
    assert_eq!(query(form, "{}"), None);
    assert_eq!(query("application/json", r#"{"a":1}"#).unwrap(), "%7B%22a%22%3A1%7D");
    assert_eq!(
        query("application/jsonpath", r#""$.a.b[1:1]""#).unwrap(),
        "%24.a.b%5B1%3A1%5D"
    );
    let mut parts = Parts::new();
    parts.querystring(form, &[1]);
    assert_eq!(
        problems::<Root>(&parts),
        ["parameter `querystring` cannot be written: expected an object, as a form has named values, found a list"]
    );
}

#[test]
fn cookies_share_a_header_and_are_checked() {
    let mut parts = Parts::new();
    parts.cookie("session", "a=b");
    parts.styled(Place::Cookie, "ids", Style::Form, true, &[1, 2]);
    parts.add_header("Cookie", "own=1");
    let request = build::<Root>(&parts).unwrap();
    assert_eq!(request.headers().get_all("cookie").iter().count(), 1);
    assert_eq!(request.headers()["cookie"], "own=1; session=a=b; ids=1; ids=2");
    assert!(request.headers()["cookie"].is_sensitive());
    assert!(!format!("{parts:?}").contains("a=b"), "{parts:?}");

    for value in ["a;b", "a b", "a,b", "a\"b", "a\\b", "a\r\nX: y", "ü", "\u{7f}"] {
        let mut parts = Parts::new();
        parts.cookie("session", value);
        assert_eq!(
            problems::<Root>(&parts),
            ["parameter `session` cannot be written: the value has characters that a cookie cannot hold"],
            "{value:?}"
        );
    }
    for name in ["", "a b", "a=b", "a;b", "ü"] {
        let mut parts = Parts::new();
        parts.cookie(name, "1");
        assert_eq!(
            problems::<Root>(&parts),
            [format!("`{name}` is not the name of a cookie")]
        );
    }
    let mut parts = Parts::new();
    parts.cookie("quoted", "\"a\"");
    assert_eq!(build::<Root>(&parts).unwrap().headers()["cookie"], "quoted=\"a\"");
}

#[test]
fn values_of_any_kind_have_a_text() {
    fn text<T: Serialize + ?Sized>(value: &T) -> String {
        let mut parts = Parts::new();
        parts.styled(Place::Query, "q", Style::Form, true, value);
        let request = build::<Root>(&parts).unwrap();
        request.uri().query().unwrap().to_owned()
    }
    assert_eq!(text(&true), "q=true");
    assert_eq!(text(&1.0), "q=1");
    assert_eq!(text(&-1.5_f32), "q=-1.5");
    assert_eq!(text(&0.1_f32), "q=0.1");
    assert_eq!(text(&Some('c')), "q=c");
    assert_eq!(text(&(1, "a")), "q=1&q=a");
    assert_eq!(
        text(&json("123456789012345678901234567890.10")),
        "q=123456789012345678901234567890.10"
    );
    assert_eq!(text(&serde_json::json!({"a": u64::MAX})), "a=18446744073709551615");
    assert_eq!(text(&BTreeMap::from([(1, 2)])), "1=2");
    let mut parts = Parts::new();
    parts.styled(Place::Query, "q", Style::Form, true, &f64::NAN);
    assert_eq!(
        problems::<Root>(&parts),
        ["parameter `q` cannot be written: JSON has no number for NaN"]
    );
}

#[test]
fn reserved_characters_stay_where_they_are_allowed() {
    let reserved = |value: &str| {
        let mut parts = Parts::new();
        parts.styled_reserved(Place::Query, "q", Style::Form, true, value);
        build::<Root>(&parts).unwrap().uri().query().unwrap().to_owned()
    };
    for (value, expected) in [
        (":/?[]@!$&'()*+,;=", "q=:/?[]@!$&'()*+,;="),
        ("a#b", "q=a%23b"),
        ("a b\"<>\\^`{|}ü", "q=a%20b%22%3C%3E%5C%5E%60%7B%7C%7D%C3%BC"),
        ("%2F %zz %", "q=%2F%20%25zz%20%25"),
        ("%", "q=%25"),
        ("%4", "q=%254"),
        ("%é", "q=%25%C3%A9"),
    ] {
        assert_eq!(reserved(value), expected, "{value}");
    }
    let mut parts = Parts::new();
    parts.styled_reserved(Place::Path, "color", Style::Simple, false, "a/b");
    assert_eq!(build::<Segment>(&parts).unwrap().uri().path(), "/a%2Fb");
}

#[test]
fn a_parameter_that_is_set_again_is_replaced() {
    let mut parts = Parts::new();
    parts.query("before", 1);
    parts.styled(Place::Query, "color", Style::Form, true, &json(OBJECT));
    parts.query("after", 2);
    assert_eq!(
        build::<Root>(&parts).unwrap().uri().query(),
        Some("before=1&R=100&G=200&B=150&after=2")
    );
    parts.styled(Place::Query, "color", Style::Form, true, &json(r#"{"X":1}"#));
    assert_eq!(
        build::<Root>(&parts).unwrap().uri().query(),
        Some("before=1&X=1&after=2")
    );
    parts.styled(Place::Query, "color", Style::DeepObject, true, &json(r#"{"a":1}"#));
    assert_eq!(
        build::<Root>(&parts).unwrap().uri().query(),
        Some("before=1&color%5Ba%5D=1&after=2")
    );
    parts.styled(Place::Query, "color", Style::DeepObject, true, &json("{}"));
    assert_eq!(build::<Root>(&parts).unwrap().uri().query(), Some("before=1&after=2"));

    // What was wrong counts no more either.
    parts.styled(Place::Query, "color", Style::Form, true, &json("[[]]"));
    assert_eq!(problems::<Root>(&parts).len(), 1);
    parts.styled(Place::Query, "color", Style::Form, true, &1);
    assert_eq!(
        build::<Root>(&parts).unwrap().uri().query(),
        Some("before=1&after=2&color=1")
    );

    parts.styled(Place::Header, "X-A", Style::Simple, false, &[1, 2]);
    parts.styled(Place::Header, "X-A", Style::Simple, false, &[3]);
    parts.cookie("a", "1");
    parts.cookie("b", "2");
    parts.cookie("a", "3");
    let request = build::<Root>(&parts).unwrap();
    assert_eq!(request.headers()["x-a"], "3");
    assert_eq!(request.headers()["cookie"], "b=2; a=3");
}

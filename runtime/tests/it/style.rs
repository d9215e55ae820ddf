//! The styles of parameters: the table of OpenAPI, and what its rows do not say.

use std::collections::BTreeMap;

use serde::Serialize;
use tablature_runtime::Parts;
use tablature_runtime::parameter::{Place, Style};

use crate::target::{Action, Pair, Root, Segment, Suffixed, build, json, problems};

const EMPTY: &str = r#""""#;
const STRING: &str = r#""blue""#;
const ARRAY: &str = r#"["blue","black","brown"]"#;
const OBJECT: &str = r#"{"R":100,"G":200,"B":150}"#;

/// The parameter `color` as it is written in a place, `None` if it is not.
fn written(place: Place, style: Style, explode: bool, value: &(impl Serialize + ?Sized)) -> Option<String> {
    let mut parts = Parts::new();
    parts.styled(place, "color", style, explode, value);
    match place {
        Place::Path => {
            let path = build::<Segment>(&parts).unwrap().uri().path().to_owned();
            Some(path.strip_prefix('/').unwrap().to_owned())
        }
        Place::Query => build::<Root>(&parts).unwrap().uri().query().map(str::to_owned),
        Place::Header | Place::Cookie => {
            let name = if place == Place::Header { "color" } else { "cookie" };
            let request = build::<Root>(&parts).unwrap();
            let value = request.headers().get(name)?;
            Some(value.to_str().unwrap().to_owned())
        }
    }
}

#[test]
fn styles_are_those_of_the_table_of_openapi() {
    use Place::{Cookie, Header, Path, Query};
    let table: &[(Place, Style, bool, &str, &str)] = &[
        (Path, Style::Matrix, false, EMPTY, ";color"),
        (Path, Style::Matrix, false, STRING, ";color=blue"),
        (Path, Style::Matrix, false, ARRAY, ";color=blue,black,brown"),
        (Path, Style::Matrix, false, OBJECT, ";color=R,100,G,200,B,150"),
        (Path, Style::Matrix, true, EMPTY, ";color"),
        (Path, Style::Matrix, true, STRING, ";color=blue"),
        (Path, Style::Matrix, true, ARRAY, ";color=blue;color=black;color=brown"),
        (Path, Style::Matrix, true, OBJECT, ";R=100;G=200;B=150"),
        (Path, Style::Label, false, STRING, ".blue"),
        (Path, Style::Label, false, ARRAY, ".blue,black,brown"),
        (Path, Style::Label, false, OBJECT, ".R,100,G,200,B,150"),
        (Path, Style::Label, true, STRING, ".blue"),
        (Path, Style::Label, true, ARRAY, ".blue.black.brown"),
        (Path, Style::Label, true, OBJECT, ".R=100.G=200.B=150"),
        (Path, Style::Simple, false, STRING, "blue"),
        (Path, Style::Simple, false, ARRAY, "blue,black,brown"),
        (Path, Style::Simple, false, OBJECT, "R,100,G,200,B,150"),
        (Path, Style::Simple, true, STRING, "blue"),
        (Path, Style::Simple, true, ARRAY, "blue,black,brown"),
        (Path, Style::Simple, true, OBJECT, "R=100,G=200,B=150"),
        (Header, Style::Simple, false, EMPTY, ""),
        (Header, Style::Simple, false, STRING, "blue"),
        (Header, Style::Simple, false, ARRAY, "blue,black,brown"),
        (Header, Style::Simple, false, OBJECT, "R,100,G,200,B,150"),
        (Header, Style::Simple, true, ARRAY, "blue,black,brown"),
        (Header, Style::Simple, true, OBJECT, "R=100,G=200,B=150"),
        (Query, Style::Form, false, EMPTY, "color="),
        (Query, Style::Form, false, STRING, "color=blue"),
        (Query, Style::Form, false, ARRAY, "color=blue,black,brown"),
        (Query, Style::Form, false, OBJECT, "color=R,100,G,200,B,150"),
        (Query, Style::Form, true, EMPTY, "color="),
        (Query, Style::Form, true, STRING, "color=blue"),
        (Query, Style::Form, true, ARRAY, "color=blue&color=black&color=brown"),
        (Query, Style::Form, true, OBJECT, "R=100&G=200&B=150"),
        (Query, Style::SpaceDelimited, false, ARRAY, "color=blue%20black%20brown"),
        (
            Query,
            Style::SpaceDelimited,
            false,
            OBJECT,
            "color=R%20100%20G%20200%20B%20150",
        ),
        (
            Query,
            Style::SpaceDelimited,
            true,
            ARRAY,
            "color=blue&color=black&color=brown",
        ),
        (Query, Style::PipeDelimited, false, ARRAY, "color=blue%7Cblack%7Cbrown"),
        (
            Query,
            Style::PipeDelimited,
            false,
            OBJECT,
            "color=R%7C100%7CG%7C200%7CB%7C150",
        ),
        (
            Query,
            Style::DeepObject,
            true,
            OBJECT,
            "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
        ),
        (Cookie, Style::Form, false, STRING, "color=blue"),
        (Cookie, Style::Form, false, ARRAY, "color=blue,black,brown"),
        (Cookie, Style::Form, false, OBJECT, "color=R,100,G,200,B,150"),
        (Cookie, Style::Form, true, ARRAY, "color=blue; color=black; color=brown"),
        (Cookie, Style::Form, true, OBJECT, "R=100; G=200; B=150"),
        (Cookie, Style::Cookie, false, EMPTY, "color="),
        (Cookie, Style::Cookie, false, ARRAY, "color=blue,black,brown"),
        (Cookie, Style::Cookie, true, OBJECT, "R=100; G=200; B=150"),
    ];
    for (place, style, explode, value, expected) in table {
        let found = written(*place, *style, *explode, &json(value));
        assert_eq!(
            found.as_deref(),
            Some(*expected),
            "{place:?} {style:?} {explode} {value}"
        );
    }
}

#[test]
fn nothing_is_written_for_nothing() {
    for value in ["null", "[]", "{}", "[null]", r#"{"a":null}"#] {
        for style in [
            Style::Form,
            Style::SpaceDelimited,
            Style::PipeDelimited,
            Style::DeepObject,
        ] {
            if value == "[null]" && style == Style::DeepObject {
                continue;
            }
            assert_eq!(
                written(Place::Query, style, true, &json(value)),
                None,
                "{style:?} {value}"
            );
        }
        assert_eq!(
            written(Place::Header, Style::Simple, false, &json(value)),
            None,
            "{value}"
        );
        assert_eq!(
            written(Place::Cookie, Style::Form, false, &json(value)),
            None,
            "{value}"
        );
        let mut parts = Parts::new();
        parts.styled(Place::Path, "color", Style::Simple, false, &json(value));
        assert_eq!(
            problems::<Segment>(&parts),
            ["path parameter `color` is empty"],
            "{value}"
        );
    }
    let partly = json(r#"[null,"a",null]"#);
    assert_eq!(
        written(Place::Query, Style::Form, false, &partly).as_deref(),
        Some("color=a")
    );
}

#[test]
fn delimiters_in_values_are_encoded_where_that_tells_them_apart() {
    let values = ["a,b", "c d", "e&f=g", "ü/?#[]%41+"];
    let query = |style, explode| written(Place::Query, style, explode, &values[..]);
    assert_eq!(
        query(Style::Form, false).unwrap(),
        "color=a%2Cb,c%20d,e%26f%3Dg,%C3%BC%2F%3F%23%5B%5D%2541%2B"
    );
    assert_eq!(
        query(Style::Form, true).unwrap(),
        "color=a%2Cb&color=c%20d&color=e%26f%3Dg&color=%C3%BC%2F%3F%23%5B%5D%2541%2B"
    );
    let path = |style, explode| written(Place::Path, style, explode, &["a,b", "c;d", "e/f", "..", "."][..]);
    assert_eq!(path(Style::Simple, false).unwrap(), "a%2Cb,c%3Bd,e%2Ff,..,.");
    assert_eq!(
        path(Style::Matrix, true).unwrap(),
        ";color=a%2Cb;color=c%3Bd;color=e%2Ff;color=..;color=."
    );
    let cookie = written(Place::Cookie, Style::Form, false, &["a;b", "c,d", "\"", "ü"][..]);
    assert_eq!(cookie.unwrap(), "color=a%3Bb,c%2Cd,%22,%C3%BC");
}

#[test]
fn values_that_would_be_read_as_others_are_refused() {
    let object = || BTreeMap::from([("a", "x,y")]);
    let refused = |place, style, explode, value: &dyn Fn(&mut Parts, Place, Style, bool)| {
        let mut parts = Parts::new();
        value(&mut parts, place, style, explode);
        match place {
            Place::Path => problems::<Segment>(&parts),
            _ => problems::<Root>(&parts),
        }
    };
    let list = |items: &'static [&'static str]| {
        move |parts: &mut Parts, place, style, explode| parts.styled(place, "color", style, explode, items)
    };
    for (place, style, explode, value, reason) in [
        (
            Place::Query,
            Style::SpaceDelimited,
            false,
            &list(&["a b", "c"]) as &dyn Fn(&mut Parts, Place, Style, bool),
            "a value has a ` `, which the style spaceDelimited has between two",
        ),
        (
            Place::Query,
            Style::PipeDelimited,
            false,
            &list(&["a|b"]),
            "a value has a `|`, which the style pipeDelimited has between two",
        ),
        (
            Place::Path,
            Style::Label,
            true,
            &list(&["a.b", "c"]),
            "a value has a `.`, which the style label has between two",
        ),
        (
            Place::Header,
            Style::Simple,
            false,
            &list(&["a,b"]),
            "a value has a `,`, which a header has between two",
        ),
        (
            Place::Header,
            Style::Simple,
            true,
            &move |parts: &mut Parts, place, style, explode| parts.styled(place, "color", style, explode, &object()),
            "a value has a `,`, which a header has between two",
        ),
        (
            Place::Cookie,
            Style::Cookie,
            false,
            &list(&["a;b"]),
            "the value has characters that a cookie cannot hold",
        ),
        (
            Place::Query,
            Style::Matrix,
            false,
            &list(&["a"]),
            "the style matrix is not one of this place",
        ),
        (
            Place::Path,
            Style::Form,
            false,
            &list(&["a"]),
            "the style form is not one of this place",
        ),
        (
            Place::Header,
            Style::Form,
            false,
            &list(&["a"]),
            "the style form is not one of headers",
        ),
    ] {
        assert_eq!(
            refused(place, style, explode, value),
            [format!("parameter `color` cannot be written: {reason}")]
        );
    }
    // A single value of a header is no list.
    assert_eq!(
        written(Place::Header, Style::Simple, false, "a, b").as_deref(),
        Some("a, b")
    );
}

#[test]
fn only_deep_objects_nest() {
    let nested = json(r#"{"a":{"b":{"c":1}},"d":[{"e":2},3],"f":null}"#);
    assert_eq!(
        written(Place::Query, Style::DeepObject, true, &nested).unwrap(),
        "color%5Ba%5D%5Bb%5D%5Bc%5D=1&color%5Bd%5D%5B0%5D%5Be%5D=2&color%5Bd%5D%5B1%5D=3"
    );
    for (style, value, reason) in [
        (
            Style::Form,
            r#"{"a":{"b":1}}"#,
            "member `a` is an object, for which the style form has no form",
        ),
        (
            Style::Form,
            "[[1]]",
            "item 0 is a list, for which the style form has no form",
        ),
        (
            Style::PipeDelimited,
            r#"[1,{}]"#,
            "item 1 is an object, for which the style pipeDelimited has no form",
        ),
        (
            Style::DeepObject,
            r#"{"a[b]":1}"#,
            "the name of member `a[b]` has a bracket, which the style deepObject has around names",
        ),
    ] {
        let mut parts = Parts::new();
        parts.styled(Place::Query, "color", style, true, &json(value));
        assert_eq!(
            problems::<Root>(&parts),
            [format!("parameter `color` cannot be written: {reason}")]
        );
    }
}

#[test]
fn no_path_value_opens_a_way_to_another_path() {
    type Set = fn(&mut Parts);
    let color = |style, explode: bool, value: &'static str| {
        let mut parts = Parts::new();
        parts.styled(Place::Path, "color", style, explode, &json(value));
        parts
    };
    let dots = |segment| format!("path parameter `color` makes the segment `{segment}`, which is another path");
    for (style, value, segment) in [
        (Style::Simple, r#""..""#, ".."),
        (Style::Simple, r#"["."]"#, "."),
        (Style::Simple, r#"[".."]"#, ".."),
        (Style::Label, r#""""#, "."),
        (Style::Label, r#"".""#, ".."),
        (Style::Label, r#"[""]"#, "."),
    ] {
        assert_eq!(
            problems::<Segment>(&color(style, false, value)),
            [dots(segment)],
            "{value}"
        );
        // With something else in the segment it is no other path.
        assert!(build::<Action>(&color(style, false, value)).is_ok(), "{value}");
    }
    assert_eq!(
        build::<Segment>(&color(Style::Label, false, r#""..""#))
            .unwrap()
            .uri()
            .path(),
        "/..."
    );

    // Servers that drop parameters of segments would read `..;color=1` as `..`.
    let with_id: [(Set, &str); 3] = [
        (|parts| parts.path("id", ".."), ".."),
        (|parts| parts.path("id", "."), "."),
        (
            |parts| parts.styled(Place::Path, "id", Style::Simple, false, ".."),
            "..",
        ),
    ];
    for (set, segment) in with_id {
        let mut parts = color(Style::Matrix, false, "1");
        set(&mut parts);
        assert_eq!(problems::<Suffixed>(&parts), [dots(segment)]);
    }
    let mut parts = color(Style::Label, false, "1");
    parts.path("id", "x");
    assert_eq!(build::<Suffixed>(&parts).unwrap().uri().path(), "/x.1");
    let mut parts = color(Style::Simple, false, r#"["a/../b","c%2F"]"#);
    parts.path("a", "..");
    assert_eq!(build::<Pair>(&parts).unwrap().uri().path(), "/..-a%2F..%2Fb,c%252F");
}

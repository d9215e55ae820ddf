//! JSON values: exact, verbatim, and the same from any format.

use std::collections::BTreeMap;

use serde::de::value::{Error as ValueError, MapDeserializer, StrDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::{Deserialize, Serialize, forward_to_deserialize_any};
use tablature_runtime::Json;
use tablature_runtime::json::{Kind, MAX_DEPTH};

fn json(text: &str) -> Json {
    text.parse().unwrap()
}

#[test]
fn equal_values() {
    for values in [
        &["1", "1.0", "1e0", "10E-1", "0.1e+1", "100e-2"][..],
        &["0", "-0", "0.0", "0e99999999999999999999999999999999999999999"],
        &["1e400", "10e399", "0.1e401"],
        &["123456789012345678901234567890", "12345678901234567890123456789e1"],
        &["-0.00120", "-12e-4"],
        &[r#""a/é""#, r#""\u0061\/\u00e9""#],
        &[r#"{"a":1,"b":[true,null]}"#, r#"{ "b" : [true, null], "a" : 1.0 }"#],
        &[r#"{"a":1,"a":2}"#, r#"{"\u0061":1.0,"a":2}"#],
        &["[]", "[ ]"],
        &["{}", "{ }"],
        &[r#""\ud83d\ude00""#, r#""😀""#],
        &["1e99999999999999999999999999999999999999999"],
        &[r#""\ud800""#],
    ] {
        for one in values {
            for other in values {
                assert_eq!(json(one), json(other));
            }
        }
    }
}

/// The value from a format that is not JSON, where it can be.
fn yaml(json: &Json) -> Option<Json> {
    let text = serde_yaml_ng::to_string(json).ok()?;
    Some(serde_yaml_ng::from_str(&text).unwrap())
}

#[test]
fn different_values() {
    let values = [
        "null",
        "true",
        "false",
        "0",
        "1",
        "-1",
        "1.0000000000000000000000000000001",
        "1e400",
        "1e401",
        "1e-400",
        "123456789012345678901234567890",
        "123456789012345678901234567891",
        "9007199254740993",
        "9007199254740992",
        "1e99999999999999999999999999999999999999999",
        "1e99999999999999999999999999999999999999998",
        r#""1""#,
        r#""""#,
        r#""\ud800""#,
        r#""\ud801""#,
        "[]",
        "[1]",
        "[1,2]",
        "[2,1]",
        "{}",
        r#"{"a":1}"#,
        r#"{"a":1,"a":1}"#,
        r#"{"a":2,"a":1}"#,
        r#"{"b":1}"#,
        r#"{"a":null}"#,
    ];
    for (index, one) in values.iter().enumerate() {
        for (other_index, other) in values.iter().enumerate() {
            assert_eq!(json(one) == json(other), index == other_index, "{one} {other}");
        }
    }
}

#[test]
fn kept_as_it_is_written() {
    for text in [
        "1.0",
        "-0",
        "1E+2",
        r#"{"b":1,"a":2, "b":3}"#,
        r#""\u0041""#,
        r#""\ud800""#,
        "[1 , 2]",
        "12345678901234567890123456789012345678901234567890",
        r#"{"$serde_json::private::RawValue":"1 2"}"#,
        r#"{"$serde_json::private::Number":"1 2"}"#,
    ] {
        let value = json(&format!(" {text}\n"));
        assert_eq!(value.as_text(), text);
        assert_eq!(serde_json::to_string(&value).unwrap(), text);
        assert_eq!(format!("{value:?}"), text);
        assert_eq!(value.to_string(), text);
        let inside: BTreeMap<String, Json> = serde_json::from_str(&format!(r#"{{"x": {text} }}"#)).unwrap();
        assert_eq!(serde_json::to_string(&inside).unwrap(), format!(r#"{{"x":{text}}}"#));
        let reader: Json = serde_json::from_reader(text.as_bytes()).unwrap();
        assert_eq!(reader.as_text(), text);
        assert_eq!(serde_json::from_slice::<Json>(text.as_bytes()).unwrap().as_text(), text);
        let mut wrapped = serde_json::Deserializer::from_str(text);
        let through: Json = serde_path_to_error::deserialize(&mut wrapped).unwrap();
        assert_eq!(through.as_text(), text);
    }
}

#[test]
fn refused() {
    for text in [
        "",
        " ",
        "nul",
        "01",
        "1.",
        "+1",
        ".5",
        "[1,]",
        "{\"a\"}",
        "'a'",
        "1 2",
        "\"\u{1}\"",
        "NaN",
        "\"",
        "[",
        "{\"a\":",
    ] {
        assert!(text.parse::<Json>().is_err(), "{text:?}");
    }
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let deep = json(&nested(MAX_DEPTH));
    assert_eq!(deep, json(&format!(" {}", nested(MAX_DEPTH).replace("[]", "[ ]"))));
    assert!(deep.decode::<serde::de::IgnoredAny>().is_ok());
    assert_eq!(yaml(&deep).as_ref(), Some(&deep));
    let error = nested(MAX_DEPTH + 1).parse::<Json>().unwrap_err();
    assert_eq!(error.message(), "arrays and objects nest deeper than 127");
    assert!(nested(1_000_000).parse::<Json>().is_err());
    assert!("{\"a\":".repeat(1_000_000).parse::<Json>().is_err());
    // Brackets in strings and in a row are not depth.
    assert!(
        format!("[\"{}\\\"{}\"]", "[".repeat(500), "{".repeat(500))
            .parse::<Json>()
            .is_ok()
    );
    assert!(format!("[{}0]", "[[]],".repeat(500)).parse::<Json>().is_ok());
    assert!(Json::deserialize(Nested(MAX_DEPTH)).is_ok());
    assert!(Json::deserialize(Nested(100_000)).is_err());
}

/// Arrays within arrays of a format without a bound of its own.
struct Nested(usize);

impl<'de> Deserializer<'de> for Nested {
    type Error = ValueError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.0 {
            0 => visitor.visit_unit(),
            depth => visitor.visit_seq(serde::de::value::SeqDeserializer::new(std::iter::once(Self(depth - 1)))),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl IntoDeserializer<'_, ValueError> for Nested {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

#[test]
fn from_and_to_other_formats() {
    let text = "a: 1\nb:\n- true\n- null\n- 1.5\n- -3\n- 18446744073709551615\n- x: ''\nc: 'yes'\n";
    let value: Json = serde_yaml_ng::from_str(text).unwrap();
    let expected = json(r#"{"a":1,"b":[true,null,1.5,-3,18446744073709551615,{"x":""}],"c":"yes"}"#);
    assert_eq!(value, expected);
    assert_eq!(
        value.as_text(),
        r#"{"a":1,"b":[true,null,1.5,-3,18446744073709551615,{"x":""}],"c":"yes"}"#
    );
    assert_eq!(yaml(&expected), Some(expected.clone()));
    assert_eq!(serde_json::to_string(&value).unwrap(), value.as_text());
    // Not through f64 where that would be another number.
    let big = json("123456789012345678901234567890");
    assert_eq!(
        serde_yaml_ng::to_string(&big).unwrap(),
        "123456789012345678901234567890\n"
    );
    let error = serde_yaml_ng::to_string(&json("[1e400]")).unwrap_err();
    assert_eq!(error.to_string(), "the number 1e400 cannot be written in this format");
    assert!(serde_yaml_ng::to_string(&json("0.1000000000000000000000001")).is_err());
    assert!(serde_yaml_ng::to_string(&json(r#""\ud800""#)).is_err());
    assert!(serde_yaml_ng::from_str::<Json>(".nan").is_err());
    assert_eq!(serde_yaml_ng::to_string(&json("0.1")).unwrap(), "0.1\n");
}

#[test]
fn from_deserializers_that_know_no_newtypes() {
    let map = MapDeserializer::<_, ValueError>::new([("a", 1_u8), ("b", 2)].into_iter());
    assert_eq!(Json::deserialize(map).unwrap(), json(r#"{"a":1,"b":2}"#));
    let text = StrDeserializer::<ValueError>::new("x");
    assert_eq!(Json::deserialize(text).unwrap(), json(r#""x""#));
    let empty = MapDeserializer::<_, ValueError>::new(std::iter::empty::<(&str, u8)>());
    assert_eq!(Json::deserialize(empty).unwrap(), json("{}"));
    // Who says that it is text of serde_json must have JSON.
    let token = "$serde_json::private::RawValue";
    let claim = |text: &'static str| MapDeserializer::<_, ValueError>::new(std::iter::once((token, text)));
    assert_eq!(Json::deserialize(claim("[1]")).unwrap(), json("[1]"));
    assert!(Json::deserialize(claim("1 2")).is_err());
}

#[test]
fn through_a_buffer_of_someone_else() {
    // `flatten` and `untagged` buffer values in a form of serde's own.
    #[derive(Debug, PartialEq)]
    struct Buffered(Json);

    impl<'de> Deserialize<'de> for Buffered {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let value = serde_json::Value::deserialize(deserializer)?;
            Ok(Self(Json::deserialize(value).unwrap()))
        }
    }

    let text = r#"{"a":[1,2.5,"x",null,true,{}]}"#;
    assert_eq!(serde_json::from_str::<Buffered>(text).unwrap(), Buffered(json(text)));
}

#[test]
fn to_and_from_serde_json_values() {
    let value = serde_json::json!({"a": [1, 2.5, "x", null], "b": {}});
    let json = Json::from(value.clone());
    assert_eq!(json.to_value().unwrap(), value);
    assert_eq!(serde_json::Value::try_from(json.clone()).unwrap(), value);
    assert_eq!(serde_json::to_value(&json).unwrap(), value);
    assert_eq!(serde_json::from_value::<Json>(value).unwrap(), json);
    let tree: Json = serde_yaml_ng::from_str("{a: [1, x]}").unwrap();
    assert_eq!(serde_json::to_value(&tree).unwrap(), serde_json::json!({"a": [1, "x"]}));
}

#[test]
fn kinds_and_parts() {
    let kinds = [
        ("null", Kind::Null),
        ("true", Kind::Bool),
        ("-12", Kind::Integer),
        ("123456789012345678901234567890", Kind::Integer),
        ("1.0", Kind::Number),
        ("1e3", Kind::Number),
        ("\"\"", Kind::String),
        ("[]", Kind::Array),
        ("{}", Kind::Object),
    ];
    for (text, kind) in kinds {
        assert_eq!(json(text).kind(), kind);
        assert_eq!(
            yaml(&json(text)).map(|tree| tree.kind()),
            Some(kind).filter(|_| text != "1e3").or(Some(Kind::Number))
        );
    }
    let text = r#"{"kind":"x","items":[{"a/b":1},{"a~b":2}],"kind":"St\u0061tus","":0,"/":3,"n":null}"#;
    for value in [
        json(text),
        yaml(&json(&text.replacen(r#""kind":"x","#, "", 1))).unwrap(),
    ] {
        assert_eq!(value.tag("kind").as_deref(), Some("Status"));
        assert_eq!(value.tag("items"), None);
        assert_eq!(value.tag("none"), None);
        assert_eq!(value.get("kind").unwrap().as_str().as_deref(), Some("Status"));
        assert_eq!(value.get("/items/0/a~1b"), Some(json("1")));
        assert_eq!(value.get("/items/1/a~0b"), Some(json("2")));
        assert_eq!(value.get("/~1"), Some(json("3")));
        assert_eq!(value.get("/"), Some(json("0")));
        assert_eq!(value.get(""), Some(json("0")));
        assert_eq!(value.get("n"), Some(Json::null()));
        for missing in [
            "/items/2",
            "/items/01",
            "/items/-",
            "/items/+1",
            "/kind/0",
            "items/0",
            "/n/x",
            "/items/99999999999999999999",
        ] {
            assert_eq!(value.get(missing), None, "{missing}");
        }
    }
    assert_eq!(json("[1]").tag("kind"), None);
}

#[test]
fn decodes_and_tells_where_not() {
    let value = json(r#"{"a":[{"b":1},{"b":"x"}]}"#);
    type Shape = BTreeMap<String, Vec<BTreeMap<String, i32>>>;
    let error = value.decode::<Shape>().unwrap_err();
    assert_eq!(error.path(), Some("a[1].b"));
    assert_eq!(
        error.to_string(),
        "a[1].b: invalid type: string \"x\", expected i32 at line 1 column 23"
    );
    assert_eq!(json("\"x\"").decode::<bool>().unwrap_err().path(), None);
    assert_eq!(json("1").variant(|number: i32| number, |_| 0), 1);
    assert_eq!(
        json("3000000000").variant(|_: i32| None, Some),
        Some(json("3000000000"))
    );
    assert_eq!(Json::from_serialize(&f64::MAX).unwrap(), json("1.7976931348623157e308"));
    assert_eq!(Json::from_serialize(&[Some(1), None]).unwrap(), json("[1,null]"));
    assert!(Json::from_serialize(&BTreeMap::from([(vec![1], 2)])).is_err());
    // Read with the nearest double, not one off.
    for text in [
        "9007199254740993.0",
        "1.7976931348623157e308",
        "5e-324",
        "0.1e-6",
        "179769313486231570e291",
        "2.2250738585072011e-308",
    ] {
        assert_eq!(
            json(text).decode::<f64>().unwrap().to_bits(),
            text.parse::<f64>().unwrap().to_bits()
        );
    }
}

#[test]
fn strings_are_escaped() {
    for string in ["", "a", "\"\\/", "\u{0}\u{1f}\u{7f}\n\r\t\u{8}\u{c}", "ü😀\u{2028}"] {
        assert_eq!(
            Json::from(string).as_text().parse::<Json>().unwrap(),
            Json::from_serialize(string).unwrap()
        );
        assert_eq!(Json::from(string).as_str().unwrap(), string);
        assert_eq!(
            serde_json::from_str::<String>(&Json::from(string).as_text()).unwrap(),
            string
        );
    }
    assert_eq!(Json::from(true), json("true"));
    assert_eq!(Json::from(-5), json("-5"));
    assert_eq!(Json::default(), Json::null());
    assert!(Json::from_serialize(&Json::null()).unwrap().is_null());
}

#[test]
fn wrapped_serializers_get_the_text_too() {
    #[derive(Debug)]
    struct Twice(Json);

    impl Serialize for Twice {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            (&self.0, &self.0).serialize(serializer)
        }
    }

    assert_eq!(
        serde_json::to_string_pretty(&Twice(json("1.0"))).unwrap(),
        "[\n  1.0,\n  1.0\n]"
    );
}

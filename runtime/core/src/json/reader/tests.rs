//! The reader beside `serde_json`: the same texts are accepted, with the same values.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::Json;

/// Texts of each kind, of which others are made.
const TEXTS: [&str; 28] = [
    "null",
    " true\n",
    "false",
    "0",
    "-0",
    "-12.50e+3",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775808",
    "-9223372036854775809",
    "16777217.0000000001",
    "1e400",
    "3.5e38",
    "1E-400",
    "\"\"",
    "\"eight by\"",
    "\"longer than \u{e9}ight bytes, \u{1f600}\"",
    r#""\"\\\/\b\f\n\r\t\u0041\ud83d\ude00é""#,
    r#""\ud83d""#,
    r#""\ud83d\u0041""#,
    "\"a\u{1}b\"",
    "[]",
    "[1,\t2 , 3]",
    "{}",
    r#"{"one":1,"two":[{"Left":2},"Right"],"on\u0065":3}"#,
    r#"{"1":"a","-2":"b"}"#,
    r#"{"true":null,"Left":{"one":1}}"#,
    r#"{"Both":[1,"2"]}"#,
];

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
enum Variant {
    Left(Option<i8>),
    Right,
    Both(u16, String),
    Named { one: f64 },
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[allow(dead_code)]
enum Either {
    Number(i64),
    Model { one: Json },
    Any(Json),
}

/// Whether both read a text alike.
fn alike<T: DeserializeOwned + Debug>(text: &str) {
    let other = serde_json::from_str::<T>(text);
    let own = super::from_str::<T>(text);
    let name = std::any::type_name::<T>();
    match (&own, &other) {
        (Ok(own), Ok(other)) => assert_eq!(format!("{own:?}"), format!("{other:?}"), "{text:?} as {name}"),
        _ => assert_eq!(own.is_ok(), other.is_ok(), "{text:?} as {name}: {other:?}"),
    }
}

fn all_alike(text: &str) {
    alike::<Value>(text);
    alike::<IgnoredAny>(text);
    alike::<Box<RawValue>>(text);
    alike::<Json>(text);
    alike::<bool>(text);
    alike::<char>(text);
    alike::<String>(text);
    alike::<Option<i32>>(text);
    alike::<u64>(text);
    alike::<i128>(text);
    alike::<f32>(text);
    alike::<f64>(text);
    alike::<()>(text);
    alike::<(u8, Option<u8>)>(text);
    alike::<Vec<Json>>(text);
    alike::<Variant>(text);
    alike::<Either>(text);
    alike::<BTreeMap<String, Value>>(text);
    alike::<BTreeMap<i64, char>>(text);
    // serde_json 1.0.154 panics on a name with other characters.
    if text.is_ascii() {
        alike::<BTreeMap<bool, Option<u8>>>(text);
    }
}

#[test]
fn texts_are_read_alike() {
    TEXTS.iter().for_each(|text| all_alike(text));
}

/// Every text with one character left out, changed or added.
#[test]
fn broken_texts_are_refused_alike() {
    const OTHERS: &str = "\"\\{}[]:, 0-.eu\u{1}\u{e9}";
    for text in TEXTS {
        for (at, old) in text.char_indices() {
            let (before, behind) = text.split_at(at);
            let rest = &behind[old.len_utf8()..];
            all_alike(before);
            all_alike(&format!("{before}{rest}"));
            for new in OTHERS.chars() {
                all_alike(&format!("{before}{new}{rest}"));
                all_alike(&format!("{before}{new}{behind}"));
            }
        }
        OTHERS.chars().for_each(|new| all_alike(&format!("{text}{new}")));
    }
}

#[test]
fn nesting_is_as_deep_as_that_of_serde_json() {
    for depth in [126, 127, 128, 129, 10_000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let text = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            alike::<Value>(&text);
            alike::<Json>(&text);
        }
    }
}

#[test]
fn special_bytes_are_found_wherever_they_are() {
    for length in 0..40 {
        for at in 0..=length {
            for byte in 0..=255_u8 {
                let mut bytes = vec![0xe9; length];
                if let Some(there) = bytes.get_mut(at) {
                    *there = byte;
                }
                // A second one behind it, which must not count.
                if let Some(there) = bytes.get_mut(at + 1) {
                    *there = b'"';
                }
                let first = bytes.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20));
                assert_eq!(super::special(&bytes), first.unwrap_or(length), "{bytes:?}");
                assert_eq!(super::is_clean(&bytes), first.is_none(), "{bytes:?}");
            }
        }
    }
}

/// The suite of https://github.com/nst/JSONTestSuite, where `JSON_TEST_SUITE` names its folder `test_parsing`.
#[test]
fn the_suite_is_read_alike() {
    let Some(folder) = std::env::var_os("JSON_TEST_SUITE") else {
        return;
    };
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        alike::<Value>(&text);
        let name = path.file_name().unwrap().to_string_lossy();
        match name.as_bytes().first() {
            Some(b'y') => assert!(super::from_str::<Json>(&text).is_ok(), "{name}"),
            Some(b'n') => assert!(super::from_str::<Json>(&text).is_err(), "{name}"),
            _ => {}
        }
    }
}

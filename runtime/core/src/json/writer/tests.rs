//! The writer beside `serde_json`: the same texts.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::value::RawValue;

use super::to_string;

#[derive(Serialize)]
struct Unit;

#[derive(Serialize)]
struct Newtype(u8);

#[derive(Serialize)]
struct Pair(i8, char);

#[derive(Serialize)]
struct Named<'a> {
    one: f32,
    two: Option<&'a str>,
    raw: Box<RawValue>,
}

#[derive(Serialize)]
enum Variant {
    Unit,
    Newtype(f64),
    Pair(u64, i128),
    Named { one: bool },
}

fn alike<T: Serialize>(value: &T) {
    assert_eq!(
        to_string(value).map_err(|error| error.to_string()),
        serde_json::to_string(value).map_err(|error| error.to_string()),
    );
}

#[test]
fn values_are_written_alike() {
    alike(&(Unit, Newtype(1), Pair(-2, '"'), ()));
    alike(&[
        Variant::Unit,
        Variant::Newtype(1e300),
        Variant::Pair(u64::MAX, i128::MIN),
        Variant::Named { one: true },
    ]);
    alike(&Named {
        one: 0.1,
        two: None,
        raw: serde_json::from_str("[1, 2.50]").unwrap(),
    });
    alike(&[0.0, -0.0, 1.0, 1e16, 1.5e-7, 123_456.789, f64::MAX, f64::MIN_POSITIVE]);
    alike(&[0.1_f32, 1e16, f32::MAX]);
    alike(&BTreeMap::from([(1_u8, Some(false)), (2, None)]));
    alike(&BTreeMap::from([('a', [1_u8; 0]), ('\n', [])]));
    alike(&BTreeMap::from([(true, BTreeMap::<&str, u8>::new())]));
    alike(&serde_json::json!({"a": [1, -2, 2.5, null, "x"], "": {"b\u{7f}": []}}));
    alike(&BTreeMap::from([((1, 2), 3)]));
    alike(&BTreeMap::from([(None::<u8>, 3)]));
}

#[test]
fn strings_are_escaped_alike() {
    for character in '\0'..='\u{ff}' {
        for length in 0..20 {
            alike(&format!("{}{character}{character}\u{1f600}é", "x".repeat(length)));
        }
    }
}

#[test]
fn floats_that_json_has_no_number_for_are_refused() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let said = to_string(&[value]).unwrap_err().to_string();
        assert_eq!(said, format!("JSON has no number for {value}"));
        assert!(to_string(&BTreeMap::from([("a", value as f32)])).is_err());
    }
}

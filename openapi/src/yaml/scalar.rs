//! Resolves plain scalars by the core schema of YAML 1.2.

use crate::node::{Number, Value};

/// What a plain scalar is.
#[derive(Debug)]
pub(super) enum Resolved {
    /// A value of JSON.
    Value(Value),
    /// A number that JSON has no digits for.
    NoJson,
}

/// Resolves a plain scalar.
pub(super) fn resolve(text: &str) -> Resolved {
    let value = match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => return number(text).unwrap_or_else(|| Resolved::Value(Value::String(text.to_owned()))),
    };
    Resolved::Value(value)
}

/// A number in the digits of JSON; `None` where the text is no number.
fn number(text: &str) -> Option<Resolved> {
    // Most scalars are words, and this tells them from numbers at once.
    if !text.starts_with(|it: char| it.is_ascii_digit() || matches!(it, '.' | '-' | '+')) {
        return None;
    }
    let digits = match (text.strip_prefix("0x"), text.strip_prefix("0o")) {
        (Some(digits), _) => based(digits, 16)?,
        (_, Some(digits)) => based(digits, 8)?,
        _ => decimal(text)?,
    };
    Some(match digits {
        Some(digits) => Resolved::Value(Value::Number(Number::new(digits))),
        None => Resolved::NoJson,
    })
}

/// A whole number of another base; `Some(None)` where it is larger than what is converted.
fn based(digits: &str, base: u32) -> Option<Option<String>> {
    if digits.is_empty() || !digits.chars().all(|it| it.is_digit(base)) {
        return None;
    }
    Some(u128::from_str_radix(digits, base).ok().map(|it| it.to_string()))
}

fn decimal(text: &str) -> Option<Option<String>> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    match unsigned {
        ".inf" | ".Inf" | ".INF" => return Some(None),
        ".nan" | ".NaN" | ".NAN" if unsigned.len() == text.len() => return Some(None),
        _ => {}
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let exponent_digits = exponent.map(|it| it.strip_prefix(['+', '-']).unwrap_or(it));
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
    let some_digit = !whole.is_empty() || fraction.is_some_and(|it| !it.is_empty());
    let is_number = some_digit
        && digits(whole)
        && fraction.is_none_or(digits)
        && exponent_digits.is_none_or(|it| !it.is_empty() && digits(it));
    if !is_number {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let mut json = format!("{sign}{whole}");
    if let Some(fraction) = fraction {
        json.push('.');
        json.push_str(if fraction.is_empty() { "0" } else { fraction });
    }
    if let Some(exponent) = exponent {
        json.push('e');
        json.push_str(exponent);
    }
    Some(Some(json))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_schema_decides() {
        for (text, json) in [
            ("", "null"),
            ("~", "null"),
            ("Null", "null"),
            ("nULL", "\"nULL\""),
            ("True", "true"),
            ("FALSE", "false"),
            ("yes", "\"yes\""),
            ("no", "\"no\""),
            ("on", "\"on\""),
            ("y", "\"y\""),
            ("12", "12"),
            ("012", "12"),
            ("000", "0"),
            ("-0", "-0"),
            ("+1", "1"),
            ("-012.50", "-12.50"),
            ("0o14", "12"),
            ("0o8", "\"0o8\""),
            ("0x1F", "31"),
            ("-0x1F", "\"-0x1F\""),
            (
                "0xffffffffffffffffffffffffffffffff",
                "340282366920938463463374607431768211455",
            ),
            ("0x100000000000000000000000000000000", "none"),
            ("1_000", "\"1_000\""),
            (".5", "0.5"),
            ("1.", "1.0"),
            ("1.e3", "1.0e3"),
            ("-.5E-3", "-0.5e-3"),
            ("1e3", "1e3"),
            ("1e", "\"1e\""),
            (".", "\".\""),
            ("-", "\"-\""),
            ("+-1", "\"+-1\""),
            ("1.2.3", "\"1.2.3\""),
            (".inf", "none"),
            ("-.INF", "none"),
            (".NaN", "none"),
            ("-.nan", "\"-.nan\""),
            ("inf", "\"inf\""),
            ("NaN", "\"NaN\""),
            ("2001-12-14", "\"2001-12-14\""),
            ("12:30:45", "\"12:30:45\""),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
        ] {
            let found = match resolve(text) {
                Resolved::NoJson => "none".to_owned(),
                Resolved::Value(Value::Null) => "null".to_owned(),
                Resolved::Value(Value::Bool(it)) => it.to_string(),
                Resolved::Value(Value::Number(it)) => it.as_str().to_owned(),
                Resolved::Value(Value::String(it)) => format!("\"{it}\""),
                Resolved::Value(it) => format!("{it:?}"),
            };
            assert_eq!(found, json, "{text}");
        }
    }
}

//! What a description says of values, where it does so in a form that leaves no doubt.
//!
//! A form that is not understood gives nothing: the words themselves are compared by their hash.

mod listed;
mod stated;

use crate::facts::{Cell, Limits};

/// What a description says of values.
pub(crate) fn limits(text: &str) -> Limits {
    let text = text
        .replace(['\u{201c}', '\u{201d}'], "\"")
        .replace(['\u{2018}', '\u{2019}'], "'");
    let text = text.replace('\u{21d0}', "<=");
    let mut limits = stated::limits(&text);
    if limits.values == Cell::Absent {
        limits.values = listed::values(&text);
    }
    if limits.default.is_none() {
        limits.default = default(&text);
    }
    if limits.minimum.is_none() && limits.maximum.is_none() {
        (limits.minimum, limits.maximum) = range(&text);
    }
    if limits.max_length.is_none() {
        limits.max_length = between(&text, "less than or ", " characters long").and_then(|it| it.trim().parse().ok());
    }
    limits
}

/// `Defaults to ClusterIP.`, `Default is "true".`, `Default value is 10800(for 3 hours).`
fn default(text: &str) -> Option<String> {
    let phrases = [
        "Defaults to ",
        "Default is ",
        "Default value is ",
        "The default value is ",
        "defaults to ",
        "Default to ",
        "Default ",
    ];
    let mut rests = phrases.iter().filter_map(|it| text.split_once(it));
    rests.find_map(|(_, rest)| default_at(rest))
}

/// Words for what a default is counted in.
const UNITS: [&str; 6] = [" second", " minute", " hour", " day", " millisecond", " byte"];

/// The default that a text begins with.
fn default_at(rest: &str) -> Option<String> {
    let (value, after) = match rest.strip_prefix(['"', '\'']) {
        Some(quoted) => quoted.split_once(['"', '\''])?,
        None => {
            let end = rest
                .find(|it: char| !(it.is_ascii_alphanumeric() || matches!(it, '-' | '/' | '_')))
                .unwrap_or(rest.len());
            rest.split_at(end)
        }
    };
    let literal = rest.starts_with(['"', '\''])
        || matches!(value, "true" | "false")
        || value.parse::<f64>().is_ok()
        || value.starts_with(|it: char| it.is_ascii_uppercase() || it == '/');
    let is_counted = value.parse::<u64>().is_ok() && UNITS.iter().any(|it| after.starts_with(it));
    let ends =
        is_counted || after.is_empty() || after.starts_with(['.', ',', ';', '(', '\n']) || after.starts_with(" (");
    // `Defaults to 1.5`: the full stop is followed by a digit.
    let goes_on = after
        .strip_prefix('.')
        .is_some_and(|it| it.starts_with(|it: char| it.is_ascii_alphanumeric()));
    let fits = !value.is_empty() && value.len() <= 64 && literal && ends && !(goes_on && value.parse::<f64>().is_ok());
    fits.then(|| value.to_owned())
}

/// `must be >0 && <=86400`, `must be non-negative integer`.
fn range(text: &str) -> (Option<String>, Option<String>) {
    if text.contains("must be non-negative integer") {
        return (Some("0".to_owned()), None);
    }
    let Some((_, rest)) = text.split_once("must be >") else {
        return (None, None);
    };
    let (low, rest) = number(rest.trim_start_matches('='));
    let low = low.map(|it| if text.contains("must be >=") { it } else { it + 1 });
    let high = rest
        .trim_start()
        .strip_prefix("&&")
        .and_then(|it| it.trim_start().strip_prefix('<'));
    let high = high.and_then(|it| match it.strip_prefix('=') {
        Some(it) => number(it).0,
        None => number(it).0.map(|it| it - 1),
    });
    (low.map(|it| it.to_string()), high.map(|it| it.to_string()))
}

fn number(text: &str) -> (Option<i64>, &str) {
    let text = text.trim_start();
    let end = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    (digits.parse().ok().filter(|it| *it < i64::MAX), rest)
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once(after).map(|(inner, _)| inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(values: &[&str]) -> Cell<Vec<String>> {
        Cell::Known(values.iter().map(|it| (*it).to_owned()).collect())
    }

    #[test]
    fn values_are_read_where_they_are_listed() {
        for (text, values) in [
            (
                "Supports \"TCP\", \"UDP\", and \"SCTP\". Default is TCP.",
                known(&["TCP", "UDP", "SCTP"]),
            ),
            ("Must be UDP, TCP, or SCTP.", known(&["UDP", "TCP", "SCTP"])),
            ("Valid values are: - All: all stages", known(&["All"])),
            ("Acceptable values are: 'A' - keep; 'B' - drop.", known(&["A", "B"])),
            (
                "x\n\nPossible enum values:\n - \"C\" is c\n- \"D\" is d",
                known(&["C", "D"]),
            ),
            (
                "x\nPossible enum values:\n\n-  \"C\" means non-zero\n-  \"D\"",
                known(&["C", "D"]),
            ),
            (
                "Status, one of True, False, Unknown.",
                known(&["True", "False", "Unknown"]),
            ),
            ("It is one of the lamps, or none.", Cell::Absent),
            ("x\nPossible enum values: -", Cell::Lost),
            (
                "Valid values are \"None\", empty string (\"\"), or an address.",
                Cell::Absent,
            ),
            ("Must be a name or Number.", Cell::Absent),
            ("枚举值：\nON\nOFF", known(&["ON", "OFF"])),
        ] {
            assert_eq!(limits(text).values, values, "{text}");
        }
    }

    #[test]
    fn defaults_are_literals() {
        for (text, value) in [
            ("Defaults to ClusterIP. Valid", Some("ClusterIP")),
            ("Default is “true”. It", Some("true")),
            ("Default value is 10800(for 3 hours).", Some("10800")),
            ("Defaults to unset", None),
            ("Default is to allocate one", None),
            ("Defaults to Always if so", None),
            ("Default to Always. More", Some("Always")),
            ("Defaults to 30 seconds.", Some("30")),
            ("Defaults to 30 lamps.", None),
            ("Defaults to /dev/termination-log.", Some("/dev/termination-log")),
            ("Default false.", Some("false")),
            ("Default values are listed.", None),
            ("Default is unset. Defaults to 3.", Some("3")),
            ("格式，缺省值：application/json", Some("application/json")),
        ] {
            assert_eq!(limits(text).default.as_deref(), value, "{text}");
        }
    }

    #[test]
    fn ranges_are_read() {
        let found = limits("The value must be >0 && ⇐86400(for 1 day)");
        assert_eq!(
            (found.minimum.as_deref(), found.maximum.as_deref()),
            (Some("1"), Some("86400"))
        );
        assert_eq!(limits("must be less than or 128 characters long").max_length, Some(128));
        assert_eq!(limits("最小长度：1\n最大长度：64").max_length, Some(64));
    }
}

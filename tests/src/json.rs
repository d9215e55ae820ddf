//! Texts compared as JSON values: members in any order, numbers exact.

use std::fmt::Display;

use tablature_openapi::node::Node;
use tablature_openapi::{Report, json};

/// Asserts that two texts hold the same JSON value.
///
/// This is not the comparison of the runtime, which is among what is tested.
///
/// # Panics
/// If they do not, naming `case` and showing both.
#[track_caller]
pub fn assert_same(found: &str, expected: &str, case: impl Display) {
    let same = match (parse(found), parse(expected)) {
        (Some(found), Some(expected)) => found.same_value(&expected),
        _ => false,
    };
    assert!(
        same,
        "{case}: not the same JSON\n   found: {found}\nexpected: {expected}"
    );
}

/// Asserts that two texts hold the same JSON values, one a line.
///
/// # Panics
/// If they do not, naming `case` and the line.
#[track_caller]
pub fn assert_same_lines(found: &str, expected: &str, case: impl Display) {
    assert_eq!(found.lines().count(), expected.lines().count(), "{case}");
    for (line, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
        assert_same(found, expected, format!("{case}, line {}", line + 1));
    }
}

fn parse(text: &str) -> Option<Node> {
    let mut report = Report::new();
    json::parse(0, text, &mut report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_compared_not_texts() {
        assert_same(r#"{"a": 1, "b": [1.0, null]}"#, r#"{"b":[1,null],"a":1}"#, "");
        let differs = |one, other| !parse(one).is_some_and(|it| parse(other).is_some_and(|that| it.same_value(&that)));
        assert!(differs("12345678901234567890123", "12345678901234567890124"));
        assert!(differs("[1, 2]", "[2, 1]"));
        assert!(differs("{}", r#"{"a": null}"#));
        assert!(differs("{", "{"));
    }
}

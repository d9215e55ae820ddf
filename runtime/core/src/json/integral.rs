//! Whole numbers that are written with a fraction or an exponent.

use serde::de::IgnoredAny;

use super::decimal::Decimal;

/// The text with each number such as `2.0` or `1e3` written as an integer; nothing where there is none.
pub(super) fn rewritten(text: &str) -> Option<String> {
    replaced(text, |number| {
        let is_written_so = number.contains(['.', 'e', 'E']) && serde_json::from_str::<IgnoredAny>(number).is_ok();
        Decimal::new(number).integer().filter(|_| is_written_so)
    })
}

/// The text with some of its numbers replaced; nothing where none is.
pub(super) fn replaced(text: &str, replacement: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    let mut is_changed = false;
    while let Some(start) = rest.find(|c: char| c == '"' || c == '-' || c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let is_string = from.starts_with('"');
        let end = if is_string { string_end(from) } else { number_end(from) };
        let (token, after) = from.split_at(end);
        out.push_str(before);
        match (!is_string).then(|| replacement(token)).flatten() {
            Some(other) => {
                out.push_str(&other);
                is_changed = true;
            }
            None => out.push_str(token),
        }
        rest = after;
    }
    out.push_str(rest);
    is_changed.then_some(out)
}

/// Where a string ends, its quotes included.
fn string_end(text: &str) -> usize {
    let mut is_escaped = false;
    for (index, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return index + 1,
            _ => {}
        }
    }
    text.len()
}

fn number_end(text: &str) -> usize {
    let is_of_number = |c: char| c.is_ascii_digit() || "+-.eE".contains(c);
    text.find(|c| !is_of_number(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::rewritten;

    #[test]
    fn only_whole_numbers_are_rewritten() {
        for (text, expected) in [
            (
                r#"{"a": 2.0, "b": [1e3, -4.50e1]}"#,
                Some(r#"{"a": 2, "b": [1000, -45]}"#),
            ),
            (r#"{"2.0": "1e3 \" 2.0", "b": 2.5}"#, None),
            ("0.0", Some("0")),
            ("-0.0", Some("0")),
            ("9007199254740993.0", Some("9007199254740993")),
            ("1e400", None),
            ("[1., .0, 01.0, 1e, 2.0]", Some("[1., .0, 01.0, 1e, 2]")),
            ("[1, 2]", None),
        ] {
            assert_eq!(rewritten(text).as_deref(), expected, "{text}");
        }
    }
}

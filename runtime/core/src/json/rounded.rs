//! Numbers that a float does not write as it read them.

use super::compare_numbers;

/// The text with each number as a float writes it that has read it; nothing where that is the same number.
pub(crate) fn rounded(text: &str) -> Option<String> {
    replaced(text, |number| {
        let float = float(number)?;
        compare_numbers(&float, number).is_ne().then_some(float)
    })
}

/// The text with each number as a float writes it that has read it; nothing where that is the same text: `1` is not,
/// which a float writes as `1.0`.
pub(crate) fn respelled(text: &str) -> Option<String> {
    replaced(text, |number| float(number).filter(|float| float != number))
}

/// The text with each number beyond the range of floats as the last one within; nothing where there is none.
pub(crate) fn within_range(text: &str) -> Option<String> {
    replaced(text, |number| {
        let is_beyond = number.parse().is_ok_and(f64::is_infinite);
        is_beyond.then(|| float(number)).flatten()
    })
}

fn float(number: &str) -> Option<String> {
    let number: f64 = number.parse().ok()?;
    Some(format!("{:?}", number.clamp(f64::MIN, f64::MAX)))
}

/// The text with some of its numbers replaced; nothing where none is.
fn replaced(text: &str, replacement: impl Fn(&str) -> Option<String>) -> Option<String> {
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
    use super::{respelled, rounded, within_range};

    #[test]
    fn digits_that_do_not_survive() {
        for (text, double) in [
            ("0.1", None),
            ("[1, -2.5e3, 1e300]", None),
            ("0.30000000000000004", None),
            ("9007199254740993", Some("9007199254740992.0")),
            ("0.1000000000000000055511151231257827", Some("0.1")),
            (
                "[\"0.10000000000000001\", 0.10000000000000001]",
                Some("[\"0.10000000000000001\", 0.1]"),
            ),
        ] {
            assert_eq!(rounded(text).as_deref(), double, "{text}");
        }
    }

    #[test]
    fn numbers_beyond_the_range_of_floats() {
        let text = within_range("[1e400, \"1e400\", -1e400, 1]");
        let most = "1.7976931348623157e308";
        assert_eq!(text, Some(format!("[{most}, \"1e400\", -{most}, 1]")));
        assert_eq!(within_range("[1e308, 1e-400]"), None);
    }

    #[test]
    fn spellings_that_do_not_survive() {
        for (text, double) in [
            ("0.5", None),
            ("1", Some("1.0")),
            ("[1.0, 1.50, \"1\"]", Some("[1.0, 1.5, \"1\"]")),
            ("1E2", Some("100.0")),
        ] {
            assert_eq!(respelled(text).as_deref(), double, "{text}");
        }
    }
}

//! Numbers that a float does not write as it read them.

use super::compare_numbers;
use super::integral::replaced;

/// The text with each number as a float writes it that has read it; nothing where that is the same number.
pub(crate) fn rounded(text: &str, is_single: bool) -> Option<String> {
    replaced(text, |number| {
        let float = float(number, is_single)?;
        compare_numbers(&float, number).is_ne().then_some(float)
    })
}

/// The text with each number as a float writes it that has read it; nothing where that is the same text: `1` is not,
/// which a float writes as `1.0`.
pub(crate) fn respelled(text: &str, is_single: bool) -> Option<String> {
    replaced(text, |number| float(number, is_single).filter(|float| float != number))
}

fn float(number: &str, is_single: bool) -> Option<String> {
    Some(if is_single {
        format!("{:?}", number.parse::<f32>().ok()?)
    } else {
        format!("{:?}", number.parse::<f64>().ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::{respelled, rounded};

    #[test]
    fn digits_that_do_not_survive() {
        for (text, single, double) in [
            ("0.1", None, None),
            ("[1, -2.5e3, 1e300]", Some("[1, -2.5e3, inf]"), None),
            ("0.30000000000000004", Some("0.3"), None),
            ("16777217", Some("16777216.0"), None),
            ("0.1000000000000000055511151231257827", Some("0.1"), Some("0.1")),
            (
                "[\"0.10000000000000001\", 0.10000000000000001]",
                Some("[\"0.10000000000000001\", 0.1]"),
                Some("[\"0.10000000000000001\", 0.1]"),
            ),
        ] {
            assert_eq!(rounded(text, true).as_deref(), single, "{text}");
            assert_eq!(rounded(text, false).as_deref(), double, "{text}");
        }
    }

    #[test]
    fn spellings_that_do_not_survive() {
        for (text, double) in [
            ("0.5", None),
            ("1", Some("1.0")),
            ("[1.0, 1.50, \"1\"]", Some("[1.0, 1.5, \"1\"]")),
            ("1E2", Some("100.0")),
        ] {
            assert_eq!(respelled(text, false).as_deref(), double, "{text}");
        }
    }
}

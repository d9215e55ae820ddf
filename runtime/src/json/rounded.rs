//! Numbers with more digits than a float holds.

use super::compare_numbers;
use super::integral::replaced;

/// The text with each number as a float writes it that has read it; nothing where that is the same number.
pub(crate) fn rounded(text: &str, is_single: bool) -> Option<String> {
    replaced(text, |number| {
        let float = if is_single {
            format!("{:?}", number.parse::<f32>().ok()?)
        } else {
            format!("{:?}", number.parse::<f64>().ok()?)
        };
        compare_numbers(&float, number).is_ne().then_some(float)
    })
}

#[cfg(test)]
mod tests {
    use super::rounded;

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
}

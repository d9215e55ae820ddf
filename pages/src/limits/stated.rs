//! What Huawei's generator appends to a description: default, values, least and greatest.

use crate::facts::{Cell, Limits};

/// The labels of the generator, and which limit each one names. One that starts a line is told by the `\n`.
const LABELS: [(What, &[&str]); 6] = [
    (What::Default, &["缺省值", "默认值", "Default value", "\nDefault"]),
    (What::Values, &["枚举值", "Enumeration values", "Enumerated value"]),
    (What::Minimum, &["最小值", "Minimum value", "\nMinimum"]),
    (What::Maximum, &["最大值", "Maximum value", "\nMaximum"]),
    (What::MinLength, &["最小长度", "Minimum length"]),
    (What::MaxLength, &["最大长度", "Maximum length"]),
];

#[derive(Clone, Copy, Debug)]
enum What {
    Default,
    Values,
    Minimum,
    Maximum,
    MinLength,
    MaxLength,
}

/// The limits that stand after such labels.
pub(super) fn limits(text: &str) -> Limits {
    let mut limits = Limits::default();
    for (what, labels) in LABELS {
        let Some(value) = labels.iter().find_map(|label| after(text, label)) else {
            continue;
        };
        let first = || {
            value
                .split(|it: char| it.is_whitespace() || matches!(it, '。' | '，' | '；'))
                .next()
        };
        let word = first().filter(|it| !it.is_empty()).map(str::to_owned);
        match what {
            What::Default => limits.default = word,
            What::Values => limits.values = Cell::of(values(value)),
            What::Minimum => limits.minimum = word.filter(|it| it.parse::<f64>().is_ok()),
            What::Maximum => limits.maximum = word.filter(|it| it.parse::<f64>().is_ok()),
            What::MinLength => limits.min_length = word.and_then(|it| it.parse().ok()),
            What::MaxLength => limits.max_length = word.and_then(|it| it.parse().ok()),
        }
    }
    limits
}

/// What stands after a label and its colon, up to the next label.
fn after<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(label)?;
    let rest = rest.strip_prefix(['：', ':'])?.trim_start();
    let labels = LABELS.iter().flat_map(|(_, labels)| labels.iter());
    let end = labels.filter_map(|it| rest.find(it)).min().unwrap_or(rest.len());
    let value = rest.get(..end)?;
    // A word that many sentences begin with is a label only with one value after it.
    let is_bare = label.starts_with('\n');
    (!is_bare || value.split_whitespace().count() == 1).then_some(value)
}

/// One value on each line, or after each `-   ` that the generator puts before it.
fn values(text: &str) -> Option<Vec<String>> {
    let lines = text.split('\n').flat_map(|it| it.split("-   "));
    let words = lines
        .map(|it| it.trim().trim_start_matches("- ").trim())
        .filter(|it| !it.is_empty());
    let values: Vec<_> = words
        .map(|it| it.split_once(['：', ':', ' ']).map_or(it, |(value, _)| value))
        .map(str::to_owned)
        .collect();
    let fits = |it: &String| it.len() <= 64 && it.bytes().all(|it| it.is_ascii_graphic());
    (!values.is_empty() && values.iter().all(fits)).then_some(values)
}

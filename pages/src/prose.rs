//! Facts that a sentence of a description states and no cell has: proposals to a curator, never taken.

use std::ops::Range;

use tablature_openapi::Report;

use crate::codes;
use crate::facts::{Cell, Row, Table};
use crate::vocabulary::{Fact, Vocabulary};

/// Tells what the descriptions of a table state beyond its cells, a finding for each row.
pub(crate) fn propose(words: &Vocabulary, table: &Table, report: &mut Report) {
    for row in &table.rows {
        let facts = stated(words, row);
        if !facts.is_empty() {
            let message = format!(
                "the text of `{}` states what no cell has: {}",
                row.shown(),
                facts.join(", ")
            );
            report.push(codes::STATED_IN_PROSE.at(row.span, message));
        }
    }
}

/// What the description of a row states that its cells lack, in words.
fn stated(words: &Vocabulary, row: &Row) -> Vec<String> {
    let text = normal(&row.text);
    let limits = &row.limits;
    let mut facts: Vec<(Fact, String)> = Vec::new();
    for (fact, phrase) in words.phrases() {
        let known = match fact {
            Fact::Default => limits.default.is_some(),
            Fact::Values => limits.values != Cell::Absent,
            Fact::Range => limits.minimum.is_some() || limits.maximum.is_some(),
            Fact::Length => limits.min_length.is_some() || limits.max_length.is_some(),
            Fact::Unit | Fact::Deprecated => false,
        };
        if known || facts.iter().any(|(it, _)| it == fact) {
            continue;
        }
        let scan = |hole: &str, rest: &str| scan(hole, rest, phrase.is_ascii());
        let Some(holes) = phrase.find(&text, scan) else {
            continue;
        };
        let hole = |name| holes.get(name).copied();
        let ends = || match (hole("minimum"), hole("maximum")) {
            (Some(least), Some(most)) => format!("{least} to {most}"),
            (Some(least), None) => format!("at least {least}"),
            (None, most) => format!("at most {}", most.unwrap_or_default()),
        };
        let shown = match fact {
            Fact::Default => format!("default {}", unquoted(hole("value").unwrap_or_default())),
            Fact::Values => format!("values {}", items(hole("values").unwrap_or_default()).join(", ")),
            Fact::Range => format!("range {}", ends()),
            Fact::Length => format!("length {}", ends()),
            Fact::Unit => format!("unit {}", hole("unit").unwrap_or_default()),
            Fact::Deprecated => "deprecated".to_owned(),
        };
        facts.push((*fact, shown));
    }
    // `1 to 64 characters` is a length, whatever phrase of ranges it fits too.
    let length = facts.iter().find(|(it, _)| *it == Fact::Length);
    let length = length.map(|(_, shown)| shown.replacen("length", "range", 1));
    facts.retain(|(fact, shown)| *fact != Fact::Range || Some(shown) != length.as_ref());
    facts.into_iter().map(|(_, shown)| shown).collect()
}

/// The text with punctuation of one width.
fn normal(text: &str) -> String {
    let one = |it| match it {
        '\u{ff1a}' => ':',
        '\u{ff0c}' | '\u{3001}' => ',',
        '\u{ff08}' => '(',
        '\u{ff09}' => ')',
        '\u{3002}' => '.',
        '\u{ff1b}' => ';',
        '\u{ff5e}' | '~' | '\u{2013}' | '\u{2014}' => '-',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2018}' | '\u{2019}' | '`' => '\'',
        '\u{a0}' => ' ',
        it => it,
    };
    text.chars().map(one).collect()
}

/// How much of a text fits a hole. Among English words a literal must look like one.
fn scan(hole: &str, text: &str, is_english: bool) -> Option<usize> {
    match hole {
        "minimum" | "maximum" => number(text),
        "value" => {
            let length = literal(text, is_english)?;
            let (value, rest) = text.split_at_checked(length)?;
            let is_word = value.starts_with(|it: char| it.is_ascii_alphabetic());
            let ends = rest.is_empty() || rest.starts_with(['.', ',', ';', ')', '(', '\n']);
            (ends || !is_word || !is_english).then_some(length)
        }
        "values" => list(text, is_english),
        "unit" => {
            let end = text.find(|it: char| !(it.is_alphanumeric() || matches!(it, '%' | '/')));
            let length = end.unwrap_or(text.len());
            (1..=16).contains(&length).then_some(length)
        }
        _ => None,
    }
}

/// The length of a number that does not go on as a word.
fn number(text: &str) -> Option<usize> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let end = digits.find(|it: char| !(it.is_ascii_digit() || it == '.'));
    let (digits, rest) = digits.split_at(end.unwrap_or(digits.len()));
    let digits = digits.trim_end_matches('.').len();
    let goes_on = rest.starts_with(|it: char| it.is_ascii_alphanumeric() || it == '_');
    (digits > 0 && !goes_on).then_some(digits + usize::from(text.starts_with('-')))
}

/// The length of a quoted word, a number, `true`, or a word that is none of a sentence.
fn literal(text: &str, is_english: bool) -> Option<usize> {
    if let Some(quote) = text.chars().next().filter(|it| matches!(it, '"' | '\'')) {
        let end = text.get(1..)?.find(quote)?;
        return (1..=64).contains(&end).then_some(end + 2);
    }
    let end = text.find(|it: char| !(it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '.' | '/' | '+')));
    let word = text.get(..end.unwrap_or(text.len()))?.trim_end_matches(['.', '-', '/']);
    let looks_like_one = word.starts_with(|it: char| it.is_ascii_uppercase())
        || word.parse::<f64>().is_ok()
        || word.contains('_')
        || matches!(word, "true" | "false" | "null");
    let fits = (1..=64).contains(&word.len()) && (looks_like_one || !is_english);
    fits.then_some(word.len())
}

/// The length of a list of at least two literals, in a sentence or one a line.
fn list(text: &str, is_english: bool) -> Option<usize> {
    let found = entries(text, is_english);
    let last = found.last().filter(|_| found.len() > 1)?;
    Some(last.end)
}

/// The values of a list.
fn items(list: &str) -> Vec<&str> {
    let mut values = Vec::new();
    for entry in entries(list, false) {
        let value = list.get(entry).map_or("", unquoted);
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// Where the values of a list stand.
fn entries(text: &str, is_english: bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut rest, mut by_line) = (text, false);
    loop {
        let item = rest.trim_start_matches(|it: char| it.is_whitespace() || matches!(it, '-' | '*'));
        let Some((word, tail)) = literal(item, is_english).and_then(|it| item.split_at_checked(it)) else {
            return found;
        };
        // Of a list with an entry a line, what begins otherwise is the sentence after it.
        let is_line = rest.starts_with('\n');
        let is_other_form = found.len() > 1 && is_line != by_line;
        by_line = is_line;
        if matches!(word, "and" | "or")
            || is_other_form
            || is_line && !tail.is_empty() && !tail.trim_start_matches(' ').starts_with(MEANING)
        {
            return found;
        }
        let start = text.len() - item.len();
        found.push(start..start + word.len());
        match separator(tail).and_then(|it| tail.get(it..)) {
            Some(next) => rest = next,
            None => return found,
        }
    }
}

/// What stands between a value of a list with an entry a line, and its meaning.
const MEANING: [char; 5] = [':', '-', '(', ';', '\n'];

/// The length of what parts a value from the next one: a comma, a word, or its meaning up to the end of the line.
fn separator(text: &str) -> Option<usize> {
    let words = [
        ", and ", ", or ", " and ", " or ", ",", " / ", "/", "|", "和", "或", " 和 ", " 或 ",
    ];
    let word = words.iter().find(|it| text.starts_with(**it)).map(|it| it.len());
    word.or_else(|| {
        let line = text.find('\n')?;
        let meaning = text.get(..line)?.trim();
        (meaning.is_empty() || meaning.starts_with(MEANING)).then_some(line)
    })
}

fn unquoted(text: &str) -> &str {
    text.trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_found_in_sentences_of_both_languages() {
        for (text, facts) in [
            (
                "Size of the disk, 40 by default. The unit is GB.",
                vec!["default 40", "unit GB"],
            ),
            ("The default value is 40 GB, unit: GB", vec!["default 40", "unit GB"]),
            ("Which port. By default, 8080 is used.", vec!["default 8080"]),
            ("The value ranges from 1 to 65535.", vec!["range 1 to 65535"]),
            ("It can contain 1 to 64 characters.", vec!["length 1 to 64"]),
            ("The value can be TCP, UDP, or SCTP.", vec!["values TCP, UDP, SCTP"]),
            (
                "The options are as follows:\n- on: it shines\n- off: it does not",
                vec![],
            ),
            (
                "The options are as follows:\n- 'on': it shines\n- 'off': it does not",
                vec!["values on, off"],
            ),
            ("This field is deprecated.", vec!["deprecated"]),
            ("磁盘大小，默认为40，单位为GB。", vec!["default 40", "unit GB"]),
            ("取值范围为1～100。", vec!["range 1 to 100"]),
            ("长度为1-64个字符", vec!["length 1 to 64"]),
            ("可选值为on、off", vec!["values on, off"]),
            ("该参数已废弃", vec!["deprecated"]),
            ("Values: A, B, and\nother words", vec!["values A, B"]),
            ("Values: A, B\nNote: other words", vec!["values A, B"]),
            (
                "The options are as follows:\nA: one\nB: two\nThis one is last.",
                vec!["values A, B"],
            ),
            ("It can be seen or heard, and goes from here to there.", vec![]),
            ("The default is the first one, as in v1.", vec![]),
        ] {
            let row = Row {
                limits: crate::limits::limits(text),
                text: text.to_owned(),
                ..Row::default()
            };
            assert_eq!(stated(Vocabulary::builtin(), &row), facts, "{text}");
        }
    }

    #[test]
    fn no_text_makes_it_fail() {
        for text in ["", "取值", "can be '", "can be 中,中", "from - to -", "values: A,\n"] {
            let row = Row {
                text: text.to_owned(),
                ..Row::default()
            };
            assert_eq!(stated(Vocabulary::builtin(), &row), Vec::<String>::new(), "{text}");
        }
    }
}

//! Facts that a sentence of a description states and no cell has: proposals to a curator, never taken.

use std::collections::BTreeMap;
use std::ops::Range;

use tablature_openapi::Report;

use crate::codes;
use crate::facts::{Cell, Row, Table};
use crate::template::Template;
use crate::types::{self, Type};
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
    let mut facts: Vec<(Fact, Vec<String>)> = Vec::new();
    for (fact, phrase) in words.phrases().iter().filter(|(it, _)| !is_known(*it, row)) {
        for found in found(&text, *fact, phrase) {
            match facts.iter_mut().find(|(it, _)| it == fact) {
                None => facts.push((*fact, vec![found])),
                Some((_, known)) if is_conditional(*fact) && !known.contains(&found) => known.push(found),
                Some(_) => {}
            }
        }
    }
    let of = |wanted| facts.iter().find(|(it, _)| *it == wanted).map(|(_, it)| it.clone());
    let (lengths, values) = (
        of(Fact::Length).unwrap_or_default(),
        of(Fact::Values).unwrap_or_default(),
    );
    let means_value = values.iter().any(|it| it.to_lowercase().contains("deprecated"));
    for (fact, found) in &mut facts {
        match fact {
            // `1 to 64 characters` is a length, whatever phrase of ranges it fits too.
            Fact::Range => found.retain(|it| !lengths.contains(it)),
            // `DEPRECATED: an old version` tells what a value means.
            Fact::Deprecated if means_value => found.clear(),
            _ => {}
        }
    }
    facts.retain(|(_, found)| !found.is_empty());
    let shown = |(fact, found): (Fact, Vec<String>)| match fact {
        Fact::Default => format!("default {}", found.join(" or ")),
        Fact::Values => format!("values {}", found.join(" or ")),
        Fact::Range => format!("range {}", found.join(" or ")),
        Fact::Length => format!("length {}", found.join(" or ")),
        Fact::Unit => format!("unit {}", found.join(" or ")),
        Fact::Deprecated => "deprecated".to_owned(),
    };
    facts.into_iter().map(shown).collect()
}

/// Whether a cell of the row says it.
fn is_known(fact: Fact, row: &Row) -> bool {
    let limits = &row.limits;
    let is_boolean = || row.type_text.known().and_then(|it| types::parse(it)) == Some(Type::Boolean);
    match fact {
        Fact::Default => limits.default.is_some(),
        // `true` and `false` are what the type says.
        Fact::Values => limits.values != Cell::Absent || is_boolean(),
        Fact::Range => limits.minimum.is_some() || limits.maximum.is_some(),
        Fact::Length => limits.min_length.is_some() || limits.max_length.is_some(),
        Fact::Unit | Fact::Deprecated => false,
    }
}

/// Whether each sentence of a text may state another one: `for TCP from 1 to 60, for HTTP from 1 to 1440`.
fn is_conditional(fact: Fact) -> bool {
    matches!(fact, Fact::Default | Fact::Range | Fact::Length)
}

/// What a text states by a phrase.
fn found(text: &str, fact: Fact, phrase: &Template) -> Vec<String> {
    let parts = if is_conditional(fact) {
        sentences(text)
    } else {
        vec![text]
    };
    let scan = |hole: &str, rest: &str| scan(hole, rest, phrase.is_ascii());
    let holes = parts.into_iter().filter_map(|it| phrase.find(it, scan));
    holes.map(|it| shown(fact, &it)).collect()
}

/// A fact by what stands in the holes of its phrase.
fn shown(fact: Fact, holes: &BTreeMap<&str, &str>) -> String {
    let hole = |name| holes.get(name).copied();
    match fact {
        Fact::Default => unquoted(hole("value").unwrap_or_default()).to_owned(),
        Fact::Values => items(hole("values").unwrap_or_default()).join(", "),
        Fact::Range | Fact::Length => match (hole("minimum"), hole("maximum")) {
            (Some(least), Some(most)) => format!("{least} to {most}"),
            (Some(least), None) => format!("at least {least}"),
            (None, most) => format!("at most {}", most.unwrap_or_default()),
        },
        Fact::Unit => hole("unit").unwrap_or_default().to_owned(),
        Fact::Deprecated => String::new(),
    }
}

/// The sentences of a text: a full stop within a number or a word ends none.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, character) in text.char_indices() {
        let next = text.get(at + character.len_utf8()..).and_then(|it| it.chars().next());
        let goes_on = character == '.' && next.is_some_and(|it| it.is_ascii_alphanumeric());
        if matches!(character, '.' | ';' | '\n') && !goes_on {
            found.extend(text.get(start..at + 1));
            start = at + 1;
        }
    }
    found.extend(text.get(start..));
    found
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
    let end = text
        .find(|it: char| !(it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '.' | '/' | '+' | '$' | '{' | '}')));
    let word = text.get(..end.unwrap_or(text.len()))?.trim_end_matches(['.', '-', '/']);
    let looks_like_one = word.starts_with(|it: char| it.is_ascii_uppercase())
        || word.parse::<f64>().is_ok()
        || word.contains(['_', '$'])
        || matches!(word, "true" | "false" | "null");
    let fits = (1..=64).contains(&word.len()) && (looks_like_one || !is_english);
    fits.then_some(word.len())
}

/// The length of a list of at least two literals, in a sentence or one a line.
fn list(text: &str, is_english: bool) -> Option<usize> {
    let found = entries(text, is_english);
    let last = found.last().filter(|_| found.len() > 1)?;
    // `0 or false: it is off` gives two words for one meaning, not the values.
    let is_line = text.trim_start_matches(' ').starts_with('\n') || text.get(..last.end)?.contains('\n');
    let means = text
        .get(last.end..)?
        .trim_start_matches(['"', '\'', ' '])
        .starts_with(':');
    (is_line || !means).then_some(last.end)
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
            || tail.starts_with(':') && LABELS.contains(&word)
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

/// What begins a remark below a list, and what a generator appends to a description.
const LABELS: [&str; 9] = [
    "NOTE", "Note", "CAUTION", "NOTICE", "Minimum", "Maximum", "Default", "Example", "Range",
];

/// What stands between a value of a list with an entry a line, and its meaning.
const MEANING: [char; 5] = [':', '-', '(', ';', '\n'];

/// The length of what parts a value from the next one: a comma, a word, or its meaning up to the end of the line.
fn separator(text: &str) -> Option<usize> {
    // `A (default) and B`
    if let Some((remark, rest)) = text.strip_prefix(" (").and_then(|it| it.split_once(')')) {
        let length = " ()".len() + remark.len();
        let is_short = remark.len() <= 60 && !remark.contains('\n') && !rest.starts_with([':', '\n']);
        if let Some(found) = separator(rest).filter(|_| is_short) {
            return Some(length + found);
        }
    }
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
            (
                "For TCP the value ranges from 10 to 4000, and the default value is 300. For HTTP the value ranges from 0 to 4000.",
                vec!["default 300", "range 10 to 4000 or 0 to 4000"],
            ),
            (
                "The value can be 5_bgp (default) and 5_mail.\nNOTE: Not now.",
                vec!["values 5_bgp, 5_mail"],
            ),
            (
                "Value options:\nHTTP\nHTTPS\n${protocol}\nMinimum: 1",
                vec!["values HTTP, HTTPS, ${protocol}"],
            ),
            ("Optional values: 0 or false: it is off. 1 or true: it is on.", vec![]),
            (
                "Options are as follows:\nCURRENT: of now\nDEPRECATED: to be deleted",
                vec!["values CURRENT, DEPRECATED"],
            ),
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
    fn what_the_type_says_is_not_told() {
        let row = Row {
            type_text: Cell::Known("Boolean".to_owned()),
            text: "The value can be true or false. The default value is true.".to_owned(),
            ..Row::default()
        };
        assert_eq!(stated(Vocabulary::builtin(), &row), ["default true"]);
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

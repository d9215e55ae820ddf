//! Values that a sentence or a list of it names.

use crate::facts::Cell;

/// The values that a text lists; lost where the list is there but its entries are not.
pub(super) fn values(text: &str) -> Cell<Vec<String>> {
    if let Some((_, list)) = text.split_once("Possible enum values:") {
        let values = quoted_items(list);
        return if values.is_empty() {
            Cell::Lost
        } else {
            Cell::Known(values)
        };
    }
    if let Some((_, list)) = text.split_once("values are:") {
        let values = described_items(list);
        if !values.is_empty() {
            return Cell::Known(values);
        }
    }
    let phrases = [
        "Supports ",
        "Must be one of ",
        "Must be ",
        "Valid options are ",
        "Valid values are ",
        "values are: ",
        "One of: ",
        "One of ",
        "one of ",
        "one of: ",
        "Valid operators are ",
        "valid operators are ",
        "Can be ",
        "must be one of ",
    ];
    let sentences = phrases
        .iter()
        .filter_map(|it| text.split_once(it))
        .map(|(_, rest)| rest);
    let mut found = sentences.filter_map(enumeration);
    Cell::of(found.next())
}

/// The quoted word after each dash of a list.
fn quoted_items(list: &str) -> Vec<String> {
    let items = list.split('-').skip(1);
    items
        .filter_map(|it| it.trim_start().strip_prefix('"')?.split_once('"'))
        .map(|(value, _)| value.to_owned())
        .filter(|it| !it.is_empty())
        .collect()
}

/// `- All: meaning`, or `'Orphan' - meaning; 'Background' - meaning`.
fn described_items(list: &str) -> Vec<String> {
    if let Some(item) = list.trim_start().strip_prefix("- ") {
        let values: Option<Vec<_>> = item
            .split("\n- ")
            .map(|it| it.split_once(':').map(|(word, _)| word.trim()))
            .collect();
        let values = values.unwrap_or_default();
        let fits = values
            .iter()
            .all(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric()));
        return if fits {
            values.into_iter().map(str::to_owned).collect()
        } else {
            Vec::new()
        };
    }
    let sentence = list.split_once(".\n").map_or(list, |(sentence, _)| sentence);
    let items = sentence.split(';').map(|it| {
        it.trim()
            .strip_prefix('\'')?
            .split_once("' - ")
            .map(|(value, _)| value.to_owned())
    });
    items.collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// `A, B, and C.`: at least two words, each quoted or capitalised, and nothing else.
fn enumeration(rest: &str) -> Option<Vec<String>> {
    let end = rest.find(['.', '\n', ';', '(']).unwrap_or(rest.len());
    let list = rest.get(..end)?.replace(", and ", ", ").replace(", or ", ", ");
    let list = list.replace(" and ", ", ").replace(" or ", ", ");
    let values: Option<Vec<_>> = list.split(',').map(|it| value(it.trim())).collect();
    values.filter(|it| it.len() > 1 && it.len() <= 40)
}

fn value(word: &str) -> Option<String> {
    let quoted = |quote: char| word.strip_prefix(quote)?.strip_suffix(quote);
    if let Some(inner) = quoted('"').or_else(|| quoted('\'')) {
        let fits = !inner.is_empty() && inner.len() <= 64 && !inner.contains(['"', '\'']);
        return fits.then(|| inner.to_owned());
    }
    let capital = word.starts_with(|it: char| it.is_ascii_uppercase());
    (capital && word.len() <= 64 && word.bytes().all(|it| it.is_ascii_alphanumeric())).then(|| word.to_owned())
}

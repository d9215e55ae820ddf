//! Texts with named holes, such as `状态码为{status}时`: what stands in the holes of a text of that form.

use std::collections::BTreeMap;

/// A text with holes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Template {
    /// What stands before the first hole.
    start: String,
    /// The holes, each with the text that stands after it.
    holes: Vec<(String, String)>,
}

impl Template {
    /// Reads a template: `{name}` is a hole.
    pub(crate) fn of(text: &str) -> Self {
        let mut pieces = text.split('{');
        let start = pieces.next().unwrap_or_default().to_owned();
        let hole = |it: &str| {
            let (name, after) = it.split_once('}').unwrap_or((it, ""));
            (name.to_owned(), after.to_owned())
        };
        Self {
            start,
            holes: pieces.map(hole).collect(),
        }
    }

    /// How many bytes of a text it fixes.
    pub(crate) fn literal_length(&self) -> usize {
        self.start.len() + self.holes.iter().map(|(_, after)| after.len()).sum::<usize>()
    }

    /// Whether the texts that it fixes are ASCII.
    pub(crate) fn is_ascii(&self) -> bool {
        self.start.is_ascii() && self.holes.iter().all(|(_, after)| after.is_ascii())
    }

    /// What stands in the holes of a text that is of this form as a whole. Each hole takes as little as it can.
    pub(crate) fn capture<'t>(&self, text: &'t str) -> Option<BTreeMap<&str, &'t str>> {
        let (found, rest) = self.take(text.strip_prefix(self.start.as_str())?)?;
        rest.is_empty().then_some(found)
    }

    /// What stands in the holes where the text is of this form somewhere; `scan` gives the length of what fits a hole at
    /// the start of a text. Case does not count, and a space stands for any white space or none.
    pub(crate) fn find<'t>(
        &self,
        text: &'t str,
        scan: impl Fn(&str, &'t str) -> Option<usize>,
    ) -> Option<BTreeMap<&str, &'t str>> {
        let mut before = None;
        for (at, character) in text.char_indices() {
            // A word or a number that goes on is not the one that is meant.
            let is_inside = |it: char| character.is_ascii_alphanumeric() && it.is_ascii_alphanumeric();
            let fits = !before.replace(character).is_some_and(is_inside);
            if let Some(found) = text.get(at..).filter(|_| fits).and_then(|it| self.at_start(it, &scan)) {
                return Some(found);
            }
        }
        None
    }

    fn at_start<'t>(
        &self,
        text: &'t str,
        scan: impl Fn(&str, &'t str) -> Option<usize>,
    ) -> Option<BTreeMap<&str, &'t str>> {
        let mut rest = after(text, &self.start)?;
        let mut found = BTreeMap::new();
        for (name, literal) in &self.holes {
            let text = rest.trim_start_matches(' ');
            let (value, tail) = text.split_at_checked(scan(name, text)?)?;
            found.insert(name.as_str(), value);
            rest = after(tail, literal)?;
        }
        Some(found)
    }

    /// The holes of a text after the start of the template, and what is left of the text.
    fn take<'t>(&self, mut rest: &'t str) -> Option<(BTreeMap<&str, &'t str>, &'t str)> {
        let mut found = BTreeMap::new();
        for (name, after) in &self.holes {
            let end = if after.is_empty() {
                rest.len()
            } else {
                rest.find(after.as_str())?
            };
            let (value, tail) = rest.split_at(end);
            if value.is_empty() {
                return None;
            }
            found.insert(name.as_str(), value);
            rest = tail.get(after.len()..)?;
        }
        Some((found, rest))
    }
}

/// What stands after a literal at the start of a text.
fn after<'t>(text: &'t str, literal: &str) -> Option<&'t str> {
    let mut rest = text;
    for expected in literal.chars() {
        if expected == ' ' {
            rest = rest.trim_start();
            continue;
        }
        let mut characters = rest.chars();
        characters.next().filter(|it| it.eq_ignore_ascii_case(&expected))?;
        rest = characters.as_str();
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_take_what_stands_in_them() {
        let template = Template::of("{method} to {path}!");
        let found = template.capture("GET to /a!").unwrap_or_default();
        assert_eq!((found.get("method"), found.get("path")), (Some(&"GET"), Some(&"/a")));
        for text in ["GET to !", "GET /a!", "GET to /a! ", ""] {
            assert_eq!(template.capture(text), None, "{text}");
        }
    }

    #[test]
    fn a_form_is_found_within_a_sentence() {
        let template = Template::of("from {least} to {most}");
        let digits = |_: &str, it: &str| it.find(|it: char| !it.is_ascii_digit()).or(Some(it.len()));
        let found = template.find("It goes From 1  to 20.", digits).unwrap_or_default();
        assert_eq!((found.get("least"), found.get("most")), (Some(&"1"), Some(&"20")));
        assert_eq!(template.find("therefrom 1 to 20", digits), None);
    }
}

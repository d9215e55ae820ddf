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

    /// What stands in the holes of a text that is of this form as a whole. Each hole takes as little as it can.
    pub(crate) fn capture<'t>(&self, text: &'t str) -> Option<BTreeMap<&str, &'t str>> {
        let (found, rest) = self.take(text.strip_prefix(self.start.as_str())?)?;
        rest.is_empty().then_some(found)
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
}

//! Edits a JSON text by byte ranges and leaves everything else as it was.
//!
//! The text keeps its layout and the order of its members. What is added is indented as its
//! neighbours are; an object or list on one line is spread over several when it grows.

use crate::node::{Node, Value};

/// Bytes of a text, and what takes their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
    /// The new text.
    pub text: String,
}

/// The new value of a member or item, laid out for its indentation and the column it begins at.
pub type Layout<'a> = &'a dyn Fn(usize, usize) -> String;

/// Adds a member to an object after the one with the key `after`, or at the end.
pub fn insert_member(text: &str, object: &Node, after: Option<&str>, key: &str, value: Layout<'_>) -> Option<Edit> {
    let entries = object.as_object()?;
    let quoted = format!("\"{key}\": ");
    let place = after.and_then(|after| entries.iter().position(|(key, _)| key.value == after));
    let place = place.map_or(entries.len(), |it| it + 1);
    let starts = entries
        .iter()
        .map(|(key, value)| (key.span.start as usize, value.span.end as usize));
    let insert = |indent: usize| format!("{quoted}{}", value(indent, indent + quoted.chars().count()));
    grow(text, object, &starts.collect::<Vec<_>>(), place, &insert)
}

/// Puts another value in the place of one.
pub fn replace(text: &str, node: &Node, value: Layout<'_>) -> Option<Edit> {
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    let line = text.get(..start)?.rsplit('\n').next()?;
    Some(Edit {
        start,
        end,
        text: value(indent_of(text, start), line.chars().count()),
    })
}

/// Gives a member of an object another value, or adds it after the one with the key `after`.
pub fn set_member(text: &str, object: &Node, after: Option<&str>, key: &str, value: Layout<'_>) -> Option<Edit> {
    match object.get(key) {
        Some(known) => replace(text, known, value),
        None => insert_member(text, object, after, key, value),
    }
}

/// Takes a member off an object.
pub fn remove_member(object: &Node, key: &str) -> Option<Edit> {
    let entries = object.as_object()?;
    let index = entries.iter().position(|(it, _)| it.value == key)?;
    let (key, value) = entries.get(index)?;
    let before = index.checked_sub(1).and_then(|it| entries.get(it));
    let (start, end) = match (before, entries.get(index + 1)) {
        (Some((_, before)), _) => (before.span.end, value.span.end),
        (None, Some((next, _))) => (key.span.start, next.span.start),
        (None, None) => (key.span.start, value.span.end),
    };
    Some(Edit {
        start: start as usize,
        end: end as usize,
        text: String::new(),
    })
}

/// Adds an item to a list, at the end.
pub fn append_item(text: &str, list: &Node, value: Layout<'_>) -> Option<Edit> {
    let items = list.as_array()?;
    let starts = items.iter().map(|it| (it.span.start as usize, it.span.end as usize));
    grow(text, list, &starts.collect::<Vec<_>>(), items.len(), &|indent| {
        value(indent, indent)
    })
}

/// Puts a part among the parts of an object or list.
fn grow(
    text: &str,
    whole: &Node,
    parts: &[(usize, usize)],
    place: usize,
    part: &dyn Fn(usize) -> String,
) -> Option<Edit> {
    let (start, end) = (whole.span.start as usize, whole.span.end as usize);
    let spread = text.get(start..end)?.contains('\n');
    let before = place.checked_sub(1).and_then(|it| parts.get(it));
    if let (true, Some((_, at))) = (spread, before) {
        let indent = indent_of(text, parts.first()?.0);
        let text = format!(",\n{}{}", " ".repeat(indent), part(indent));
        return Some(Edit {
            start: *at,
            end: *at,
            text,
        });
    }
    // On one line, or without parts: written anew with a line for each part.
    let outer = indent_of(text, start);
    let indent = outer + 2;
    let mut lines: Vec<String> = parts
        .iter()
        .map(|(start, end)| text.get(*start..*end).unwrap_or_default().to_owned())
        .collect();
    lines.insert(place.min(lines.len()), part(indent));
    let (open, close) = if matches!(whole.value, Value::Array(_)) {
        ('[', ']')
    } else {
        ('{', '}')
    };
    let pad = " ".repeat(indent);
    let text = format!(
        "{open}\n{pad}{}\n{}{close}",
        lines.join(&format!(",\n{pad}")),
        " ".repeat(outer)
    );
    Some(Edit { start, end, text })
}

/// How far the line of a byte is indented.
fn indent_of(text: &str, byte: usize) -> usize {
    let before = text.get(..byte).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |it| it + 1);
    let rest = text.get(line..).unwrap_or_default();
    rest.len() - rest.trim_start_matches(' ').len()
}

/// The text with all edits made; edits that overlap another one are left out and counted.
pub fn apply(text: &str, edits: &[Edit]) -> (String, usize) {
    let mut sorted: Vec<_> = edits.iter().enumerate().collect();
    // Of several at one place the first one comes first in the text.
    sorted.sort_by_key(|(index, it)| (it.start, it.end, *index));
    let mut edited = String::with_capacity(text.len());
    let (mut at, mut left_out) = (0, 0);
    for (_, edit) in sorted {
        let Some(between) = text
            .get(at..edit.start)
            .filter(|_| edit.start >= at && edit.end >= edit.start)
        else {
            left_out += 1;
            continue;
        };
        edited.push_str(between);
        edited.push_str(&edit.text);
        at = edit.end;
    }
    edited.push_str(text.get(at..).unwrap_or_default());
    (edited, left_out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;
    use crate::json;

    fn edited(text: &str, path: &[&str], edit: impl Fn(&str, &Node) -> Option<Edit>) -> String {
        let node = json::parse(0, text, &mut Report::new());
        let found = path.iter().fold(node.as_ref(), |node, key| node?.get(key));
        let edits: Vec<_> = found.and_then(|it| edit(text, it)).into_iter().collect();
        apply(text, &edits).0
    }

    #[test]
    fn members_are_added_where_they_belong() {
        let text = "{\n  \"a\": {\n    \"x\": 1,\n    \"y\": 2\n  },\n  \"b\": {\"z\": 3}\n}\n";
        let add =
            |after| move |text: &str, node: &Node| insert_member(text, node, after, "new", &|_, _| "0".to_owned());
        assert_eq!(
            edited(text, &["a"], add(Some("x"))),
            text.replace("1,", "1,\n    \"new\": 0,")
        );
        assert_eq!(
            edited(text, &["a"], add(None)),
            text.replace("\"y\": 2", "\"y\": 2,\n    \"new\": 0")
        );
        let spread = text.replace("{\"z\": 3}", "{\n    \"z\": 3,\n    \"new\": 0\n  }");
        assert_eq!(edited(text, &["b"], add(None)), spread);
    }

    #[test]
    fn members_get_other_values_and_are_taken_off() {
        let text = "{\n  \"a\": {\"x\": 1},\n  \"b\": 2,\n  \"c\": 3\n}\n";
        let set = |key: &'static str| {
            move |text: &str, node: &Node| {
                set_member(text, node, Some("a"), key, &|indent, at| format!("[{indent}, {at}]"))
            }
        };
        assert_eq!(edited(text, &[], set("b")), text.replace("2", "[2, 7]"));
        let added = text.replace("1},", "1},\n  \"d\": [2, 7],");
        assert_eq!(edited(text, &[], set("d")), added);
        let removed = |key: &'static str| edited(text, &[], move |_: &str, node: &Node| remove_member(node, key));
        assert_eq!(removed("a"), "{\n  \"b\": 2,\n  \"c\": 3\n}\n");
        assert_eq!(removed("c"), "{\n  \"a\": {\"x\": 1},\n  \"b\": 2\n}\n");
        let only = |_: &str, node: &Node| remove_member(node, "x");
        assert_eq!(edited(text, &["a"], only), text.replace("\"x\": 1", ""));
    }

    #[test]
    fn items_are_added_at_the_end() {
        let add = |text: &str, node: &Node| append_item(text, node, &|indent, _| format!("{{{indent}}}"));
        assert_eq!(
            edited("{\n  \"a\": [\n    1\n  ]\n}", &["a"], add),
            "{\n  \"a\": [\n    1,\n    {4}\n  ]\n}"
        );
        assert_eq!(
            edited("{\n  \"a\": []\n}", &["a"], add),
            "{\n  \"a\": [\n    {4}\n  ]\n}"
        );
    }

    #[test]
    fn edits_that_overlap_are_left_out() {
        let edit = |start, end| Edit {
            start,
            end,
            text: "x".to_owned(),
        };
        assert_eq!(
            apply("abcd", &[edit(1, 3), edit(2, 4), edit(3, 3)]),
            ("axxd".to_owned(), 1)
        );
        assert_eq!(apply("ab", &[edit(9, 9)]), ("ab".to_owned(), 1));
    }
}

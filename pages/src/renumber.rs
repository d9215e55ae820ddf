//! The tables of a page in a newer edition: what names them by their ordinals follows them.

use std::collections::BTreeMap;

use tablature_openapi::edit::Edit;
use tablature_openapi::node::{Node, Value};
use tablature_openapi::{Report, SourceId, json};

use crate::align;
use crate::facts::Page;
use crate::json::{Json, Layout, quote};

/// The edits of one text, a document or the waivers, from the recorded edition of a page to the one that is recorded now.
///
/// `x-documented-in` and the `at` of a waiver name a table by its ordinal, so that a table more or less moves all after
/// it. A table that is gone is taken off; what only it documented has its `x-source` in the recorded edition.
pub fn renumber(source: SourceId, text: &str, recorded: &Page, new: &Page) -> Vec<Edit> {
    let pairs = align::tables(new, recorded);
    let moved: BTreeMap<usize, usize> = pairs.iter().map(|it| (it.right + 1, it.left + 1)).collect();
    let ordinals = 1..=recorded.tables.len();
    if ordinals.clone().all(|it| moved.get(&it) == Some(&it)) {
        return Vec::new();
    }
    let mut renumber = Renumber {
        text,
        recorded,
        moved,
        edits: Vec::new(),
    };
    if let Some(root) = json::parse(source, text, &mut Report::new()) {
        renumber.node(&root);
    }
    renumber.edits
}

struct Renumber<'a> {
    text: &'a str,
    recorded: &'a Page,
    /// The ordinal in the new edition of each table that it still has.
    moved: BTreeMap<usize, usize>,
    edits: Vec<Edit>,
}

impl Renumber<'_> {
    fn node(&mut self, node: &Node) {
        match &node.value {
            Value::Array(items) => items.iter().for_each(|it| self.node(it)),
            Value::Object(members) => {
                for (key, value) in members {
                    match key.value.as_str() {
                        "x-documented-in" => self.list(key.span.start as usize, value, true),
                        "at" => self.list(key.span.start as usize, value, false),
                        _ => self.node(value),
                    }
                }
            }
            _ => {}
        }
    }

    /// A list of tables, whose key begins at `start`.
    fn list(&mut self, start: usize, list: &Node, has_provenance: bool) {
        let Some(items) = list.as_array() else {
            return self.node(list);
        };
        let before: Vec<&str> = items.iter().filter_map(Node::as_str).collect();
        let mut after: Vec<String> = Vec::new();
        for name in before.iter().filter_map(|it| self.moved(it)) {
            if !after.contains(&name) {
                after.push(name);
            }
        }
        if before.len() != items.len() || after == before {
            return;
        }
        let end = list.span.end as usize;
        if !after.is_empty() {
            let start = list.span.start as usize;
            let line = self.text.get(..start).unwrap_or_default();
            let line = line.rsplit('\n').next().unwrap_or_default();
            let indent = line.len() - line.trim_start().len();
            let text = Json::texts(after).at(Layout::Documents, indent, line.chars().count());
            self.edits.push(Edit { start, end, text });
        } else if has_provenance {
            let mut text = "\"x-source\": ".to_owned();
            quote(&self.recorded.edition_in_words(), &mut text);
            self.edits.push(Edit { start, end, text });
        } else {
            // It is for no table any more, and must not be for those that have its numbers now.
            let (start, text) = (list.span.start as usize, "[]".to_owned());
            self.edits.push(Edit { start, end, text });
        }
    }

    /// The name of a table in the new edition; `None` where it is gone.
    fn moved(&self, name: &str) -> Option<String> {
        let (page, ordinal) = name.rsplit_once('#').unwrap_or((name, ""));
        let Some(ordinal) = ordinal.parse::<usize>().ok().filter(|_| page == self.recorded.key) else {
            return Some(name.to_owned());
        };
        self.moved.get(&ordinal).map(|it| format!("{page}#{it}"))
    }
}

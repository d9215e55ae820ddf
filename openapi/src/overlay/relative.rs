//! Relative JSON Pointers, which lead on through references.

use crate::documents::pointer;
use crate::documents::reference::{self, Fragment};
use crate::node::{Node, Value};

/// More references than this in a row are a circle, or a chain that nobody writes.
const MOST_REFERENCES: usize = 64;

/// How to come from one place to another one: so many steps up, then these keys and indices down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pointer {
    up: usize,
    /// The text without which the last key on the way up is the first one on the way down.
    without: Option<String>,
    down: Vec<String>,
}

impl Pointer {
    /// Reads `2/get/summary`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (up, down) = text.split_at(text.find('/').unwrap_or(text.len()));
        let is_plain = up == "0" || !up.starts_with('0') && up.bytes().all(|it| it.is_ascii_digit());
        let up = up.parse().ok().filter(|_| is_plain)?;
        match reference::pointer(down).ok()? {
            Fragment::Pointer(down) => Some(Self {
                up,
                without: None,
                down,
            }),
            Fragment::Anchor(_) => None,
        }
    }

    /// The pointer that goes down through the key on its way up, without a text: a neighbour.
    pub(super) fn without(mut self, text: &str) -> Self {
        self.without = Some(text.to_owned());
        self
    }

    /// The node that the pointer leads to from the one at `path`, indices of entries and items.
    pub(super) fn follow<'n>(&self, root: &'n Node, path: &[usize]) -> Option<&'n Node> {
        let above = path.get(..path.len().checked_sub(self.up)?)?;
        let start = above.iter().try_fold(root, |node, index| match &node.value {
            Value::Array(items) => items.get(*index),
            Value::Object(entries) => entries.get(*index).map(|(_, it)| it),
            _ => None,
        })?;
        let start = match &self.without {
            Some(text) => neighbour(start, *path.get(above.len())?, text)?,
            None => start,
        };
        down(root, start, &self.down, MOST_REFERENCES)
    }
}

/// The value of the entry whose key is that of the entry at `index` without a text, which is in it.
fn neighbour<'n>(node: &'n Node, index: usize, text: &str) -> Option<&'n Node> {
    let (key, _) = node.as_object()?.get(index)?;
    let (before, after) = key.value.split_once(text)?;
    node.get(&format!("{before}{after}"))
}

fn down<'n>(root: &'n Node, mut node: &'n Node, steps: &[String], references: usize) -> Option<&'n Node> {
    for (index, step) in steps.iter().enumerate() {
        node = match pointer::step(node, step) {
            Some(next) => next.node,
            None => {
                let target = node.get("$ref")?.as_str()?.strip_prefix('#')?;
                let Fragment::Pointer(mut there) = reference::fragment(target).ok()? else {
                    return None;
                };
                there.extend(steps.get(index..)?.iter().cloned());
                return down(root, root, &there, references.checked_sub(1)?);
            }
        };
    }
    Some(node)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Report, json};

    #[test]
    fn pointers_go_up_and_down_and_through_references() {
        let text = r##"{"a":{"b":[1,{"$ref":"#/c~1d"}],"e":2},"c/d":{"f":3,"g":{"$ref":"#/c~1d/g"}}}"##;
        let root = json::parse(0, text, &mut Report::new()).expect("the text is JSON");
        for (pointer, expected) in [
            ("0", Some("1")),
            ("1/1/f", Some("3")),
            ("2/e", Some("2")),
            ("3/a/e", Some("2")),
            ("4", None),
            ("1/2", None),
            ("1/1/g/f", None),
        ] {
            let parsed = Pointer::parse(pointer).expect(pointer);
            let found = parsed.follow(&root, &[0, 0, 0]);
            assert_eq!(found.map(ToString::to_string).as_deref(), expected, "{pointer}");
        }
        let text = r#"{"a":{"f":7},"b/a":{"c":{}}}"#;
        let root = json::parse(0, text, &mut Report::new()).expect("the text is JSON");
        let follow = |text: &str| {
            Pointer::parse("2/f")?
                .without(text)
                .follow(&root, &[1, 0])
                .map(ToString::to_string)
        };
        assert_eq!(follow("b/").as_deref(), Some("7"));
        assert_eq!([follow("c"), follow("/")], [None, None]);
        for text in ["", "/a", "-1", "01/a", "1a", "+1/a", "1/~2"] {
            assert_eq!(Pointer::parse(text), None, "{text}");
        }
    }
}

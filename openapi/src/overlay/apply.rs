//! Applies one action to one document.

use super::merge::Changes;
use super::{Action, Change, CopyFrom, Target};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::jsonpath::{Budget, Selection};
use crate::nearest::nearest;
use crate::node::{Node, Value};

/// How many names are looked at for one that may have been meant.
const MOST_NAMES: usize = 10_000;

impl Action {
    /// Changes all nodes that the target selects.
    pub(super) fn apply(&mut self, root: &mut Node, budget: &Budget, changes: &mut Changes<'_>) {
        let Some(selection) = self.target.select(root, budget, changes) else {
            return;
        };
        if selection.found.is_empty() {
            self.note_nearest(&selection);
            return;
        }
        self.is_met = true;
        let nodes: Vec<&Node> = selection.found.iter().map(|it| it.node).collect();
        if !self.check_kinds(&nodes, changes) {
            return;
        }
        let mut paths: Vec<Vec<usize>> = selection.found.iter().map(|it| it.path()).collect();
        paths.sort();
        paths.dedup();
        match &self.change {
            // From the last one, so that no path changes before its turn.
            Change::Remove => paths.iter().rev().for_each(|it| self.remove(root, it, changes)),
            Change::Update(value) => update(root, &paths, value, true, changes),
            Change::CopyFrom(from) => copy_from(root, &paths, from, changes),
            Change::Copy(from) => {
                if let Some(value) = self.source(from, root, budget, changes) {
                    update(root, &paths, &value, false, changes);
                }
            }
        }
    }

    /// Whether the nodes may be targets of the action together.
    fn check_kinds(&self, nodes: &[&Node], changes: &mut Changes<'_>) -> bool {
        let kind = |node: &Node| match node.value {
            Value::Object(_) => "objects",
            Value::Array(_) => "arrays",
            _ => "primitive values",
        };
        let conflict = |message: String| codes::OVERLAY_CONFLICT.at(self.target.span, message);
        let primitive = nodes.iter().find(|it| kind(it) == "primitive values");
        if let Some(node) = primitive.filter(|_| !self.takes_primitives) {
            let message = "a target of Overlay 1.0 must be an object or an array".to_owned();
            let found = conflict(message).related(node.span, format!("this is {}", node.kind_name()));
            changes.report(found.help("write `overlay: 1.1.0`"));
            return false;
        }
        let Some(first) = nodes.first().filter(|_| !matches!(self.change, Change::Remove)) else {
            return true;
        };
        let Some(other) = nodes.iter().find(|it| kind(it) != kind(first)) else {
            return true;
        };
        let message = format!("the target selects both {} and {}", kind(first), kind(other));
        let found = conflict(message).help("give each kind an action of its own");
        let found = found.related(first.span.first_byte(), "one of them");
        changes.report(found.related(other.span.first_byte(), "one of the others"));
        false
    }

    /// The value that is copied.
    fn source(&self, from: &Target, root: &Node, budget: &Budget, changes: &mut Changes<'_>) -> Option<Node> {
        let selection = from.select(root, budget, changes)?;
        match selection.found.as_slice() {
            [only] => changes.fits(only.node, from.span).then(|| only.node.clone()),
            found => {
                let message = format!("expected `copy` to select one node, and it selects {}", found.len());
                let found = codes::OVERLAY_CONFLICT.at(from.span, message);
                changes.report(found.related(root.span.first_byte(), "in this document"));
                None
            }
        }
    }

    fn remove(&self, root: &mut Node, path: &[usize], changes: &mut Changes<'_>) {
        let Some((last, before)) = path.split_last() else {
            let message = "the whole document cannot be removed";
            changes.report(codes::OVERLAY_CONFLICT.at(self.target.span, message));
            return;
        };
        let Some(holder) = at(root, before) else { return };
        changes.sources.mark_changed(holder.span);
        match &mut holder.value {
            Value::Array(items) if *last < items.len() => drop(items.remove(*last)),
            Value::Object(entries) if *last < entries.len() => drop(entries.remove(*last)),
            _ => {}
        }
    }

    /// Remembers how much of the target was found in a document, where no other had more of it.
    fn note_nearest(&mut self, selection: &Selection<'_>) {
        let is_first = self.nearest.segments == 0 && self.nearest.name.is_none();
        if selection.matched <= self.nearest.segments && !is_first {
            return;
        }
        self.nearest.segments = selection.matched;
        let keys = selection.nearest.iter().filter_map(|it| it.as_object()).flatten();
        let keys = keys.map(|(key, _)| key.value.as_str()).take(MOST_NAMES);
        let wanted = self.target.path.name_at(selection.matched);
        self.nearest.name = wanted.and_then(|it| nearest(it, keys)).map(str::to_owned);
    }

    /// The finding that no document has the target.
    pub(super) fn unmatched(self) -> Diagnostic {
        let Target { span, text, path } = self.target;
        let end = path.end_of(self.nearest.segments);
        let found = text.get(..end).unwrap_or_default();
        let help = match self.nearest.name {
            Some(name) => format!("`{found}` is there, did you mean `{name}` in it?"),
            None => format!("`{found}` is there, and nothing of what comes behind it"),
        };
        let message = format!("`{text}` selects nothing in any document");
        codes::UNMATCHED_TARGET.at(span, message).help(help)
    }
}

impl Target {
    fn select<'n>(&self, root: &'n Node, budget: &Budget, changes: &mut Changes<'_>) -> Option<Selection<'n>> {
        let selection = self.path.select(root, budget);
        if selection.is_err() {
            let message = format!("`{}` takes more work than an overlay may cost", self.text);
            changes.stop(self.span, message);
        }
        selection.ok()
    }
}

fn update(root: &mut Node, paths: &[Vec<usize>], value: &Node, by_overlay: bool, changes: &mut Changes<'_>) {
    for path in paths {
        if changes.is_stopped {
            return;
        }
        if let Some(target) = at(root, path) {
            changes.update(target, value, path.len(), by_overlay);
        }
    }
}

/// Puts into each target what a pointer leads to from there.
fn copy_from(root: &mut Node, paths: &[Vec<usize>], from: &CopyFrom, changes: &mut Changes<'_>) {
    for path in paths {
        let value = from.pointers.iter().find_map(|it| it.follow(root, path));
        let fits = value.is_none_or(|it| changes.fits(it, from.span));
        let value = value.filter(|_| fits).cloned();
        let Some(target) = at(root, path) else { continue };
        match value {
            Some(value) => changes.update(target, &value, path.len(), false),
            None if changes.is_stopped => return,
            None => {
                let message = "`x-copy-from` leads nowhere from one of the targets";
                let found = codes::OVERLAY_CONFLICT.at(from.span, message);
                changes.report(found.related(target.span.first_byte(), "from this one"));
            }
        }
    }
}

/// The node that indices of entries and items lead to.
fn at<'n>(mut node: &'n mut Node, path: &[usize]) -> Option<&'n mut Node> {
    for index in path {
        node = match &mut node.value {
            Value::Array(items) => items.get_mut(*index)?,
            Value::Object(entries) => &mut entries.get_mut(*index)?.1,
            _ => return None,
        };
    }
    Some(node)
}

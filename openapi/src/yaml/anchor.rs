//! Keeps anchors, and bounds how much their aliases may copy.

use std::collections::HashMap;

use crate::node::{Node, Value};

/// How large what aliases copy may be together: a text of a few lines can ask for more than any
/// memory holds.
const MOST_COPIED: usize = 16 << 20;

/// How large the nodes that have anchors may be together: anchors within anchors are kept twice.
const MOST_KEPT: usize = 256 << 20;

/// How large a node is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Size {
    /// About how many bytes it takes.
    pub(super) bytes: usize,
    /// How many arrays and objects stand within each other.
    pub(super) height: usize,
}

impl Size {
    /// The size of an array or object that holds nothing yet.
    pub(super) const COLLECTION: Self = Self { bytes: 64, height: 1 };

    /// The size of a node that holds no others.
    pub(super) fn of_leaf(node: &Node) -> Self {
        let text = match &node.value {
            Value::String(text) => text.len(),
            Value::Number(number) => number.as_str().len(),
            _ => 0,
        };
        Self {
            bytes: 64 + text,
            height: 0,
        }
    }

    /// Adds what stands within.
    pub(super) fn hold(&mut self, inner: Self, key: usize) {
        self.bytes = self.bytes.saturating_add(inner.bytes).saturating_add(key);
        self.height = self.height.max(inner.height + 1);
    }
}

/// The nodes that have an anchor.
#[derive(Default)]
pub(super) struct Anchors {
    nodes: HashMap<usize, (Node, Size)>,
    kept: usize,
    copied: usize,
}

impl Anchors {
    /// Keeps a node that has an anchor. Says whether the copy is still within bounds.
    pub(super) fn keep(&mut self, anchor: usize, node: &Node, size: Size) -> bool {
        // The parser numbers anchors from 1.
        if anchor == 0 {
            return true;
        }
        self.kept = self.kept.saturating_add(size.bytes);
        if self.kept > MOST_KEPT {
            return false;
        }
        self.nodes.insert(anchor, (node.clone(), size));
        true
    }

    /// How large the node of an anchor is; `None` within the node itself.
    pub(super) fn size(&self, anchor: usize) -> Option<Size> {
        self.nodes.get(&anchor).map(|(_, size)| *size)
    }

    /// A copy of the node of an anchor, if it is still within bounds.
    pub(super) fn copy(&mut self, anchor: usize) -> Option<Node> {
        let (node, size) = self.nodes.get(&anchor)?;
        self.copied = self.copied.saturating_add(size.bytes);
        (self.copied <= MOST_COPIED).then(|| node.clone())
    }
}

//! Reads what stands in place of a reference, where a document holds the thing itself without a name.

use super::reference;
use crate::codes;
use crate::node::Node;
use crate::reader::Context;
use crate::span::Spanned;

/// Reads a node, or what it refers to in its place.
pub(super) fn in_place<T>(node: &Node, cx: &mut Context, read: fn(&Node, &mut Context) -> Option<T>) -> Option<T> {
    if node.get("$ref").is_none() {
        return read(node, cx);
    }
    let target = reference::reference(node, cx)?.target;
    follow(&target, cx, |node, cx| in_place(node, cx, read))
}

/// Reads what a reference leads to, if it is there.
pub(super) fn follow<T>(
    target: &Spanned<String>,
    cx: &mut Context,
    read: impl FnOnce(&Node, &mut Context) -> Option<T>,
) -> Option<T> {
    if cx.inlined.within.contains(&target.span) {
        let message = format!("`{}` leads back to this place and to nothing else", target.value);
        cx.push(codes::CIRCULAR_REFERENCE.at(target.span, message));
        return None;
    }
    let Some(node) = cx.inlined.nodes.get(&target.span) else {
        cx.inlined.missing.push(target.clone());
        return None;
    };
    let node = node.clone()?;
    cx.inlined.within.push(target.span);
    let read = read(&node, cx);
    cx.inlined.within.pop();
    read
}

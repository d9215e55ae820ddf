//! Looks nodes up by JSON Pointer.

use super::reference;
use crate::nearest::nearest;
use crate::node::{Node, Value};
use crate::span::Span;

/// A node that a pointer leads to.
pub(crate) struct Found<'n> {
    /// Its key, or where it begins if it has none.
    pub(crate) key: Span,
    /// The node.
    pub(crate) node: &'n Node,
}

/// Follows a pointer. Where it leads nowhere, gives what to do about it, if that is known; `file`
/// is how the file is written in references.
pub(super) fn look_up<'n>(root: &'n Node, tokens: &[String], file: &str) -> Result<Found<'n>, Option<String>> {
    let mut found = Found {
        key: root.span.first_byte(),
        node: root,
    };
    for (index, token) in tokens.iter().enumerate() {
        found = step(found.node, token).ok_or_else(|| help(found.node, tokens, index, file))?;
    }
    Ok(found)
}

/// The member or the item that one token leads to.
pub(crate) fn step<'n>(node: &'n Node, token: &str) -> Option<Found<'n>> {
    match &node.value {
        Value::Object(entries) => {
            let (key, node) = entries.iter().find(|(key, _)| key.value == token)?;
            Some(Found { key: key.span, node })
        }
        Value::Array(items) => {
            let is_index = token == "0" || !token.starts_with(['0', '+']);
            let node = items.get(token.parse::<usize>().ok().filter(|_| is_index)?)?;
            Some(Found {
                key: node.span.first_byte(),
                node,
            })
        }
        _ => None,
    }
}

/// What to do about a pointer that leads to `node` and has a wrong token then.
fn help(node: &Node, tokens: &[String], index: usize, file: &str) -> Option<String> {
    if node.get("$ref").is_some() {
        let before = reference::write_pointer(tokens.get(..index)?);
        return Some(format!(
            "`{before}` is a reference itself: refer to a place in what it leads to"
        ));
    }
    let keys = node.as_object()?.iter().map(|(key, _)| key.value.as_str());
    let near = nearest(tokens.get(index)?, keys)?;
    let mut right: Vec<&str> = tokens.iter().map(String::as_str).collect();
    *right.get_mut(index)? = near;
    let right = reference::write(file, &right);
    Some(format!("did you mean `{right}`?"))
}

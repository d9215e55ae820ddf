//! The Reference Object, which may stand in place of most others.

use crate::diagnostic::Diagnostic;
use crate::document::{RefOr, Reference, Version};
use crate::node::Node;
use crate::reader::{Context, ObjectReader};
use crate::span::Spanned;

/// Reads a reference where there is one, else the thing itself.
pub(super) fn reference_or<T>(
    node: &Node,
    cx: &mut Context,
    read: impl FnOnce(&Node, &mut Context) -> Option<T>,
) -> Option<RefOr<T>> {
    if node.get("$ref").is_some() {
        return reference(node, cx).map(RefOr::Ref);
    }
    read(node, cx).map(RefOr::Item)
}

/// Reads a Reference Object. Keys beside `$ref` are ignored, as the specification has it, and
/// since that may not be what the writer thinks, not without a warning.
pub(super) fn reference(node: &Node, cx: &mut Context) -> Option<Reference> {
    reference_with(node, cx, |key| {
        let message = format!("`{}` beside `$ref` has no effect", key.value);
        Diagnostic::warning("no-effect", key.span, message)
    })
}

/// Reads a Reference Object; `beside` is what to report of another key.
pub(super) fn reference_with(
    node: &Node,
    cx: &mut Context,
    beside: impl Fn(&Spanned<String>) -> Diagnostic,
) -> Option<Reference> {
    let version = cx.version;
    let mut object = ObjectReader::new(node, "Reference Object", cx)?;
    let target = object.string("$ref");
    let mut description = None;
    if version > Version::V3_0 {
        description = object.string("description");
        object.string("summary");
    }
    let (others, _) = object.finish_names();
    others.into_iter().for_each(|(key, _)| cx.push(beside(key)));
    Some(Reference {
        target: target?,
        description,
    })
}

/// Reports a reference where only the thing itself may stand. Says whether there was one.
pub(super) fn refuse_reference(node: &Node, what: &str, cx: &mut Context) -> bool {
    let Some(reference) = node.get("$ref") else {
        return false;
    };
    let message = format!("a reference to a {what} is not supported, expected the {what} itself");
    cx.push(Diagnostic::error("unsupported-reference", reference.span, message));
    true
}

//! Reads the Reference Object, which may stand in place of most others.

use crate::codes;
use crate::document::{RefOr, Reference, Version};
use crate::node::Node;
use crate::reader::{Context, ObjectReader};

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
    let version = cx.version;
    let mut object = ObjectReader::new(node, "Reference Object", cx)?;
    let target = object.string("$ref");
    let mut description = None;
    if version > Version::V3_0 {
        description = object.string("description");
        object.string("summary");
    }
    let (others, _) = object.finish_names();
    for (key, _) in others {
        let message = format!("`{}` beside `$ref` has no effect", key.value);
        cx.push(codes::NO_EFFECT.at(key.span, message));
    }
    Some(Reference {
        target: target?,
        description,
    })
}

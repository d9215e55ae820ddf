//! Reads the Callback Object.

use super::{path_item, reference};
use crate::document::{Callback, RefOr};
use crate::node::Node;
use crate::reader::{Context, ObjectReader};

/// Reads a callback or a reference to one.
pub(super) fn callback_or_reference(node: &Node, cx: &mut Context) -> Option<RefOr<Callback>> {
    reference::reference_or(node, cx, callback)
}

fn callback(node: &Node, cx: &mut Context) -> Option<Callback> {
    let object = ObjectReader::new(node, "Callback Object", cx)?;
    let (entries, extensions) = object.finish_names();
    let requests = entries
        .into_iter()
        .filter_map(|(url, item)| Some((url.clone(), path_item::path_item_or_reference(item, cx)?)));
    Some(Callback {
        span: node.span,
        requests: requests.collect(),
        extensions,
    })
}

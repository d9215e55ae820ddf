//! Gives what aliases of YAML repeat places of its own, since an overlay may change one and not the other.

use std::collections::HashSet;

use crate::node::{Node, Value};
use crate::source::{SourceId, Sources};
use crate::span::Span;

/// Gives each node of a file another place.
pub(super) fn make(root: &mut Node, sources: &mut Sources) {
    let into = root.span;
    visit(root, into, None, &mut HashSet::new(), sources);
}

fn visit(node: &mut Node, into: Span, source: Option<SourceId>, seen: &mut HashSet<Span>, sources: &mut Sources) {
    node.span.source = source.unwrap_or(node.span.source);
    // An alias within what is repeated repeats its places, too.
    let source = match seen.insert(node.span) {
        true => source,
        false => Some(sources.moved(node.span.source, into, false)),
    };
    node.span.source = source.unwrap_or(node.span.source);
    let into = if source.is_none() { node.span } else { into };
    match &mut node.value {
        Value::Array(items) => items.iter_mut().for_each(|it| visit(it, into, source, seen, sources)),
        Value::Object(entries) => {
            for (key, it) in entries {
                key.span.source = source.unwrap_or(key.span.source);
                visit(it, into, source, seen, sources);
            }
        }
        _ => {}
    }
}

//! Reads the Paths Object and its route templates.

use crate::codes;
use std::collections::HashMap;

use super::path_item;
use crate::document::{PathItem, RefOr};
use crate::node::Node;
use crate::reader::{Context, ObjectReader};
use crate::span::{Span, Spanned};
use crate::template::{Route, Template};

pub(super) fn paths(node: &Node, cx: &mut Context) -> Option<Vec<(Spanned<String>, RefOr<PathItem>)>> {
    let (entries, _) = ObjectReader::new(node, "Paths Object", cx)?.finish_names();
    let mut shapes = HashMap::new();
    for (path, _) in &entries {
        check_path(path, &mut shapes, cx);
    }
    let items = entries
        .into_iter()
        .filter_map(|(path, node)| Some((path.clone(), path_item::path_item_or_reference(node, cx)?)));
    Some(items.collect())
}

fn check_path(path: &Spanned<String>, shapes: &mut HashMap<String, Span>, cx: &mut Context) {
    let text = &path.value;
    if !text.starts_with('/') {
        let message = format!("a path must begin with `/`, found `{text}`");
        cx.push(codes::PATH_TEMPLATE.at(path.span, message));
    }
    let template = match Template::parse(text) {
        Ok(template) => template,
        Err(fault) => {
            let message = format!("the path `{text}` has {fault}");
            return cx.push(codes::PATH_TEMPLATE.at(path.span, message));
        }
    };
    check_end(path, cx);
    let first = *shapes.entry(template.shape).or_insert(path.span);
    if first != path.span {
        let message = format!("the path `{text}` differs from another one only in the names of its parameters");
        let found = codes::DUPLICATE_PATH.at(path.span, message);
        cx.push(found.related(first, "the same path"));
    }
}

/// A path has no query and no fragment. Where it has, what is sent is plain all the same, as long
/// as no parameter stands there.
fn check_end(path: &Spanned<String>, cx: &mut Context) {
    let route = Route::parse(&path.value);
    let ends = [
        (
            &codes::PATH_QUERY,
            '?',
            route.query,
            "the query is sent as it stands; describe what may vary in it as parameters",
        ),
        (&codes::PATH_FRAGMENT, '#', route.fragment, "the fragment is not sent"),
    ];
    for (code, mark, end, help) in ends {
        let Some(end) = end else { continue };
        let message = format!("a path must end before `{mark}`, found `{mark}{end}`");
        let finding = match end.contains(['{', '}']) {
            true => codes::PATH_TEMPLATE
                .at(path.span, message)
                .help("describe what stands in braces as parameters in the query"),
            false => code.at(path.span, message).help(help),
        };
        cx.push(finding);
    }
}

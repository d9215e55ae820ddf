//! The Paths Object: route templates.

use std::collections::HashMap;

use super::path_item;
use crate::diagnostic::Diagnostic;
use crate::document::{PathItem, RefOr};
use crate::node::Node;
use crate::reader::{Context, ObjectReader};
use crate::span::{Span, Spanned};
use crate::template::Template;

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
        cx.push(Diagnostic::error("path-template", path.span, message));
    }
    let template = match Template::parse(text) {
        Ok(template) => template,
        Err(fault) => {
            let message = format!("the path `{text}` has {fault}");
            return cx.push(Diagnostic::error("path-template", path.span, message));
        }
    };
    if let Some(found) = template.shape.chars().find(|it| matches!(it, '?' | '#')) {
        let message = format!("a path must end before the query, found `{found}` in `{text}`");
        let help = "describe what stands in the query as parameters";
        cx.push(Diagnostic::error("path-template", path.span, message).help(help));
    }
    let first = *shapes.entry(template.shape).or_insert(path.span);
    if first != path.span {
        let message = format!("the path `{text}` differs from another one only in the names of its parameters");
        let found = Diagnostic::error("duplicate-path", path.span, message);
        cx.push(found.related(first, "the same path"));
    }
}

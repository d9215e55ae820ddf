//! Reads the Path Item Object.

use super::{inline, operation, parameter, reference, server};
use crate::codes;
use crate::document::{Operation, PathItem, RefOr, Version};
use crate::node::{Node, Value};
use crate::reader::{Context, ObjectReader, as_string, expect_object};
use crate::span::Spanned;

const METHODS: [(&str, &str); 9] = [
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("delete", "DELETE"),
    ("options", "OPTIONS"),
    ("head", "HEAD"),
    ("patch", "PATCH"),
    ("trace", "TRACE"),
    ("query", "QUERY"),
];

const LATER: &[(&str, Version)] = &[("query", Version::V3_2), ("additionalOperations", Version::V3_2)];

/// Reads a path item or a reference to one.
pub(super) fn path_item_or_reference(node: &Node, cx: &mut Context) -> Option<RefOr<PathItem>> {
    let entries = node.as_object().unwrap_or_default();
    if node.get("$ref").is_none() {
        return path_item(node, cx).map(RefOr::Item);
    }
    let beside = |key: &str| !matches!(key, "$ref" | "summary" | "description") && !key.starts_with("x-");
    if !entries.iter().any(|(key, _)| beside(&key.value)) {
        return reference::reference(node, cx).map(RefOr::Ref);
    }
    let whole = whole(node, cx)?;
    path_item(&whole, cx).map(RefOr::Item)
}

/// A path item with what it refers to.
fn whole(node: &Node, cx: &mut Context) -> Option<Node> {
    let Some(target) = node.get("$ref") else {
        return Some(node.clone());
    };
    let target = as_string(target, format_args!("`$ref` of the Path Item Object"), cx)?;
    inline::follow(&target, cx, |found, cx| {
        let found = whole(found, cx)?;
        let own = node.as_object().unwrap_or_default();
        let own = own.iter().filter(|(key, _)| key.value != "$ref").cloned();
        let mut entries: Vec<_> = own.collect();
        for (key, value) in expect_object(&found, format_args!("the Path Item Object"), cx)? {
            match node.get(&key.value) {
                None => entries.push((key.clone(), value.clone())),
                Some(own) => clash(key, own, cx),
            }
        }
        Some(Node {
            span: node.span,
            value: Value::Object(entries),
        })
    })
}

/// Nobody has defined what counts of a key that stands on both sides of a reference.
fn clash(key: &Spanned<String>, own: &Node, cx: &mut Context) {
    if !matches!(key.value.as_str(), "summary" | "description") {
        let message = format!("`{}` stands beside `$ref` and in what it leads to", key.value);
        let found = codes::PATH_ITEM_SIBLINGS.at(own.span.first_byte(), message);
        cx.push(found.related(key.span, "also here"));
    }
}

pub(super) fn path_item(node: &Node, cx: &mut Context) -> Option<PathItem> {
    let mut object = ObjectReader::new(node, "Path Item Object", cx)?.later(LATER);
    let summary = object.string("summary");
    let description = object.string("description");
    let servers = object.list("servers", server::server);
    let parameters = object.list("parameters", parameter::parameter_or_reference);
    let mut operations: Vec<(Spanned<String>, Operation)> = Vec::new();
    for (key, method) in METHODS {
        let Some((span, node)) = object.entry(key) else {
            continue;
        };
        if let Some(operation) = operation::operation(node, object.context()) {
            operations.push((Spanned::new(method.to_owned(), span), operation));
        }
    }
    // The order of the document, since the order of methods above means nothing.
    operations.sort_by_key(|(method, _)| method.span);
    let additional = object.map("additionalOperations", |method, node, cx| {
        check_method(method, cx);
        operation::operation(node, cx)
    });
    operations.extend(additional);
    let extensions = object.finish();
    Some(PathItem {
        span: node.span,
        summary,
        description,
        operations,
        servers,
        parameters,
        extensions,
    })
}

fn check_method(method: &Spanned<String>, cx: &mut Context) {
    let text = &method.value;
    let fixed = METHODS.iter().find(|(_, fixed)| fixed.eq_ignore_ascii_case(text));
    if let Some((key, _)) = fixed {
        let message = format!("`additionalOperations` must not have the method `{text}`");
        let help = format!("write it as `{key}` of the Path Item Object");
        cx.push(codes::WRONG_METHOD.at(method.span, message).help(help));
    }
    let token = |it: char| it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(it);
    if text.is_empty() || !text.chars().all(token) {
        let message = format!("expected an HTTP method, found `{text}`");
        cx.push(codes::WRONG_METHOD.at(method.span, message));
    }
}

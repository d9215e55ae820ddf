//! Builds single YAML nodes: tagged scalars, keys, and merge keys (`<<`).

use crate::codes;
use std::collections::HashSet;

use granit_parser::{ScalarStyle, Tag};

use super::scalar::{Resolved, resolve};
use crate::diagnostic::{Diagnostic, Report};
use crate::node::{Node, Value};
use crate::span::{Span, Spanned};

/// A string.
pub(super) fn string(text: &str, span: Span) -> Node {
    Node {
        span,
        value: Value::String(text.to_owned()),
    }
}

/// A scalar that is not a key.
pub(super) fn scalar(
    text: &str,
    style: ScalarStyle,
    tag: Option<(&Tag, Span)>,
    span: Span,
    report: &mut Report,
) -> Node {
    let absent = style == ScalarStyle::Plain && span.start == span.end;
    let text = if absent { "" } else { text };
    let Some((tag, at)) = tag else {
        return match style {
            ScalarStyle::Plain => plain(text, span, report),
            _ => string(text, span),
        };
    };
    match tag.core_suffix() {
        Some("str") => string(text, span),
        None if tag.original() == "!" => string(text, span),
        Some(kind @ ("null" | "bool" | "int" | "float")) => {
            let node = plain(text, span, report);
            if !is_a(&node, kind) {
                let message = format!(
                    "expected what the tag `{}` says, found {}",
                    tag.original(),
                    node.kind_name()
                );
                report.push(codes::YAML_TAG.at(span, message));
            }
            node
        }
        _ => {
            report.push(wrong_tag(tag, at));
            plain(text, span, report)
        }
    }
}

fn plain(text: &str, span: Span, report: &mut Report) -> Node {
    match resolve(text) {
        Resolved::Value(value) => Node { span, value },
        Resolved::NoJson => {
            let message = format!("expected a number that JSON can write, found `{text}`");
            report.push(codes::YAML_NUMBER.at(span, message));
            string(text, span)
        }
    }
}

fn is_a(node: &Node, kind: &str) -> bool {
    match &node.value {
        Value::Null => kind == "null",
        Value::Bool(_) => kind == "bool",
        Value::Number(number) => kind == "float" || !number.as_str().contains(['.', 'e']),
        _ => false,
    }
}

/// The finding on a tag that nothing can be made of where it stands.
pub(super) fn wrong_tag(tag: &Tag, span: Span) -> Diagnostic {
    let message = format!("the tag `{}` means nothing here", tag.original());
    let help =
        "the tags of YAML's core schema are `!!map`, `!!seq`, `!!str`, `!!int`, `!!float`, `!!bool` and `!!null`";
    codes::YAML_TAG.at(span, message).help(help)
}

/// The finding on a key that is no string.
pub(super) fn not_a_key(span: Span, found: &str) -> Diagnostic {
    let message = format!("expected a key that is a string, found {found}");
    codes::YAML_KEY.at(span, message)
}

/// The finding on aliases that ask for too much.
pub(super) fn too_many_copies(span: Span) -> Box<Diagnostic> {
    let message = "the aliases of this text stand for more than can be read";
    let help = "use `$ref` to the components of the document where much is shared";
    Box::new(codes::YAML_ALIAS.at(span, message).help(help))
}

/// Adds what `<<` brings: a key that stands in the object itself counts, then the first that is
/// brought.
pub(super) fn merge(
    mut entries: Vec<(Spanned<String>, Node)>,
    merged: Vec<Node>,
    report: &mut Report,
) -> Vec<(Spanned<String>, Node)> {
    if merged.is_empty() {
        return entries;
    }
    let mut known: HashSet<String> = entries.iter().map(|(key, _)| key.value.clone()).collect();
    for node in merged {
        let span = node.span;
        let brought = match node.value {
            Value::Array(items) => items,
            value => vec![Node { span, value }],
        };
        for node in brought {
            let found = node.kind_name();
            let Value::Object(more) = node.value else {
                let message = format!("expected an object after the merge key `<<`, found {found}");
                report.push(codes::YAML_MERGE.at(node.span, message));
                continue;
            };
            let more = more.into_iter().filter(|(key, _)| known.insert(key.value.clone()));
            entries.extend(more);
        }
    }
    entries
}

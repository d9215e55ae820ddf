//! Reads an overlay: its version, what it is for, and its actions.

use super::relative::Pointer;
use super::{Action, Change, CopyFrom, Nearest, OnlyFor, Overlay, Target};
use crate::codes;
use crate::diagnostic::Report;
use crate::document::Version;
use crate::documents::{name, reference};
use crate::jsonpath::JsonPath;
use crate::node::{Node, Value};
use crate::reader::{Context, ObjectReader, repeated_keys};
use crate::source::Source;
use crate::span::{Span, Spanned};

/// Reads an overlay. What is wrong is reported, and the rest is given.
pub(super) fn overlay(source: &Source, node: &Node, report: &mut Report) -> Option<Overlay> {
    // Overlays have versions of their own.
    let mut cx = Context::new(Version::V3_2);
    let overlay = read(source, node, &mut cx);
    report.extend(cx.report);
    overlay
}

fn read(source: &Source, node: &Node, cx: &mut Context) -> Option<Overlay> {
    let mut object = ObjectReader::new(node, "Overlay Object", cx)?;
    let version = object.required_text("overlay");
    let is_later = match version.value.split('.').collect::<Vec<_>>().as_slice() {
        ["1", "0", _] => false,
        ["1", "1", _] => true,
        _ if version.value.is_empty() => true,
        _ => {
            let message = format!("expected the version 1.0.0 or 1.1.0, found `{}`", version.value);
            object.context().push(codes::UNKNOWN_VERSION.at(version.span, message));
            true
        }
    };
    if object.require("info").is_some() {
        object.read("info", info);
    }
    let extends = object.string("extends");
    object.require("actions");
    let is_empty = node
        .get("actions")
        .and_then(Node::as_array)
        .is_some_and(<[_]>::is_empty);
    let span = object.span();
    let actions = object.list("actions", |it, cx| action(source, it, is_later, cx));
    if is_empty {
        let message = "expected at least one action in `actions` of the Overlay Object";
        object.context().push(codes::WRONG_VALUE.at(span.first_byte(), message));
    }
    object.finish();
    Some(Overlay {
        only_for: extends.and_then(|text| only_for(source, text)),
        actions,
        was_tried: false,
    })
}

/// What a relative `extends` means. An address on the web says what the overlay was written for, and nothing is fetched.
fn only_for(source: &Source, text: Spanned<String>) -> Option<OnlyFor> {
    (!reference::is_remote(&text.value)).then(|| OnlyFor {
        file: name::relative(&source.name, &text.value),
        text,
        is_met: false,
    })
}

fn info(node: &Node, cx: &mut Context) -> Option<()> {
    let mut object = ObjectReader::new(node, "Info Object", cx)?;
    object.required_string("title");
    object.required_text("version");
    object.string("description");
    object.finish();
    Some(())
}

fn action(source: &Source, node: &Node, is_later: bool, cx: &mut Context) -> Option<Action> {
    let mut object = ObjectReader::new(node, "Action Object", cx)?;
    let target = object.require_string("target");
    object.string("description");
    let remove = object.entry("remove");
    let removes = object.flag("remove");
    let update = object.entry("update");
    let copy = object.entry("copy");
    let copied = object.string("copy");
    let copy_from_key = object.entry("x-copy-from").map(|(key, _)| key);
    let copy_from = copy_from(&mut object);
    let is_optional = object.flag("x-optional");
    let span = object.span();
    object.finish();
    if let Some((key, _)) = copy.filter(|_| !is_later) {
        let message = "`copy` is a key of Overlay 1.1, and this overlay is of 1.0";
        let found = codes::UNKNOWN_KEY.at(key, message);
        cx.push(found.help("write `overlay: 1.1.0`"));
        return None;
    }
    let keys = [
        remove.filter(|_| removes).map(|(key, _)| ("remove", key)),
        update.map(|(key, _)| ("update", key)),
        copy.map(|(key, _)| ("copy", key)),
        copy_from_key.map(|key| ("x-copy-from", key)),
    ];
    only_change(&keys.into_iter().flatten().collect::<Vec<_>>(), span, cx)?;
    let change = match (removes, update, copied) {
        (true, ..) => Change::Remove,
        (_, Some((_, value)), _) => {
            check_keys(value, cx);
            Change::Update(value.clone())
        }
        (_, _, Some(copy)) => Change::Copy(self::target(source, copy, cx)?),
        _ => Change::CopyFrom(copy_from?),
    };
    Some(Action {
        target: self::target(source, target?, cx)?,
        change,
        takes_primitives: is_later,
        is_optional,
        is_met: false,
        nearest: Nearest::default(),
    })
}

/// Checks that an action has one change, or one that leaves nothing to change for the others.
fn only_change(keys: &[(&str, Span)], action: Span, cx: &mut Context) -> Option<()> {
    match keys {
        [] => {
            let message = "missing key `update`, `copy` or `remove` in the Action Object";
            cx.push(codes::MISSING_KEY.at(action.first_byte(), message));
            None
        }
        [("remove", _), others @ ..] => {
            for (name, key) in others {
                let message = format!("`{name}` has no effect beside `remove`");
                cx.push(codes::IGNORED_CHANGE.at(*key, message));
            }
            Some(())
        }
        [_] => Some(()),
        [(first, _), (second, key), ..] => {
            let message = format!("an action has either `{first}` or `{second}`, and neither counts where it has both");
            cx.push(codes::OVERLAY_CONFLICT.at(*key, message));
            None
        }
    }
}

/// `x-copy-from`, a relative JSON Pointer or several.
fn copy_from(object: &mut ObjectReader<'_, '_>) -> Option<CopyFrom> {
    let (_, node) = object.entry("x-copy-from")?;
    let texts = node.as_array().unwrap_or(std::slice::from_ref(node));
    let mut pointers = Vec::new();
    for text in texts {
        match text.as_str().and_then(Pointer::parse) {
            Some(pointer) => pointers.push(pointer),
            None => {
                let message = "expected a relative JSON Pointer such as `2/get/summary` in `x-copy-from`";
                object.context().push(codes::WRONG_VALUE.at(text.span, message));
            }
        }
    }
    if texts.is_empty() {
        let message = "expected at least one relative JSON Pointer in `x-copy-from`";
        object.context().push(codes::WRONG_VALUE.at(node.span, message));
    }
    let span = node.span;
    if let Some(without) = object.string("x-copy-without") {
        pointers = pointers.into_iter().map(|it| it.without(&without.value)).collect();
    }
    (!pointers.is_empty() && pointers.len() == texts.len()).then_some(CopyFrom { span, pointers })
}

fn target(source: &Source, text: Spanned<String>, cx: &mut Context) -> Option<Target> {
    match JsonPath::parse(&text.value) {
        Ok(path) => Some(Target {
            span: text.span,
            text: text.value,
            path,
        }),
        Err(fault) => {
            let span = part_of(source, &text, fault.range.start, fault.range.end);
            cx.push(codes::INVALID_JSON_PATH.at(span, fault.message));
            None
        }
    }
}

/// The place of some bytes of a string, the whole string where it is not written as it is read.
fn part_of(source: &Source, string: &Spanned<String>, start: usize, end: usize) -> Span {
    let span = string.span;
    let written = source.text.get(span.start as usize..span.end as usize);
    let written = written.unwrap_or_default();
    let quoted = written.get(1..written.len().saturating_sub(1));
    let before = match &string.value {
        value if written == value => 0,
        value if quoted == Some(value) => 1,
        _ => return span,
    };
    let byte = |it: usize| {
        span.start
            .saturating_add(u32::try_from(before + it).unwrap_or(u32::MAX))
    };
    Span::new(span.source, byte(start), byte(end))
}

/// Reports keys that stand twice: merged, the second would be taken for a change of the first.
fn check_keys(node: &Node, cx: &mut Context) {
    match &node.value {
        Value::Object(entries) => {
            repeated_keys(entries, format_args!("this object"), cx);
            entries.iter().for_each(|(_, it)| check_keys(it, cx));
        }
        Value::Array(items) => items.iter().for_each(|it| check_keys(it, cx)),
        _ => {}
    }
}

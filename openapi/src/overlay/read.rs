//! Reads an overlay: its version, what it is for, and its actions.

use super::{Action, Change, Nearest, OnlyFor, Overlay, Target};
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
    let has_actions = !object.has("actions");
    let span = object.span();
    let actions = object.list("actions", |it, cx| action(source, it, is_later, cx));
    if actions.is_empty() && !has_actions {
        let message = "expected at least one action in `actions` of the Overlay Object";
        object.context().push(codes::WRONG_VALUE.at(span.first_byte(), message));
    }
    object.finish();
    Some(Overlay {
        only_for: extends.and_then(|text| only_for(source, text)),
        actions,
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
    let update = object.entry("update");
    let copy_key = object.entry("copy").map(|(key, _)| key);
    let copy = object.string("copy");
    let remove = object.flag("remove");
    let span = object.span();
    object.finish();
    if let Some(key) = copy_key.filter(|_| !is_later) {
        let message = "`copy` is a key of Overlay 1.1, and this overlay is of 1.0";
        let found = codes::UNKNOWN_KEY.at(key, message);
        cx.push(found.help("write `overlay: 1.1.0`"));
        return None;
    }
    let ignored = |key: Span, name, by, cx: &mut Context| {
        let message = format!("`{name}` has no effect beside `{by}`");
        cx.push(codes::IGNORED_CHANGE.at(key, message));
    };
    let change = match (remove, update, copy) {
        (true, ..) => {
            update.map(|(key, _)| ignored(key, "update", "remove", cx));
            copy_key.map(|key| ignored(key, "copy", "remove", cx));
            Change::Remove
        }
        (false, Some((key, _)), Some(_)) => {
            let message = "an action has either `update` or `copy`, and neither counts where it has both";
            cx.push(codes::OVERLAY_CONFLICT.at(key, message));
            return None;
        }
        (false, Some((_, value)), None) => {
            check_keys(value, cx);
            Change::Update(value.clone())
        }
        (false, None, Some(copy)) => Change::Copy(self::target(source, copy, cx)?),
        (false, None, None) => {
            let message = "missing key `update`, `copy` or `remove` in the Action Object";
            if copy_key.is_none() {
                cx.push(codes::MISSING_KEY.at(span.first_byte(), message));
            }
            return None;
        }
    };
    Some(Action {
        target: self::target(source, target?, cx)?,
        change,
        takes_primitives: is_later,
        is_met: false,
        nearest: Nearest::default(),
    })
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

//! Reads nodes as the types that they should have.

use crate::codes;
use std::collections::HashMap;
use std::fmt::Arguments;

use super::Context;
use crate::node::{Node, Number, Value};
use crate::span::{Span, Spanned};

/// How many bytes a string may have.
const LONGEST_STRING: usize = 1024 * 1024;

/// A string; `place` says in a message what the node is.
pub fn as_string(node: &Node, place: Arguments<'_>, cx: &mut Context) -> Option<Spanned<String>> {
    match &node.value {
        Value::String(text) if text.len() > LONGEST_STRING => {
            let message = format!(
                "{place} must be at most {LONGEST_STRING} bytes long, found {}",
                text.len()
            );
            cx.push(codes::WRONG_VALUE.at(node.span, message));
            None
        }
        Value::String(text) => Some(Spanned::new(text.clone(), node.span)),
        _ => wrong_type(node, place, "a string", cx),
    }
}

/// `true` or `false`.
pub fn as_bool(node: &Node, place: Arguments<'_>, cx: &mut Context) -> Option<Spanned<bool>> {
    match node.value {
        Value::Bool(value) => Some(Spanned::new(value, node.span)),
        _ => wrong_type(node, place, "a boolean", cx),
    }
}

/// A number.
pub fn as_number(node: &Node, place: Arguments<'_>, cx: &mut Context) -> Option<Spanned<Number>> {
    match &node.value {
        Value::Number(number) => Some(Spanned::new(number.clone(), node.span)),
        _ => wrong_type(node, place, "a number", cx),
    }
}

/// A whole number from 0, however it is written.
pub fn as_unsigned(node: &Node, place: Arguments<'_>, cx: &mut Context) -> Option<Spanned<u64>> {
    let number = as_number(node, place, cx)?;
    let value = number.value.as_u64();
    if value.is_none() {
        let found = number.value.as_str();
        let message = format!("{place} must be a whole number from 0 to {}, found {found}", u64::MAX);
        cx.push(codes::WRONG_VALUE.at(node.span, message));
    }
    value.map(|value| Spanned::new(value, node.span))
}

/// The items of an array; none where it is something else.
pub fn as_list<'n>(node: &'n Node, place: Arguments<'_>, cx: &mut Context) -> &'n [Node] {
    match &node.value {
        Value::Array(items) => items,
        _ => {
            wrong_type::<()>(node, place, "an array", cx);
            &[]
        }
    }
}

/// The entries of an object whose keys are names, each name once; none where it is something else.
pub fn as_map<'n>(
    node: &'n Node,
    place: Arguments<'_>,
    cx: &mut Context,
) -> impl Iterator<Item = &'n (Spanned<String>, Node)> + use<'n> {
    let entries = expect_object(node, place, cx).unwrap_or_default();
    let repeated = repeated_keys(entries, place, cx);
    entries
        .iter()
        .zip(repeated)
        .filter(|(_, repeated)| !repeated)
        .map(|(entry, _)| entry)
}

/// The entries of an object, as they stand.
pub fn expect_object<'n>(
    node: &'n Node,
    place: Arguments<'_>,
    cx: &mut Context,
) -> Option<&'n [(Spanned<String>, Node)]> {
    match &node.value {
        Value::Object(entries) => Some(entries),
        Value::Null if cx.is_lenient() => {
            let message = format!("{place} is null, and is read as if it were empty");
            cx.push(codes::WRONG_TYPE.at(node.span, message).as_warning());
            Some(&[])
        }
        _ => wrong_type(node, place, "an object", cx),
    }
}

/// Reports each key that stands in the object before, and says which ones they are.
pub(crate) fn repeated_keys(entries: &[(Spanned<String>, Node)], place: Arguments<'_>, cx: &mut Context) -> Vec<bool> {
    let mut large = HashMap::new();
    let mut first_place = |index: usize, key: &Spanned<String>| -> Option<Span> {
        // Most objects are so small that comparing is faster than hashing.
        if entries.len() <= 12 {
            let before = entries.iter().take(index);
            return before
                .map(|(it, _)| it)
                .find(|it| it.value == key.value)
                .map(|it| it.span);
        }
        let first = *large.entry(key.value.as_str().to_owned()).or_insert(key.span);
        (first != key.span).then_some(first)
    };
    let mut repeated = Vec::with_capacity(entries.len());
    for (index, (key, _)) in entries.iter().enumerate() {
        let first = first_place(index, key);
        if let Some(first) = first {
            let message = format!("the key `{}` stands twice in {place}", key.value);
            let found = codes::DUPLICATE_KEY.at(key.span, message);
            cx.push(found.related(first, "first here"));
        }
        repeated.push(first.is_some());
    }
    repeated
}

/// Reports a node that is not what it should be.
pub(crate) fn wrong_type<T>(node: &Node, place: Arguments<'_>, expected: &str, cx: &mut Context) -> Option<T> {
    let found = node.kind_name();
    let message = format!("{place} must be {expected}, found {found}");
    let span = if node.as_object().is_some() || node.as_array().is_some() {
        node.span.first_byte()
    } else {
        node.span
    };
    cx.push(codes::WRONG_TYPE.at(span, message));
    None
}

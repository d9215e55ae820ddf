//! Bodies of pairs: `application/x-www-form-urlencoded`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::{BodyError, Encoding, is_json};
use crate::node::Node;
use crate::parameter::{Pair, RESERVED_IN_FORM, UNRESERVED, encode_reserved, pairs};

/// What forms leave alone (URL standard, section 1.3); a space becomes `+`.
const FORM: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'*')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b' ');

/// Encodes the object `value` as pairs, in the order of its members.
pub(crate) fn encode<T: Serialize + ?Sized>(value: &T, encodings: &[Encoding]) -> Result<String, BodyError> {
    let mut form = String::new();
    for (name, value) in super::members(value)? {
        let encoding = encodings.iter().find(|encoding| encoding.property == name);
        add(&name, &value, encoding, &mut form).map_err(|reason| BodyError::of_member(&name, &reason))?;
    }
    Ok(form)
}

fn add(name: &str, value: &Node, encoding: Option<&Encoding>, form: &mut String) -> Result<(), String> {
    if let Some((style, explode)) = encoding.and_then(Encoding::style) {
        let is_reserved = encoding.is_some_and(|encoding| encoding.allow_reserved);
        for pair in pairs(name, value, style, explode)? {
            add_styled(&pair, is_reserved, form);
        }
        return Ok(());
    }
    let is_json = encoding.and_then(|encoding| encoding.content_type).is_some_and(is_json);
    match value {
        Node::List(items) => items.iter().for_each(|item| add_text(name, item, is_json, form)),
        _ => add_text(name, value, is_json, form),
    }
    Ok(())
}

fn add_styled(pair: &Pair, is_reserved: bool, form: &mut String) {
    separate(form);
    form.extend(utf8_percent_encode(&pair.name, UNRESERVED));
    form.push('=');
    for (index, value) in pair.values.iter().enumerate() {
        if index > 0 {
            form.push_str(pair.encoded_separator());
        }
        if is_reserved {
            encode_reserved(value, RESERVED_IN_FORM, form);
        } else {
            form.extend(utf8_percent_encode(value, UNRESERVED));
        }
    }
}

fn add_text(name: &str, value: &Node, is_json: bool, form: &mut String) {
    let text = match value.text() {
        Some(text) if !is_json => text,
        None if *value == Node::Null => return,
        _ => value.to_json().into(),
    };
    separate(form);
    push(name, form);
    form.push('=');
    push(&text, form);
}

fn separate(form: &mut String) {
    if !form.is_empty() {
        form.push('&');
    }
}

fn push(text: &str, form: &mut String) {
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            form.push('+');
        }
        form.extend(utf8_percent_encode(word, FORM));
    }
}

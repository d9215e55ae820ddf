//! Reads the Request Body Object and the Media Type Object.

use super::{example, inline, schema};
use crate::codes;
use crate::document::{MediaType, RequestBody, Version};
use crate::node::Node;
use crate::reader::{Context, ObjectReader};
use crate::span::Spanned;

const LATER: &[(&str, Version)] = &[
    ("description", Version::V3_2),
    ("itemSchema", Version::V3_2),
    ("prefixEncoding", Version::V3_2),
    ("itemEncoding", Version::V3_2),
];

pub(super) fn request_body(node: &Node, cx: &mut Context) -> Option<RequestBody> {
    let mut object = ObjectReader::new(node, "Request Body Object", cx)?;
    let description = object.string("description");
    object.require("content");
    Some(RequestBody {
        span: node.span,
        description,
        content: content(&mut object),
        required: object.flag("required"),
        extensions: object.finish(),
    })
}

/// Takes `content`: media types by name. What is none is left out where there is one, since it is
/// then a key of another object.
pub(super) fn content(object: &mut ObjectReader<'_, '_>) -> Vec<(Spanned<String>, MediaType)> {
    let is_type = |it: &str| it.contains('/');
    let mut some_type = false;
    object.read("content", |node, _| {
        some_type = node.as_object()?.iter().any(|(name, _)| is_type(&name.value));
        Some(())
    });
    object.map("content", |name, node, cx| {
        if !is_type(&name.value) {
            let found = &name.value;
            let message = format!("expected a media type such as `application/json`, found `{found}`");
            let finding = codes::WRONG_MEDIA_TYPE.at(name.span, message);
            let help = some_type.then(|| "the entry is ignored".to_owned());
            cx.push(finding.maybe_help(help));
            if some_type {
                return None;
            }
        }
        media_type(node, cx)
    })
}

/// Reads a media type, or the one that is referred to (3.2) in its place.
pub(super) fn media_type(node: &Node, cx: &mut Context) -> Option<MediaType> {
    inline::in_place(node, cx, media_type_itself)
}

fn media_type_itself(node: &Node, cx: &mut Context) -> Option<MediaType> {
    let mut object = ObjectReader::new(node, "Media Type Object", cx)?.later(LATER);
    // It is in the examples of the specification of 3.2, and in none of its lists.
    object.string("description");
    let schema = object.read("schema", schema::one);
    let item_schema = object.read("itemSchema", schema::one);
    let encoding = object.raw_object("encoding");
    let item_encoding = item_encoding(&mut object);
    if let (Some(encoding), Some(_)) = (&encoding, &item_encoding) {
        let message = "`encoding` must not stand beside `prefixEncoding` or `itemEncoding`";
        let found = codes::WRONG_ENCODING.at(encoding.span.first_byte(), message);
        object.context().push(found);
    }
    let examples = example::examples(&mut object);
    Some(MediaType {
        span: node.span,
        schema,
        item_schema,
        encoding,
        item_encoding,
        examples,
        extensions: object.finish(),
    })
}

fn item_encoding(object: &mut ObjectReader<'_, '_>) -> Option<Node> {
    let prefix = object.entry("prefixEncoding");
    let item = object.raw_object("itemEncoding");
    let Some((key, prefix)) = prefix else { return item };
    if item.is_some() {
        let message = "`prefixEncoding` beside `itemEncoding` is not supported";
        object.context().push(codes::MIXED_ENCODING.at(key, message));
    }
    Some(prefix.clone())
}

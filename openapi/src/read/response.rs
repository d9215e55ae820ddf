//! Reads the Responses Object and the Response Object.

use super::{body, parameter, reference};
use crate::codes;
use crate::document::{MediaType, RefOr, Response, Version};
use crate::node::Node;
use crate::reader::{Context, ObjectReader};
use crate::span::{Span, Spanned};

pub(super) fn responses(node: &Node, cx: &mut Context) -> Option<Vec<(Spanned<String>, RefOr<Response>)>> {
    let (entries, _) = ObjectReader::new(node, "Responses Object", cx)?.finish_names();
    let read = entries.into_iter().filter_map(|(status, node)| {
        let status = check_status(status, cx)?;
        Some((status, response_or_reference(node, cx)?))
    });
    Some(read.collect())
}

/// What stands in for responses that are absent, as they may be since 3.1: any answer, with its body as it is.
pub(super) fn undocumented(span: Span) -> Vec<(Spanned<String>, RefOr<Response>)> {
    let body = MediaType {
        span,
        ..MediaType::default()
    };
    let response = Response {
        span,
        description: Some(Spanned::new("Any response: none is documented.".to_owned(), span)),
        content: vec![(Spanned::new("*/*".to_owned(), span), body)],
        ..Response::default()
    };
    vec![(Spanned::new("default".to_owned(), span), RefOr::Item(response))]
}

/// The status as the specification writes it. In a stranger's document what is none is left out.
fn check_status(status: &Spanned<String>, cx: &mut Context) -> Option<Spanned<String>> {
    let text = status.value.as_str();
    let known = match text.as_bytes() {
        [b'1'..=b'5', b'X', b'X'] => true,
        [b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => {
            let range = text.to_ascii_uppercase();
            let message = format!("a range of statuses is written `{range}`, found `{text}`");
            cx.push(codes::WRONG_STATUS.at(status.span, message).as_warning());
            return Some(Spanned::new(range, status.span));
        }
        [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] => true,
        _ => text == "default",
    };
    if !known {
        let left_out = if cx.is_lenient() {
            ": the response is left out"
        } else {
            ""
        };
        let message = format!("expected a status such as `200`, `4XX` or `default`, found `{text}`{left_out}");
        cx.push_lenient(codes::WRONG_STATUS.at(status.span, message));
    }
    Some(status.clone()).filter(|_| known || !cx.is_lenient())
}

pub(super) fn response_or_reference(node: &Node, cx: &mut Context) -> Option<RefOr<Response>> {
    reference::reference_or(node, cx, response)
}

/// Only people read it, so nothing is wrong with what is made of a response without.
fn no_description<T>(node: &Node, object: &mut ObjectReader<'_, '_>) -> Option<T> {
    if !object.has("description") {
        let message = "missing key `description` in the Response Object";
        let found = codes::MISSING_DESCRIPTION.at(node.span.first_byte(), message);
        object.context().push(found);
    }
    None
}

fn response(node: &Node, cx: &mut Context) -> Option<Response> {
    let version = cx.version;
    let later = &[("summary", Version::V3_2)];
    let mut object = ObjectReader::new(node, "Response Object", cx)?.later(later);
    let summary = object.string("summary");
    // Required until 3.2.
    let description = match version {
        Version::V3_2 => object.string("description"),
        _ => object
            .string("description")
            .or_else(|| no_description(node, &mut object)),
    };
    let headers = object.map("headers", |name, node, cx| {
        if name.value.eq_ignore_ascii_case("content-type") {
            let message = "a response header `Content-Type` is ignored, the keys of `content` say it";
            cx.push(codes::NO_EFFECT.at(name.span, message));
        }
        parameter::header_or_reference(node, cx)
    });
    Some(Response {
        span: node.span,
        summary,
        description,
        headers,
        content: body::content(&mut object),
        links: object.raw_object("links"),
        extensions: object.finish(),
    })
}

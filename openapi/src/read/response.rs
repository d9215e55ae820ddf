//! The Responses Object and the Response Object.

use super::{body, parameter, reference};
use crate::diagnostic::Diagnostic;
use crate::document::{RefOr, Response, Version};
use crate::node::Node;
use crate::reader::{Context, ObjectReader};
use crate::span::Spanned;

pub(super) fn responses(node: &Node, cx: &mut Context) -> Option<Vec<(Spanned<String>, RefOr<Response>)>> {
    let (entries, _) = ObjectReader::new(node, "Responses Object", cx)?.finish_names();
    let read = entries.into_iter().filter_map(|(status, node)| {
        check_status(status, cx);
        Some((status.clone(), response_or_reference(node, cx)?))
    });
    Some(read.collect())
}

fn check_status(status: &Spanned<String>, cx: &mut Context) {
    let text = status.value.as_str();
    let known = match text.as_bytes() {
        [b'1'..=b'5', b'X', b'X'] => true,
        [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] => true,
        _ => text == "default",
    };
    if !known {
        let message = format!("expected a status such as `200`, `4XX` or `default`, found `{text}`");
        cx.push(Diagnostic::error("wrong-status", status.span, message));
    }
}

pub(super) fn response_or_reference(node: &Node, cx: &mut Context) -> Option<RefOr<Response>> {
    reference::reference_or(node, cx, response)
}

fn response(node: &Node, cx: &mut Context) -> Option<Response> {
    let version = cx.version;
    let later = &[("summary", Version::V3_2)];
    let mut object = ObjectReader::new(node, "Response Object", cx)?.later(later);
    let summary = object.string("summary");
    // Required until 3.2.
    let description = match version {
        Version::V3_2 => object.string("description"),
        _ => Some(object.required_string("description")),
    };
    let headers = object.map("headers", |name, node, cx| {
        if name.value.eq_ignore_ascii_case("content-type") {
            let message = "a response header `Content-Type` is ignored, the keys of `content` say it";
            cx.push(Diagnostic::warning("no-effect", name.span, message));
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

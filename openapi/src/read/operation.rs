//! Reads the Operation Object.

use super::{body, callback, info, inline, parameter, reference, response, security, server};
use crate::codes;
use crate::document::{Operation, Version};
use crate::node::Node;
use crate::reader::{Context, ObjectReader};

/// Reads an operation. A reference in place of one is not by the letter, and descriptions that are
/// spread over many files have it.
pub(super) fn operation(node: &Node, cx: &mut Context) -> Option<Operation> {
    inline::in_place(node, cx, operation_itself)
}

fn operation_itself(node: &Node, cx: &mut Context) -> Option<Operation> {
    let version = cx.version;
    let mut object = ObjectReader::new(node, "Operation Object", cx)?;
    let operation_id = object.string("operationId");
    let tags = object.strings("tags");
    let summary = object.string("summary");
    let description = object.string("description");
    info::external_documentation(&mut object);
    let parameters = object.list("parameters", parameter::parameter_or_reference);
    let request_body = object.read("requestBody", |node, cx| {
        reference::reference_or(node, cx, body::request_body)
    });
    if version == Version::V3_0 && !object.has("responses") {
        let message = "missing key `responses` in the Operation Object";
        let found = codes::MISSING_KEY.at(node.span.first_byte(), message);
        object.context().push_lenient(found);
    }
    let responses = object.read("responses", response::responses);
    // None at all is not by the letter, and can mean nothing else.
    let responses = responses.filter(|it| !it.is_empty());
    let responses = responses.unwrap_or_else(|| response::undocumented(node.span));
    Some(Operation {
        span: node.span,
        operation_id,
        tags,
        summary,
        description,
        parameters,
        request_body,
        responses,
        callbacks: object.map("callbacks", |_, item, cx| callback::callback_or_reference(item, cx)),
        deprecated: object.flag("deprecated"),
        security: object.read("security", security::requirements),
        servers: object.list("servers", server::server),
        extensions: object.finish(),
    })
}

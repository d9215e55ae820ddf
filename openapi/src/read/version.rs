//! Decides which OpenAPI version a document is read by.

use crate::codes;
use crate::diagnostic::{Diagnostic, Report};
use crate::document::Version;
use crate::node::Node;
use crate::span::Span;

/// The version that the document names, or `None` and a finding.
pub(crate) fn version(node: &Node, report: &mut Report) -> Option<Version> {
    if let Some(swagger) = node.get("swagger") {
        let message = "this is a Swagger 2.0 description, expected OpenAPI 3.0, 3.1 or 3.2";
        report.push(codes::SWAGGER_2.at(swagger.span, message));
        return None;
    }
    let Some(found) = node.get("openapi") else {
        let message = match node.as_object() {
            Some(_) => "missing key `openapi`: this is not an OpenAPI document".to_owned(),
            None => format!("an OpenAPI document must be an object, found {}", node.kind_name()),
        };
        let span = node.span.first_byte();
        report.push(codes::MISSING_VERSION.at(span, message));
        return None;
    };
    let number = found.as_number().map(|it| it.as_str());
    if number.is_some_and(|it| parse(it).is_some()) {
        let message = "`openapi` must be a string, found a number";
        report.push(codes::UNQUOTED_TEXT.at(found.span, message));
    }
    let version = found.as_str().or(number).and_then(parse);
    if version.is_none() {
        report.push(unknown(found.span, found));
    }
    version
}

fn parse(text: &str) -> Option<Version> {
    let mut parts = text.splitn(3, '.');
    let version = match (parts.next(), parts.next()) {
        (Some("3"), Some("0")) => Version::V3_0,
        (Some("3"), Some("1")) => Version::V3_1,
        (Some("3"), Some("2")) => Version::V3_2,
        _ => return None,
    };
    // `3.1` is not a version by the letter, and can mean nothing else.
    let patch = parts.next().unwrap_or("0");
    patch.starts_with(|it: char| it.is_ascii_digit()).then_some(version)
}

fn unknown(span: Span, found: &Node) -> Diagnostic {
    let found = match found.as_str() {
        Some(text) => format!("`{text}`"),
        None => found.kind_name().to_owned(),
    };
    let message = format!("unknown OpenAPI version, expected 3.0, 3.1 or 3.2, found {found}");
    codes::UNKNOWN_VERSION.at(span, message)
}

//! Decides how a media type is written, and how each member of a form is encoded.

use tablature_openapi::document::{JsonType, MediaType, Schema};
use tablature_openapi::node::{Node, Value};
use tablature_openapi::{Span, Spanned};

use crate::codes;
use crate::ir::{BodyFormat, Encoding, Style};
use crate::lower::ask::media_type::{essence, is_json, is_yaml};
use crate::lower::ask::nested_values;
use crate::lower::context::Context;

/// How a body of a media type is written.
pub fn of<'d>(context: &mut Context<'d>, media_type: &Spanned<String>, media: &'d MediaType) -> BodyFormat {
    let essence = essence(&media_type.value);
    if is_json(&media_type.value) || is_yaml(&essence) {
        BodyFormat::Json
    } else if essence == "application/x-www-form-urlencoded" {
        BodyFormat::Form(encodings(context, media))
    } else if essence.starts_with("multipart/") {
        if essence != "multipart/form-data" {
            let message = format!("a body of `{essence}` is not taken");
            context.ask.refuse(
                codes::UNSUPPORTED_MEDIA_TYPE
                    .at(media_type.span, message)
                    .help("describe it as `multipart/form-data`"),
            );
        }
        BodyFormat::Multipart(encodings(context, media))
    } else if essence.starts_with("text/") {
        BodyFormat::Text
    } else if essence.contains('*') && media.schema.as_ref().is_some_and(|it| is_structured(context, it)) {
        BodyFormat::Json
    } else if essence.contains('*') {
        BodyFormat::File
    } else {
        BodyFormat::Bytes
    }
}

/// The media type that is sent: of a range its commonest member, unless a file names it.
pub fn sent<'a>(media_type: &'a str, format: &BodyFormat) -> &'a str {
    match format {
        _ if !media_type.contains('*') => media_type,
        BodyFormat::Json => "application/json",
        BodyFormat::Text => "text/plain",
        _ => media_type,
    }
}

/// Whether a schema describes an object or a list.
pub fn is_structured<'d>(context: &Context<'d>, schema: &'d Schema) -> bool {
    let target = context.ask.target(schema);
    let named = |it: &Spanned<JsonType>| matches!(it.value, JsonType::Object | JsonType::Array);
    target.types.iter().any(named) || !target.properties.is_empty() || !target.all_of.is_empty()
}

/// The Encoding Objects of a form, by member.
fn encodings<'d>(context: &mut Context<'d>, media: &'d MediaType) -> Vec<Encoding> {
    if let Some(other) = &media.item_encoding {
        let message = "encodings by position are not taken";
        context.ask.refuse(
            codes::UNSUPPORTED_ENCODING
                .at(other.span, message)
                .help("use `encoding` with the names of members"),
        );
    }
    let entries = media.encoding.as_ref().and_then(Node::as_object).unwrap_or_default();
    let mut out = Vec::new();
    for (property, node) in entries {
        let text = |key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
        let flag = |key: &str| node.get(key).and_then(Node::as_bool);
        if let Some(headers) = node
            .get("headers")
            .filter(|it| matches!(&it.value, Value::Object(it) if !it.is_empty()))
        {
            let message = "headers of a part are not taken";
            context.ask.refuse(
                codes::UNSUPPORTED_ENCODING
                    .at(headers.span, message)
                    .help("leave them out"),
            );
        }
        let encoding = Encoding {
            property: property.value.clone(),
            content_type: text("contentType"),
            style: text("style").and_then(|it| style(&it)),
            explode: flag("explode"),
            reserved: flag("allowReserved").unwrap_or_default(),
        };
        check_nested(context, media, (&encoding, property.span));
        out.push(encoding);
    }
    out
}

/// A member that has a style is written as a parameter of the query is.
fn check_nested<'d>(context: &mut Context<'d>, media: &'d MediaType, (encoding, span): (&Encoding, Span)) {
    let has_style = encoding.style.is_some() || encoding.explode.is_some() || encoding.reserved;
    let Some(schema) = media.schema.as_ref().filter(|_| has_style) else {
        return;
    };
    let target = context.ask.target(schema);
    let shape = context.ask.shape(target);
    if let Some(member) = shape.properties.iter().find(|it| it.name == encoding.property) {
        let styled = nested_values::Styled {
            name: &encoding.property,
            style: encoding.style.unwrap_or(Style::Form),
            pairs: encoding.style.unwrap_or(Style::Form) == Style::Form && encoding.explode.unwrap_or(true),
            span,
        };
        let help = "leave `style`, `explode` and `allowReserved` out, which makes it JSON";
        nested_values::check(&context.ask, styled, member.value.schema, help);
    }
}

fn style(name: &str) -> Option<Style> {
    match name {
        "form" => Some(Style::Form),
        "spaceDelimited" => Some(Style::SpaceDelimited),
        "pipeDelimited" => Some(Style::PipeDelimited),
        "deepObject" => Some(Style::DeepObject),
        _ => None,
    }
}

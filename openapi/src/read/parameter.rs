//! Reads the Parameter Object and the Header Object.

use super::{body, example, reference, schema};
use crate::codes;
use crate::document::{Parameter, ParameterLocation, RefOr, Version};
use crate::nearest::did_you_mean;
use crate::node::Node;
use crate::reader::{Context, ObjectReader};
use crate::span::Spanned;

pub(super) fn parameter_or_reference(node: &Node, cx: &mut Context) -> Option<RefOr<Parameter>> {
    reference::reference_or(node, cx, parameter)
}

pub(super) fn header_or_reference(node: &Node, cx: &mut Context) -> Option<RefOr<Parameter>> {
    reference::reference_or(node, cx, header)
}

fn parameter(node: &Node, cx: &mut Context) -> Option<Parameter> {
    let mut object = ObjectReader::new(node, "Parameter Object", cx)?;
    let name = object.required_string("name");
    let location = object.require_string("in");
    let location = location.and_then(|it| read_location(it, object.context()));
    // Without a place the rest is read all the same, for what else is wrong with it.
    let located = location.is_some();
    let location = location.unwrap_or(Spanned::new(ParameterLocation::Query, node.span));
    let mut parameter = rest(name, location, object);
    check_name(&parameter, cx);
    if located {
        check_parameter(&mut parameter, cx);
    }
    Some(parameter)
}

fn header(node: &Node, cx: &mut Context) -> Option<Parameter> {
    let object = ObjectReader::new(node, "Header Object", cx)?;
    let name = Spanned::new(String::new(), node.span);
    let location = Spanned::new(ParameterLocation::Header, node.span);
    let header = rest(name, location, object);
    check_style(&header, cx);
    check_empty_value(&header, cx);
    check_content(&header, "a Header Object", cx);
    Some(header)
}

/// What both objects have.
fn rest(name: Spanned<String>, location: Spanned<ParameterLocation>, mut object: ObjectReader<'_, '_>) -> Parameter {
    Parameter {
        span: object.span(),
        name,
        location,
        description: object.string("description"),
        required: object.flag("required"),
        deprecated: object.flag("deprecated"),
        allow_empty_value: object.boolean("allowEmptyValue"),
        style: object.string("style"),
        explode: object.boolean("explode"),
        allow_reserved: object.boolean("allowReserved"),
        schema: object.read("schema", schema::one),
        content: body::content(&mut object),
        examples: example::examples(&mut object),
        extensions: object.finish(),
    }
}

fn read_location(text: Spanned<String>, cx: &mut Context) -> Option<Spanned<ParameterLocation>> {
    let location = match text.value.as_str() {
        "path" => ParameterLocation::Path,
        "query" => ParameterLocation::Query,
        "header" => ParameterLocation::Header,
        "cookie" => ParameterLocation::Cookie,
        "querystring" if cx.version >= Version::V3_2 => ParameterLocation::Querystring,
        other => {
            let help = match other {
                "querystring" => Some(format!(
                    "`querystring` is of OpenAPI 3.2, and this document is of OpenAPI {}",
                    cx.version
                )),
                "body" | "formData" => {
                    Some("what Swagger 2.0 has as a parameter is `requestBody` of the operation".to_owned())
                }
                _ => did_you_mean(other, ["path", "query", "header", "cookie"]),
            };
            let message = format!("`in` must be `path`, `query`, `header` or `cookie`, found `{other}`");
            let found = codes::WRONG_VALUE.at(text.span, message);
            cx.push(found.maybe_help(help));
            return None;
        }
    };
    Some(Spanned::new(location, text.span))
}

fn check_name(parameter: &Parameter, cx: &mut Context) {
    let name = &parameter.name;
    if name.value.is_empty() && name.span != parameter.span {
        cx.push(codes::WRONG_VALUE.at(name.span, "`name` of a parameter must not be empty"));
    }
    let token = |it: char| it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(it);
    if parameter.location.value == ParameterLocation::Header && !name.value.chars().all(token) {
        let message = format!("expected the name of a header, found `{}`", name.value);
        cx.push(codes::WRONG_VALUE.at(name.span, message));
    }
    let ignored = ["accept", "content-type", "authorization"];
    let lower = name.value.to_ascii_lowercase();
    if parameter.location.value == ParameterLocation::Header && ignored.contains(&lower.as_str()) {
        let message = format!("a header parameter `{}` is ignored by the rules of OpenAPI", name.value);
        let help = match lower.as_str() {
            "authorization" => "describe it as a security scheme",
            _ => "the keys of `content` of the request body and of the responses say it",
        };
        cx.push(codes::IGNORED_PARAMETER.at(name.span, message).help(help));
    }
}

fn check_parameter(parameter: &mut Parameter, cx: &mut Context) {
    let location = parameter.location.value;
    if location == ParameterLocation::Path && !parameter.required {
        let message = format!(
            "the path parameter `{}` must be `required: true`, and is read as if it were",
            parameter.name.value
        );
        cx.push(codes::PATH_PARAMETER_REQUIRED.at(parameter.name.span, message));
        parameter.required = true;
    }
    if location == ParameterLocation::Querystring && parameter.content.is_empty() {
        let message = "a parameter in `querystring` must have `content`";
        cx.push(codes::MISSING_KEY.at(parameter.span.first_byte(), message));
    } else {
        check_content(parameter, "a Parameter Object", cx);
    }
    check_style(parameter, cx);
    check_empty_value(parameter, cx);
    check_reserved(parameter, cx);
}

/// Exactly one of `schema` and `content`, and `content` of one media type.
fn check_content(parameter: &Parameter, what: &str, cx: &mut Context) {
    let second = parameter.content.get(1);
    match (&parameter.schema, parameter.content.first()) {
        (None, None) => {
            let message = format!("{what} must have `schema` or `content`");
            cx.push(codes::MISSING_KEY.at(parameter.span.first_byte(), message));
        }
        (Some(schema), Some((media_type, _))) => {
            let message = format!("{what} must not have both `schema` and `content`");
            let found = codes::SCHEMA_AND_CONTENT.at(media_type.span, message);
            cx.push(found.related(schema.span.first_byte(), "`schema` is here"));
        }
        _ => {}
    }
    if let Some((media_type, _)) = second {
        let message = format!("`content` of {what} must have one media type, found another one");
        cx.push(codes::WRONG_CONTENT.at(media_type.span, message));
    }
}

fn check_style(parameter: &Parameter, cx: &mut Context) {
    use ParameterLocation as At;
    let Some(style) = &parameter.style else { return };
    let (place, allowed): (_, &[&str]) = match parameter.location.value {
        At::Path => ("a path parameter", &["simple", "label", "matrix"]),
        At::Query => (
            "a query parameter",
            &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        ),
        At::Header => ("a header", &["simple"]),
        At::Cookie if cx.version >= Version::V3_2 => ("a cookie parameter", &["form", "cookie"]),
        At::Cookie => ("a cookie parameter", &["form"]),
        At::Querystring => ("a parameter in `querystring`", &[]),
    };
    if !allowed.contains(&style.value.as_str()) {
        let expected = match allowed {
            [] => "must have no `style`".to_owned(),
            _ => format!("must have the `style` {}", allowed.join(", ")),
        };
        let message = format!("{place} {expected}, found `{}`", style.value);
        let help = did_you_mean(&style.value, allowed.iter().copied());
        cx.push(codes::WRONG_STYLE.at(style.span, message).maybe_help(help));
    }
}

fn check_empty_value(parameter: &Parameter, cx: &mut Context) {
    let Some(allowed) = &parameter.allow_empty_value else {
        return;
    };
    if parameter.location.value != ParameterLocation::Query {
        let message = "`allowEmptyValue` means something in the query only";
        cx.push(codes::NO_EFFECT.at(allowed.span, message));
    }
}

/// What is sent in a header or a cookie is never encoded, and what is sent in the path always was.
fn check_reserved(parameter: &Parameter, cx: &mut Context) {
    let Some(reserved) = &parameter.allow_reserved else {
        return;
    };
    let means = match parameter.location.value {
        ParameterLocation::Query | ParameterLocation::Querystring => true,
        ParameterLocation::Path => cx.version >= Version::V3_2,
        ParameterLocation::Header | ParameterLocation::Cookie => false,
    };
    if reserved.value && !means {
        let message = "`allowReserved` means something in the query only";
        cx.push(codes::NO_EFFECT.at(reserved.span, message));
    }
}

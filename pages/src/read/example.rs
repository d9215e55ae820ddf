//! JSON examples: valid ones by the hash of their value, damaged ones as such.

use std::ops::Range;

use tablature_openapi::node::{Node, Value};
use tablature_openapi::{Report, Span, json};

use crate::codes;
use crate::facts::{Cell, Example, Role};
use crate::read::Reader;
use crate::text;
use crate::vocabulary::Section;

/// How many digits of the hash of an example are kept.
const DIGITS: usize = 16;

/// Reads preformatted text in a section of examples.
pub(super) fn read(reader: &mut Reader<'_>, span: Span, code: &str, complete: bool) {
    let role = match reader.at.section {
        Some(Section::RequestExample) => Role::Request,
        Some(Section::ResponseExample) => reader.answer_role(),
        _ => return,
    };
    // A request may have its first line and headers before the body.
    let Some(body) = body(code) else { return };
    for line in code.lines().take_while(|it| !it.starts_with(['{', '['])) {
        content_type(reader, line);
    }
    let parse = |text: &str| json::parse(span.source, text, &mut Report::new());
    let mut text = body.to_owned();
    let value = parse(&text).or_else(|| {
        text = without_comments(&text);
        parse(&text)
    });
    let value = value.filter(|_| complete);
    let digest = value.as_ref().map_or(Cell::Lost, |it| Cell::Known(digest(it)));
    if digest.is_lost() {
        let message = "the example is not JSON: the rendering damaged it";
        reader
            .report
            .push(codes::DAMAGED_EXAMPLE.at(span.first_byte(), message));
    }
    if matches!(role, Role::Response(_)) && reader.at.status.is_none() {
        reader.seen.assumed_examples.push(reader.page.examples.len());
    }
    reader.page.examples.push(Example {
        span,
        role,
        operation: reader.at.operation,
        digest,
        text,
    });
}

/// Reads the lines of JSON in the description of a row of operations, as far as the words before them say whether they
/// are of the request, or of the response where the row has one operation.
pub(super) fn in_description(reader: &mut Reader<'_>, span: Span, description: &str, operations: Range<usize>) {
    let mut announced = None;
    for line in description.lines().map(str::trim) {
        let is_json = line.starts_with(['{', '[']);
        let value = json::parse(span.source, line, &mut Report::new()).filter(|_| is_json);
        let Some(value) = value else {
            announced = reader.words.example(line).or(announced);
            continue;
        };
        for index in operations.clone() {
            let method = reader.page.operations.get(index).map_or("", |it| it.method.as_str());
            let is_request = announced == Some(Section::RequestExample) && matches!(method, "POST" | "PUT" | "PATCH");
            let role = match reader.words.success() {
                _ if is_request => Role::Request,
                Some(success) if announced == Some(Section::ResponseExample) && operations.len() == 1 => {
                    Role::Response(success.to_owned())
                }
                _ => continue,
            };
            reader.page.examples.push(Example {
                span,
                role,
                operation: Some(index),
                digest: Cell::Known(digest(&value)),
                text: line.to_owned(),
            });
        }
    }
}

/// Takes the media type that a line among the examples of a request tells: `Content-Type: application/json`.
pub(super) fn content_type(reader: &mut Reader<'_>, text: &str) {
    let named = text
        .split_once(':')
        .filter(|(name, _)| name.trim().eq_ignore_ascii_case("content-type"));
    let is_request = reader.at.section == Some(Section::RequestExample);
    let operation = reader.at.operation.and_then(|it| reader.page.operations.get_mut(it));
    if let (Some((_, value)), Some(operation), true) = (named, operation, is_request) {
        let media_type = value
            .trim()
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        if media_type.contains('/') && !operation.content_types.contains(&media_type) {
            operation.content_types.push(media_type);
        }
    }
}

fn body(code: &str) -> Option<&str> {
    let code = code.trim();
    if code.starts_with(['{', '[', '"']) {
        return Some(code);
    }
    let start = ["\n{", "\n["].iter().filter_map(|it| code.find(it)).min()?;
    code.get(start..).map(str::trim)
}

/// JSON without the comments to the ends of lines that pages write into it.
fn without_comments(text: &str) -> String {
    let line = |line: &str| {
        let mut in_string = false;
        let mut escaped = false;
        let is_comment = |(at, it): &(usize, char)| {
            in_string ^= *it == '"' && !escaped;
            escaped = *it == '\\' && !escaped;
            !in_string && line.get(*at..).is_some_and(|it| it.starts_with("//"))
        };
        let end = line.char_indices().find(is_comment).map_or(line.len(), |(at, _)| at);
        line.get(..end).unwrap_or_default().to_owned() + "\n"
    };
    text.lines().map(line).collect()
}

/// The hash of a JSON value with sorted keys and no white space.
pub(crate) fn digest(value: &Node) -> String {
    let mut canonical = String::new();
    write(value, &mut canonical);
    text::digest(canonical.as_bytes(), DIGITS)
}

fn write(node: &Node, to: &mut String) {
    match &node.value {
        Value::Null => to.push_str("null"),
        Value::Bool(value) => to.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => to.push_str(number.as_str()),
        Value::String(text) => crate::json::quote(text, to),
        Value::Array(items) => {
            to.push('[');
            for item in items {
                write(item, to);
                to.push(',');
            }
            to.push(']');
        }
        Value::Object(entries) => {
            let mut sorted: Vec<_> = entries.iter().collect();
            sorted.sort_by(|a, b| a.0.value.cmp(&b.0.value));
            to.push('{');
            for (key, value) in sorted {
                crate::json::quote(&key.value, to);
                to.push(':');
                write(value, to);
                to.push(',');
            }
            to.push('}');
        }
    }
}

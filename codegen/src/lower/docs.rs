//! Writes rustdoc: what the document says of a thing and the facts about it, as Markdown that rustdoc takes.

use tablature_openapi::document::{JsonType, MediaType, Parameter, ParameterLocation, RequestBody, Response, Schema};
use tablature_openapi::node::{Node, Value};
use tablature_openapi::{Documents, Spanned, extension};

use crate::ir::{Docs, Status};
use crate::lower::ask::input::Input;
use crate::lower::ask::schema::{is_null, only_reference};
use crate::lower::ask::shape::merged::Described;
use crate::lower::docs::type_text::type_text;
use crate::markdown::code;
use crate::names::Ident;

mod operation;
mod paragraphs;
mod provenance;
mod type_text;

pub use operation::{Outcome, operation_docs, switch_docs, switched_docs};
pub use paragraphs::{CleanTexts, Paragraphs};
pub use provenance::{provenance, stated_source};

/// The documentation of the crate.
pub fn crate_docs(documents: &Documents) -> Docs {
    let mut docs = Paragraphs::new();
    let entries = documents.documents().iter().enumerate();
    let mut entries: Vec<_> = entries.filter(|(index, _)| documents.is_entry(*index)).collect();
    let is_called = |it: &tablature_openapi::Document| !(it.paths.is_empty() && it.webhooks.is_empty());
    if entries.iter().any(|(_, it)| is_called(it)) {
        entries.retain(|(_, it)| is_called(it));
    }
    let mut titles: Vec<&str> = Vec::new();
    for (_, document) in entries {
        let title = document.info.title.value.trim();
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    docs.add(&format!("Typed requests and models of {}.", titles.join(", ")));
    docs.into_lines()
}

/// The documentation of an API's module.
pub fn api_docs(document: &tablature_openapi::Document) -> Docs {
    let mut docs = Paragraphs::new();
    docs.add(&sentence(&format!(
        "{}, version {}",
        document.info.title.value.trim(),
        document.info.version.value.trim()
    )));
    docs.add_optional(document.info.description.as_ref().or(document.info.summary.as_ref()));
    docs.into_lines()
}

/// A text of the document as documentation.
pub fn text_docs(text: &str) -> Docs {
    let mut docs = Paragraphs::new();
    docs.add(text);
    docs.into_lines()
}

/// What to do instead of what is deprecated, in the words of its description: the sentences that say so.
pub fn deprecation(deprecated: bool, description: Option<&Spanned<String>>) -> Option<String> {
    if !deprecated {
        return None;
    }
    let text = description
        .map_or("", |it| it.value.as_str())
        .replace(['\n', '\r', '\t'], " ");
    let says = |it: &&str| it.to_lowercase().contains("deprecat");
    let note: Vec<&str> = text.split_inclusive(". ").filter(says).map(str::trim).collect();
    let note = note.join(" ");
    let without_label = note.strip_prefix("Deprecated:").unwrap_or(&note).trim();
    Some(if without_label.is_empty() {
        "the description of the API deprecates it".to_owned()
    } else {
        without_label.to_owned()
    })
}

/// The documentation of a component or an inline type.
pub fn schema_docs(input: &Input<'_>, schema: &Schema) -> Docs {
    let mut docs = Paragraphs::new();
    docs.add_optional(schema.description.as_ref().or(schema.title.as_ref()));
    if !docs.is_empty() {
        docs.add(&provenance(input, &schema.extensions));
    }
    docs.into_lines()
}

/// The documentation of a member: what it means, then its facts.
pub fn member_docs(input: &Input<'_>, wire: &str, value: &Described<'_>, required: bool) -> Docs {
    let mut docs = Paragraphs::new();
    let schema = value.schema;
    docs.add_optional(
        schema
            .description
            .as_ref()
            .or(input.target(schema).description.as_ref()),
    );
    let schemas = if value.is_merged {
        value.schemas.as_slice()
    } else {
        &[schema]
    };
    let mut types = Vec::new();
    let mut facts = Vec::new();
    for schema in schemas {
        add_once(&mut types, [type_text(input, schema)]);
        add_once(&mut facts, schema_facts(input.target(schema), schema));
    }
    let mut all = vec![format!("{}: {}", code(wire), types.join(" and "))];
    all.extend(required.then(|| "required".to_owned()));
    all.extend(facts);
    docs.add(&format!(
        "{} {}",
        sentence(&all.join("; ")),
        stated_source(&schema.extensions)
    ));
    docs.into_lines()
}

fn add_once(to: &mut Vec<String>, texts: impl IntoIterator<Item = String>) {
    for text in texts {
        if !to.contains(&text) {
            to.push(text);
        }
    }
}

/// The documentation of a parameter: what it means, its place, then its facts.
pub fn parameter_docs(input: &Input<'_>, texts: &mut CleanTexts, parameter: &Parameter) -> Docs {
    let mut docs = Paragraphs::new();
    if let Some(description) = &parameter.description {
        texts.add(&description.value, &mut docs);
    }
    let facts = parameter_facts(input, parameter);
    let facts = format!("{facts} {}", stated_source(&parameter.extensions));
    texts.add(&facts, &mut docs);
    docs.into_lines()
}

/// The documentation of a parameter that is an argument, as an item of a list.
pub fn argument_docs(input: &Input<'_>, name: &str, parameter: &Parameter) -> Docs {
    let mut docs = Paragraphs::new();
    let description = parameter.description.as_ref().map_or("", |it| it.value.as_str());
    docs.add(&format!(
        "{}: {} {}",
        code(name),
        description.replace("\n\n", " "),
        parameter_facts(input, parameter)
    ));
    docs.into_list_item()
}

/// The documentation of a body that is an argument, as an item of a list.
pub fn body_argument_docs(body: &RequestBody, range: Option<&str>) -> Docs {
    let mut docs = Paragraphs::new();
    let description = body
        .description
        .as_ref()
        .map_or("the request body.", |it| it.value.as_str());
    let range = range.map_or_else(String::new, |it| format!(" {}", of_range(it)));
    docs.add(&format!("`body`: {}{range}", description.replace("\n\n", " ")));
    docs.into_list_item()
}

fn parameter_facts(input: &Input<'_>, parameter: &Parameter) -> String {
    let place = match parameter.location.value {
        ParameterLocation::Path => "Path parameter",
        ParameterLocation::Query | ParameterLocation::Querystring => "Query parameter",
        ParameterLocation::Header => "Header",
        ParameterLocation::Cookie => "Cookie",
    };
    let ty = parameter
        .schema
        .as_ref()
        .map_or_else(|| "string".to_owned(), |it| type_text(input, it));
    let mut facts = vec![format!("{place} {}: {ty}", code(&parameter.name.value))];
    if parameter.required {
        facts.push("required".to_owned());
    }
    if let Some(schema) = &parameter.schema {
        facts.extend(schema_facts(input.target(schema), schema));
    }
    sentence(&facts.join("; "))
}

/// The documentation of a set of setters.
pub fn parameter_set_docs(module: &Ident, operations: &[(Ident, Ident)]) -> Docs {
    let links = operations
        .iter()
        .map(|(tag, name)| format!("- [`{name}`](crate::{module}::{tag}::{name})"));
    ["The optional parameters of:".to_owned(), String::new()]
        .into_iter()
        .chain(links)
        .collect()
}

/// The documentation of a value of an enumeration.
pub fn value_docs(value: &str, description: Option<&Spanned<String>>) -> Docs {
    let mut docs = Paragraphs::new();
    docs.add_optional(description);
    docs.add(&sentence(value));
    docs.into_lines()
}

/// The documentation of a variant that holds what these schemas describe.
pub fn variant_docs(input: &Input<'_>, schemas: &[&Schema]) -> Docs {
    let mut texts: Vec<String> = Vec::new();
    for text in schemas.iter().map(|it| type_text(input, it)) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    let mut docs = Paragraphs::new();
    docs.add(&sentence(&capitalized(&texts.join(", or "))));
    docs.into_lines()
}

/// The documentation of an enumeration of bodies.
pub fn body_docs(body: &RequestBody, range: Option<&str>) -> Docs {
    let mut docs = Paragraphs::new();
    docs.add_optional(body.description.as_ref());
    if let Some(range) = range {
        docs.add(&of_range(range));
    }
    docs.into_lines_or("A request body.")
}

/// What a file has to say that is sent as one of a range of media types.
fn of_range(range: &str) -> String {
    format!("The file names its media type, which is one of {}.", code(range))
}

/// The documentation of a body of one media type.
pub fn body_variant_docs(media_type: &str, content: &MediaType) -> Docs {
    let mut docs = Paragraphs::new();
    let mut text = format!("Sent as {}.", code(media_type));
    let required: Vec<String> = extension::required_parameters(&content.extensions)
        .iter()
        .map(|it| code(&it.value))
        .collect();
    let forbidden: Vec<String> = extension::forbidden_parameters(&content.extensions)
        .iter()
        .map(|it| code(&it.value))
        .collect();
    if !required.is_empty() {
        text += &format!(" Needs {}.", required.join(", "));
    }
    if !forbidden.is_empty() {
        text += &format!(" Refused with {}.", forbidden.join(", "));
    }
    docs.add(&text);
    docs.into_lines()
}

/// What a response means, in one line.
pub fn response_meaning(input: &Input<'_>, response: &Response) -> String {
    let name = response.summary.as_ref().map(|it| sentence(it.value.trim()));
    let text = response
        .description
        .as_ref()
        .filter(|it| !it.value.trim().is_empty())
        .map(|it| sentence(it.value.trim()));
    let schema = response
        .content
        .first()
        .and_then(|(_, it)| it.schema.as_ref())
        .filter(|it| only_reference(it).is_some());
    let is_error = text.is_some() && response.summary.is_none();
    let body = schema
        .filter(|_| is_error)
        .map(|it| format!("Body: {}.", type_text(input, it)));
    let parts: Vec<String> = name.into_iter().chain(text).chain(body).collect();
    parts.join(" ").replace(['\n', '\r'], " ")
}

/// The documentation of a status whose responses have nothing else in common.
pub fn status_docs_alone(status: Status) -> Docs {
    vec![format!("{}.", status_text(status))]
}

fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => format!("Status {code}"),
        Status::Range(first) => format!("Status {first}XX"),
        Status::Default => "Any other status".to_owned(),
    }
}

/// The documentation of a status that has an answer of its own.
pub fn status_docs(status: Status, response: &Response) -> Docs {
    let status = status_text(status);
    let mut docs = Paragraphs::new();
    let text = response
        .summary
        .as_ref()
        .or(response.description.as_ref())
        .map_or("", |it| it.value.trim());
    docs.add(&sentence(&if text.is_empty() {
        status
    } else {
        format!("{status}: {text}")
    }));
    docs.into_lines()
}

/// The documentation of a function that reads a header.
pub fn header_docs(input: &Input<'_>, wire: &str, header: &Parameter) -> Docs {
    let mut docs = Paragraphs::new();
    let ty = match (&header.schema, header.content.first()) {
        (Some(schema), _) => type_text(input, schema),
        (None, Some((media_type, _))) => code(&media_type.value),
        (None, None) => "string".to_owned(),
    };
    docs.add(&format!("The header {} of an answer: {ty}.", code(wire)));
    docs.add_optional(header.description.as_ref());
    docs.add_clean("# Errors\n\nIf the header is there and is of another type.".to_owned());
    docs.into_lines()
}

fn schema_facts(target: &Schema, schema: &Schema) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(values) = &target.enumeration {
        let shown: Vec<String> = values.value.iter().map(|it| code(&json_text(it))).collect();
        facts.push(format!("one of {}", shown.join(", ")));
    }
    if let Some(value) = &target.constant {
        facts.push(format!("always {}", code(&json_text(value))));
    }
    facts.extend(range(schema));
    facts.extend(bounds(
        "character",
        schema.limits.min_length.as_ref(),
        schema.limits.max_length.as_ref(),
    ));
    facts.extend(bounds(
        "item",
        schema.limits.min_items.as_ref(),
        schema.limits.max_items.as_ref(),
    ));
    facts.extend(bounds(
        "entry",
        schema.limits.min_properties.as_ref(),
        schema.limits.max_properties.as_ref(),
    ));
    if let Some(pattern) = &schema.limits.pattern {
        facts.push(format!("pattern {}", code(&pattern.value)));
    }
    if let Some(default) = schema.default.as_ref().or(target.default.as_ref()) {
        facts.push(format!("default {}", code(&json_text(default))));
    }
    if schema.read_only {
        facts.push("read-only".to_owned());
    }
    if schema.write_only {
        facts.push("write-only".to_owned());
    }
    let types = schema.types.iter().chain(&target.types);
    let alternatives = [schema, target]
        .into_iter()
        .flat_map(|it| it.one_of.iter().chain(&it.any_of));
    if types.clone().any(|it| it.value == JsonType::Null) || alternatives.into_iter().any(is_null) {
        facts.push("may be null".to_owned());
    }
    facts
}

fn range(schema: &Schema) -> Option<String> {
    let low = schema.limits.minimum.as_ref().map(|it| it.value.as_str().to_owned());
    let low = low.or_else(|| {
        schema
            .limits
            .exclusive_minimum
            .as_ref()
            .map(|it| format!("more than {}", it.value.as_str()))
    });
    let high = schema.limits.maximum.as_ref().map(|it| it.value.as_str().to_owned());
    let high = high.or_else(|| {
        schema
            .limits
            .exclusive_maximum
            .as_ref()
            .map(|it| format!("less than {}", it.value.as_str()))
    });
    match (low, high) {
        (Some(low), Some(high)) => Some(format!("{low} to {high}")),
        (Some(low), None) => Some(format!("at least {low}").replace("at least more", "more")),
        (None, Some(high)) => Some(format!("at most {high}").replace("at most less", "less")),
        (None, None) => None,
    }
}

fn bounds(unit: &str, low: Option<&Spanned<u64>>, high: Option<&Spanned<u64>>) -> Option<String> {
    let plural = |count: u64| match (count, unit) {
        (1, _) => format!("1 {unit}"),
        (_, "entry") => format!("{count} entries"),
        _ => format!("{count} {unit}s"),
    };
    match (low, high) {
        (Some(low), Some(high)) if low.value == high.value => Some(plural(low.value)),
        (Some(low), Some(high)) => Some(format!("{} to {}", low.value, plural(high.value))),
        (Some(low), None) => Some(format!("at least {}", plural(low.value))),
        (None, Some(high)) => Some(format!("at most {}", plural(high.value))),
        (None, None) => None,
    }
}

fn json_text(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.as_str().to_owned(),
        Value::String(text) if text.is_empty() => "\"\"".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", items.iter().map(json_text).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Object(_) => "{...}".to_owned(),
    }
}

/// A text with its stop.
pub fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '!', '?', ':']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

//! Responses: what a success holds, which statuses are documented, and what makes an answer a stream.

use tablature_openapi::document::{MediaType, Operation, RefOr, Response};
use tablature_openapi::node::{Node, Value};
use tablature_openapi::{Diagnostic, Span, Spanned, extension};

use super::body::is_json;
use super::context::Context;
use super::docs;
use super::schema::{Owner, type_of};
use crate::ir::{Answer, Documented, Status, Type};
use crate::names::Ident;

/// What the responses of an operation say.
pub struct Lowered {
    /// What a success holds.
    pub answer: Answer,
    /// Statuses with name and page, sorted.
    pub documented: Vec<Documented>,
    /// Statuses with what they mean, for people.
    pub table: Vec<(String, String)>,
    /// What turns the answer into a stream.
    pub stream: Option<Stream>,
}

/// What turns an answer into a stream.
pub struct Stream {
    /// The parameter.
    pub parameter: Spanned<String>,
    /// Its value, as it stands in the query.
    pub value: String,
    /// The name that the document asks for.
    pub rust_name: Option<(String, Span)>,
    /// The items.
    pub item: Type,
}

/// Lowers the responses of an operation.
pub fn lower<'d>(context: &mut Context<'d>, document: usize, operation: &'d Operation, name: &Ident) -> Lowered {
    let page = docs::page(&operation.extensions).unwrap_or_default();
    let mut lowered = Lowered {
        answer: Answer::Empty,
        documented: Vec::new(),
        table: Vec::new(),
        stream: None,
    };
    let mut successes: Vec<(Span, Answer)> = Vec::new();
    for (key, response) in &operation.responses {
        let Some((status, response)) = status(&key.value).zip(target(context, response)) else {
            continue;
        };
        check(context, response);
        let short = response
            .summary
            .as_ref()
            .or(response.description.as_ref())
            .map_or("", |it| it.value.trim());
        let documented = Documented {
            status,
            name: short.to_owned(),
            page: docs::page(&response.extensions).unwrap_or_else(|| page.clone()),
        };
        lowered.documented.push(documented);
        lowered.table.push((key.value.clone(), meaning(response)));
        if matches!(status, Status::Code(200..=299) | Status::Range(2)) {
            if let Some(stream) = stream(context, document, response, name) {
                lowered.stream = Some(stream);
            }
            successes.push((key.span, answer(context, document, response, name)));
        }
    }
    lowered.documented.sort_by_key(|it| it.status);
    lowered.table.sort();
    lowered.answer = one_answer(context, successes);
    lowered
}

fn target<'d>(context: &Context<'d>, response: &'d RefOr<Response>) -> Option<&'d Response> {
    match response {
        RefOr::Item(item) => Some(item),
        RefOr::Ref(reference) => context
            .documents
            .resolve_response(&reference.target.span, &reference.target.value)
            .map(|(_, it)| it),
    }
}

fn status(key: &str) -> Option<Status> {
    match key {
        "default" => Some(Status::Default),
        _ if key.len() == 3 && key[1..].eq_ignore_ascii_case("xx") => key[..1].parse().ok().map(Status::Range),
        _ => key.parse().ok().map(Status::Code),
    }
}

fn meaning(response: &Response) -> String {
    let name = response.summary.as_ref().map(|it| docs::sentence(it.value.trim()));
    let text = response.description.as_ref().map(|it| docs::sentence(it.value.trim()));
    let parts: Vec<String> = name.into_iter().chain(text).collect();
    parts.join(" ").replace(['\n', '\r'], " ")
}

/// Reports what would be lost of a response.
fn check(context: &mut Context<'_>, response: &Response) {
    if let Some((name, _)) = response.headers.first() {
        let message = format!("the response header `{}` is not taken yet", name.value);
        context.unsupported(
            "unsupported-header",
            name.span,
            message,
            "read it from the headers of the answer, and leave it out here",
        );
    }
}

/// What a success holds where nothing turns it into a stream.
fn answer<'d>(context: &mut Context<'d>, document: usize, response: &'d Response, name: &Ident) -> Answer {
    let whole: Vec<_> = response
        .content
        .iter()
        .filter(|(_, content)| content.item_schema.is_none())
        .collect();
    let chosen = whole
        .iter()
        .find(|(media_type, _)| is_json(&media_type.value))
        .or(whole.first());
    if let (Some((first, _)), true) = (chosen, whole.len() > 1 && !same_schema(&whole)) {
        let message = "a response of several media types with different schemas is not taken yet";
        context.unsupported("several-media-types", first.span, message, "leave one media type");
    }
    match (chosen, response.content.first()) {
        (Some((media_type, content)), _) if is_json(&media_type.value) => {
            Answer::Json(content_type(context, document, content, format!("{name}Response")))
        }
        (Some((media_type, _)), _) if media_type.value.starts_with("text/") => Answer::Text,
        (Some(_), _) => Answer::Binary,
        (None, Some((_, content))) => Answer::Stream(item_type(context, document, content, name)),
        (None, None) => Answer::Empty,
    }
}

fn same_schema(whole: &[&(Spanned<String>, MediaType)]) -> bool {
    let target = |content: &MediaType| {
        content
            .schema
            .as_ref()
            .and_then(|it| it.reference.as_ref())
            .map(|it| it.value.clone())
    };
    let mut targets = whole.iter().map(|(_, content)| target(content));
    let first = targets.next().flatten();
    first.is_some() && targets.all(|it| it == first)
}

fn content_type<'d>(context: &mut Context<'d>, document: usize, content: &'d MediaType, name: String) -> Type {
    let Some(schema) = &content.schema else {
        return Type::Json;
    };
    let mut items = Vec::new();
    let ty = type_of(
        context,
        schema,
        &mut Owner {
            document,
            name,
            items: &mut items,
        },
    );
    context.add_file(document, items);
    ty
}

fn item_type<'d>(context: &mut Context<'d>, document: usize, content: &'d MediaType, name: &Ident) -> Type {
    let Some(schema) = &content.item_schema else {
        return Type::Json;
    };
    let mut items = Vec::new();
    let owner = &mut Owner {
        document,
        name: format!("{name}Item"),
        items: &mut items,
    };
    let ty = type_of(context, schema, owner);
    context.add_file(document, items);
    ty
}

/// The stream that a parameter switches on.
fn stream<'d>(context: &mut Context<'d>, document: usize, response: &'d Response, name: &Ident) -> Option<Stream> {
    let when = extension::stream_when(&response.extensions)?;
    let Some((_, content)) = response
        .content
        .iter()
        .find(|(_, content)| content.item_schema.is_some())
    else {
        let message = "`x-stream-when` says when the answer is a stream, but no media type has `itemSchema`";
        context.unsupported(
            "stream-without-items",
            when.span,
            message,
            "add a media type with `itemSchema`",
        );
        return None;
    };
    let Some(value) = query_text(&when.value) else {
        let message = format!(
            "a string, a number or a boolean was expected, found {}",
            when.value.kind_name()
        );
        context.unsupported(
            "wrong-type",
            when.value.span,
            message,
            "write the value that the parameter has",
        );
        return None;
    };
    let rust_name = extension::rust_name(&content.extensions).map(|it| (it.value.clone(), it.span));
    Some(Stream {
        parameter: when.parameter,
        value,
        rust_name,
        item: item_type(context, document, content, name),
    })
}

fn query_text(node: &Node) -> Option<String> {
    match &node.value {
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(number) => Some(number.as_str().to_owned()),
        Value::String(text) => Some(text.clone()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The one thing that every success holds.
fn one_answer(context: &mut Context<'_>, successes: Vec<(Span, Answer)>) -> Answer {
    let mut successes = successes.into_iter();
    let Some((first_span, first)) = successes.next() else {
        return Answer::Empty;
    };
    for (span, other) in successes {
        if other != first {
            let message = "two successes with different contents are not taken yet";
            let diagnostic = Diagnostic::error("several-answers", span, message).related(first_span, "the other one");
            context
                .report
                .push(diagnostic.help("describe them as one `oneOf` with a discriminator"));
        }
    }
    first
}

//! Lowers the body of the response with one status.

use tablature_openapi::Spanned;
use tablature_openapi::document::{JsonType, MediaType, Response, Schema};

use crate::codes;
use crate::ir::{Answer, Framing, Type};
use crate::lower::ask::media_type::{essence, is_json};
use crate::lower::ask::schema::is_int_or_string;
use crate::lower::ask::shape::merged::Described;
use crate::lower::context::Context;
use crate::lower::types::schema::{Owner, inner_type};

/// Lowers the content of a response. Of several media types the one that can be read best is asked for.
pub fn lower<'d>(context: &mut Context<'d>, document: usize, response: &'d Response, name: &str) -> Answer {
    let whole: Vec<&(Spanned<String>, MediaType)> = response
        .content
        .iter()
        .filter(|(media_type, it)| framing(&media_type.value, it).is_none())
        .collect();
    let chosen = whole.iter().find(|(it, _)| is_json(&it.value)).or(whole.first());
    let unframed = response
        .content
        .iter()
        .find(|(media_type, it)| it.item_schema.is_some() && framing(&media_type.value, it).is_none());
    if let Some((media_type, _)) = unframed {
        let message = format!("a stream of `{}` is not taken", media_type.value);
        context.ask.refuse(
            codes::UNSUPPORTED_STREAM
                .at(media_type.span, message)
                .help("describe the whole answer with `schema`"),
        );
    }
    if let Some((chosen, _)) = chosen {
        tell_of_others(context, chosen, &whole);
    }
    match (chosen, response.content.first()) {
        (Some((media_type, media)), _)
            if is_json(&media_type.value) || is_range_of_json(context, media_type, media) =>
        {
            Answer::Json(content_type(context, document, media.schema.as_ref(), name))
        }
        (Some((media_type, _)), _) if essence(&media_type.value).starts_with("text/") => Answer::Text,
        (Some(_), _) => Answer::Binary,
        (None, Some((media_type, media))) => {
            let framing = framing(&media_type.value, media).unwrap_or(Framing::Lines);
            Answer::Stream(framing, item_type(context, document, media, framing, name))
        }
        (None, None) => Answer::Empty,
    }
}

/// The media type to ask for, where it is not the one that answers of its kind are asked for by.
pub fn accept(response: &Response, answer: &Answer) -> Option<String> {
    let wanted = |it: &&(Spanned<String>, MediaType)| match answer {
        Answer::Json(_) => is_json(&it.0.value),
        Answer::Stream(framing, _) => self::framing(&it.0.value, &it.1) == Some(*framing),
        _ => true,
    };
    let (media_type, _) = response.content.iter().find(wanted)?;
    let essence = essence(&media_type.value);
    (essence != answer.media_type() && !essence.contains('*')).then_some(essence)
}

/// How the items of a media type are told apart, if it is a stream.
pub fn framing(media_type: &str, media: &MediaType) -> Option<Framing> {
    let essence = essence(media_type);
    match essence.as_str() {
        "text/event-stream" => Some(Framing::Events),
        "application/json-seq" => Some(Framing::JsonSeq),
        "application/x-ndjson" | "application/ndjson" | "application/jsonl" | "application/x-jsonlines" => {
            Some(Framing::Lines)
        }
        _ if essence.ends_with("+json-seq") => Some(Framing::JsonSeq),
        _ => media
            .item_schema
            .as_ref()
            .filter(|_| is_json(media_type))
            .map(|_| Framing::Lines),
    }
}

/// The type of the items of a stream: `itemSchema`, or where only `schema` is given, that. Of server-sent events,
/// `schema` describes what their data holds.
pub fn item_type<'d>(
    context: &mut Context<'d>,
    document: usize,
    media: &'d MediaType,
    framing: Framing,
    name: &str,
) -> Type {
    let name = format!("{name}Item");
    match (&media.item_schema, &media.schema, framing) {
        (None, Some(data), Framing::Events) if is_text(context, data) => {
            content_type(context, document, Some(data), &name)
        }
        (None, Some(data), Framing::Events) => {
            let data = content_type(context, document, Some(data), &name);
            Type::Runtime {
                path: "runtime::sse::Data".to_owned(),
                arguments: vec![data],
            }
        }
        (item, whole, _) => content_type(context, document, item.as_ref().or(whole.as_ref()), &name),
    }
}

fn content_type<'d>(context: &mut Context<'d>, document: usize, schema: Option<&'d Schema>, name: &str) -> Type {
    let Some(schema) = schema else { return Type::Json };
    let mut items = Vec::new();
    let ty = inner_type(
        context,
        &Described::by(schema),
        &mut Owner {
            document,
            name: name.to_owned(),
            items: &mut items,
            is_form: false,
        },
    );
    context.add_file(document, items);
    ty
}

/// Whether the data of events is text, which nothing around it marks as such.
fn is_text<'d>(context: &mut Context<'d>, schema: &'d Schema) -> bool {
    let target = context.ask.target(schema);
    let shape = context.ask.shape(target);
    shape.is_only(JsonType::String) && shape.choices.is_empty() && !is_int_or_string(target)
}

/// Whether a range such as `*/*` holds what is described as JSON is: by anything but a string.
fn is_range_of_json<'d>(context: &Context<'d>, media_type: &Spanned<String>, media: &'d MediaType) -> bool {
    let is_text = |schema| {
        let types = &context.ask.target(schema).types;
        types.iter().any(|it| it.value == JsonType::String)
    };
    media_type.value.contains('*') && media.schema.as_ref().is_some_and(|it| !is_text(it))
}

/// Media types that are not asked for: a warning where they hold something else.
fn tell_of_others(context: &mut Context<'_>, chosen: &Spanned<String>, whole: &[&(Spanned<String>, MediaType)]) {
    let shown = |media: &MediaType| {
        media
            .schema
            .as_ref()
            .and_then(|it| it.reference.as_ref())
            .map(|it| it.value.clone())
    };
    let first = whole
        .iter()
        .find(|(it, _)| it.value == chosen.value)
        .and_then(|(_, media)| shown(media));
    for (media_type, media) in whole.iter().filter(|(it, _)| it.value != chosen.value) {
        if media.schema.is_some() && (first.is_none() || shown(media) != first) {
            let message = format!(
                "`{}` is not asked for: answers are read as `{}`",
                media_type.value, chosen.value
            );
            context
                .ask
                .report(codes::MEDIA_TYPE_NOT_ASKED_FOR.at(media_type.span, message));
        }
    }
}

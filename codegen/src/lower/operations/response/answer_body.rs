//! Lowers the body of the response with one status.

use tablature_openapi::Spanned;
use tablature_openapi::document::{JsonType, MediaType, Response, Schema};

use crate::codes;
use crate::ir::{Answer, Framing, Type};
use crate::lower::ask::duplicates::is_same;
use crate::lower::ask::media_type::{essence, is_json, is_yaml};
use crate::lower::ask::schema::is_int_or_string;
use crate::lower::ask::shape::merged::Described;
use crate::lower::context::Context;
use crate::lower::operations::body::check_bytes;
use crate::lower::types::schema::{Owner, inner_type};

/// Lowers the content of a response. Of several media types the one that can be read best is asked for.
pub fn lower<'d>(context: &mut Context<'d>, document: usize, response: &'d Response, name: &str) -> Answer {
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
    match (chosen(context, response), response.content.first()) {
        (Some((media_type, media)), _) => of(context, document, (media_type, media), name),
        (None, Some((media_type, media))) => {
            let framing = framing(&media_type.value, media).unwrap_or(Framing::Lines);
            Answer::Stream(framing, item_type(context, document, media, framing, name))
        }
        (None, None) => Answer::Empty,
    }
}

/// Lowers what a media type holds as a whole.
pub fn of<'d>(
    context: &mut Context<'d>,
    document: usize,
    (media_type, media): (&Spanned<String>, &'d MediaType),
    name: &str,
) -> Answer {
    if is_json(&media_type.value) || is_json_by_schema(context, media_type, media) {
        Answer::Json(content_type(context, document, media.schema.as_deref(), name))
    } else {
        check_bytes(context, media);
        match essence(&media_type.value).starts_with("text/") {
            true => Answer::Text,
            false => Answer::Binary,
        }
    }
}

/// The media types that are no streams.
pub fn whole(response: &Response) -> impl Iterator<Item = &(Spanned<String>, MediaType)> {
    let content = response.content.iter();
    content.filter(|(media_type, it)| framing(&media_type.value, it).is_none())
}

/// The media type that is asked for: JSON, unless it is a mere string that can be had as text.
fn chosen<'d>(context: &mut Context<'d>, response: &'d Response) -> Option<&'d (Spanned<String>, MediaType)> {
    let json = whole(response).find(|(it, _)| is_json(&it.value));
    let text = whole(response).find(|(it, _)| essence(&it.value) == "text/plain");
    let is_string =
        |it: &'d MediaType, context: &mut Context<'d>| it.schema.as_ref().is_some_and(|it| is_text(context, it));
    match (json, text) {
        (Some((_, json)), Some(text)) if is_string(json, context) && is_string(&text.1, context) => Some(text),
        _ => json.or(whole(response).next()),
    }
}

/// The media types that hold something else than the one that is asked for: another value than that of its schema, or
/// the same text or bytes in another form.
pub fn others<'d>(context: &mut Context<'d>, response: &'d Response) -> Vec<&'d (Spanned<String>, MediaType)> {
    let Some((asked, media)) = chosen(context, response) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for it in whole(response).filter(|it| it.0.value != asked.value) {
        let is_same = match (&media.schema, &it.1.schema) {
            (Some(a), Some(b)) => is_same(&context.ask, a, b),
            (a, b) => a.is_none() && b.is_none(),
        };
        let is_written_alike = |media_type: &str| is_json(media_type) || is_yaml(&essence(media_type));
        let is_string = media.schema.as_ref().is_none_or(|it| is_text(context, it));
        if !is_same || is_string && !is_written_alike(&it.0.value) {
            out.push(it);
        }
    }
    out
}

/// The media type to ask for, where it is not the one that answers of its kind are asked for by. Text that can be had as
/// something else is asked for as nothing else.
pub fn accept<'d>(context: &mut Context<'d>, response: &'d Response, answer: &Answer) -> Option<String> {
    let (media_type, _) = match answer {
        Answer::Stream(framing, _) => {
            let is_framed = |it: &&(Spanned<String>, MediaType)| self::framing(&it.0.value, &it.1) == Some(*framing);
            response.content.iter().find(is_framed)?
        }
        _ => chosen(context, response)?,
    };
    let essence = essence(&media_type.value);
    let is_usual = essence == answer.media_type() && (*answer != Answer::Text || whole(response).count() == 1);
    (!is_usual && !essence.contains('*')).then_some(essence)
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
        "text/plain" => media.item_schema.as_ref().map(|_| Framing::TextLines),
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
            Type::Path {
                path: "runtime::sse::Data".to_owned(),
                arguments: vec![data],
            }
        }
        (item, whole, _) => content_type(context, document, item.as_deref().or(whole.as_deref()), &name),
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
fn is_json_by_schema<'d>(context: &Context<'d>, media_type: &Spanned<String>, media: &'d MediaType) -> bool {
    let is_text = |schema| {
        let types = &context.ask.target(schema).types;
        types.iter().any(|it| it.value == JsonType::String)
    };
    media_type.value.contains('*') && media.schema.as_ref().is_some_and(|it| !is_text(it))
}

/// Warns of the media types that hold something else, where they cannot be asked for.
pub fn tell_of_others<'d>(context: &mut Context<'d>, response: &'d Response) {
    for (media_type, _) in others(context, response) {
        let message = format!("`{}` is not asked for: another media type is", media_type.value);
        context
            .ask
            .report(codes::MEDIA_TYPE_NOT_ASKED_FOR.at(media_type.span, message));
    }
}

//! Lowers the bodies of webhooks, and of the responses to them.

use tablature_openapi::Spanned;
use tablature_openapi::document::{MediaType, RefOr, Response, Schema};

use crate::codes;
use crate::ir::{Type, WebhookContent};
use crate::lower::ask::media_type::{essence, is_json};
use crate::lower::ask::shape::merged::Described;
use crate::lower::ask::webhook_site::Sent;
use crate::lower::context::Context;
use crate::lower::types::schema::{Owner, type_of};
use crate::names::Ident;

/// The body of a webhook.
pub struct Lowered<'d> {
    /// Its media types.
    pub media_types: Vec<String>,
    /// What it holds.
    pub content: WebhookContent,
    /// What the document says of it.
    pub description: Option<&'d Spanned<String>>,
    /// Whether the document says that it is always there.
    pub is_required: bool,
}

/// Lowers the body of a webhook.
pub fn lower<'d>(context: &mut Context<'d>, sent: &Sent<'d>, name: &Ident) -> Lowered<'d> {
    let documents = context.ask.documents;
    let body = sent.site.operation.request_body.as_ref().and_then(|it| match it {
        RefOr::Item(item) => Some(item),
        RefOr::Ref(it) => documents
            .resolve_request_body(&it.target.span, &it.target.value)
            .map(|(_, it)| it),
    });
    let Some(body) = body else {
        return Lowered {
            media_types: Vec::new(),
            content: WebhookContent::Empty,
            description: None,
            is_required: false,
        };
    };
    let content = match body.content.as_slice() {
        [(first, media), rest @ ..] if is_one_json(first, media, rest) => {
            let schema = media.schema.as_deref();
            let ty = type_of_schema(context, sent.site.document, schema, &format!("{name}Body"));
            let takes_null = schema.is_some_and(|it| context.ask.takes_null(&Described::by(it)));
            WebhookContent::Json(if takes_null && ty != Type::Json {
                Type::Nullable(Box::new(ty))
            } else {
                ty
            })
        }
        [(only, _)] if essence(&only.value).starts_with("text/") => WebhookContent::Text,
        [(only, _)] if !is_composed(&only.value) => WebhookContent::Binary,
        [] => WebhookContent::Binary,
        all @ [(first, _), ..] => {
            refuse(context, first, all);
            WebhookContent::Binary
        }
    };
    Lowered {
        media_types: body.content.iter().map(|(it, _)| it.value.clone()).collect(),
        content,
        description: body.description.as_ref(),
        is_required: body.required,
    }
}

fn refuse(context: &mut Context<'_>, media_type: &Spanned<String>, all: &[(Spanned<String>, MediaType)]) {
    let message = match all {
        [(_, only)] if only.item_schema.is_some() => "a webhook whose body is a stream is not read".to_owned(),
        [_] => format!("a webhook whose body is `{}` is not read", media_type.value),
        _ => "a webhook whose body is of several media types is not read".to_owned(),
    };
    let help = "leave one that is JSON or text, or allow it by name: its bytes are given as they come";
    context
        .ask
        .refuse(codes::UNSUPPORTED_WEBHOOK_BODY.at(media_type.span, message).help(help));
}

/// Whether all media types are JSON of one schema.
fn is_one_json(first: &Spanned<String>, media: &MediaType, rest: &[(Spanned<String>, MediaType)]) -> bool {
    let is_whole = |media_type: &str, media: &MediaType| is_json(media_type) && media.item_schema.is_none();
    let shown = |media: &MediaType| {
        let reference = media.schema.as_ref().and_then(|it| it.reference.as_ref());
        reference.map(|it| it.value.clone())
    };
    is_whole(&first.value, media)
        && (rest.is_empty() || shown(media).is_some())
        && rest
            .iter()
            .all(|(it, other)| is_whole(&it.value, other) && shown(other) == shown(media))
}

/// Whether a body of a media type has parts, items or members that its bytes alone do not show.
fn is_composed(media_type: &str) -> bool {
    let essence = essence(media_type);
    is_json(media_type) || essence.starts_with("multipart/") || essence == "application/x-www-form-urlencoded"
}

/// What the body of an answer holds that is given to a webhook, where it is JSON.
pub fn answer<'d>(context: &mut Context<'d>, document: usize, response: &'d Response, name: &Ident) -> Option<Type> {
    let json = response.content.iter().find(|(it, _)| is_json(&it.value));
    let (_, media) = json?;
    Some(type_of_schema(
        context,
        document,
        media.schema.as_deref(),
        &format!("{name}Answer"),
    ))
}

/// The type of an answer's body as a part of a table.
pub fn shown(answer: Option<&Type>) -> String {
    match answer {
        Some(Type::Named(it)) => format!(" Body: [`{0}`](super::super::models::{0}).", it.name),
        Some(Type::List(it)) => match &**it {
            Type::Named(it) => format!(" Body: a list of [`{0}`](super::super::models::{0}).", it.name),
            _ => " Body: JSON.".to_owned(),
        },
        Some(_) => " Body: JSON.".to_owned(),
        None => String::new(),
    }
}

/// The type of a schema; types that stand inside it are called after `name`.
pub fn type_of_schema<'d>(context: &mut Context<'d>, document: usize, schema: Option<&'d Schema>, name: &str) -> Type {
    let Some(schema) = schema else { return Type::Json };
    let mut items = Vec::new();
    let owner = &mut Owner {
        document,
        name: name.to_owned(),
        items: &mut items,
        is_form: false,
    };
    let ty = type_of(context, schema, owner);
    context.add_file(document, items);
    ty
}

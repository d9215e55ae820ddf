//! Lowers request bodies: one media type, or an enumeration of several.

mod format;

use tablature_openapi::document::{MediaType, RefOr, RequestBody};
use tablature_openapi::{Spanned, extension};

use crate::codes;
use crate::ir::{Body, BodyFormat, BodyRule, BodyVariant, Content, Docs, Item, ItemKind, Type};
use crate::lower::ask::duplicates::is_same;
use crate::lower::ask::media_type::{is_plain_json, is_range_of_json, label};
use crate::lower::ask::shape::merged::Described;
use crate::lower::context::Context;
use crate::lower::docs;
use crate::lower::rust_types::is_of_runtime;
use crate::lower::types::schema::{Owner, inner_type, type_of};
use crate::names::{Case, Ident, Scope, spell};

/// A body and what belongs to it.
pub struct Lowered {
    /// The body.
    pub body: Body,
    /// Whether it must be there.
    pub required: bool,
    /// What its media types ask of the parameters.
    pub rules: Vec<BodyRule>,
    /// Its documentation where it is an argument, as an item of a list.
    pub argument_docs: Docs,
    /// Its documentation where it has a setter.
    pub setter_docs: Docs,
}

/// Lowers component request bodies of several media types once, so that every operation has the same type.
pub fn lower_components(context: &mut Context<'_>) {
    for document in 0..context.ask.document_count() {
        let mut bodies: Vec<_> = context
            .ask
            .document(document)
            .components
            .request_bodies
            .iter()
            .collect();
        bodies.sort_by_key(|(name, _)| *name);
        for (name, body) in bodies {
            let RefOr::Item(item) = &body.item else { continue };
            if distinct(context, item).len() > 1 {
                let ty = enumeration(context, document, name, item);
                context.apis[document].bodies.insert(name.clone(), ty);
            }
        }
    }
}

/// Lowers the body of an operation.
pub fn lower<'d>(
    context: &mut Context<'d>,
    document: usize,
    it: &'d RefOr<RequestBody>,
    operation: &Ident,
) -> Option<Lowered> {
    let (item, named) = match it {
        RefOr::Item(item) => (item, None),
        RefOr::Ref(reference) => {
            let (id, item) = context
                .ask
                .documents
                .resolve_request_body(&reference.target.span, &reference.target.value)?;
            (item, context.apis.get(id.document)?.bodies.get(&id.name).cloned())
        }
    };
    let media_types = distinct(context, item);
    let body = match (named, media_types.as_slice()) {
        (Some(ty), _) => Body::OneOf(ty),
        (None, []) => {
            let message = "a request body without a media type";
            context.ask.refuse(codes::BODY_WITHOUT_CONTENT.at(item.span, message));
            return None;
        }
        (None, [only]) => Body::One(content(context, document, &only.0, &only.1, format!("{operation}Body"))),
        (None, _) => Body::OneOf(enumeration(context, document, &format!("{operation}Body"), item)),
    };
    let range = match &body {
        Body::One(it) if it.format == BodyFormat::File => Some(it.media_type.as_str()),
        _ => None,
    };
    Some(Lowered {
        required: item.required,
        rules: rules(item),
        argument_docs: docs::body_argument_docs(item, range),
        setter_docs: docs::body_docs(item, range),
        body,
    })
}

/// An enumeration with a variant per media type. A type of the runtime says itself how it is written.
///
/// Where every media type holds one and the same component, operations share the enumeration.
fn enumeration<'d>(context: &mut Context<'d>, document: usize, wire: &str, body: &'d RequestBody) -> Type {
    let media_types = distinct(context, body);
    let shared = shared_name(context, body);
    let key = media_types
        .iter()
        .map(|(it, _)| it.value.clone())
        .collect::<Vec<_>>()
        .join(" ");
    let key = shared.as_ref().map(|name| format!("{name} {key}"));
    if let Some(known) = key.as_ref().and_then(|it| context.apis[document].bodies.get(it)) {
        return known.clone();
    }
    let wire = shared.map_or_else(|| wire.to_owned(), |it| format!("{it}Body"));
    let name = context.claim_type(document, &spell(Case::Type, &wire), &body.extensions);
    let labels: Vec<&str> = media_types.iter().map(|(it, _)| label(&it.value)).collect();
    let names = Scope::reserving(&["Self"]).claim_all(Case::Pascal, labels);
    let mut variants = Vec::new();
    for ((media_type, media), variant) in media_types.into_iter().zip(names) {
        let docs = docs::body_variant_docs(&media_type.value, media);
        let content = content(context, document, media_type, media, format!("{}{variant}", name.name));
        variants.push(BodyVariant {
            name: variant,
            content,
            docs,
        });
    }
    let docs = docs::body_docs(body, None);
    let item = Item {
        name: name.name.clone(),
        docs,
        deprecated: None,
        derives: Default::default(),
        kind: ItemKind::Body(variants),
    };
    context.add_file(document, vec![item]);
    if let Some(key) = key {
        context.apis[document].bodies.insert(key, Type::Named(name.clone()));
    }
    Type::Named(name)
}

/// The media types of a body without those that are other names of its JSON: a .NET document has `text/json` and
/// `application/*+json` of the same schema beside `application/json`.
fn distinct<'d>(context: &Context<'d>, body: &'d RequestBody) -> Vec<&'d (Spanned<String>, MediaType)> {
    let is_plain = |it: &MediaType| it.encoding.is_none() && it.extensions.is_empty();
    let json = body
        .content
        .iter()
        .find(|(media_type, it)| is_plain_json(&media_type.value) && is_plain(it));
    let schema = json.and_then(|(_, it)| it.schema.as_ref());
    let is_other_name = |(media_type, it): &(Spanned<String>, MediaType)| {
        let is_same = match (schema, &it.schema) {
            (Some(schema), Some(it)) => !std::ptr::eq(schema, it) && is_same(&context.ask, schema, it),
            _ => false,
        };
        let is_range =
            is_range_of_json(&media_type.value) && schema.is_some_and(|it| format::is_structured(context, it));
        let is_json = is_plain_json(&media_type.value) || is_range;
        is_json && is_same && is_plain(it)
    };
    body.content.iter().filter(|it| !is_other_name(it)).collect()
}

/// The component that every media type of a body holds, if there is one and the body says nothing else.
fn shared_name(context: &Context<'_>, body: &RequestBody) -> Option<String> {
    let plain = |it: &MediaType| it.encoding.is_none() && it.extensions.is_empty();
    let mut ids = body.content.iter().map(|(_, it)| {
        let reference = it
            .schema
            .as_ref()
            .filter(|_| plain(it))
            .and_then(|it| it.reference.as_ref())?;
        context.ask.schema_id(reference.span, &reference.value)
    });
    let first = ids.next().flatten()?;
    let alone = body.extensions.is_empty() && ids.all(|it| it.as_ref() == Some(&first));
    alone.then_some(first.name)
}

/// A media type with the type of what it holds.
fn content<'d>(
    context: &mut Context<'d>,
    document: usize,
    media_type: &Spanned<String>,
    media: &'d MediaType,
    name: String,
) -> Content {
    let format = format::of(context, media_type, media);
    let is_form = matches!(format, BodyFormat::Multipart(_));
    let mut items = Vec::new();
    let owner = &mut Owner {
        document,
        name,
        items: &mut items,
        is_form,
    };
    let ty = match (&media.schema, &media.item_schema) {
        (Some(schema), _) if format == BodyFormat::Json => inner_type(context, &Described::by(schema), owner),
        (Some(schema), _) => type_of(context, schema, owner),
        (None, Some(stream)) => {
            let help = "describe the whole body with `schema`";
            context.ask.refuse(
                codes::UNSUPPORTED_STREAM
                    .at(stream.span, "a body that is a stream is not taken")
                    .help(help),
            );
            Type::Json
        }
        (None, None) => Type::Json,
    };
    if matches!(format, BodyFormat::Text | BodyFormat::Bytes | BodyFormat::File) {
        check_bytes(context, media);
    }
    let (ty, format) = match format {
        BodyFormat::Text => (Type::String, BodyFormat::Text),
        // A type of the runtime is JSON for every media type that it is sent as.
        BodyFormat::Bytes | BodyFormat::File if matches!(ty, Type::Path { .. }) && ty.as_typed().is_none() => {
            (ty, BodyFormat::Json)
        }
        BodyFormat::File => (Type::File, BodyFormat::File),
        BodyFormat::Bytes => (Type::Bytes, BodyFormat::Bytes),
        format => (ty, format),
    };
    if !matches!(ty, Type::Bytes | Type::File | Type::String) || format == BodyFormat::Json {
        context.add_file(document, items);
    }
    Content {
        media_type: format::sent(&media_type.value, &format).to_owned(),
        ty,
        format,
    }
}

/// Warns of a body in base64, which is sent and read as it stands, and of a type that such a body does not have.
pub fn check_bytes<'d>(context: &Context<'d>, media: &'d MediaType) {
    let schema = media.schema.as_ref().map(|it| context.ask.target(it));
    let format = schema.and_then(|it| it.format.as_ref());
    if let Some(format) = format.filter(|it| it.value == "byte") {
        let message = "a whole body in base64 is sent and read as it stands";
        context.ask.report(codes::BYTE_BODY.at(format.span, message));
    }
    let own = schema.and_then(|it| extension::rust_type(&it.extensions));
    if let Some(own) = own.filter(|it| !is_of_runtime(&it.path.value)) {
        let message = format!("`{}` does not stand for a whole body that is no JSON", own.path.value);
        context
            .ask
            .report(codes::EXTENSION_WITHOUT_EFFECT.at(own.path.span, message));
    }
}

/// What the media types of a body ask of the parameters.
fn rules(body: &RequestBody) -> Vec<BodyRule> {
    let texts = |list: Vec<Spanned<String>>| list.into_iter().map(|it| it.value).collect::<Vec<_>>();
    let mut rules = Vec::new();
    for (media_type, content) in &body.content {
        let required = texts(extension::required_parameters(&content.extensions));
        let forbidden = texts(extension::forbidden_parameters(&content.extensions));
        if !required.is_empty() || !forbidden.is_empty() {
            rules.push(BodyRule {
                media_type: media_type.value.clone(),
                required,
                forbidden,
            });
        }
    }
    rules
}

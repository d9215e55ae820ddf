//! Lowers the documented headers of responses.

use tablature_openapi::document::{RefOr, Response};

use crate::ir::{AnswerHeader, ItemKind, Type};
use crate::lower::ask::media_type::is_json;
use crate::lower::context::Context;
use crate::lower::docs;
use crate::lower::types::schema::{Owner, type_of};
use crate::names::{Case, Ident, Scope};

/// The headers of all successes, each once, in the order of the document.
pub fn lower<'d>(
    context: &mut Context<'d>,
    document: usize,
    responses: impl Iterator<Item = &'d Response>,
    name: &Ident,
) -> Vec<AnswerHeader> {
    let mut headers: Vec<(String, Type, crate::ir::Docs)> = Vec::new();
    for response in responses {
        for (wire, header) in &response.headers {
            let known = |it: &(String, Type, _)| it.0.eq_ignore_ascii_case(&wire.value);
            if wire.value.eq_ignore_ascii_case("content-type") || headers.iter().any(known) {
                continue;
            }
            let item = match header {
                RefOr::Item(item) => Some(item),
                RefOr::Ref(it) => context
                    .ask
                    .documents
                    .resolve_header(&it.target.span, &it.target.value)
                    .map(|(_, it)| it),
            };
            let Some(item) = item else { continue };
            let mut items = Vec::new();
            let inside = format!("{name}{}", crate::names::spell(Case::Pascal, &wire.value));
            let owner = &mut Owner {
                document,
                name: inside,
                items: &mut items,
                is_form: false,
            };
            let is_json = item.content.first().is_some_and(|(it, _)| is_json(&it.value));
            let described = item.schema.as_ref().map(|it| type_of(context, it, owner));
            context.add_file(document, items);
            let ty = match described {
                Some(ty) => readable(context, &wire.value, ty),
                None if is_json => Type::Json,
                None => Type::String,
            };
            headers.push((
                wire.value.clone(),
                ty,
                docs::header_docs(&context.ask, &wire.value, item),
            ));
        }
    }
    let wanted: Vec<String> = headers.iter().map(|(wire, ..)| format!("header {wire}")).collect();
    let names = Scope::default().claim_all(Case::Snake, wanted.iter().map(String::as_str));
    headers
        .into_iter()
        .zip(names)
        .map(|((wire, ty, docs), name)| AnswerHeader { name, wire, ty, docs })
        .collect()
}

/// What the text of a header can be read as: one value, or a list of such. Anything else stays text.
pub fn readable(context: &Context<'_>, wire: &str, ty: Type) -> Type {
    match context.index.value(&ty).clone() {
        // A server sets each cookie in a line of its own.
        _ if wire.eq_ignore_ascii_case("set-cookie") => Type::List(Box::new(Type::String)),
        Type::List(item) => Type::List(Box::new(single(context, context.index.value(&item).clone()))),
        object if is_object(context, &object) => Type::Path {
            path: "runtime::HeaderObject".to_owned(),
            arguments: vec![object],
        },
        other => single(context, other),
    }
}

fn is_object(context: &Context<'_>, ty: &Type) -> bool {
    match ty {
        Type::Map(_) => true,
        Type::Named(name) => matches!(context.item(name).map(|it| &it.kind), Some(ItemKind::Model(_))),
        _ => false,
    }
}

fn single(context: &Context<'_>, ty: Type) -> Type {
    let is_enumeration = |name| {
        let kind = context.item(name).map(|it| &it.kind);
        matches!(kind, Some(ItemKind::Enumeration(_) | ItemKind::IntegerEnumeration(_)))
    };
    match ty {
        Type::Named(ref name) if is_enumeration(name) => ty,
        Type::Bool | Type::I32 | Type::I64 | Type::U32 | Type::U64 | Type::F64 => ty,
        kept if kept == Type::exact_number() || kept == Type::date_time() || kept.as_typed().is_some() => kept,
        _ => Type::String,
    }
}

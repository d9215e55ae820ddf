//! Lowers `x-pagination` and `x-watch`: how a list goes on, what its items are, and how the stream of its changes goes on.

use tablature_openapi::Spanned;
use tablature_openapi::document::Operation;
use tablature_openapi::extension;

use crate::codes;
use crate::ir::{Answer, ItemKind, Pagination, Type, Watch};
use crate::lower::context::Context;
use crate::names::Ident;

/// How an answer goes on: by pages, or as a stream.
pub fn of(context: &mut Context<'_>, operation: &Operation, answer: &Answer) -> (Option<Pagination>, Option<Watch>) {
    (lower(context, operation, answer), watch(operation, answer, None, None))
}

/// How to get the next page of an answer, where the operation says so.
fn lower(context: &mut Context<'_>, operation: &Operation, answer: &Answer) -> Option<Pagination> {
    let it = extension::pagination(&operation.extensions)?;
    let list = match answer {
        Answer::Json(ty) => at(context, ty.clone(), &it.items.value),
        _ => None,
    };
    let item = match list {
        Some(Type::List(item)) => *item,
        Some(Type::Json) => Type::Json,
        _ => {
            let message = format!("there is no list at `{}` in the answer", it.items.value);
            context.ask.refuse(codes::PAGINATION_ITEMS.at(it.items.span, message));
            Type::Json
        }
    };
    Some(Pagination {
        limit: it.limit.value,
        token: it.token.value,
        next: it.next.value,
        items: it.items.value,
        replaces: it.replaces.into_iter().map(|it| it.value).collect(),
        item,
    })
}

/// How an answer that is a stream goes on after its connection, where the operation says so: with the parameter that
/// makes a stream of the list, and the module of the operation that has its pages.
pub fn watch(operation: &Operation, answer: &Answer, switch: Option<String>, list: Option<Ident>) -> Option<Watch> {
    let it = extension::watch(&operation.extensions).filter(|_| matches!(answer, Answer::Stream { .. }))?;
    let names = |list: Vec<Spanned<String>>| list.into_iter().map(|it| it.value).collect();
    Some(Watch {
        switch,
        version: it.version.value,
        bookmarks: it.bookmarks.map(|it| it.value),
        current: it.current.value,
        watch_omits: names(it.watch_omits),
        list_omits: names(it.list_omits),
        list,
    })
}

/// The type of what a JSON Pointer leads to.
fn at(context: &Context<'_>, mut ty: Type, pointer: &str) -> Option<Type> {
    for step in pointer.split('/').skip(1) {
        let name = step.replace("~1", "/").replace("~0", "~");
        ty = member(context, context.index.value(&ty), &name)?;
    }
    Some(context.index.value(&ty).clone())
}

fn member(context: &Context<'_>, ty: &Type, name: &str) -> Option<Type> {
    match ty {
        Type::Json => Some(Type::Json),
        Type::Map(value) => Some(value.as_ref().clone()),
        Type::Named(it) => match context.item(it).map(|it| &it.kind) {
            Some(ItemKind::Model(model)) => {
                let field = model.fields.iter().find(|it| it.wire == name);
                field.map(|it| it.ty.clone()).or_else(|| model.additional.clone())
            }
            _ => None,
        },
        _ => None,
    }
}

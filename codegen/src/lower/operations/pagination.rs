//! Lists in pages: how one goes on, and what its items are.

use tablature_openapi::document::Operation;
use tablature_openapi::extension;

use crate::codes;
use crate::ir::{Answer, ItemKind, Pagination, Type};
use crate::lower::context::Context;

/// How to get the next page of an answer, where the operation says so.
pub fn lower(context: &mut Context<'_>, operation: &Operation, answer: &Answer) -> Option<Pagination> {
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
        item,
    })
}

/// The type of what a JSON Pointer leads to.
fn at(context: &Context<'_>, mut ty: Type, pointer: &str) -> Option<Type> {
    for step in pointer.split('/').skip(1) {
        let name = step.replace("~1", "/").replace("~0", "~");
        ty = member(context, context.meant(ty), &name)?;
    }
    Some(context.meant(ty))
}

fn member(context: &Context<'_>, ty: Type, name: &str) -> Option<Type> {
    match ty {
        Type::Json => Some(Type::Json),
        Type::Map(value) => Some(*value),
        Type::Named(it) => match context.item(&it).map(|it| &it.kind) {
            Some(ItemKind::Model(model)) => {
                let field = model.fields.iter().find(|it| it.wire == name);
                field.map(|it| it.ty.clone()).or_else(|| model.additional.clone())
            }
            _ => None,
        },
        _ => None,
    }
}

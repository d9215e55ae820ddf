//! Recognises variants that are only a JSON type: scalars and lists of scalars.

use crate::ir::{JsonKind, Type};
use crate::lower::ask::Ask;
use crate::lower::types::union::alternatives;
use crate::lower::types::union::alternatives::Leaf;

/// What a value of a plain variant is: of two variants of the same form nothing tells one from the other, and
/// nothing has to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Form {
    kind: JsonKind,
    items: Option<JsonKind>,
}

/// The form of a variant that takes this, where it is plain.
pub fn form<'d>(ask: &Ask<'d>, leaves: &[Leaf<'d>]) -> Option<Form> {
    let leaf = only(leaves)?;
    if leaf.kind != JsonKind::Array {
        return is_scalar(leaf).then_some(Form {
            kind: leaf.kind,
            items: None,
        });
    }
    let items = leaf
        .shape
        .items
        .as_ref()
        .filter(|_| leaf.shape.prefix_items.is_empty())?;
    if ask.takes_null(items) {
        return None;
    }
    let shape = alternatives::shape_of(ask, items.schema, None);
    let inner = alternatives::of(ask, &shape, 0);
    let items = only(&inner).filter(|it| is_scalar(it))?.kind;
    Some(Form {
        kind: leaf.kind,
        items: Some(items),
    })
}

fn only<'a, 'd>(leaves: &'a [Leaf<'d>]) -> Option<&'a Leaf<'d>> {
    match leaves {
        [only] => Some(only),
        _ => None,
    }
}

fn is_scalar(leaf: &Leaf<'_>) -> bool {
    leaf.shape.values.is_none() && !matches!(leaf.kind, JsonKind::Array | JsonKind::Object)
}

/// A type that takes all values of a form.
pub fn wider(form: Form) -> Type {
    let ty = |kind| match kind {
        JsonKind::Bool => Type::Bool,
        JsonKind::Integer => Type::I64,
        JsonKind::Number => Type::F64,
        JsonKind::String => Type::String,
        JsonKind::Array | JsonKind::Object => Type::Json,
    };
    match form.items {
        Some(items) => Type::List(Box::new(ty(items))),
        None => ty(form.kind),
    }
}

/// What a variant is named after that has no name of its own: the JSON type.
pub fn label(leaves: &[Leaf<'_>]) -> String {
    match only(leaves).map(|it| it.kind) {
        Some(JsonKind::Bool) => "Bool",
        Some(JsonKind::Integer) => "Integer",
        Some(JsonKind::Number) => "Number",
        Some(JsonKind::String) => "String",
        Some(JsonKind::Array) => "List",
        Some(JsonKind::Object) => "Object",
        None => "Value",
    }
    .to_owned()
}

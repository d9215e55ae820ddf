//! Which members are made of floats, other names of types looked through.

use std::collections::BTreeMap;

use crate::finish::unique_payloads;
use crate::ir::{Api, Float, ItemKind, Type, TypeName};

/// Notes for all members what floats they are made of.
pub fn note(apis: &mut [Api]) {
    let aliases = unique_payloads::aliases(apis);
    for item in apis
        .iter_mut()
        .flat_map(|it| &mut it.models)
        .flat_map(|it| &mut it.items)
    {
        if let ItemKind::Model(model) = &mut item.kind {
            for field in &mut model.fields {
                field.float = float(&aliases, &field.ty, 0);
            }
        }
    }
}

/// The narrowest of the floats that a type is made of. Names that lead in a circle have been refused.
fn float(aliases: &BTreeMap<TypeName, Type>, ty: &Type, depth: usize) -> Option<Float> {
    match ty {
        Type::F32 => Some(Float::Single),
        Type::F64 => Some(Float::Double),
        Type::Named(name) if depth < 32 => float(aliases, aliases.get(name)?, depth + 1),
        Type::List(it) | Type::Map(it) | Type::Nullable(it) | Type::Boxed(it) => float(aliases, it, depth),
        Type::Tuple(items) => items.iter().filter_map(|it| float(aliases, it, depth)).min(),
        _ => None,
    }
}

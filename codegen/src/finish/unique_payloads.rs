//! Which variants hold what no other variant of theirs holds, other names of types looked through.

use std::collections::BTreeMap;

use crate::ir::{Api, ItemKind, Type, TypeName};

/// What other names of types stand for.
pub fn aliases(apis: &[Api]) -> BTreeMap<TypeName, Type> {
    let mut aliases = BTreeMap::new();
    for api in apis {
        for item in api.models.iter().flat_map(|it| &it.items) {
            if let ItemKind::Alias(ty) = &item.kind {
                let name = api.type_name(item);
                aliases.insert(name, ty.clone());
            }
        }
    }
    aliases
}

/// Notes for the variants of all unions and bodies whether a value says which of them it is.
pub fn note(apis: &mut [Api]) {
    let aliases = aliases(apis);
    for item in apis
        .iter_mut()
        .flat_map(|it| &mut it.models)
        .flat_map(|it| &mut it.items)
    {
        match &mut item.kind {
            ItemKind::Union(union) => {
                let alone = alone(&aliases, union.variants.iter().map(|it| &it.ty).collect());
                union
                    .variants
                    .iter_mut()
                    .zip(alone)
                    .for_each(|(it, alone)| it.is_alone = alone);
            }
            ItemKind::Body(variants) => {
                let alone = alone(&aliases, variants.iter().map(|it| &it.content.ty).collect());
                variants
                    .iter_mut()
                    .zip(alone)
                    .for_each(|(it, alone)| it.is_alone = alone);
            }
            _ => {}
        }
    }
}

fn alone(aliases: &BTreeMap<TypeName, Type>, types: Vec<&Type>) -> Vec<bool> {
    let resolved: Vec<Type> = types.into_iter().map(|it| resolve(aliases, it, 0)).collect();
    let count = |ty: &Type| resolved.iter().filter(|it| *it == ty).count();
    resolved.iter().map(|it| count(it) == 1).collect()
}

/// A type without other names and without boxes. Names that lead in a circle stay as they are.
fn resolve(aliases: &BTreeMap<TypeName, Type>, ty: &Type, depth: usize) -> Type {
    let inner = |it: &Type| Box::new(resolve(aliases, it, depth + 1));
    match ty {
        Type::Named(name) if depth < 32 => aliases
            .get(name)
            .map_or_else(|| ty.clone(), |it| resolve(aliases, it, depth + 1)),
        Type::Boxed(it) => resolve(aliases, it, depth + 1),
        Type::List(it) => Type::List(inner(it)),
        Type::Map(it) => Type::Map(inner(it)),
        Type::Nullable(it) => Type::Nullable(inner(it)),
        _ => ty.clone(),
    }
}

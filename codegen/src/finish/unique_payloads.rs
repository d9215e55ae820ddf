//! Marks the variants whose payload has a type that no other variant of theirs has, so that `From` can be implemented.

use crate::ir::{Api, Index, ItemKind, Type};

/// Notes for the variants of all unions and bodies whether a value says which of them it is.
pub fn note(apis: &mut [Api], index: &Index) {
    let items = apis
        .iter_mut()
        .flat_map(|it| &mut it.models)
        .flat_map(|it| &mut it.items);
    for item in items {
        match &mut item.kind {
            ItemKind::Union(union) => {
                let unique = unique(index, union.variants.iter().map(|it| &it.ty));
                union
                    .variants
                    .iter_mut()
                    .zip(unique)
                    .for_each(|(it, unique)| it.is_alone = unique);
            }
            ItemKind::Body(variants) => {
                let unique = unique(index, variants.iter().map(|it| &it.content.ty));
                variants
                    .iter_mut()
                    .zip(unique)
                    .for_each(|(it, unique)| it.is_alone = unique);
            }
            _ => {}
        }
    }
}

fn unique<'t>(index: &Index, types: impl Iterator<Item = &'t Type>) -> Vec<bool> {
    let expanded: Vec<Type> = types.map(|it| index.expand(it)).collect();
    let count = |ty: &Type| expanded.iter().filter(|it| *it == ty).count();
    expanded.iter().map(|it| count(it) == 1).collect()
}

//! Boxes where a type would hold itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::finish::closure;
use crate::ir::{Api, Item, ItemKind, Presence, Type, TypeName};

/// Boxes each member through which a type reaches itself without a list or a map between.
pub fn box_recursion(apis: &mut [Api]) {
    let mut edges: BTreeMap<TypeName, BTreeSet<TypeName>> = BTreeMap::new();
    for api in apis.iter() {
        for item in api.models.iter().flat_map(|file| &file.items) {
            let from = api.type_name(item);
            let held = item.types().into_iter().flat_map(held);
            edges.entry(from).or_default().extend(held.cloned());
        }
    }
    for api in apis.iter_mut() {
        let module = api.module.clone();
        for item in api.models.iter_mut().flat_map(|file| &mut file.items) {
            let from = TypeName {
                home: module.clone(),
                name: item.name.clone(),
            };
            if let ItemKind::Model(model) = &mut item.kind {
                for field in &mut model.fields {
                    if held(&field.ty).into_iter().any(|to| reaches(&edges, to, &from)) {
                        field.ty = Type::Boxed(Box::new(field.ty.clone()));
                    }
                }
            }
        }
    }
}

/// Models that require a value of themselves, however indirectly: no JSON text is long enough for one.
pub fn endless(apis: &[Api]) -> Vec<TypeName> {
    circles(apis, |item| match &item.kind {
        ItemKind::Model(model) => {
            let required = model.fields.iter().filter(|it| it.presence == Presence::Required);
            Some(required.filter_map(|it| behind(&it.ty)).cloned().collect())
        }
        _ => None,
    })
}

/// Other names of types that stand for themselves, however indirectly: Rust has no such type.
pub fn circular(apis: &[Api]) -> Vec<TypeName> {
    circles(apis, |item| match &item.kind {
        ItemKind::Alias(ty) => Some(closure::names([ty])),
        _ => None,
    })
}

/// The types that lead to themselves.
fn circles(apis: &[Api], leads_to: impl Fn(&Item) -> Option<BTreeSet<TypeName>>) -> Vec<TypeName> {
    let mut edges: BTreeMap<TypeName, BTreeSet<TypeName>> = BTreeMap::new();
    for api in apis {
        let items = api.models.iter().flat_map(|it| &it.items);
        edges.extend(items.filter_map(|it| Some((api.type_name(it), leads_to(it)?))));
    }
    let own = |(name, to): &(&TypeName, &BTreeSet<TypeName>)| to.iter().any(|to| reaches(&edges, to, name));
    edges.iter().filter(own).map(|(name, _)| name.clone()).collect()
}

fn behind(ty: &Type) -> Option<&TypeName> {
    match ty {
        Type::Named(name) => Some(name),
        Type::Boxed(inner) => behind(inner),
        _ => None,
    }
}

/// The types that a value of this type holds in place.
fn held(ty: &Type) -> Vec<&TypeName> {
    match ty {
        Type::Named(name) => vec![name],
        Type::Nullable(inner) => held(inner),
        Type::Tuple(items) => items.iter().flat_map(held).collect(),
        _ => Vec::new(),
    }
}

fn reaches(edges: &BTreeMap<TypeName, BTreeSet<TypeName>>, from: &TypeName, to: &TypeName) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(name) = open.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            open.extend(edges.get(name).into_iter().flatten());
        }
    }
    false
}

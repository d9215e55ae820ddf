//! Which types of other modules an API uses, and which features compile a module.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Body, Item, Operation, Type, TypeName};

/// Tells each API the types it uses from other modules, however indirectly, and each module the
/// features that need it.
pub fn share(apis: &mut [Api]) {
    let edges: BTreeMap<TypeName, BTreeSet<TypeName>> = apis.iter().flat_map(item_edges).collect();
    let mut users: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for api in apis.iter_mut() {
        let mut reached = BTreeSet::new();
        let mut open: Vec<TypeName> = roots(api).into_iter().collect();
        while let Some(name) = open.pop() {
            open.extend(
                edges
                    .get(&name)
                    .into_iter()
                    .flatten()
                    .filter(|it| !reached.contains(*it))
                    .cloned(),
            );
            reached.insert(name);
        }
        let foreign = reached.into_iter().filter(|it| it.home != api.module);
        api.shared = foreign.collect();
        api.is_feature = !api.tags.is_empty();
        for home in api
            .shared
            .iter()
            .map(|it| it.home.to_string())
            .chain([api.module.to_string()])
        {
            users.entry(home).or_default().insert(feature(api));
        }
    }
    let features: BTreeSet<String> = apis.iter().filter(|api| api.is_feature).map(feature).collect();
    for api in apis.iter_mut() {
        let mut own: BTreeSet<String> = users.remove(api.module.as_str()).unwrap_or_default();
        own.retain(|it| features.contains(it));
        if own.is_empty() {
            api.is_feature = true;
            own.insert(feature(api));
        }
        api.features = own.into_iter().collect();
    }
}

fn feature(api: &Api) -> String {
    api.module.as_str().trim_end_matches('_').replace('_', "-")
}

fn items(api: &Api) -> impl Iterator<Item = &Item> {
    api.models.iter().flat_map(|file| &file.items)
}

fn item_edges(api: &Api) -> Vec<(TypeName, BTreeSet<TypeName>)> {
    let edges = items(api).map(|item| {
        let mut out = BTreeSet::new();
        for ty in item.types() {
            named(ty, &mut out);
        }
        (
            TypeName {
                home: api.module.clone(),
                name: item.name.clone(),
            },
            out,
        )
    });
    edges.collect()
}

fn roots(api: &Api) -> BTreeSet<TypeName> {
    let mut out = BTreeSet::new();
    for ty in items(api).flat_map(Item::types) {
        named(ty, &mut out);
    }
    for operation in api.tags.iter().flat_map(|tag| &tag.operations) {
        for ty in operation_types(operation) {
            named(ty, &mut out);
        }
    }
    for setter in api.parameter_sets.iter().flat_map(|set| &set.setters) {
        named(&setter.parameter.ty, &mut out);
    }
    out
}

fn operation_types(operation: &Operation) -> Vec<&Type> {
    let mut out = Vec::new();
    out.extend(operation.arguments().iter().map(|it| &it.parameter.ty));
    out.extend(operation.bodies().map(Body::ty));
    out.extend(operation.answer.ty());
    out
}

fn named(ty: &Type, out: &mut BTreeSet<TypeName>) {
    match ty {
        Type::Named(name) => {
            out.insert(name.clone());
        }
        Type::List(it) | Type::Map(it) | Type::Boxed(it) | Type::Nullable(it) => named(it, out),
        Type::Tuple(items) => items.iter().for_each(|it| named(it, out)),
        Type::Runtime { arguments, .. } => arguments.iter().for_each(|it| named(it, out)),
        _ => {}
    }
}

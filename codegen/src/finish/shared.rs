//! Finds which types of other modules an API uses, and which cargo features compile what.

use std::collections::{BTreeMap, BTreeSet};

use crate::finish::closure;
use crate::finish::closure::{Closure, File};
use crate::ir::{Api, RUNTIME_FEATURES, Type, TypeName};
use crate::names::Ident;

/// Tells each API the types it uses from other modules, however indirectly, and each module the
/// features that need it.
pub fn share(apis: &mut [Api]) {
    let closure = Closure::of(apis);
    let names_in: BTreeMap<File, Vec<TypeName>> = apis.iter().flat_map(file_names).collect();
    let mut users: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for api in apis.iter_mut() {
        let files = closure.files(closure::names(all_types(api)));
        let foreign = files.iter().filter(|(home, _)| *home != api.module);
        api.shared = foreign
            .flat_map(|it| names_in.get(it).into_iter().flatten().cloned())
            .collect();
        api.shared.sort();
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

/// Leaves out files of models that no operation needs.
pub fn prune(apis: &mut [Api]) {
    let closure = Closure::of(apis);
    let roots: BTreeSet<TypeName> = apis
        .iter()
        .flat_map(|api| closure::names(operations_and_setters(api)))
        .collect();
    let needed = closure.files(roots);
    for api in apis.iter_mut() {
        let module = api.module.clone();
        api.models
            .retain(|it| needed.contains(&(module.clone(), it.module.clone())));
    }
}

/// Gives each tag a feature, and each file and set of parameters the features of the tags that need it.
pub fn by_tag(apis: &mut [Api]) {
    let closure = Closure::of(apis);
    let alone = apis.iter().filter(|it| !it.tags.is_empty()).count() == 1;
    let has_tags = apis.iter().any(|it| !it.tags.is_empty());
    let mut users: BTreeMap<File, BTreeSet<String>> = BTreeMap::new();
    for api in apis.iter_mut() {
        let own = feature(api);
        for index in 0..api.tags.len() {
            let name = tag_feature(&own, &api.tags[index].module, alone);
            let tag = &api.tags[index];
            let sets: BTreeSet<Ident> = tag
                .operations
                .iter()
                .filter_map(|it| it.parameter_set.clone())
                .collect();
            let types = closure::tag_types(tag);
            let types = types.chain(sets.iter().flat_map(|it| closure::setter_types(api, it)));
            for file in closure.files(closure::names(types)) {
                users.entry(file).or_default().insert(name.clone());
            }
            api.parameter_sets
                .iter_mut()
                .filter(|it| sets.contains(&it.name))
                .for_each(|it| it.features.push(name.clone()));
            api.tags[index].feature = Some(name);
        }
    }
    for api in apis.iter_mut() {
        let module = api.module.clone();
        for file in &mut api.models {
            let tags = users.remove(&(module.clone(), file.module.clone())).unwrap_or_default();
            // What no tag needs may still refer to what some need: it is there where all is.
            file.features = if tags.is_empty() && has_tags {
                vec!["full".to_owned()]
            } else {
                tags.into_iter().collect()
            };
        }
    }
}

fn tag_feature(api: &str, tag: &Ident, alone: bool) -> String {
    let tag = tag.as_str().trim_matches('_').replace('_', "-");
    let is_free = tag != api && tag != "full" && tag != "default" && !RUNTIME_FEATURES.contains(&tag.as_str());
    if alone && is_free { tag } else { format!("{api}-{tag}") }
}

fn feature(api: &Api) -> String {
    let name = api.module.as_str().trim_matches('_').replace('_', "-");
    if RUNTIME_FEATURES.contains(&name.as_str()) || name == "default" || name == "full" {
        format!("{name}-api")
    } else {
        name
    }
}

fn file_names(api: &Api) -> impl Iterator<Item = (File, Vec<TypeName>)> {
    api.models.iter().map(|file| {
        let names = file.items.iter().map(|it| TypeName {
            home: api.module.clone(),
            name: it.name.clone(),
        });
        ((api.module.clone(), file.module.clone()), names.collect())
    })
}

fn operations_and_setters(api: &Api) -> impl Iterator<Item = &Type> {
    let setters = api
        .parameter_sets
        .iter()
        .flat_map(|it| &it.setters)
        .map(|it| &it.parameter.ty);
    api.tags.iter().flat_map(closure::tag_types).chain(setters)
}

fn all_types(api: &Api) -> impl Iterator<Item = &Type> {
    let items = api.models.iter().flat_map(|it| &it.items).flat_map(|it| it.types());
    items.chain(operations_and_setters(api))
}

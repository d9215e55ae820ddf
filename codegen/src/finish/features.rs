//! Finds which types of other modules an API uses, and which cargo features compile what.

use std::collections::{BTreeMap, BTreeSet};

use crate::finish::closure;
use crate::finish::closure::{Closure, File};
use crate::ir::{Api, Features, ModelFile, Module, RUNTIME_FEATURES};
use crate::names::Ident;

/// The modules of a crate: each with the types it uses from others, however indirectly, and the features that need it.
pub fn modules(apis: Vec<Api>, has_tag_features: bool) -> Vec<Module> {
    let closure = Closure::of(&apis);
    let module = |api| Module {
        shared: closure.shared(&api),
        api,
        features: Features::default(),
    };
    let mut modules: Vec<Module> = apis.into_iter().map(module).collect();
    let mut users: BTreeMap<Ident, BTreeSet<String>> = BTreeMap::new();
    for it in asked_for(&modules) {
        for home in it.shared.iter().map(|it| &it.home).chain([&it.api.module]) {
            users.entry(home.clone()).or_default().insert(feature(&it.api));
        }
    }
    for Module { api, features, .. } in &mut modules {
        let of_users = users.remove(&api.module).unwrap_or_default();
        features.own = of_users.get(&feature(api)).cloned();
        features.apis = of_users.into_iter().collect();
        features.users.clone_from(&features.apis);
        features.any.clone_from(&features.apis);
    }
    if has_tag_features {
        name_tags(&mut modules);
        by_tag(&mut modules, &closure);
    }
    modules
}

/// The modules that users ask for: all but those that are there for others alone.
fn asked_for(modules: &[Module]) -> impl Iterator<Item = &Module> {
    let is_tagged = |it: &&Module| !it.api.tags.is_empty();
    let needed = modules.iter().filter(is_tagged).flat_map(|it| &it.shared);
    let needed: BTreeSet<&Ident> = needed.map(|it| &it.home).collect();
    let is_asked = move |it: &&Module| is_tagged(it) || !needed.contains(&it.api.module);
    modules.iter().filter(is_asked)
}

/// Gives each tag a feature.
fn name_tags(modules: &mut [Module]) {
    let tagged = modules.iter().filter(|it| !it.api.tags.is_empty()).count();
    let mut taken: BTreeSet<String> = modules.iter().filter_map(|it| it.features.own.clone()).collect();
    let mut of_apis: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Module { api, features, .. } in modules.iter_mut() {
        for tag in &api.tags {
            let name = unused(tag_feature(&feature(api), &tag.module, tagged == 1), &mut taken);
            of_apis.entry(feature(api)).or_default().push(name.clone());
            features.tags.insert(tag.module.clone(), name);
        }
    }
    for Module { api, features, .. } in modules {
        let base = |it: &String| match of_apis.get(it).map(Vec::as_slice) {
            None => it.clone(),
            Some([tag]) => tag.clone(),
            Some(_) => format!("_{it}"),
        };
        let of_api = |it: &String| of_apis.get(it).cloned().unwrap_or_else(|| vec![it.clone()]);
        features.base = (features.tags.len() > 1).then(|| base(&feature(api)));
        features.any = features.apis.iter().map(base).collect();
        features.users = features.apis.iter().flat_map(of_api).collect();
        features.users.sort_unstable();
    }
}

/// Gives each file and set of parameters the features that need it, unless all of the module's do.
fn by_tag(modules: &mut [Module], closure: &Closure) {
    let mut users = users(modules, closure);
    let of_api = |it: &Module| Some((it.features.base.clone()?, it.features.tags.values().cloned().collect()));
    let bases: Vec<(String, BTreeSet<String>)> = modules.iter().filter_map(of_api).collect();
    for Module { api, features, .. } in modules {
        for file in &api.models {
            let any = users.remove(&(api.module.clone(), file.module.clone()));
            let any = any.unwrap_or_default();
            if !features.users.iter().all(|it| any.contains(it)) {
                features.files.insert(file.module.clone(), shortened(any, &bases));
            }
        }
        for set in &api.parameter_sets {
            let is_user = |(tag, _): &(&Ident, &String)| set.users.iter().any(|(module, _)| module == *tag);
            let any: Vec<String> = features.tags.iter().filter(is_user).map(|(_, it)| it.clone()).collect();
            if any.len() < features.tags.len() {
                features.parameter_sets.insert(set.module.clone(), any);
            }
        }
    }
}

/// Features of which any one is needed, with the base of an API in place of all of its tags.
fn shortened(mut any: BTreeSet<String>, bases: &[(String, BTreeSet<String>)]) -> Vec<String> {
    for (base, tags) in bases {
        if tags.is_subset(&any) {
            any.retain(|it| !tags.contains(it));
            any.insert(base.clone());
        }
    }
    any.into_iter().collect()
}

/// The features that need each file: those of tags, or, where no tag does, that of the API, which turns on its tags.
fn users(modules: &[Module], closure: &Closure) -> BTreeMap<File, BTreeSet<String>> {
    let mut users: BTreeMap<File, BTreeSet<String>> = BTreeMap::new();
    for Module { api, features, .. } in modules {
        for tag in &api.tags {
            let is_user = |(module, _): &(Ident, Ident)| *module == tag.module;
            let sets = api.parameter_sets.iter().filter(|it| it.users.iter().any(is_user));
            let setters = sets.flat_map(|it| &it.setters).map(|it| &it.parameter.ty);
            for file in closure.files(closure::names(closure::tag_types(tag).chain(setters))) {
                users
                    .entry(file)
                    .or_default()
                    .insert(features.tags[&tag.module].clone());
            }
        }
    }
    let of_tags = users.clone();
    for Module { api, features, .. } in modules {
        let is_left = |it: &&ModelFile| !of_tags.contains_key(&(api.module.clone(), it.module.clone()));
        let left = api.models.iter().filter(is_left).flat_map(|it| &it.items);
        let files = closure.files(left.map(|it| api.type_name(it)).collect());
        let asked = features
            .own
            .as_ref()
            .map_or(features.apis.as_slice(), std::slice::from_ref);
        for file in files {
            let tags = of_tags.get(&file);
            let is_told = tags.is_some_and(|it| features.tags.values().any(|tag| it.contains(tag)));
            if !is_told {
                users.entry(file).or_default().extend(asked.iter().cloned());
            }
        }
    }
    users
}

/// The features that are defaults: those of all APIs, or that of an only one.
pub fn defaults(modules: &[Module], all: bool) -> Vec<String> {
    let own: Vec<String> = modules.iter().filter_map(|it| it.features.own.clone()).collect();
    if all || own.len() == 1 { own } else { Vec::new() }
}

/// The name, with a number where another feature has it.
fn unused(name: String, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let free = std::iter::once(name.clone())
        .chain(numbered)
        .find(|it| taken.insert(it.clone()));
    free.unwrap_or(name)
}

fn tag_feature(api: &str, tag: &Ident, alone: bool) -> String {
    let tag = tag.as_str().trim_matches('_').replace('_', "-");
    let is_free = tag != api && tag != "default" && !RUNTIME_FEATURES.contains(&tag.as_str());
    if alone && is_free { tag } else { format!("{api}-{tag}") }
}

fn feature(api: &Api) -> String {
    let name = api.module.as_str().trim_matches('_').replace('_', "-");
    if RUNTIME_FEATURES.contains(&name.as_str()) || name == "default" {
        format!("{name}-api")
    } else {
        name
    }
}

//! Finds which types of other modules an API uses, and which cargo features compile what.

use std::collections::{BTreeMap, BTreeSet};

use crate::finish::closure;
use crate::finish::closure::{Closure, File};
use crate::ir::{Api, Features, Module, RUNTIME_FEATURES};
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
    for it in modules.iter().filter(|it| !it.api.tags.is_empty()) {
        for home in it.shared.iter().map(|it| &it.home).chain([&it.api.module]) {
            users.entry(home.clone()).or_default().insert(feature(&it.api));
        }
    }
    for Module { api, features, .. } in &mut modules {
        let of_users = users.remove(&api.module).unwrap_or_default();
        features.own = (!api.tags.is_empty() || of_users.is_empty()).then(|| feature(api));
        features.any = of_users.into_iter().collect();
        if features.any.is_empty() {
            features.any.extend(features.own.clone());
        }
    }
    if has_tag_features {
        by_tag(&mut modules, &closure);
    }
    modules
}

/// Gives each tag a feature, and each file and set of parameters the features of the tags that need it.
fn by_tag(modules: &mut [Module], closure: &Closure) {
    let tagged = modules.iter().filter(|it| !it.api.tags.is_empty()).count();
    let mut taken: BTreeSet<String> = modules.iter().filter_map(|it| it.features.own.clone()).collect();
    let mut users: BTreeMap<File, BTreeSet<String>> = BTreeMap::new();
    for Module { api, features, .. } in modules.iter_mut() {
        for tag in &api.tags {
            let name = unused(tag_feature(&feature(api), &tag.module, tagged == 1), &mut taken);
            let is_user = |(module, _): &(Ident, Ident)| *module == tag.module;
            let sets = api.parameter_sets.iter().filter(|it| it.users.iter().any(is_user));
            let setters = sets.clone().flat_map(|it| &it.setters).map(|it| &it.parameter.ty);
            for file in closure.files(closure::names(closure::tag_types(tag).chain(setters))) {
                users.entry(file).or_default().insert(name.clone());
            }
            for set in sets {
                let of_set = features.parameter_sets.entry(set.module.clone()).or_default();
                of_set.push(name.clone());
            }
            features.tags.insert(tag.module.clone(), name);
        }
    }
    for Module { api, features, .. } in modules.iter_mut().filter(|_| tagged > 0) {
        for file in &api.models {
            let tags = users.remove(&(api.module.clone(), file.module.clone()));
            // What no tag needs may still refer to what some need: it is there where all is.
            let any = tags.map_or_else(|| vec!["full".to_owned()], |it| it.into_iter().collect());
            features.files.insert(file.module.clone(), any);
        }
    }
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

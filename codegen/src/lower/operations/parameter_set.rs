//! Sets of optional parameters that operations share, so that each setter is emitted once.

use std::collections::BTreeMap;

use crate::ir::{ParameterSet, Setter, Tag};
use crate::lower::docs;
use crate::names::{Case, Ident, Scope};

/// An operation, by tag and name.
pub type Key = (String, String);

/// Gives each distinct list of setters one set, named after the first of its operations, and tells
/// the operations which is theirs.
pub fn share(tags: &mut [Tag], mut setters: BTreeMap<Key, Vec<Setter>>) -> Vec<ParameterSet> {
    let mut users: BTreeMap<Vec<Setter>, Vec<Key>> = BTreeMap::new();
    for tag in tags.iter() {
        for operation in &tag.operations {
            let key = (tag.module.to_string(), operation.name.to_string());
            match setters.remove(&key) {
                Some(list) if !list.is_empty() => users.entry(list).or_default().push(key),
                _ => {}
            }
        }
    }
    let mut sets: Vec<(Vec<Key>, Vec<Setter>)> = users.into_iter().map(|(list, keys)| (keys, list)).collect();
    sets.sort();
    let mut scope = Scope::reserving(&["Call", "Self"]);
    let mut names: BTreeMap<Key, Ident> = BTreeMap::new();
    let mut out = Vec::new();
    for (keys, setters) in sets {
        let first = keys.first().map_or("", |(_, name)| name.as_str());
        let name = scope.claim(Case::Type, &format!("{first}Parameters"));
        out.push(ParameterSet {
            docs: docs::parameter_set_docs(&keys),
            name: name.clone(),
            setters,
            features: Vec::new(),
        });
        names.extend(keys.into_iter().map(|key| (key, name.clone())));
    }
    for tag in tags {
        let module = tag.module.to_string();
        for operation in &mut tag.operations {
            operation.parameter_set = names.get(&(module.clone(), operation.name.to_string())).cloned();
        }
    }
    out.sort_by(|a, b| a.name.cmp(&b.name));
    out
}

//! Sets of optional parameters that operations share, so that each setter is emitted once.

use std::collections::BTreeMap;

use super::docs;
use crate::ir::{Operation, ParameterSet, Setter, Tag};
use crate::names::{Case, Scope};

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
    let mut out = Vec::new();
    for (keys, setters) in sets {
        let first = keys.first().map_or("", |(_, name)| name.as_str());
        let name = scope.claim(Case::Type, &format!("{first}Parameters"));
        for operation in tags.iter_mut().flat_map(|tag| operations_of(tag, &keys)) {
            operation.parameter_set = Some(name.clone());
        }
        out.push(ParameterSet {
            docs: docs::parameter_set_docs(&keys),
            name,
            setters,
            features: Vec::new(),
        });
    }
    out.sort_by(|a, b| a.name.cmp(&b.name));
    out
}

fn operations_of<'a>(tag: &'a mut Tag, keys: &'a [Key]) -> impl Iterator<Item = &'a mut Operation> {
    let module = tag.module.to_string();
    tag.operations.iter_mut().filter(move |it| {
        keys.iter()
            .any(|(tag, name)| *tag == module && name == it.name.as_str())
    })
}

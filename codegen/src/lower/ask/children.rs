//! Finds the schemas that extend a schema with a discriminator.

use std::collections::{BTreeMap, BTreeSet};

use tablature_openapi::document::Schema;
use tablature_openapi::{ComponentId, Documents};

/// The components that extend each component with a discriminator of its own and no choices, however indirectly.
pub type Children = BTreeMap<ComponentId, BTreeSet<ComponentId>>;

/// Finds the children of all parents among some components.
pub fn find(documents: &Documents, all: &[(ComponentId, &Schema)]) -> Children {
    let mut found = Children::new();
    let parents: Vec<&ComponentId> = all.iter().filter(|(_, it)| is_parent(it)).map(|(id, _)| id).collect();
    if parents.is_empty() {
        return found;
    }
    let mut extended: BTreeMap<ComponentId, Vec<&ComponentId>> = BTreeMap::new();
    for (id, schema) in all {
        for reference in schema.all_of.iter().filter_map(|it| it.reference.as_ref()) {
            if let Some((parent, _)) = documents.resolve_schema(&reference.span, &reference.value) {
                extended.entry(parent).or_default().push(id);
            }
        }
    }
    for parent in parents {
        let mut children = BTreeSet::new();
        let mut open = vec![parent];
        while let Some(id) = open.pop() {
            for child in extended.get(id).into_iter().flatten() {
                if *child != parent && children.insert((*child).clone()) {
                    open.push(child);
                }
            }
        }
        found.insert(parent.clone(), children);
    }
    found
}

/// Whether a schema has a discriminator of its own and no choices.
pub fn is_parent(schema: &Schema) -> bool {
    schema.discriminator.is_some() && schema.one_of.is_empty() && schema.any_of.is_empty()
}

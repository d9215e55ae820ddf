//! The components of a draft by the tables that they are documented in, so that what a curator renamed is found again.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use tablature_openapi::{Documents, extension};

use crate::align;
use crate::documented::page_of;
use crate::facts::Page;
use crate::import::{Draft, component_reference};
use crate::json::Json;
use crate::lock::Lock;

/// What the components of the draft that pages become are called in the draft that there is.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The names there, by those that the pages become.
    names: BTreeMap<String, String>,
    /// The components that are not there yet, by their names there.
    pub(super) new: BTreeMap<String, Component>,
    /// The components that are there and were described by no page until now, by their names.
    pub(super) described: BTreeMap<String, Component>,
    /// The tables that no edition before had.
    pub(super) tables: BTreeSet<String>,
    /// The operations that no edition before had, as method and path.
    pub(super) operations: BTreeSet<(String, String)>,
}

/// A component of the draft that pages become.
#[derive(Clone, Debug)]
pub(super) struct Component {
    pub(super) schema: Json,
    pub(super) tables: Vec<String>,
}

impl Names {
    pub(super) fn of(documents: &Documents, recorded: &Lock, pages: &[Page], draft: &Draft) -> Self {
        let mut names = Self::default();
        let moved = names.moved(recorded, pages);
        let (mut there, mut taken, mut bare) = (HashMap::new(), BTreeSet::new(), BTreeSet::new());
        for (name, schema) in documents.documents().iter().flat_map(|it| &it.components.schemas) {
            taken.insert(name.clone());
            if extension::documented_in(&schema.item.extensions).is_empty() && schema.item.properties.is_empty() {
                bare.insert(name);
            }
            for table in extension::documented_in(&schema.item.extensions) {
                let is_given = pages.iter().any(|it| it.key == page_of(&table.value));
                // A table that is gone must not stand for the one that has its number now.
                let table = moved.get(&table.value).or((!is_given).then_some(&table.value));
                if let Some(table) = table {
                    there.entry(table.clone()).or_insert_with(|| name.clone());
                }
            }
        }
        let Some(Json::Object(components)) = draft.document.at_keys(&["components", "schemas"]) else {
            return names;
        };
        for (name, schema) in components {
            let component = Component {
                schema: schema.clone(),
                tables: texts(schema.member("x-documented-in")),
            };
            let known = component.tables.iter().find_map(|it| there.get(it));
            // One that no page describes has its name alone.
            let known = known.or_else(|| taken.get(name).filter(|_| component.tables.is_empty()));
            let own = match known {
                Some(known) => known.clone(),
                None if bare.contains(name) => {
                    names.described.insert(name.clone(), component);
                    name.clone()
                }
                None => {
                    let numbered = (2..).map(|it| format!("{name}{it}"));
                    let mut free = std::iter::once(name.clone()).chain(numbered);
                    let free = free.find(|it| taken.insert(it.clone())).unwrap_or_default();
                    names.new.insert(free.clone(), component);
                    free
                }
            };
            names.names.insert(name.clone(), own);
        }
        names
    }

    /// The tables of recorded editions by their names in the editions of now; notes what is new.
    fn moved(&mut self, recorded: &Lock, pages: &[Page]) -> HashMap<String, String> {
        let mut moved = HashMap::new();
        for page in pages {
            let before = recorded.page(&page.key);
            let pairs = before.map(|it| align::tables(page, it)).unwrap_or_default();
            let table = |index: usize| format!("{}#{}", page.key, index + 1);
            moved.extend(pairs.iter().map(|it| (table(it.right), table(it.left))));
            let is_new = |it: &usize| pairs.iter().all(|pair| pair.left != *it);
            self.tables.extend((0..page.tables.len()).filter(is_new).map(table));
            let operations = page.operations.iter().map(|it| (it.method.clone(), it.path.clone()));
            let known = |it: &(String, String)| {
                let mut known = before.into_iter().flat_map(|it| &it.operations);
                known.any(|known| known.method == it.0 && known.path == it.1)
            };
            self.operations.extend(operations.filter(|it| !known(it)));
        }
        moved
    }

    /// What a component that the pages become is called.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.names.get(name).map(String::as_str)
    }

    /// A value whose references are to the components as they are called.
    pub(super) fn renamed(&self, value: &Json) -> Json {
        match value {
            Json::Array(items) => Json::Array(items.iter().map(|it| self.renamed(it)).collect()),
            Json::Object(members) => {
                let member = |(key, value): &(String, Json)| {
                    let own = target(value).filter(|_| key == "$ref").and_then(|it| self.get(it));
                    let renamed = own.and_then(|it| component_reference(it).member("$ref").cloned());
                    (key.clone(), renamed.unwrap_or_else(|| self.renamed(value)))
                };
                Json::Object(members.iter().map(member).collect())
            }
            plain => plain.clone(),
        }
    }
}

/// The component that a reference is to.
pub(super) fn target(reference: &Json) -> Option<&str> {
    match reference {
        Json::String(it) => it.strip_prefix("#/components/schemas/"),
        _ => None,
    }
}

/// The texts of a list.
pub(super) fn texts(list: Option<&Json>) -> Vec<String> {
    let Some(Json::Array(items)) = list else {
        return Vec::new();
    };
    let text = |it: &Json| match it {
        Json::String(it) => Some(it.clone()),
        _ => None,
    };
    items.iter().filter_map(text).collect()
}

//! What no edition before had: whole operations and models, put into the draft as `import` drafts them.

use std::collections::BTreeSet;

use tablature_openapi::edit::{self, Edit, append_item, insert_member, replace};
use tablature_openapi::node::{Node, Value};
use tablature_openapi::{Report, json};

use crate::import::{Draft, UNDESCRIBED, object};
use crate::json::{Json, Layout};
use crate::update::names::{Names, target, texts};

/// How often edits that overlap others are tried again.
pub(super) const TRIES: usize = 16;

/// What was added to a draft.
#[derive(Debug, Default)]
pub(super) struct Added {
    /// A line for each.
    pub(super) done: Vec<String>,
    /// What there is no place for.
    pub(super) left: Vec<String>,
}

/// Adds new operations, and the models that are new or that something refers to now.
pub(super) fn add(text: &mut String, draft: &Draft, names: &Names) -> Added {
    let mut added = Added::default();
    for round in 0..TRIES {
        let Some(root) = json::parse(0, text, &mut Report::new()) else {
            return added;
        };
        let mut add = Add {
            text,
            root: &root,
            names,
            edits: Vec::new(),
            done: Vec::new(),
            left: Vec::new(),
        };
        let operations = add.operations(&draft.document);
        add.tags(&operations);
        add.models(&operations);
        add.described();
        add.tables(&draft.document);
        let Add { edits, done, left, .. } = add;
        if round == 0 {
            added = Added { done, left };
        }
        let (edited, left_out) = edit::apply(text, &edits);
        *text = edited;
        // Edits that overlap others, as in a list that was empty, are made in the next round.
        if left_out == 0 {
            break;
        }
    }
    added
}

struct Add<'a> {
    text: &'a str,
    root: &'a Node,
    names: &'a Names,
    edits: Vec<Edit>,
    done: Vec<String>,
    left: Vec<String>,
}

impl Add<'_> {
    fn edit(&mut self, edit: Option<Edit>, what: String) {
        match edit {
            Some(edit) => {
                self.edits.push(edit);
                self.done.push(format!("added     {what}"));
            }
            None => self
                .left
                .push(format!("added     {what}: the draft has no place for it")),
        }
    }

    /// Adds the operations that are new; returns them.
    fn operations(&mut self, draft: &Json) -> Vec<Json> {
        let (Some(Json::Object(drafted)), Some(paths)) = (draft.member("paths"), self.root.get("paths")) else {
            return Vec::new();
        };
        let mut added = Vec::new();
        for (path, methods) in drafted {
            let Json::Object(methods) = methods else { continue };
            let item = paths.get(path);
            let is_new = |(method, _): &&(String, Json)| {
                let key = (method.to_ascii_uppercase(), path.clone());
                self.names.operations.contains(&key) && item.and_then(|it| it.get(method)).is_none()
            };
            let new: Vec<_> = methods.iter().filter(is_new).collect();
            let new: Vec<_> = new
                .into_iter()
                .map(|(it, value)| (it.clone(), self.names.renamed(value)))
                .collect();
            for (method, value) in &new {
                let what = format!("{} {path}", method.to_ascii_uppercase());
                match item {
                    Some(item) => {
                        let edit = insert_member(self.text, item, None, method, &laid_out(value));
                        self.edit(edit, what);
                    }
                    None => self.done.push(format!("added     {what}")),
                }
            }
            if item.is_none() && !new.is_empty() {
                let value = Json::Object(new.clone());
                self.edits
                    .extend(insert_member(self.text, paths, None, path, &laid_out(&value)));
            }
            added.extend(new.into_iter().map(|(_, value)| value));
        }
        added
    }

    /// Adds the tags of new operations.
    fn tags(&mut self, operations: &[Json]) {
        let Some(list) = self.root.get("tags") else { return };
        let known: Vec<_> = list
            .as_array()
            .unwrap_or_default()
            .iter()
            .filter_map(|it| it.get("name"))
            .collect();
        let known: Vec<_> = known.into_iter().filter_map(Node::as_str).collect();
        let mut new: Vec<String> = operations.iter().flat_map(|it| texts(it.member("tags"))).collect();
        new.sort();
        new.dedup();
        for tag in new.iter().filter(|it| !known.contains(&it.as_str())) {
            let value = object([("name", Json::text(tag))]);
            self.edits.extend(append_item(self.text, list, &laid_out(&value)));
        }
    }

    /// Adds the models that are new, and all that something refers to which is not there.
    fn models(&mut self, operations: &[Json]) {
        let schemas = self.root.get("components").and_then(|it| it.get("schemas"));
        let there = |name: &str| schemas.and_then(|it| it.get(name)).is_some();
        let mut waiting: Vec<String> = Vec::new();
        let is_new = |it: &String| self.names.tables.contains(it);
        let new = self.names.new.iter().filter(|(_, it)| it.tables.iter().any(is_new));
        waiting.extend(new.map(|(name, _)| name.clone()));
        operations.iter().for_each(|it| references(it, &mut waiting));
        references(&Json::of(self.root), &mut waiting);
        let mut wanted = BTreeSet::new();
        while let Some(name) = waiting.pop() {
            let Some(component) = self.names.new.get(&name).filter(|_| !there(&name)) else {
                continue;
            };
            if wanted.insert(name) {
                references(&self.names.renamed(&component.schema), &mut waiting);
            }
        }
        let Some(schemas) = schemas else {
            self.left.extend(
                wanted
                    .iter()
                    .map(|it| format!("added     the model {it}: the draft has no `components.schemas`")),
            );
            return;
        };
        for name in wanted {
            let Some(component) = self.names.new.get(&name) else {
                continue;
            };
            let value = self.names.renamed(&component.schema);
            let members = schemas.as_object().unwrap_or_default().iter();
            let after = members
                .map(|(key, _)| key.value.as_str())
                .filter(|it| *it < name.as_str())
                .max();
            let edit = match after {
                None if !schemas.as_object().unwrap_or_default().is_empty() => first(schemas, &name, &value),
                after => insert_member(self.text, schemas, after, &name, &laid_out(&value)),
            };
            self.edit(edit, format!("the model {name}"));
        }
    }

    /// Fills in the models that no page described until now; what was edited of them stays.
    fn described(&mut self) {
        let schemas = self.root.get("components").and_then(|it| it.get("schemas"));
        for (name, component) in &self.names.described {
            let Some(known) = schemas.and_then(|it| it.get(name)) else {
                continue;
            };
            let (Json::Object(own), Json::Object(mut members)) =
                (Json::of(known), self.names.renamed(&component.schema))
            else {
                continue;
            };
            let is_kept = |(key, value): &(String, Json)| {
                component.schema.member(key).is_none() && *value != Json::text(UNDESCRIBED)
            };
            members.extend(own.into_iter().filter(is_kept));
            let edit = replace(self.text, known, &laid_out(&Json::Object(members)));
            self.edit(edit, format!("the members of the model {name}"));
        }
    }

    /// Names new tables at the models that were there already.
    fn tables(&mut self, draft: &Json) {
        let Some(Json::Object(drafted)) = draft.at_keys(&["components", "schemas"]) else {
            return;
        };
        let schemas = self.root.get("components").and_then(|it| it.get("schemas"));
        for (name, schema) in drafted {
            let own = self
                .names
                .get(name)
                .and_then(|it| schemas?.get(it)?.get("x-documented-in"));
            let Some(list) = own else { continue };
            let mut tables = texts(Some(&Json::of(list)));
            let known = tables.len();
            for table in texts(schema.member("x-documented-in")) {
                if self.names.tables.contains(&table) && !tables.contains(&table) {
                    tables.push(table);
                }
            }
            if tables.len() > known {
                self.edits
                    .extend(replace(self.text, list, &laid_out(&Json::texts(tables))));
            }
        }
    }
}

/// A member before all others.
fn first(object: &Node, key: &str, value: &Json) -> Option<Edit> {
    let Value::Object(members) = &object.value else {
        return None;
    };
    let start = members.first()?.0.span.start as usize;
    // Components are indented by six columns in what is drafted.
    let quoted = format!("\"{key}\": ");
    let text = format!(
        "{quoted}{},\n      ",
        value.at(Layout::Documents, 6, 6 + quoted.chars().count())
    );
    Some(Edit {
        start,
        end: start,
        text,
    })
}

/// The components that a value refers to.
fn references(value: &Json, found: &mut Vec<String>) {
    match value {
        Json::Array(items) => items.iter().for_each(|it| references(it, found)),
        Json::Object(members) => {
            for (key, value) in members {
                found.extend(target(value).filter(|_| key == "$ref").map(str::to_owned));
                references(value, found);
            }
        }
        _ => {}
    }
}

fn laid_out(value: &Json) -> impl Fn(usize, usize) -> String {
    move |indent, column| value.at(Layout::Documents, indent, column)
}

//! All models of all pages: equal ones are one, others of the same name get names of their own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use tablature_openapi::{Diagnostic, Report, Span};

use crate::documented::page_of;
use crate::facts::{Cell, Page, Role};
use crate::import::model::{Model, component_name, component_reference};
use crate::import::object;
use crate::json::Json;

/// The models.
#[derive(Debug, Default)]
pub(super) struct Pool {
    /// The models by component name.
    models: BTreeMap<String, Model>,
    /// The component of a model by page and name; of a body by page and role.
    by_page: HashMap<(String, String), String>,
    /// The component of a part of a chapter: `Service.spec`.
    parts: HashMap<String, String>,
    /// Models that no page describes, and where they are named first.
    missing: BTreeMap<String, Span>,
}

impl Pool {
    /// Takes in the models of a page that have names.
    pub(super) fn named(&mut self, page: &Page, report: &mut Report) {
        for (index, table) in page.tables.iter().enumerate() {
            let Some(model) = table.model() else { continue };
            let Cell::Known(name) = &model.name else {
                if !model.whole {
                    let message = format!("the model of table {} has no name: it is left out", index + 1);
                    report.push(Diagnostic::warning("nameless-model", table.span, message));
                }
                continue;
            };
            let part_of = chapter(name, &model.role);
            let found = Model::of(&page.key, index + 1, table, part_of.clone());
            let component = self.insert(component_name(name, part_of.as_ref()), found, report);
            if part_of.is_some() {
                self.parts.entry(name.clone()).or_insert_with(|| component.clone());
            }
            self.by_page
                .entry((page.key.clone(), name.clone()))
                .or_insert(component);
        }
    }

    /// Takes in the bodies of a page that are tables without a name: an example tells their kind,
    /// or else they are the model with the same members.
    pub(super) fn bodies(&mut self, page: &Page, report: &mut Report) {
        for (index, table) in page.tables.iter().enumerate() {
            let Some(model) = table.model().filter(|it| it.whole && it.name.known().is_none()) else {
                continue;
            };
            let found = Model::of(&page.key, index + 1, table, None);
            let shape = found.shape();
            // An example may show what servers response, not what the table says: members count first.
            let kind = kind(page, &model.role);
            let is_same = |it: &Model| it.shape() == shape;
            let by_kind = kind.clone().filter(|it| self.models.get(it).is_none_or(is_same));
            let same = || {
                self.models
                    .iter()
                    .find(|(_, it)| is_same(it))
                    .map(|(name, _)| name.clone())
            };
            let known = kind
                .filter(|it| self.models.get(it).is_some_and(is_same))
                .or_else(same)
                .or(by_kind);
            let wanted = known.unwrap_or_else(|| component_name(&body_name(page, &model.role), None));
            let component = self.insert(wanted, found, report);
            self.by_page
                .entry((page.key.clone(), role_key(&model.role)))
                .or_insert(component);
        }
    }

    /// Finds the same model, or a free name for another one.
    fn insert(&mut self, wanted: String, model: Model, report: &mut Report) -> String {
        let shape = model.shape();
        let mut number = 1;
        loop {
            let name = if number == 1 {
                wanted.clone()
            } else {
                format!("{wanted}{number}")
            };
            match self.models.get_mut(&name) {
                None => {
                    if number > 1 {
                        let first = self.models.get(&wanted).map(|it| it.span);
                        let message = format!("`{wanted}` has other members here: it becomes `{name}`");
                        let mut found = Diagnostic::warning("other-shape", model.span, message);
                        found = found.help("make them one, or give this one a better name");
                        report.push(match first {
                            Some(first) => found.related(first, "the first one"),
                            None => found,
                        });
                    }
                    self.models.insert(name.clone(), model);
                    return name;
                }
                Some(known) if known.shape() == shape => {
                    known.merge(model);
                    return name;
                }
                Some(_) => number += 1,
            }
        }
    }

    /// The schema of a model that a row of a page names.
    pub(super) fn reference(&mut self, page: &str, name: &str, span: Span) -> Json {
        let short = component_name(name, None);
        let component = self.by_page.get(&(page.to_owned(), name.to_owned())).cloned();
        let component = component.unwrap_or_else(|| short.clone());
        if !self.models.contains_key(&component) {
            self.missing.entry(component.clone()).or_insert(span);
        }
        component_reference(&component)
    }

    /// The schema of a whole body that a page describes by a table of its own.
    pub(super) fn body(&self, page: &Page, role: &Role) -> Option<Json> {
        let key = (page.key.clone(), role_key(role));
        self.by_page.get(&key).map(|it| component_reference(it))
    }

    /// Reports the models that no page describes.
    pub(super) fn missing(&mut self, report: &mut Report) {
        self.gather();
        for (name, span) in &self.missing {
            let message = format!("no page describes the model `{name}`: it becomes a free-form object");
            report.push(Diagnostic::warning("missing-model", *span, message));
        }
    }

    /// Looks through the members for models that nobody describes.
    fn gather(&mut self) {
        let models: Vec<_> = self.models.values().cloned().collect();
        for model in models {
            self.schema(&model);
        }
    }

    /// The schema of a model; what it refers to and nobody describes is noted.
    fn schema(&mut self, model: &Model) -> Json {
        let page = model.tables.first().map_or("", |it| page_of(it));
        let parts = self.parts.clone();
        model.schema(&mut |it| self.reference(page, it, model.span), &|it| {
            parts.get(it).cloned()
        })
    }

    /// All schemas, and how many they are.
    pub(super) fn schemas(&mut self) -> (Json, usize) {
        let names: BTreeSet<_> = self.models.keys().chain(self.missing.keys()).cloned().collect();
        let mut schemas = Vec::new();
        for name in &names {
            let schema = match self.models.get(name).cloned() {
                Some(model) => self.schema(&model),
                None => missing(),
            };
            schemas.push((name.clone(), schema));
        }
        (Json::Object(schemas), names.len())
    }
}

/// The schema of a model that no page describes.
fn missing() -> Json {
    object([
        ("type", Json::text("object")),
        ("x-draft", Json::Bool(true)),
        ("x-note", Json::text("No page that was imported describes it.")),
    ])
}

/// The chapter that a model is a part of: `Service.spec.ports[]` is `.spec.ports[]` of `Service`.
fn chapter(name: &str, role: &Role) -> Option<(String, String)> {
    if *role != Role::Definition {
        return None;
    }
    let (kind, path) = name.split_at(name.find('.').unwrap_or(name.len()));
    let is_kind = kind.starts_with(|it: char| it.is_ascii_uppercase());
    is_kind.then(|| (kind.to_owned(), path.to_owned()))
}

/// The kind that an example of a body says it is: `Service`.
fn kind(page: &Page, role: &Role) -> Option<String> {
    let examples = page.examples.iter().filter(|it| it.role == *role);
    let kinds = examples.filter_map(|it| match Json::parse(&it.text)? {
        Json::Object(members) => members.into_iter().find_map(|(key, value)| match value {
            Json::String(kind) if key == "kind" => Some(kind),
            _ => None,
        }),
        _ => None,
    });
    let is_name = |it: &String| {
        it.starts_with(|it: char| it.is_ascii_uppercase()) && it.bytes().all(|it| it.is_ascii_alphanumeric())
    };
    let mut kinds = kinds;
    kinds.find(is_name)
}

/// A name for a body that the page describes without naming it.
fn body_name(page: &Page, role: &Role) -> String {
    let stem = page.key.rsplit('/').next().unwrap_or(&page.key);
    let stem = if stem.is_ascii() {
        stem.to_owned()
    } else {
        from_operation(page)
    };
    match role {
        Role::Request => format!("{stem} request"),
        Role::Response(status) if status == "200" => format!("{stem} response"),
        Role::Response(status) => format!("{stem} response {status}"),
        Role::Definition => stem,
    }
}

fn from_operation(page: &Page) -> String {
    page.operations
        .first()
        .map_or_else(String::new, |it| super::names::operation(&it.method, &it.path))
}

fn role_key(role: &Role) -> String {
    match role {
        Role::Request => "(request)".to_owned(),
        Role::Response(status) => format!("({status})"),
        Role::Definition => "(definition)".to_owned(),
    }
}

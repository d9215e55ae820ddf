//! Operations and components by place: which one a finding is in, and documents without some of them.

use std::collections::HashSet;

use super::Documents;
use crate::document::section::from_key;
use crate::document::{Document, Operation, PathItem, RefOr, Schema, Section};
use crate::extension;
use crate::span::Span;

/// A part of a document that a run can do without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// What it is called: the `operationId`, or method and path; the key of a component.
    pub name: String,
    /// Its place.
    pub span: Span,
    /// Other names of an operation: method and path, in Rust, and of its first tag.
    pub also: Vec<String>,
}

/// What a [`Part`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// An operation, also of a webhook. Left out, it is not there.
    Operation,
    /// A component schema. Left out, any value is taken in its place.
    Schema,
    /// Another component. Left out, references to it lead nowhere.
    Component(Section),
}

impl Part {
    /// The operation of a method of a path, or of a webhook that is called `key`.
    pub fn of_operation(method: &str, key: &str, operation: &Operation, is_webhook: bool) -> Self {
        let id = operation.operation_id.as_ref().map(|it| it.value.clone());
        let mut also: Vec<String> = operation.tags.first().map(|it| it.value.clone()).into_iter().collect();
        also.extend(extension::rust_name(&operation.extensions).map(|it| it.value));
        also.extend(is_webhook.then(|| key.to_owned()));
        let place = format!("{method} {key}");
        also.push(place.clone());
        Self {
            kind: PartKind::Operation,
            name: id.unwrap_or(place),
            span: operation.span,
            also,
        }
    }

    /// What it is and what it is called: ``operation `listPets` ``.
    pub fn title(&self) -> String {
        let kind = match self.kind {
            PartKind::Operation => "operation",
            PartKind::Schema => "schema",
            PartKind::Component(section) => section.thing().split_once(' ').map_or("component", |(_, it)| it),
        };
        format!("{kind} `{}`", self.name)
    }

    /// Whether the command line means it by a name.
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.also.iter().any(|it| it == name)
    }
}

impl Documents {
    /// All operations and components, in the order in which they stand; of those that begin together the larger first.
    pub fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        for (document, reached) in self.documents.iter().zip(&self.reached) {
            let named = document.paths.iter().map(|(key, item)| (key, item, false));
            let webhooks = document.webhooks.iter().map(|(key, item)| (key, item, true));
            for (key, item, is_webhook) in named.chain(webhooks) {
                if let RefOr::Item(item) = item {
                    operations(&key.value, item, is_webhook, &mut parts);
                }
            }
            for components in [&document.components, reached] {
                for (name, item) in &components.path_items {
                    if let RefOr::Item(item) = &item.item {
                        operations(name, item, false, &mut parts);
                    }
                }
                for section in Section::ALL.iter().filter(|it| **it != Section::PathItems) {
                    let map = section.of(components);
                    parts.extend(map.names().filter_map(|name| {
                        let kind = match section {
                            Section::Schemas => PartKind::Schema,
                            other => PartKind::Component(*other),
                        };
                        Some(Part {
                            kind,
                            name: name.to_owned(),
                            span: map.place(name)?,
                            also: Vec::new(),
                        })
                    }));
                }
            }
        }
        parts.sort_by_key(|it| (it.span.source, it.span.start, std::cmp::Reverse(it.span.end)));
        parts
    }

    /// Leaves out what stands at these places.
    pub(super) fn leave_out(&mut self, places: &[Span]) {
        let places: HashSet<Span> = places.iter().copied().collect();
        let left_out = |place: Span| places.contains(&place);
        for (document, reached) in self.documents.iter_mut().zip(&mut self.reached) {
            let Document {
                paths,
                webhooks,
                components,
                ..
            } = document;
            for (_, item) in paths.iter_mut().chain(webhooks) {
                retain(item, &left_out);
            }
            for components in [components, reached] {
                for item in components.path_items.values_mut() {
                    retain(&mut item.item, &left_out);
                }
                for section in Section::ALL
                    .iter()
                    .filter(|it| !matches!(it, Section::PathItems | Section::Schemas))
                {
                    section.of_mut(components).remove_at(&left_out);
                }
                for schema in components.schemas.values_mut() {
                    if left_out(from_key(schema.key, schema.item.span)) {
                        schema.item = Schema {
                            span: schema.item.span,
                            ..Schema::default()
                        };
                    }
                }
            }
        }
    }
}

fn operations(key: &str, item: &PathItem, is_webhook: bool, parts: &mut Vec<Part>) {
    for (method, operation) in &item.operations {
        parts.push(Part::of_operation(&method.value, key, operation, is_webhook));
    }
}

fn retain(item: &mut RefOr<PathItem>, left_out: &impl Fn(Span) -> bool) {
    if let RefOr::Item(item) = item {
        item.operations.retain(|(_, it): &(_, Operation)| !left_out(it.span));
    }
}

/// The smallest part that a place is in, of parts in the order of [`Documents::parts`].
pub fn part_at(parts: &[Part], place: Span) -> Option<&Part> {
    let begun = parts.partition_point(|it| (it.span.source, it.span.start) <= (place.source, place.start));
    let mut before = parts.get(..begun)?.iter().rev();
    // Of parts within each other the inner one begins last.
    before
        .find(|it| it.span.contains(place) || it.span.source != place.source)
        .filter(|it| it.span.source == place.source)
}

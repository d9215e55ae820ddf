//! Schemas that are resources of their own: `$id`, `$anchor`, and references within a component to its own `$defs`.

use std::collections::HashMap;

use super::name;
use super::reference::Fragment;
use super::{Documents, reference};
use crate::node::{Node, Value};
use crate::source::SourceId;
use crate::span::Span;

/// A schema with an address of its own.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    /// The `$id`, made absolute by those around it.
    id: String,
    /// The keys and indices that lead to it.
    tokens: Vec<String>,
    /// Its place.
    span: Span,
}

/// What can be referred to in a file by another way than where it stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Resources {
    /// Schemas with an `$id`, from the outside in.
    by_id: Vec<Resource>,
    /// What leads to schemas with an `$anchor`, by the `$id` around them and the anchor.
    anchors: HashMap<(String, String), Vec<String>>,
}

impl Resources {
    /// Those of a file.
    pub(super) fn of(root: &Node) -> Self {
        let mut resources = Self::default();
        resources.collect(root, &mut Vec::new(), "");
        resources
    }

    fn collect(&mut self, node: &Node, path: &mut Vec<String>, base: &str) {
        let text = |key: &str| node.get(key).and_then(Node::as_str);
        let own = text("$id").map(|id| join(base, id));
        let base = own.as_deref().unwrap_or(base);
        if let Some(id) = &own {
            self.by_id.push(Resource {
                id: id.clone(),
                tokens: path.clone(),
                span: node.span,
            });
        }
        for anchor in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
            let key = (base.to_owned(), anchor.to_owned());
            self.anchors.entry(key).or_insert_with(|| path.clone());
        }
        match &node.value {
            Value::Object(entries) => {
                for (key, inner) in entries {
                    // What stands there is any JSON, and no schema.
                    if !matches!(
                        key.value.as_str(),
                        "example" | "examples" | "default" | "const" | "enum"
                    ) {
                        path.push(key.value.clone());
                        self.collect(inner, path, base);
                        path.pop();
                    }
                }
            }
            Value::Array(items) => {
                for (index, inner) in items.iter().enumerate() {
                    path.push(index.to_string());
                    self.collect(inner, path, base);
                    path.pop();
                }
            }
            _ => {}
        }
    }

    /// The smallest resource that a place is in.
    fn around(&self, place: Span) -> Option<&Resource> {
        self.by_id.iter().rev().find(|it| it.span.contains(place))
    }
}

impl Documents {
    /// The source and the pointer that a reference leads to by an `$id`, an `$anchor` or from within a component.
    pub(super) fn in_resource(&self, from: &Span, file: &str, fragment: &Fragment) -> Option<(SourceId, Vec<String>)> {
        let own = self.resources.get(&from.source);
        let around = own.and_then(|it| it.around(*from));
        let (source, id, mut tokens) = if file.is_empty() {
            match around {
                Some(it) => (from.source, it.id.clone(), it.tokens.clone()),
                None => (from.source, String::new(), Vec::new()),
            }
        } else {
            let id = join(around.map_or("", |it| &it.id), file);
            let (source, found) = self.resources.iter().find_map(|(source, it)| {
                let found = it.by_id.iter().find(|it| it.id == id || it.id == file)?;
                Some((*source, found))
            })?;
            (source, found.id.clone(), found.tokens.clone())
        };
        match fragment {
            Fragment::Anchor(name) => {
                let anchors = &self.resources.get(&source)?.anchors;
                let scoped = anchors.get(&(id, name.clone()));
                let any = || anchors.iter().find(|((_, it), _)| it == name).map(|(_, it)| it);
                Some((source, scoped.or_else(any)?.clone()))
            }
            Fragment::Pointer(pointer) => {
                let first = pointer.first().map(String::as_str);
                if file.is_empty() {
                    // An address in the document is meant, whatever the `$id` around it.
                    if matches!(first, Some("components" | "paths" | "webhooks")) {
                        return None;
                    }
                    if around.is_none() {
                        tokens = self.component_around(from, first)?;
                    }
                }
                tokens.extend(pointer.iter().cloned());
                Some((source, tokens))
            }
        }
    }

    /// What leads to the component schema around a place, where `#` or one of its own definitions is referred to:
    /// the document has no schema there.
    fn component_around(&self, from: &Span, first: Option<&str>) -> Option<Vec<String>> {
        if !matches!(first, None | Some("$defs" | "definitions")) {
            return None;
        }
        let document = self.documents.get(self.document_at(from.source)?)?;
        let schemas = document.components.schemas.iter();
        let (name, _) = schemas.into_iter().find(|(_, it)| it.item.span.contains(*from))?;
        Some(vec!["components".to_owned(), "schemas".to_owned(), name.clone()])
    }
}

/// The address that a reference means beside a base.
fn join(base: &str, reference: &str) -> String {
    let reference = reference.trim_end_matches('#');
    let Some((scheme, rest)) = base.split_once("://").filter(|_| !reference::is_remote(reference)) else {
        return match base.rsplit_once('/') {
            Some((folder, _)) if !reference::is_remote(reference) => name::normal(&format!("{folder}/{reference}")),
            _ => reference.to_owned(),
        };
    };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = match (reference.strip_prefix('/'), path.rsplit_once('/')) {
        (Some(absolute), _) => absolute.to_owned(),
        (None, Some((folder, _))) => format!("{folder}/{reference}"),
        (None, None) => reference.to_owned(),
    };
    format!("{scheme}://{authority}/{}", name::normal(&path))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn addresses_are_joined() {
        for (base, reference, joined) in [
            ("", "User", "User"),
            ("https://a.b/s/c", "d", "https://a.b/s/d"),
            ("https://a.b/s/c", "/d", "https://a.b/d"),
            ("https://a.b/s/c", "../d", "https://a.b/d"),
            ("https://a.b", "d", "https://a.b/d"),
            ("https://a.b/c", "https://x.y/z#", "https://x.y/z"),
            ("s/c", "d", "s/d"),
        ] {
            assert_eq!(join(base, reference), joined, "{reference} in {base}");
        }
    }
}

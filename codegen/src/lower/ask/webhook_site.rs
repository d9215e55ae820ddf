//! Finds the webhooks and callbacks of a document, each with the place where it stands.

use tablature_openapi::document::{Callback, Operation, PathItem, RefOr};
use tablature_openapi::{Documents, Spanned};

use crate::lower::ask::input::Input;
use crate::lower::ask::operation_site::{Site, path_item};
use crate::names::Ident;

/// A request that the API sends, in its place: the path of the site is the name of the webhook, or the runtime
/// expression of the callback.
pub struct Sent<'d> {
    /// The place.
    pub site: Site<'d>,
    /// The name in the document.
    pub id: String,
    /// What its type is called after.
    pub called: String,
    /// The operation that it is a callback of.
    pub callback: Option<Ident>,
}

/// The webhooks of a document, sorted.
pub fn of_document<'d>(input: &Input<'d>, document: usize) -> Vec<Sent<'d>> {
    let mut out = Vec::new();
    for (name, item) in &input.document(document).webhooks {
        let Some(item) = path_item(input.documents, item) else {
            continue;
        };
        for (method, operation) in operations(item) {
            let mut called = name.value.clone();
            if item.operations.len() > 1 {
                called += &format!(" {}", method.to_lowercase());
            }
            out.push(Sent {
                site: Site {
                    document,
                    path: &name.value,
                    item,
                    method,
                    operation,
                },
                id: name.value.clone(),
                called,
                callback: None,
            });
        }
    }
    sorted(out)
}

/// The callbacks of an operation, sorted.
pub fn callbacks<'d>(input: &Input<'d>, site: Site<'d>, name: &Ident) -> Vec<Sent<'d>> {
    let documents = input.documents;
    let mut out = Vec::new();
    for (id, callback) in &site.operation.callbacks {
        for (url, item) in callback_items(documents, callback) {
            for (method, operation) in operations(item) {
                let mut called = format!("{name} {}", id.value);
                if item.operations.len() > 1 {
                    called += &format!(" {}", method.to_lowercase());
                }
                out.push(Sent {
                    site: Site {
                        document: site.document,
                        path: &url.value,
                        item,
                        method,
                        operation,
                    },
                    id: id.value.clone(),
                    called,
                    callback: Some(name.clone()),
                });
            }
        }
    }
    sorted(out)
}

/// The addresses that a callback goes to, each with what is sent there.
pub fn callback_items<'d>(
    documents: &'d Documents,
    callback: &'d RefOr<Callback>,
) -> impl Iterator<Item = (&'d Spanned<String>, &'d PathItem)> {
    let requests = target(documents, callback).map_or(&[][..], |it| &it.requests);
    requests
        .iter()
        .filter_map(move |(url, item)| Some((url, path_item(documents, item)?)))
}

fn sorted(mut all: Vec<Sent<'_>>) -> Vec<Sent<'_>> {
    all.sort_by(|a, b| (&a.id, a.site.path, a.site.method).cmp(&(&b.id, b.site.path, b.site.method)));
    all
}

fn operations(item: &PathItem) -> impl Iterator<Item = (&str, &Operation)> {
    item.operations.iter().map(|(method, it)| (method.value.as_str(), it))
}

fn target<'d>(documents: &'d Documents, callback: &'d RefOr<Callback>) -> Option<&'d Callback> {
    match callback {
        RefOr::Item(item) => Some(item),
        RefOr::Ref(it) => documents
            .resolve_callback(&it.target.span, &it.target.value)
            .map(|(_, it)| it),
    }
}

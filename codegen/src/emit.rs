//! IR to tokens: nothing is decided or checked here, and nothing can fail.

mod api;
mod body;
mod call;
mod docs;
mod endpoint;
mod enumeration;
mod items;
mod library;
mod manifest;
mod model;
mod operation;
mod parameters;
mod rules;
mod statuses;
mod types;
mod union;
mod webhook;
mod writing;

use std::iter;

use proc_macro2::TokenStream;

use crate::ir::{Crate, Docs};

pub use manifest::{Manifest, Runtime, manifest};

/// An emitted source file.
pub struct Source {
    /// The path below the crate's folder.
    pub path: String,
    /// The documentation of its module.
    pub docs: Docs,
    /// Items. There is a blank line between groups and none within one.
    pub groups: Vec<Vec<TokenStream>>,
}

impl Source {
    fn new(path: impl Into<String>, docs: Docs) -> Self {
        Self {
            path: path.into(),
            docs,
            groups: Vec::new(),
        }
    }

    fn group(&mut self, mut items: Vec<TokenStream>) {
        items.retain(|it| !it.is_empty());
        if !items.is_empty() {
            self.groups.push(items);
        }
    }

    fn item(&mut self, item: TokenStream) {
        if !item.is_empty() {
            self.groups.push(vec![item]);
        }
    }
}

/// The sources of a crate, each made when it is asked for.
pub fn sources(krate: &Crate) -> impl Iterator<Item = Source> {
    let call = (krate.operations() > 0).then(|| call::source(krate));
    let apis = krate.apis.iter().flat_map(|api| {
        let tags = api.tags.iter();
        let operations = tags.flat_map(|tag| {
            let endpoint = (!tag.operations.is_empty()).then(|| endpoint::source(api, tag));
            iter::once(operation::source(api, tag)).chain(endpoint)
        });
        iter::once(api::source(api))
            .chain(items::sources(api))
            .chain(parameters::source(api))
            .chain(operations)
    });
    iter::once(library::source(krate)).chain(call).chain(apis)
}

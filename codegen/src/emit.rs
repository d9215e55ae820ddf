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
mod writing;

use proc_macro2::TokenStream;

use crate::ir::{Crate, Docs};

pub use manifest::{Manifest, manifest};

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

/// The sources of a crate.
pub fn sources(krate: &Crate) -> Vec<Source> {
    let mut sources = vec![library::source(krate)];
    if krate.operations() > 0 {
        sources.push(call::source(krate));
    }
    for api in &krate.apis {
        sources.push(api::source(api));
        sources.extend(items::sources(api));
        sources.extend(parameters::source(api));
        for tag in &api.tags {
            sources.push(operation::source(api, tag));
            sources.push(endpoint::source(api, tag));
        }
    }
    sources
}

//! IR to tokens: nothing is decided or checked here, and nothing can fail.

mod api;
mod api_list;
mod body;
mod call;
mod crate_page;
mod default;
mod derives;
mod docs;
mod endpoint;
mod enumeration;
mod example;
mod items;
mod library;
mod manifest;
mod model;
mod operation;
mod parameters;
mod rules;
mod send;
mod statuses;
mod tag;
mod types;
mod union;
mod webhook;
mod writing;

use std::collections::BTreeSet;
use std::iter;
use std::rc::Rc;

use proc_macro2::TokenStream;

use crate::ir::{Api, Crate, Docs, Module};
use crate::names::Ident;

pub use api_list::{PATH as API_LIST, api_list};
pub use docs::LINE_END;
pub use library::lints;
pub use manifest::{Manifest, Runtime, Value, dependencies, manifest};
pub use send::PATH as CLIENT_FILE;

/// An emitted source file.
pub struct Source {
    /// The path below the crate's folder.
    pub path: String,
    /// The documentation of its module.
    pub docs: Docs,
    /// The example in that, as it is written.
    pub example: Vec<String>,
    /// Items. There is a blank line between groups and none within one.
    pub groups: Vec<Vec<TokenStream>>,
    /// The names of the own crate that its items may use without a path.
    pub scope: Scope,
    /// The path of the module that is emitted as a crate: `crate`, unless it is a module of another.
    pub root: String,
}

/// The names of the own crate that a file may use without a path, beside those of the prelude.
#[derive(Clone)]
pub enum Scope {
    /// None.
    Crate,
    /// The other types of its API's models.
    Models(Rc<BTreeSet<String>>),
    /// `models` and `parameters` of its API, and some neighbours.
    Operations {
        /// The module of the API.
        api: Ident,
        /// Types of other files of its folder.
        siblings: Vec<String>,
    },
}

impl Scope {
    fn models(module: &Module) -> Self {
        let own = module.api.items().map(|it| it.name.to_string());
        Self::Models(Rc::new(
            own.chain(module.shared.iter().map(|it| it.name.to_string())).collect(),
        ))
    }

    fn operations(api: &Api, siblings: impl Iterator<Item = String>) -> Self {
        Self::Operations {
            api: api.module.clone(),
            siblings: siblings.collect(),
        }
    }

    /// The path of such a name.
    pub fn path(&self, name: &str) -> Option<String> {
        match self {
            Self::Models(names) if names.contains(name) => Some(format!("super::{name}")),
            Self::Operations { siblings, .. } if siblings.iter().any(|it| it == name) => Some(format!("super::{name}")),
            Self::Operations { api, .. } if matches!(name, "models" | "parameters") => {
                Some(format!("crate::{api}::{name}"))
            }
            _ => None,
        }
    }
}

impl Source {
    fn new(path: impl Into<String>, docs: Docs, scope: Scope) -> Self {
        Self {
            path: path.into(),
            docs,
            example: Vec::new(),
            groups: Vec::new(),
            scope,
            root: "crate".to_owned(),
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

/// A source that is made when it is asked for.
pub type Lazy<'c> = Box<dyn FnOnce() -> Source + 'c>;

/// The sources of a crate of this package.
pub fn sources<'c>(krate: &'c Crate, package: &'c str) -> impl Iterator<Item = Lazy<'c>> + use<'c> {
    let call = (krate.operations() > 0).then(|| [lazy(move || call::source(krate)), lazy(move || send::source(krate))]);
    let apis = krate.modules.iter().flat_map(move |module| {
        let api = &module.api;
        let tags = api.tags.iter().flat_map(move |tag| {
            let operations = tag.operations.iter();
            let operations = operations.map(move |it| lazy(move || operation::source(package, api, tag, it)));
            let webhooks = tag.webhooks.iter();
            let webhooks = webhooks.map(move |it| lazy(move || webhook::source(api, tag, it)));
            iter::once(lazy(move || tag::source(api, tag)))
                .chain(operations)
                .chain(webhooks)
        });
        iter::once(lazy(move || api::source(module)))
            .chain(items::sources(module, krate))
            .chain(parameters::sources(module))
            .chain(tags)
    });
    iter::once(lazy(move || library::source(krate, package)))
        .chain(call.into_iter().flatten())
        .chain(apis)
}

fn lazy<'c>(source: impl FnOnce() -> Source + 'c) -> Lazy<'c> {
    Box::new(source)
}

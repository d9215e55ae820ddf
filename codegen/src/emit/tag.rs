//! Emits the module of a tag: a table of contents of its operations and webhooks.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::condition;
use super::{Scope, Source};
use crate::ir::{Api, Features, Tag};
use crate::markdown::code;
use crate::names::Ident;

/// The file of the module.
pub fn source(api: &Api, tag: &Tag) -> Source {
    let mut docs = tag.docs.clone();
    if !tag.operations.is_empty() {
        docs.extend(["", "| Operation | Request |", "| --- | --- |"].map(str::to_owned));
        docs.extend(tag.operations.iter().map(|it| {
            let request = code(&format!("{} {}", it.method, it.path)).replace('|', "\\|");
            format!("| [`{0}`](type@{0}) | {request} |", it.name)
        }));
    }
    let mut source = Source::new(format!("src/{}/{}/mod.rs", api.module, tag.module), docs, Scope::Crate);
    let mut entries: Vec<(&Ident, &Ident)> = tag.operations.iter().map(|it| (&it.module, &it.name)).collect();
    entries.extend(tag.webhooks.iter().map(|it| (&it.module, &it.name)));
    entries.sort();
    source.group(entries.iter().map(|(module, _)| quote! { mod #module; }).collect());
    source.group(
        entries
            .iter()
            .map(|(module, name)| quote! { pub use #module::#name; })
            .collect(),
    );
    source
}

/// The declaration of the module.
pub fn declaration(tag: &Tag, features: &Features) -> TokenStream {
    let (condition, module) = (condition(features.tags.get(&tag.module)), &tag.module);
    quote! { #condition pub mod #module; }
}

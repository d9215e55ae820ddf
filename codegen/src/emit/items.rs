//! Emits the models: a file per component, with the types inside it.

use std::iter;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{condition, deprecated, docs};
use super::types::{Within, ty};
use super::{Scope, Source, body, enumeration, model, statuses, union};
use crate::ir::{Api, Item, ItemKind, ModelFile};

/// The files of an API's models.
pub fn sources(api: &Api) -> impl Iterator<Item = Source> {
    let scope = Scope::models(api);
    let files = api.models.iter().map(move |file| source(api, file, scope.clone()));
    iter::once(root(api)).chain(files)
}

/// The root: modules, then what they and other APIs' models export.
fn root(api: &Api) -> Source {
    let docs = vec![format!("The models of `{}`.", api.module)];
    let mut source = Source::new(format!("src/{}/models/mod.rs", api.module), docs, Scope::Crate);
    source.group(api.models.iter().map(module).collect());
    source.group(api.models.iter().map(export).collect());
    let mut homes: Vec<_> = api.shared.iter().map(|it| &it.home).collect();
    homes.dedup();
    let shared = homes.into_iter().map(|home| {
        let names = api.shared.iter().filter(|it| it.home == *home).map(|it| &it.name);
        quote! { #[doc(inline)] pub use crate::#home::models::{#(#names),*}; }
    });
    source.group(shared.collect());
    source
}

fn module(file: &ModelFile) -> TokenStream {
    let (condition, module) = (condition(&file.features), &file.module);
    quote! { #condition mod #module; }
}

fn export(file: &ModelFile) -> TokenStream {
    let (condition, module) = (condition(&file.features), &file.module);
    let names = file.items.iter().map(|it| &it.name);
    if file.items.len() == 1 {
        quote! { #condition pub use #module::#(#names)*; }
    } else {
        quote! { #condition pub use #module::{#(#names),*}; }
    }
}

/// What a file of models holds: a type inside another one has a name that begins with the name of that.
fn contents(file: &ModelFile) -> String {
    let mut outer: Vec<&str> = Vec::new();
    for name in file.items.iter().map(|it| it.name.as_str()) {
        if !outer.iter().any(|it| name.starts_with(it)) {
            outer.push(name);
        }
    }
    let them = if outer.len() == 1 { "it" } else { "them" };
    let inside = if outer.len() == file.items.len() {
        String::new()
    } else {
        format!(" and the types inside {them}")
    };
    let outer: Vec<String> = outer.iter().map(|it| format!("`{it}`")).collect();
    format!("{}{inside}.", outer.join(", "))
}

/// A file of models.
fn source(api: &Api, file: &ModelFile, scope: Scope) -> Source {
    let docs = vec![contents(file)];
    let mut source = Source::new(format!("src/{}/models/{}.rs", api.module, file.module), docs, scope);
    for item in &file.items {
        emit(item, &mut source);
    }
    source
}

fn emit(item: &Item, source: &mut Source) {
    match &item.kind {
        ItemKind::Model(model) => model::emit(item, model, source),
        ItemKind::Enumeration(variants) => enumeration::emit(item, variants, source),
        ItemKind::IntegerEnumeration(variants) => enumeration::emit_integers(item, variants, source),
        ItemKind::Union(it) => union::emit(item, it, source),
        ItemKind::Body(variants) => body::emit(item, variants, source),
        ItemKind::Failures(it) => statuses::emit_failures(item, it, source),
        ItemKind::Statuses(variants) => statuses::emit(item, variants, source),
        ItemKind::Alias(target) => {
            let (docs, deprecated, name, target) = (
                docs(&item.docs),
                deprecated(&item.deprecated),
                &item.name,
                ty(target, Within::Models),
            );
            source.item(quote! { #docs #deprecated pub type #name = #target; });
        }
    }
}

//! Emits the models: a file per component, with the types inside it.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use proc_macro2::TokenStream;
use quote::quote;

use super::derives::{derives, json_schema};
use super::docs::{condition, deprecated, docs};
use super::types::{Within, ty};
use super::{Lazy, Scope, Source, body, enumeration, lazy, model, rules, statuses, union};
use crate::ir::{Api, Crate, Features, Index, Item, ItemKind, ModelFile, Module, Type};
use crate::names::Ident;

/// The files of an API's models.
pub fn sources<'c>(module: &'c Module, krate: &'c Crate) -> impl Iterator<Item = Lazy<'c>> + use<'c> {
    let scope = Scope::models(module);
    let api = &module.api;
    let files = api.models.iter().map(move |file| {
        let scope = scope.clone();
        lazy(move || source(api, file, &krate.index, scope))
    });
    iter::once(lazy(move || root(module, krate))).chain(files)
}

/// The root: modules, then what they and other APIs' models export.
fn root(module: &Module, krate: &Crate) -> Source {
    let Module { api, features, .. } = module;
    let docs = vec![format!("The models of `{}`.", api.module)];
    let mut source = Source::new(format!("src/{}/models/mod.rs", api.module), docs, Scope::Crate);
    let files = || api.models.iter().map(|it| (it, condition(features.file(it))));
    source.group(files().map(|(it, condition)| declaration(it, &condition)).collect());
    source.group(files().map(|(it, condition)| export(it, &condition)).collect());
    source.group(krate.modules.iter().flat_map(|home| exports_of(home, module)).collect());
    source
}

/// The exports of what a module shares of another one: those of one condition together.
fn exports_of(home: &Module, module: &Module) -> Vec<TokenStream> {
    let mut exports: BTreeMap<Vec<&String>, BTreeSet<&Ident>> = BTreeMap::new();
    let Features { own, users, any, .. } = &module.features;
    let is_own = |it: &&String| users.contains(it) || any.contains(it) || own.as_ref() == Some(it);
    for file in &home.api.models {
        let is_shared = |it: &&Item| module.shared.binary_search(&home.api.type_name(it)).is_ok();
        let mut features: Vec<&String> = home.features.file(file).iter().filter(is_own).collect();
        if any.iter().all(|it| features.contains(&it)) {
            features.clear();
        }
        for item in file.items.iter().filter(is_shared) {
            exports.entry(features.clone()).or_default().extend(item.exports());
        }
    }
    let home = &home.api.module;
    let export = |(features, names): (Vec<&String>, BTreeSet<&Ident>)| {
        let (condition, names) = (condition(features), names.into_iter());
        quote! { #condition #[doc(inline)] pub use crate::#home::models::{#(#names),*}; }
    };
    exports.into_iter().map(export).collect()
}

fn declaration(file: &ModelFile, condition: &TokenStream) -> TokenStream {
    let module = &file.module;
    quote! { #condition mod #module; }
}

fn export(file: &ModelFile, condition: &TokenStream) -> TokenStream {
    let module = &file.module;
    let names: Vec<&Ident> = file.items.iter().flat_map(Item::exports).collect();
    if let [only] = names.as_slice() {
        quote! { #condition pub use #module::#only; }
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
fn source(api: &Api, file: &ModelFile, index: &Index, scope: Scope) -> Source {
    let docs = vec![contents(file)];
    let mut source = Source::new(format!("src/{}/models/{}.rs", api.module, file.module), docs, scope);
    for item in &file.items {
        emit(item, index, &mut source);
    }
    source
}

fn emit(item: &Item, index: &Index, source: &mut Source) {
    emit_kind(item, index, source);
    source.item(json_schema(item));
}

fn emit_kind(item: &Item, index: &Index, source: &mut Source) {
    match &item.kind {
        ItemKind::Model(model) => model::emit(item, model, index, source),
        ItemKind::Enumeration(variants) => enumeration::emit(item, variants, source),
        ItemKind::IntegerEnumeration(variants) => enumeration::emit_integers(item, variants, source),
        ItemKind::Union(it) => union::emit(item, it, index, source),
        ItemKind::Body(variants) => body::emit(item, variants, index, source),
        ItemKind::Failures(it) => statuses::emit_failures(item, it, source),
        ItemKind::Statuses(variants) => statuses::emit(item, variants, source),
        ItemKind::Wrapper(inner) => wrapper(item, inner, source),
        ItemKind::Alias { ty: target, checks } => {
            let (docs, deprecated, name, target) = (
                docs(&item.docs),
                deprecated(&item.deprecated),
                &item.name,
                ty(target, Within::Models),
            );
            source.item(quote! { #docs #deprecated pub type #name = #target; });
            if let Some(checks) = checks {
                source.item(rules::function(item, checks));
            }
        }
    }
}

fn wrapper(item: &Item, inner: &Type, source: &mut Source) {
    let (docs, deprecated, name) = (docs(&item.docs), deprecated(&item.deprecated), &item.name);
    let inner = ty(inner, Within::Models);
    let derives = derives(item, ["Clone", "Debug", "Default", "PartialEq"]);
    source.item(quote! {
        #docs
        #deprecated
        #derives
        pub struct #name(pub #inner);
    });
    source.item(quote! {
        impl From<#inner> for #name {
            fn from(value: #inner) -> Self {
                Self(value)
            }
        }
    });
    source.item(quote! { runtime::wrapper!(#name); });
}

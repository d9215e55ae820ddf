//! The module of models: a file per component.

use std::collections::BTreeSet;
use std::iter;

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::quote;

use super::docs::{condition, deprecated, docs};
use super::types::{From, Uses, ty};
use super::{Source, body, enumeration, model, statuses, union, writing};
use crate::ir::{Api, Item, ItemKind, ModelFile};

/// The files of an API's models.
pub fn sources(api: &Api) -> impl Iterator<Item = Source> {
    let files = api.models.iter().map(|file| source(api, file));
    iter::once(root(api)).chain(files)
}

/// The root: modules, then what they and other APIs' models export.
fn root(api: &Api) -> Source {
    let docs = vec![format!("The models of `{}`.", api.module)];
    let mut source = Source::new(format!("src/{}/models/mod.rs", api.module), docs);
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
fn source(api: &Api, file: &ModelFile) -> Source {
    let docs = vec![contents(file)];
    let mut source = Source::new(format!("src/{}/models/{}.rs", api.module, file.module), docs);
    imports(file).into_iter().for_each(|group| source.group(group));
    for item in &file.items {
        emit(item, &mut source);
    }
    source
}

fn imports(file: &ModelFile) -> Vec<Vec<TokenStream>> {
    let mut uses = Uses::default();
    let mut modules: BTreeSet<&str> = BTreeSet::new();
    let mut written = writing::Imports::default();
    for item in &file.items {
        item.types().into_iter().for_each(|it| uses.note(it));
        uses.named
            .extend(item.rules().filter_map(|it| it.kind.ty()).map(|it| it.name.clone()));
        uses.map |= matches!(&item.kind, ItemKind::Model(model) if model.additional.is_some());
        if let ItemKind::Body(variants) = &item.kind {
            variants.iter().for_each(|it| written.note_content(&it.content));
        }
        modules.extend(match &item.kind {
            ItemKind::Union(union) if union.is_ruled() => Some("model"),
            _ => None,
        });
        modules.extend(match &item.kind {
            ItemKind::Model(_) => Some("model"),
            ItemKind::Union(_) => Some("json"),
            ItemKind::Body(_) => Some("body"),
            ItemKind::Statuses(_) => Some("answer"),
            ItemKind::Alias(_) | ItemKind::Enumeration(_) | ItemKind::IntegerEnumeration(_) => None,
        });
    }
    let named_itself = |it: &Item| !matches!(it.kind, ItemKind::Alias(_) | ItemKind::Body(_));
    let itself = uses.runtime || file.items.iter().any(named_itself);
    let bytes = modules.contains("body") || modules.contains("answer");
    let only = |used: bool, import: TokenStream| if used { import } else { TokenStream::new() };
    let serializer = only(modules.contains("json"), quote! { use serde::{Serialize, Serializer}; });
    let bytes = only(bytes, quote! { use crate::runtime::bytes::Bytes; });
    let own = [
        vec![siblings(file, &uses)],
        written.items(),
        vec![bytes, runtime(itself, &modules)],
    ];
    vec![vec![uses.map_import()], vec![serializer], own.concat()]
}

/// The import of types that stand in other files.
fn siblings(file: &ModelFile, uses: &Uses) -> TokenStream {
    let others = uses
        .named
        .iter()
        .filter(|it| file.items.iter().all(|item| item.name != **it));
    let named: Vec<_> = others.collect();
    match named.as_slice() {
        [] => TokenStream::new(),
        [only] => quote! { use super::#only; },
        _ => quote! { use super::{#(#named),*}; },
    }
}

/// The import of the runtime, itself or some of its modules.
fn runtime(itself: bool, modules: &BTreeSet<&str>) -> TokenStream {
    let names = itself.then_some("self").into_iter().chain(modules.iter().copied());
    let names: Vec<Token> = names.map(|it| Token::new(it, Span::call_site())).collect();
    match names.as_slice() {
        [] => TokenStream::new(),
        [only] if only == "self" => quote! { use crate::runtime; },
        [only] => quote! { use crate::runtime::#only; },
        _ => quote! { use crate::runtime::{#(#names),*}; },
    }
}

fn emit(item: &Item, source: &mut Source) {
    match &item.kind {
        ItemKind::Model(model) => model::emit(item, model, source),
        ItemKind::Enumeration(variants) => enumeration::emit(item, variants, source),
        ItemKind::IntegerEnumeration(variants) => enumeration::emit_integers(item, variants, source),
        ItemKind::Union(it) => union::emit(item, it, source),
        ItemKind::Body(variants) => body::emit(item, variants, source),
        ItemKind::Statuses(variants) => statuses::emit(item, variants, source),
        ItemKind::Alias(target) => {
            let (docs, deprecated, name, target) = (
                docs(&item.docs),
                deprecated(item.deprecated),
                &item.name,
                ty(target, From::Models),
            );
            source.item(quote! { #docs #deprecated pub type #name = #target; });
        }
    }
}

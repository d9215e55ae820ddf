//! Emits sets of optional parameters: each setter once, for all operations that share the set.

use std::iter;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{alias, condition, deprecated, docs};
use super::{Lazy, Scope, Source, lazy, writing};
use crate::ir::{Api, Module, ParameterSet, Setter};

/// The files of an API's sets: a table of contents, then a file each.
pub fn sources<'c>(module: &'c Module) -> impl Iterator<Item = Lazy<'c>> + use<'c> {
    let api = &module.api;
    let root = (!api.parameter_sets.is_empty()).then(|| lazy(move || root(module)));
    let sets = api.parameter_sets.iter();
    root.into_iter()
        .chain(sets.map(move |it| lazy(move || source(api, it))))
}

fn root(module: &Module) -> Source {
    let Module { api, features, .. } = module;
    let docs = vec!["Optional parameters: a set for each list of them that operations have in common.".to_owned()];
    let mut source = Source::new(format!("src/{}/parameters/mod.rs", api.module), docs, Scope::Crate);
    let modules = api.parameter_sets.iter().map(|it| {
        let (condition, module) = (condition(features.parameter_set(it)), &it.module);
        quote! { #condition mod #module; }
    });
    source.group(modules.collect());
    let exports = api.parameter_sets.iter().map(|it| {
        let (condition, module, name) = (condition(features.parameter_set(it)), &it.module, &it.name);
        quote! { #condition pub use #module::#name; }
    });
    source.group(exports.collect());
    source
}

fn source(api: &Api, set: &ParameterSet) -> Source {
    let path = format!("src/{}/parameters/{}.rs", api.module, set.module);
    let about = vec![format!("The setters of `{}`.", set.name)];
    let mut source = Source::new(path, about, Scope::operations(api, iter::empty()));
    let (docs, name) = (docs(&set.docs), &set.name);
    source.item(quote!(#docs pub enum #name {}));
    let setters = set.setters.iter().map(setter);
    source.item(quote!(impl<O> Call<O, #name> { #(#setters)* }));
    source
}

fn setter(setter: &Setter) -> TokenStream {
    let (docs, deprecated, name) = (docs(&setter.docs), deprecated(&setter.deprecated), &setter.name);
    let (alias, argument, write) = (
        alias(&setter.parameter.wire, name),
        writing::argument(&setter.parameter),
        writing::parameter(&setter.parameter, name, &quote!(self.parts)),
    );
    quote! {
        #docs
        #alias
        #deprecated
        pub fn #name(mut self, #name: #argument) -> Self {
            #write
            self
        }
    }
}

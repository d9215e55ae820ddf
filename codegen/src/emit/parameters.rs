//! Sets of optional parameters: a setter each, emitted once for all operations that share them.

use proc_macro2::TokenStream;
use quote::quote;

use super::Source;
use super::docs::{condition, deprecated, docs};
use super::types::Uses;
use super::writing;
use crate::ir::{Api, ParameterSet, Setter};

/// The file of an API's sets, if it has any.
pub fn source(api: &Api) -> Option<Source> {
    if api.parameter_sets.is_empty() {
        return None;
    }
    let mut uses = Uses::default();
    let mut imports = writing::Imports::default();
    for setter in api.parameter_sets.iter().flat_map(|it| &it.setters) {
        uses.note(&setter.parameter.ty);
        imports.note(&setter.parameter);
    }
    let about = vec!["Optional parameters: a set for each list of them that operations have in common.".to_owned()];
    let mut source = Source::new(format!("src/{}/parameters.rs", api.module), about);
    // With features by tag, an import is used where the sets that use it are compiled.
    let some = api.parameter_sets.iter().any(|it| !it.features.is_empty());
    let allow = if some {
        quote!(#[allow(unused_imports)])
    } else {
        TokenStream::new()
    };
    let models = if uses.named.is_empty() {
        TokenStream::new()
    } else {
        quote! { #allow use super::models; }
    };
    let own = if uses.runtime {
        quote! { #allow use crate::{Call, runtime}; }
    } else {
        quote! { #allow use crate::Call; }
    };
    source.group(vec![if uses.map {
        quote! { #allow use std::collections::BTreeMap; }
    } else {
        TokenStream::new()
    }]);
    let imports = imports
        .items()
        .into_iter()
        .map(|it| if it.is_empty() { it } else { quote!(#allow #it) });
    source.group([models].into_iter().chain(imports).chain([own]).collect());
    for set in &api.parameter_sets {
        let (docs, condition, name) = (docs(&set.docs), condition(&set.features), &set.name);
        source.item(quote!(#docs #condition pub enum #name {}));
        source.item(setters(set));
    }
    Some(source)
}

fn setters(set: &ParameterSet) -> TokenStream {
    let (condition, name, setters) = (condition(&set.features), &set.name, set.setters.iter().map(setter));
    quote!(#condition impl<O> Call<O, #name> { #(#setters)* })
}

fn setter(setter: &Setter) -> TokenStream {
    let (docs, deprecated, name) = (docs(&setter.docs), deprecated(setter.deprecated), &setter.name);
    let (argument, call) = (
        writing::argument(&setter.parameter),
        writing::parameter(&setter.parameter, name),
    );
    quote! {
        #docs
        #deprecated
        pub fn #name(self, #name: #argument) -> Self {
            self.#call
        }
    }
}

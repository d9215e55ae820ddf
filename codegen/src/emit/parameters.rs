//! Sets of optional parameters: a setter each, emitted once for all operations that share them.

use proc_macro2::TokenStream;
use quote::quote;

use super::Source;
use super::docs::{deprecated, docs};
use super::types::{From, Uses, argument};
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
    let docs = vec!["Optional parameters: a set for each list of them that operations have in common.".to_owned()];
    let mut source = Source::new(format!("src/{}/parameters.rs", api.module), docs);
    let models = if uses.named.is_empty() {
        TokenStream::new()
    } else {
        quote! { use super::models; }
    };
    let own = if uses.runtime {
        quote! { use crate::{Call, runtime}; }
    } else {
        quote! { use crate::Call; }
    };
    source.group(vec![uses.map_import()]);
    source.group([vec![models], imports.items(), vec![own]].concat());
    for set in &api.parameter_sets {
        let (docs, name) = (super::docs::docs(&set.docs), &set.name);
        source.item(quote!(#docs pub enum #name {}));
        source.item(setters(set));
    }
    Some(source)
}

fn setters(set: &ParameterSet) -> TokenStream {
    let (name, setters) = (&set.name, set.setters.iter().map(setter));
    quote!(impl<O> Call<O, #name> { #(#setters)* })
}

fn setter(setter: &Setter) -> TokenStream {
    let (docs, deprecated, name) = (docs(&setter.docs), deprecated(setter.deprecated), &setter.name);
    let (argument, call) = (
        argument(&setter.parameter.ty, From::Operations),
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

//! Sets of optional parameters: a setter each, emitted once for all operations that share them.

use proc_macro2::TokenStream;
use quote::quote;

use super::Source;
use super::docs::{deprecated, docs};
use super::types::{From, Uses, argument, ty};
use crate::ir::{Api, ParameterSet, Place, Setter};

/// The file of an API's sets, if it has any.
pub fn source(api: &Api) -> Option<Source> {
    if api.parameter_sets.is_empty() {
        return None;
    }
    let mut uses = Uses::default();
    api.parameter_sets
        .iter()
        .flat_map(|it| &it.setters)
        .for_each(|it| uses.note(&it.parameter.ty));
    let docs = vec!["Optional parameters: a set for each list of them that operations have in common.".to_owned()];
    let mut source = Source::new(format!("src/{}/parameters.rs", api.module), docs);
    let models = if uses.named.is_empty() {
        TokenStream::new()
    } else {
        quote! { use super::models; }
    };
    source.group(vec![models, quote! { use crate::Call; }]);
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
    let (argument, ty, wire) = (
        argument(&setter.parameter.ty, From::Operations),
        ty(&setter.parameter.ty, From::Operations),
        &setter.parameter.wire,
    );
    let method = match setter.parameter.place {
        Place::Path => quote!(with_path),
        Place::Query => quote!(with_query),
        Place::Header => quote!(with_header),
    };
    quote! {
        #docs
        #deprecated
        pub fn #name(self, #name: #argument) -> Self {
            self.#method::<#ty>(#wire, #name)
        }
    }
}

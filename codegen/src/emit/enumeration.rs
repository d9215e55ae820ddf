//! An enumeration of documented strings.

use quote::quote;

use super::Source;
use super::docs::{deprecated, docs};
use crate::ir::{Item, Variant};

/// Emits an enumeration.
pub fn emit(item: &Item, variants: &[Variant], source: &mut Source) {
    let (doc, deprecated, name) = (docs(&item.docs), deprecated(item.deprecated), &item.name);
    let definitions = variants.iter().map(|it| {
        let (docs, name) = (docs(&it.docs), &it.name);
        quote!(#docs #name)
    });
    source.item(quote! {
        #doc
        #deprecated
        #[derive(Clone, Debug, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#definitions,)*
            #[doc = " A value that is not documented."]
            Other(runtime::OtherValue),
        }
    });
    let values = variants.iter().map(|it| {
        let (name, wire) = (&it.name, &it.wire);
        quote!(#name => #wire)
    });
    source.item(quote! { runtime::open_enum!(#name { #(#values),* }); });
}

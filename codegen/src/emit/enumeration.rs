//! Emits open enumerations: documented values, and `Other` for any further one.

use proc_macro2::Literal;
use quote::quote;

use super::Source;
use super::derives::{derives, derives_except};
use super::docs::{deprecated, docs};
use crate::ir::{Derive, IntegerVariant, Item, Variant};

/// Emits an enumeration.
pub fn emit(item: &Item, variants: &[Variant], source: &mut Source) {
    let (doc, deprecated, name) = (docs(&item.docs), deprecated(&item.deprecated), &item.name);
    let definitions = variants.iter().map(|it| {
        let (docs, name) = (docs(&it.docs), &it.name);
        quote!(#docs #name)
    });
    let derives = derives_except(item, &[Derive::Eq, Derive::Hash], ["Clone", "PartialEq"]);
    source.item(quote! {
        #doc
        #deprecated
        #derives
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

/// Emits an enumeration of integers.
pub fn emit_integers(item: &Item, variants: &[IntegerVariant], source: &mut Source) {
    let (doc, deprecated, name) = (docs(&item.docs), deprecated(&item.deprecated), &item.name);
    let definitions = variants.iter().map(|it| {
        let (docs, name) = (docs(&it.docs), &it.name);
        quote!(#docs #name)
    });
    let derives = derives(item, ["Clone", "Copy", "Debug", "Eq", "Hash", "PartialEq"]);
    source.item(quote! {
        #doc
        #deprecated
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#definitions,)*
            #[doc = " A value that is not documented."]
            Other(runtime::OtherInteger),
        }
    });
    let values = variants.iter().map(|it| {
        let (name, value) = (&it.name, Literal::i64_unsuffixed(it.value));
        quote!(#name => #value)
    });
    source.item(quote! { runtime::open_int_enum!(#name { #(#values),* }); });
}

//! A request body of one of several media types.

use quote::quote;

use super::Source;
use super::docs::docs;
use super::types::{From, ty};
use crate::ir::{BodyVariant, Item};

/// Emits an enumeration of bodies.
pub fn emit(item: &Item, variants: &[BodyVariant], source: &mut Source) {
    let (doc, name) = (docs(&item.docs), &item.name);
    let definitions = variants.iter().map(|it| {
        let (docs, name, ty) = (docs(&it.docs), &it.name, ty(&it.ty, From::Models));
        quote!(#docs #name(#ty))
    });
    source.item(quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#definitions,)*
        }
    });
    let media_types = variants.iter().map(|it| {
        let (name, media_type) = (&it.name, &it.media_type);
        quote!(Self::#name(_) => #media_type)
    });
    let names = variants.iter().map(|it| &it.name);
    source.item(quote! {
        impl body::RequestBody for #name {
            fn media_type(&self) -> &'static str {
                match self { #(#media_types,)* }
            }

            fn encode(&self) -> Result<Bytes, body::BodyError> {
                match self { #(Self::#names(value) => body::json(value),)* }
            }
        }
    });
    for (index, variant) in variants.iter().enumerate() {
        if variants
            .iter()
            .enumerate()
            .all(|(other, it)| other == index || it.ty != variant.ty)
        {
            let (variant_name, ty) = (&variant.name, ty(&variant.ty, From::Models));
            source.item(quote! {
                impl From<#ty> for #name {
                    fn from(value: #ty) -> Self {
                        Self::#variant_name(value)
                    }
                }
            });
        }
    }
}

//! Emits the enumeration of a request body that has several media types.

use proc_macro2::TokenStream;
use quote::quote;

use super::Source;
use super::docs::docs;
use super::types::{Within, ty};
use super::writing::encodings;
use crate::ir::{BodyFormat, BodyVariant, Index, Item};

/// Emits an enumeration of bodies.
pub fn emit(item: &Item, variants: &[BodyVariant], index: &Index, source: &mut Source) {
    let (doc, name) = (docs(&item.docs), &item.name);
    let definitions = variants.iter().map(|it| {
        let (docs, name, ty) = (docs(&it.docs), &it.name, ty(&it.content.ty, Within::Models));
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
        let (name, media_type) = (&it.name, &it.content.media_type);
        quote!(Self::#name(_) => #media_type)
    });
    let arms = variants.iter().map(encode);
    let file = file(variants);
    source.item(quote! {
        impl body::RequestBody for #name {
            fn media_type(&self) -> &'static str {
                match self { #(#media_types,)* }
            }

            fn encode(&self) -> Result<runtime::bytes::Bytes, body::BodyError> {
                match self { #(#arms,)* }
            }

            #file
        }
    });
    let unique = index.unique(variants.iter().map(|it| &it.content.ty));
    let is_json = |it: &BodyVariant| it.content.media_type == "application/json";
    for (variant, _) in variants
        .iter()
        .zip(unique)
        .filter(|(variant, it)| *it || is_json(variant))
    {
        let (variant_name, ty) = (&variant.name, ty(&variant.content.ty, Within::Models));
        source.item(quote! {
            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant_name(value)
                }
            }
        });
    }
}

/// The file that names which media type of a range is sent.
fn file(variants: &[BodyVariant]) -> Option<TokenStream> {
    let is_file = |it: &&BodyVariant| it.content.format == BodyFormat::File;
    let files: Vec<_> = variants.iter().filter(is_file).map(|it| &it.name).collect();
    let others = (files.len() < variants.len()).then(|| quote!(_ => None,));
    (!files.is_empty()).then(|| {
        quote! {
            fn file(&self) -> Option<&body::File> {
                match self { #(Self::#files(value))|* => Some(value), #others }
            }
        }
    })
}

fn encode(variant: &BodyVariant) -> TokenStream {
    let name = &variant.name;
    let encoded = match &variant.content.format {
        BodyFormat::Json => quote!(body::json(value)),
        BodyFormat::Form(it) => {
            let encodings = encodings(it);
            quote!(body::form(value, #encodings))
        }
        BodyFormat::Multipart(it) => {
            let encodings = encodings(it);
            quote!(body::multipart(value, #encodings))
        }
        BodyFormat::Text => quote!(body::text(value)),
        BodyFormat::Bytes => quote!(Ok(value.clone())),
        BodyFormat::File => {
            let range = &variant.content.media_type;
            quote!(body::file(value, #range))
        }
    };
    quote!(Self::#name(value) => #encoded)
}

//! An answer that depends on the status.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Source;
use super::docs::docs;
use super::types::{From, ty};
use crate::ir::{Answer, Item, Status, StatusVariant};

/// Emits an enumeration of answers.
pub fn emit(item: &Item, variants: &[StatusVariant], source: &mut Source) {
    let (doc, name) = (docs(&item.docs), &item.name);
    let definitions = variants.iter().map(|it| {
        let (docs, name) = (docs(&it.docs), &it.name);
        let holds = match &it.answer {
            Answer::Empty => TokenStream::new(),
            Answer::Text => quote!((String)),
            Answer::Binary => quote!((Bytes)),
            Answer::Json(it) | Answer::Stream(_, it) | Answer::ByStatus(it) => {
                let it = ty(it, From::Models);
                quote!((#it))
            }
        };
        quote!(#docs #name #holds)
    });
    source.item(quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#definitions,)*
        }
    });
    let accept = if variants.iter().any(|it| matches!(it.answer, Answer::Json(_))) {
        "application/json"
    } else {
        "*/*"
    };
    let arms = variants.iter().map(arm);
    let rest = if variants.iter().any(|it| it.status == Status::Default) {
        TokenStream::new()
    } else {
        quote!(_ => return None,)
    };
    source.item(quote! {
        impl answer::Statuses for #name {
            const ACCEPT: &'static str = #accept;

            fn read(status: u16, body: &Bytes) -> Option<Result<Self, runtime::json::Error>> {
                Some(match status { #(#arms,)* #rest })
            }
        }
    });
}

fn arm(variant: &StatusVariant) -> TokenStream {
    let pattern = match variant.status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(first) => {
            let (low, high) = (
                Literal::u16_unsuffixed(u16::from(first) * 100),
                Literal::u16_unsuffixed(u16::from(first) * 100 + 99),
            );
            return taken(variant, quote!(status if (#low..=#high).contains(&status)));
        }
        Status::Default => quote!(_),
    };
    taken(variant, pattern)
}

fn taken(variant: &StatusVariant, pattern: TokenStream) -> TokenStream {
    let name = &variant.name;
    match &variant.answer {
        Answer::Empty => quote!(#pattern => Ok(Self::#name)),
        Answer::Text => quote!(#pattern => answer::text(body).map(Self::#name)),
        Answer::Binary => quote!(#pattern => Ok(Self::#name(body.clone()))),
        Answer::Json(_) | Answer::Stream(..) | Answer::ByStatus(_) => {
            quote!(#pattern => answer::json(body).map(Self::#name))
        }
    }
}

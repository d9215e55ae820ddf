//! Emits the enumerations of answers and failures that depend on the status.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Source;
use super::docs::docs;
use super::types::{Within, ty};
use crate::ir::{Answer, AnswerHeader, FailureVariants, Item, Status, StatusVariant};

/// Emits an enumeration of answers.
pub fn emit(item: &Item, variants: &[StatusVariant], source: &mut Source) {
    let (doc, name) = (docs(&item.docs), &item.name);
    let definitions = variants.iter().map(definition);
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
    let arms = variants.iter().map(|it| taken(it, pattern(it.status)));
    let rest = if variants.iter().any(|it| it.status == Status::Default) {
        TokenStream::new()
    } else {
        quote!(_ => return None,)
    };
    source.item(quote! {
        impl answer::Statuses for #name {
            const ACCEPT: &'static str = #accept;

            fn read(status: u16, body: &runtime::bytes::Bytes) -> Option<Result<Self, runtime::json::Error>> {
                Some(match status { #(#arms,)* #rest })
            }
        }
    });
}

/// Emits an enumeration of failures.
pub fn emit_failures(item: &Item, failures: &FailureVariants, source: &mut Source) {
    let (doc, name) = (docs(&item.docs), &item.name);
    let definitions = failures.variants.iter().map(definition);
    source.item(quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#definitions,)*
            #[doc = " Any other failure, and one whose body is not what is documented."]
            Other(answer::Undocumented),
        }
    });
    let headers = failures.headers.iter().map(header);
    if !failures.headers.is_empty() {
        source.item(quote! { impl #name { #(#headers)* } });
    }
    let read = match failures.variants.as_slice() {
        [only] if only.status == Status::Default => failed(only),
        variants => {
            let arms = variants.iter().map(|it| {
                let (pattern, read) = (pattern(it.status), failed(it));
                quote!(#pattern => #read)
            });
            let rest = if variants.iter().any(|it| it.status == Status::Default) {
                TokenStream::new()
            } else {
                quote!(_ => Self::Other(failure),)
            };
            quote!(match failure.status().as_u16() { #(#arms,)* #rest })
        }
    };
    source.item(quote! {
        impl answer::Failure for #name {
            fn read(failure: answer::Undocumented) -> Self {
                #read
            }
        }
    });
}

/// What a failure of a documented status is read as.
fn failed(variant: &StatusVariant) -> TokenStream {
    let name = &variant.name;
    match &variant.answer {
        Answer::Empty => quote!(Self::#name),
        Answer::Text => quote!(failure.text(Self::#name, Self::Other)),
        Answer::Binary => quote!(Self::#name(failure.body().clone())),
        Answer::Json(_) | Answer::Stream(..) | Answer::ByStatus(_) => quote!(failure.json(Self::#name, Self::Other)),
    }
}

/// A function that reads a documented header of a failure.
fn header(it: &AnswerHeader) -> TokenStream {
    let (docs, wire, ty) = (docs(&it.docs), &it.wire, ty(&it.ty, Within::Models));
    let name = &it.name;
    quote! {
        #docs
        pub fn #name(answer: &runtime::error::Exchange) -> Result<Option<#ty>, runtime::HeaderError> {
            answer.header(#wire)
        }
    }
}

fn definition(variant: &StatusVariant) -> TokenStream {
    let (docs, name) = (docs(&variant.docs), &variant.name);
    let holds = match &variant.answer {
        Answer::Empty => TokenStream::new(),
        Answer::Text => quote!((String)),
        Answer::Binary => quote!((runtime::bytes::Bytes)),
        Answer::Json(it) | Answer::Stream(_, it) | Answer::ByStatus(it) => {
            let it = ty(it, Within::Models);
            quote!((#it))
        }
    };
    quote!(#docs #name #holds)
}

/// The statuses of a variant, as a pattern of a match on the number.
fn pattern(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(first) => {
            let low = Literal::u16_unsuffixed(u16::from(first) * 100);
            let high = Literal::u16_unsuffixed(u16::from(first) * 100 + 99);
            // A guard, since single statuses of the range have arms of their own.
            quote!(status if (#low..=#high).contains(&status))
        }
        Status::Default => quote!(_),
    }
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

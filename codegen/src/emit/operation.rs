//! A module of operations: a name for each, and how a value of it comes about.

use proc_macro2::TokenStream;
use quote::quote;

use super::Source;
use super::docs::{allow_deprecated, deprecated, docs};
use super::types::{From, Uses, argument, ty};
use crate::ir::{Api, Argument, Body, Constructor, Operation, OptionalBody, Place, StreamSwitch, Tag};

/// The file of a tag's operations.
pub fn source(api: &Api, tag: &Tag) -> Source {
    let mut source = Source::new(format!("src/{}/{}/mod.rs", api.module, tag.module), tag.docs.clone());
    let mut uses = Uses::default();
    let mut borrows = false;
    for operation in &tag.operations {
        for body in operation.bodies() {
            match body {
                Body::Json { ty, .. } => {
                    uses.note(ty);
                    borrows = true;
                }
                Body::OneOf(ty) => uses.note(ty),
            }
        }
        operation.arguments().iter().for_each(|it| uses.note(&it.parameter.ty));
    }
    source.group(vec![quote! { pub mod endpoint; }]);
    let borrow = if borrows {
        quote! { use std::borrow::Borrow; }
    } else {
        TokenStream::new()
    };
    source.group(vec![borrow, uses.map_import()]);
    let sets = tag.operations.iter().any(|it| it.parameter_set.is_some());
    let siblings = match (uses.named.is_empty(), sets) {
        (true, true) => quote! { use super::parameters; },
        (true, false) => TokenStream::new(),
        (false, true) => quote! { use super::{models, parameters}; },
        (false, false) => quote! { use super::models; },
    };
    let own = if uses.runtime {
        quote! { use crate::{Call, runtime}; }
    } else {
        quote! { use crate::Call; }
    };
    source.group(vec![siblings, own]);
    for operation in &tag.operations {
        source.item(alias(operation));
        source.item(methods(operation));
    }
    source
}

fn alias(operation: &Operation) -> TokenStream {
    let (docs, deprecated, name) = (docs(&operation.docs), deprecated(operation.deprecated), &operation.name);
    let parameters = match &operation.parameter_set {
        Some(set) => quote!(parameters::#set),
        None => quote!(()),
    };
    quote! { #docs #deprecated pub type #name = Call<endpoint::#name, #parameters>; }
}

fn methods(operation: &Operation) -> TokenStream {
    let name = &operation.name;
    let new = match &operation.constructor {
        Constructor::New { arguments, body, docs } => new(operation, arguments, body.as_ref(), docs),
        Constructor::Switch => TokenStream::new(),
    };
    let body = operation.optional_body.as_ref().map(optional_body);
    let stream = operation.stream.as_ref().map(switch);
    if new.is_empty() && body.is_none() && stream.is_none() {
        return TokenStream::new();
    }
    let allow = allow_deprecated(operation.deprecated);
    quote!(#allow impl #name { #new #body #stream })
}

fn new(operation: &Operation, arguments: &[Argument], body: Option<&Body>, list: &[String]) -> TokenStream {
    let mut lines = vec![format!("Starts the request `{}`.", operation.id)];
    if !list.is_empty() {
        lines.push(String::new());
        lines.extend_from_slice(list);
    }
    let doc = docs(&lines);
    let parameters = arguments.iter().map(|it| {
        let (name, ty) = (&it.name, argument(&it.parameter.ty, From::Operations));
        quote!(#name: #ty)
    });
    let parameters = parameters.chain(body.map(body_argument));
    let calls = arguments.iter().map(|it| {
        let (name, ty, wire) = (&it.name, ty(&it.parameter.ty, From::Operations), &it.parameter.wire);
        let method = match it.parameter.place {
            Place::Path => quote!(with_path),
            Place::Query => quote!(with_query),
            Place::Header => quote!(with_header),
        };
        quote!(.#method::<#ty>(#wire, #name))
    });
    let calls = calls.chain(body.map(body_call));
    let default = if arguments.is_empty() && body.is_none() {
        quote!(#[allow(clippy::new_without_default)])
    } else {
        TokenStream::new()
    };
    quote! {
        #doc
        #default
        pub fn new(#(#parameters),*) -> Self {
            Self::start() #(#calls)*
        }
    }
}

fn body_argument(body: &Body) -> TokenStream {
    match body {
        Body::Json { ty: it, .. } => {
            let it = ty(it, From::Operations);
            quote!(body: impl Borrow<#it>)
        }
        Body::OneOf(it) => {
            let it = ty(it, From::Operations);
            quote!(body: impl Into<#it>)
        }
    }
}

fn body_call(body: &Body) -> TokenStream {
    match body {
        Body::Json { media_type, ty: it } => {
            let it = ty(it, From::Operations);
            quote!(.with_json::<#it>(#media_type, body))
        }
        Body::OneOf(it) => {
            let it = ty(it, From::Operations);
            quote!(.with_body::<#it>(body))
        }
    }
}

fn optional_body(it: &OptionalBody) -> TokenStream {
    let (docs, argument, call) = (docs(&it.docs), body_argument(&it.body), body_call(&it.body));
    quote! {
        #docs
        pub fn body(self, #argument) -> Self {
            self #call
        }
    }
}

fn switch(switch: &StreamSwitch) -> TokenStream {
    let (method, target, parameter, value) = (&switch.method, &switch.target, &switch.parameter, &switch.value);
    let doc = format!(" Asks for a stream in place of one answer: sends `{parameter}={value}`.");
    quote! {
        #[doc = #doc]
        pub fn #method(self) -> #target {
            self.with_query::<&str>(#parameter, #value).into_other()
        }
    }
}

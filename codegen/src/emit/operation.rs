//! A module of operations: a name for each, and how a value of it comes about.

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::quote;

use super::Source;
use super::docs::{deprecated, docs};
use super::types::{From, Uses, ty};
use super::{webhook, writing};
use crate::ir::{AnswerHeader, Api, Argument, Body, Constructor, Operation, OptionalBody, StreamSwitch, Tag};

/// The file of a tag's operations.
pub fn source(api: &Api, tag: &Tag) -> Source {
    let mut source = Source::new(format!("src/{}/{}/mod.rs", api.module, tag.module), tag.docs.clone());
    let mut uses = Uses::default();
    let mut imports = writing::Imports::default();
    for operation in &tag.operations {
        operation.bodies().for_each(|it| {
            uses.note(it.ty());
            imports.note_body(it);
        });
        for argument in operation.arguments() {
            uses.note(&argument.parameter.ty);
            imports.note(&argument.parameter);
        }
        uses.runtime |= !operation.headers.is_empty();
    }
    let borrows = tag
        .operations
        .iter()
        .flat_map(Operation::bodies)
        .any(writing::is_borrowed);
    webhook::note(tag, &mut uses);
    if !tag.operations.is_empty() {
        source.group(vec![quote! { pub mod endpoint; }]);
    }
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
    let own = match (tag.operations.is_empty(), uses.runtime) {
        (false, true) => quote! { use crate::{Call, runtime}; },
        (false, false) => quote! { use crate::Call; },
        (true, true) => quote! { use crate::runtime; },
        (true, false) => TokenStream::new(),
    };
    source.group([vec![siblings], webhook::imports(tag), imports.items(), vec![own]].concat());
    for operation in &tag.operations {
        source.item(alias(operation));
        source.item(methods(operation));
    }
    for it in &tag.webhooks {
        source.item(webhook::marker(it));
        source.item(webhook::facts(it));
        source.item(webhook::headers(it));
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
    let headers = operation.headers.iter().map(header);
    if new.is_empty() && body.is_none() && stream.is_none() && operation.headers.is_empty() {
        return TokenStream::new();
    }
    quote!(impl #name { #new #body #stream #(#headers)* })
}

fn new(operation: &Operation, arguments: &[Argument], body: Option<&Body>, list: &[String]) -> TokenStream {
    let mut lines = vec![format!("Starts the request `{}`.", operation.id)];
    if !list.is_empty() {
        lines.push(String::new());
        lines.extend_from_slice(list);
    }
    let doc = docs(&lines);
    let parameters = arguments.iter().map(|it| {
        let (name, ty) = (&it.name, writing::argument(&it.parameter));
        quote!(#name: #ty)
    });
    let parameters = parameters.chain(body.map(writing::body_argument));
    let calls = arguments.iter().map(|it| writing::parameter(&it.parameter, &it.name));
    let literals = operation
        .literals
        .iter()
        .map(|(name, value)| quote!(with_query::<&str>(#name, #value)));
    let calls = literals.chain(calls).chain(body.map(writing::body));
    let default = if arguments.is_empty() && body.is_none() {
        quote!(#[allow(clippy::new_without_default)])
    } else {
        TokenStream::new()
    };
    quote! {
        #doc
        #default
        pub fn new(#(#parameters),*) -> Self {
            Self::start() #(.#calls)*
        }
    }
}

fn optional_body(it: &OptionalBody) -> TokenStream {
    let (docs, argument, call) = (
        docs(&it.docs),
        writing::body_argument(&it.body),
        writing::body(&it.body),
    );
    quote! {
        #docs
        pub fn body(self, #argument) -> Self {
            self.#call
        }
    }
}

fn switch(switch: &StreamSwitch) -> TokenStream {
    let (method, target) = (&switch.method, &switch.target);
    let (doc, with) = match &switch.parameter {
        Some((parameter, value)) => {
            let doc = format!(" Asks for a stream in place of one answer: sends `{parameter}={value}`.");
            (doc, quote!(.with_query::<&str>(#parameter, #value)))
        }
        None => (
            " Asks for a stream in place of one answer, by the `Accept` header.".to_owned(),
            TokenStream::new(),
        ),
    };
    quote! {
        #[doc = #doc]
        pub fn #method(self) -> #target {
            self #with.into_other()
        }
    }
}

/// A function that reads a documented header of an answer.
fn header(it: &AnswerHeader) -> TokenStream {
    let (docs, wire, ty) = (docs(&it.docs), &it.wire, ty(&it.ty, From::Operations));
    let name = Token::new(&format!("header_{}", it.name), Span::call_site());
    quote! {
        #docs
        pub fn #name<T>(answer: &runtime::Response<T>) -> Result<Option<#ty>, runtime::HeaderError> {
            answer.header(#wire)
        }
    }
}

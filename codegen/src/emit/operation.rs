//! Emits the file of an operation: its alias, `new`, switches and facts.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{alias as doc_alias, as_written, deprecated, docs};
use super::example::example;
use super::types::{Within, ty};
use super::{Scope, Source, endpoint, writing};
use crate::ir::{AnswerHeader, Api, Argument, Body, Constructor, Operation, OptionalBody, ParameterSet, Switch, Tag};
use crate::markdown::code;

/// The file of an operation.
pub fn source(package: &str, api: &Api, tag: &Tag, operation: &Operation) -> Source {
    let path = format!("src/{}/{}/{}.rs", api.module, tag.module, operation.module);
    let docs = vec![format!(
        "{}.",
        code(&format!("{} {}", operation.method, operation.path))
    )];
    let siblings = operation.switches.iter().map(|it| it.target.to_string());
    let mut source = Source::new(path, docs, Scope::operations(api, siblings));
    source.item(alias(
        api,
        operation,
        api.parameter_set(tag, operation),
        &example(package, api, tag, operation),
    ));
    source.item(methods(operation));
    for item in endpoint::items(api, operation) {
        source.item(item);
    }
    source
}

fn alias(api: &Api, operation: &Operation, set: Option<&ParameterSet>, example: &[String]) -> TokenStream {
    let example = as_written(example);
    let (docs, deprecated, name) = (
        docs(&operation.docs),
        deprecated(&operation.deprecated),
        &operation.name,
    );
    let id = doc_alias(operation.id.as_str(), name);
    let endpoint = writing::marker(name, "Endpoint");
    let call = match set.map(|it| &it.name) {
        Some(set) => quote!(parameters::#set<#endpoint>),
        None => quote!(Call<#endpoint, ()>),
    };
    let setters = as_written(&set.map(|it| setters(api, it)).unwrap_or_default());
    quote! { #docs #setters #example #id #deprecated pub type #name = #call; }
}

/// What is said of the optional parameters, which are documented with their set.
fn setters(api: &Api, set: &ParameterSet) -> Vec<String> {
    let names: Vec<String> = set.setters.iter().map(|it| format!("`{}`", it.name)).collect();
    let (module, name) = (&api.module, &set.name);
    let line = format!(
        "Optional parameters, set by methods of [`{name}`](crate::{module}::parameters::{name}): {}.",
        names.join(", ")
    );
    vec![String::new(), line]
}

fn methods(operation: &Operation) -> TokenStream {
    let name = &operation.name;
    let new = match &operation.constructor {
        Constructor::New { arguments, body, docs } => new(operation, arguments, body.as_ref(), docs),
        Constructor::Switch { .. } => TokenStream::new(),
    };
    let body = operation.optional_body.as_ref().map(optional_body);
    let switches = operation.switches.iter().map(switch);
    let headers = operation.headers.iter().map(header);
    if new.is_empty() && body.is_none() && operation.switches.is_empty() && operation.headers.is_empty() {
        return TokenStream::new();
    }
    quote!(impl #name { #new #body #(#switches)* #(#headers)* })
}

fn new(operation: &Operation, arguments: &[Argument], body: Option<&Body>, list: &[String]) -> TokenStream {
    let mut lines = vec!["A request with what is required.".to_owned()];
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
    let parts = quote!(parts);
    let literals = operation
        .literals
        .iter()
        .map(|(name, value)| quote!(parts.query(#name, #value);));
    let statements: Vec<TokenStream> = literals
        .chain(
            arguments
                .iter()
                .map(|it| writing::parameter(&it.parameter, &it.name, &parts)),
        )
        .chain(body.map(|it| writing::body(it, &parts)))
        .collect();
    let default = if arguments.is_empty() && body.is_none() {
        quote!(#[allow(clippy::new_without_default)])
    } else {
        TokenStream::new()
    };
    let built = if statements.is_empty() {
        quote!(Self::of(Parts::new()))
    } else {
        quote! {
            let mut parts = Parts::new();
            #(#statements)*
            Self::of(parts)
        }
    };
    quote! {
        #doc
        #default
        pub fn new(#(#parameters),*) -> Self {
            #built
        }
    }
}

fn optional_body(it: &OptionalBody) -> TokenStream {
    let (docs, argument, write) = (
        docs(&it.docs),
        writing::body_argument(&it.body),
        writing::body(&it.body, &quote!(self.parts)),
    );
    quote! {
        #docs
        pub fn body(mut self, #argument) -> Self {
            #write
            self
        }
    }
}

fn switch(switch: &Switch) -> TokenStream {
    let (method, target, docs) = (&switch.method, &switch.target, docs(&switch.docs));
    let (this, set) = match &switch.parameter {
        Some((parameter, value)) => (quote!(mut self), quote!(self.parts.query(#parameter, #value);)),
        None => (quote!(self), TokenStream::new()),
    };
    quote! {
        #docs
        pub fn #method(#this) -> #target {
            #set
            Call::of(self.parts)
        }
    }
}

/// A function that reads a documented header of an answer.
fn header(it: &AnswerHeader) -> TokenStream {
    let (docs, wire, ty) = (docs(&it.docs), &it.wire, ty(&it.ty, Within::Operations));
    let name = &it.name;
    quote! {
        #docs
        pub fn #name<T>(answer: &runtime::Response<T>) -> Result<Option<#ty>, runtime::HeaderError> {
            answer.header(#wire)
        }
    }
}

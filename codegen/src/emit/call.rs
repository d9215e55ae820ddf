//! The type that every operation is: a request that is being built.

use std::collections::BTreeSet;

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::quote;

use super::Source;
use super::writing::{self, Method};
use crate::ir::{Crate, Operation};

/// The file of `Call`.
pub fn source(krate: &Crate) -> Source {
    let mut source = Source::new("src/call.rs", vec!["A request that is being built.".to_owned()]);
    imports(krate, &mut source);
    source.item(quote! {
        #[doc = " A request that is being built: the operation `O` with the optional parameters `P`."]
        #[doc = ""]
        #[doc = " Each operation has a name of its own for it, and setters of its parameters. It becomes a request by"]
        #[doc = " [`Operation::request`](crate::runtime::Operation::request), as often as needed."]
        pub struct Call<O, P> {
            parts: Parts,
            types: PhantomData<fn() -> (O, P)>,
        }
    });
    source.item(public_methods());
    source.item(private_methods(krate));
    source.item(quote! {
        impl<O: Endpoint, P> Builder for Call<O, P> {
            type Endpoint = O;

            fn parts(&self) -> &Parts {
                &self.parts
            }
        }
    });
    source.item(quote! {
        impl<O, P> Clone for Call<O, P> {
            fn clone(&self) -> Self {
                Self { parts: self.parts.clone(), types: PhantomData }
            }
        }
    });
    source.item(quote! {
        impl<O: Endpoint, P> fmt::Debug for Call<O, P> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(O::NAME).field(&self.parts).finish()
            }
        }
    });
    source
}

fn imports(krate: &Crate, source: &mut Source) {
    let methods = methods(krate);
    let uses = |some: &[Method]| some.iter().any(|it| methods.contains(it));
    let only = |used: bool, import: TokenStream| if used { import } else { TokenStream::new() };
    let borrowed = uses(&[Method::Json, Method::Form, Method::Multipart]);
    let written = uses(&[
        Method::Styled,
        Method::StyledReserved,
        Method::Content,
        Method::Querystring,
    ]);
    source.group(vec![
        only(borrowed, quote! { use std::borrow::Borrow; }),
        quote! { use std::fmt; },
        quote! { use std::marker::PhantomData; },
    ]);
    source.group(vec![only(borrowed || written, quote! { use serde::Serialize; })]);
    source.group(vec![
        only(
            uses(&[Method::Form, Method::Multipart]),
            quote! { use crate::runtime::body::Encoding; },
        ),
        only(uses(&[Method::Body]), quote! { use crate::runtime::body::RequestBody; }),
        only(uses(&[Method::Bytes]), quote! { use crate::runtime::bytes::Bytes; }),
        only(
            uses(&[Method::Content]),
            quote! { use crate::runtime::parameter::Place; },
        ),
        only(
            uses(&[Method::Styled, Method::StyledReserved]),
            if methods.contains(&Method::Content) {
                quote! { use crate::runtime::parameter::Style; }
            } else {
                quote! { use crate::runtime::parameter::{Place, Style}; }
            },
        ),
        quote! { use crate::runtime::{Builder, Endpoint, ParameterValue, Parts}; },
    ]);
}

fn public_methods() -> TokenStream {
    quote! {
        impl<O, P> Call<O, P> {
            #[doc = " Adds a query parameter, documented or not; it may be added several times."]
            pub fn query(mut self, name: &str, value: impl ParameterValue) -> Self {
                self.parts.add_query(name, value);
                self
            }

            #[doc = " Adds a header, documented or not. A value that no header can hold is an error of the request."]
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.parts.add_header(name, value);
                self
            }
        }
    }
}

fn operations(krate: &Crate) -> Vec<&Operation> {
    krate
        .apis
        .iter()
        .flat_map(|it| &it.tags)
        .flat_map(|it| &it.operations)
        .collect()
}

/// The ways in which values get into the requests of a crate.
fn methods(krate: &Crate) -> BTreeSet<Method> {
    let operations = operations(krate);
    let setters = krate
        .apis
        .iter()
        .flat_map(|it| &it.parameter_sets)
        .flat_map(|it| &it.setters)
        .map(|it| &it.parameter);
    let arguments = operations.iter().flat_map(|it| it.arguments()).map(|it| &it.parameter);
    let mut methods: BTreeSet<Method> = setters.chain(arguments).map(writing::parameter_method).collect();
    methods.extend(operations.iter().flat_map(|it| it.bodies()).map(writing::body_method));
    let by_stream = |it: &&Operation| it.stream.as_ref().is_some_and(|it| it.parameter.is_some());
    if operations.iter().any(|it| by_stream(it) || !it.literals.is_empty()) {
        methods.insert(Method::Query);
    }
    methods
}

/// What the operations of a crate are built with: a method that none of them calls is not emitted.
fn private_methods(krate: &Crate) -> TokenStream {
    let methods = methods(krate).into_iter().map(method);
    let streams = operations(krate).iter().any(|it| it.stream.is_some());
    let other = streams.then(|| {
        quote! {
            pub(crate) fn into_other<Q>(self) -> Call<Q, P> {
                Call { parts: self.parts, types: PhantomData }
            }
        }
    });
    // What is compiled with some features need not call all that is here.
    let several = krate.apis.iter().filter(|it| !it.tags.is_empty()).count() > 1;
    let several = several || krate.apis.iter().flat_map(|it| &it.tags).any(|it| it.feature.is_some());
    let allow = if several {
        quote!(#[allow(dead_code)])
    } else {
        TokenStream::new()
    };
    quote! {
        #allow
        impl<O, P> Call<O, P> {
            pub(crate) fn start() -> Self {
                Self { parts: Parts::new(), types: PhantomData }
            }

            #(#methods)* #other
        }
    }
}

fn method(method: Method) -> TokenStream {
    let (name, generics, arguments, statement) = match method {
        Method::Path => plain("path"),
        Method::Query => plain("query"),
        Method::Header => plain("header"),
        Method::Cookie => plain("cookie"),
        Method::Styled => styled("styled"),
        Method::StyledReserved => styled("styled_reserved"),
        Method::Content => (
            "content",
            quote!(<V: Serialize>),
            quote!(place: Place, name: &'static str, media_type: &'static str, value: impl Into<V>),
            quote!(content(place, name, media_type, &value.into())),
        ),
        Method::Querystring => (
            "querystring",
            quote!(<V: Serialize>),
            quote!(media_type: &'static str, value: impl Into<V>),
            quote!(querystring(media_type, &value.into())),
        ),
        Method::Json => (
            "json",
            quote!(<T: Serialize>),
            quote!(media_type: &'static str, body: impl Borrow<T>),
            quote!(json(media_type, body.borrow())),
        ),
        Method::Form => form("form"),
        Method::Multipart => form("multipart"),
        Method::Text => (
            "text",
            TokenStream::new(),
            quote!(media_type: &'static str, body: impl Into<String>),
            quote!(text(media_type, body)),
        ),
        Method::Bytes => (
            "bytes",
            TokenStream::new(),
            quote!(media_type: &'static str, body: impl Into<Bytes>),
            quote!(bytes(media_type, body)),
        ),
        Method::Body => (
            "body",
            quote!(<T: RequestBody>),
            quote!(body: impl Into<T>),
            quote!(body(&body.into())),
        ),
    };
    let name = Token::new(&format!("with_{name}"), Span::call_site());
    quote! {
        pub(crate) fn #name #generics(mut self, #arguments) -> Self {
            self.parts.#statement;
            self
        }
    }
}

/// The name, the generics, the arguments and the statement of a method.
type Parts = (&'static str, TokenStream, TokenStream, TokenStream);

fn plain(name: &'static str) -> Parts {
    let part = Token::new(name, Span::call_site());
    (
        name,
        quote!(<V: ParameterValue>),
        quote!(name: &'static str, value: impl Into<V>),
        quote!(#part(name, value.into())),
    )
}

fn styled(name: &'static str) -> Parts {
    let part = Token::new(name, Span::call_site());
    let arguments = quote!(place: Place, name: &'static str, style: Style, explode: bool, value: impl Into<V>);
    (
        name,
        quote!(<V: Serialize>),
        arguments,
        quote!(#part(place, name, style, explode, &value.into())),
    )
}

fn form(name: &'static str) -> Parts {
    let part = Token::new(name, Span::call_site());
    let arguments = quote!(encodings: &'static [Encoding], body: impl Borrow<T>);
    (
        name,
        quote!(<T: Serialize>),
        arguments,
        quote!(#part(body.borrow(), encodings)),
    )
}

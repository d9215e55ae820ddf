//! The type that every operation is: a request that is being built.

use std::collections::BTreeSet;

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::quote;

use super::Source;
use crate::ir::{Body, Crate, Operation, Place};

/// The file of `Call`.
pub fn source(krate: &Crate) -> Source {
    let mut source = Source::new("src/call.rs", vec!["A request that is being built.".to_owned()]);
    let bodies: Vec<&Body> = operations(krate).into_iter().flat_map(Operation::bodies).collect();
    let json = bodies.iter().any(|it| matches!(it, Body::Json { .. }));
    let body = bodies.iter().any(|it| matches!(it, Body::OneOf(_)));
    let only = |used: bool, import: TokenStream| if used { import } else { TokenStream::new() };
    source.group(vec![
        only(json, quote! { use std::borrow::Borrow; }),
        quote! { use std::fmt; },
        quote! { use std::marker::PhantomData; },
    ]);
    source.group(vec![only(json, quote! { use serde::Serialize; })]);
    source.group(vec![
        only(body, quote! { use crate::runtime::body::RequestBody; }),
        quote! { use crate::runtime::{Builder, Endpoint, ParameterValue, Parts}; },
    ]);
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

/// What the operations of a crate are built with: a method that none of them calls is not emitted.
fn private_methods(krate: &Crate) -> TokenStream {
    let operations = operations(krate);
    let setters = krate
        .apis
        .iter()
        .flat_map(|it| &it.parameter_sets)
        .flat_map(|it| &it.setters)
        .map(|it| &it.parameter);
    let arguments = operations.iter().flat_map(|it| it.arguments()).map(|it| &it.parameter);
    let places: BTreeSet<Place> = setters.chain(arguments).map(|it| it.place).collect();
    let bodies: Vec<&Body> = operations.iter().flat_map(|it| it.bodies()).collect();
    let streams = operations.iter().any(|it| it.stream.is_some());
    let path = places
        .contains(&Place::Path)
        .then(|| with_parameter("with_path", "path"));
    let query = (streams || places.contains(&Place::Query)).then(|| with_parameter("with_query", "query"));
    let header = places
        .contains(&Place::Header)
        .then(|| with_parameter("with_header", "header"));
    let json = bodies.iter().any(|it| matches!(it, Body::Json { .. })).then(with_json);
    let body = bodies.iter().any(|it| matches!(it, Body::OneOf(_))).then(with_body);
    let other = streams.then(|| {
        quote! {
            pub(crate) fn into_other<Q>(self) -> Call<Q, P> {
                Call { parts: self.parts, types: PhantomData }
            }
        }
    });
    // With several APIs, those of one alone need not call all that is here.
    let several = krate.apis.iter().filter(|it| !it.tags.is_empty()).count() > 1;
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

            #path #query #header #json #body #other
        }
    }
}

fn with_parameter(method: &str, part: &str) -> TokenStream {
    let (method, part) = (
        Token::new(method, Span::call_site()),
        Token::new(part, Span::call_site()),
    );
    quote! {
        pub(crate) fn #method<V: ParameterValue>(mut self, name: &'static str, value: impl Into<V>) -> Self {
            self.parts.#part(name, value.into());
            self
        }
    }
}

fn with_json() -> TokenStream {
    quote! {
        pub(crate) fn with_json<T: Serialize>(mut self, media_type: &'static str, body: impl Borrow<T>) -> Self {
            self.parts.json(media_type, body.borrow());
            self
        }
    }
}

fn with_body() -> TokenStream {
    quote! {
        pub(crate) fn with_body<T: RequestBody>(mut self, body: impl Into<T>) -> Self {
            self.parts.body(&body.into());
            self
        }
    }
}

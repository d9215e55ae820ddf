//! The type that every operation is: a request that is being built.

use quote::quote;

use super::Source;

/// The file of `Call`.
pub fn source() -> Source {
    let mut source = Source::new("src/call.rs", vec!["A request that is being built.".to_owned()]);
    source.group(vec![
        quote! { use std::borrow::Borrow; },
        quote! { use std::fmt; },
        quote! { use std::marker::PhantomData; },
    ]);
    source.group(vec![quote! { use serde::Serialize; }]);
    source.group(vec![
        quote! { use crate::runtime::{Builder, Endpoint, ParameterValue, Parts, RequestBody}; },
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
    source.item(private_methods());
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

fn public_methods() -> proc_macro2::TokenStream {
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

fn private_methods() -> proc_macro2::TokenStream {
    quote! {
        impl<O, P> Call<O, P> {
            pub(crate) fn start() -> Self {
                Self { parts: Parts::new(), types: PhantomData }
            }

            pub(crate) fn with_path<V: ParameterValue>(mut self, name: &'static str, value: impl Into<V>) -> Self {
                self.parts.path(name, value.into());
                self
            }

            pub(crate) fn with_query<V: ParameterValue>(mut self, name: &'static str, value: impl Into<V>) -> Self {
                self.parts.query(name, value.into());
                self
            }

            pub(crate) fn with_header<V: ParameterValue>(mut self, name: &'static str, value: impl Into<V>) -> Self {
                self.parts.header(name, value.into());
                self
            }

            pub(crate) fn with_json<T: Serialize>(mut self, media_type: &'static str, body: impl Borrow<T>) -> Self {
                self.parts.json(media_type, body.borrow());
                self
            }

            pub(crate) fn with_body<T: RequestBody>(mut self, body: impl Into<T>) -> Self {
                self.parts.body(&body.into());
                self
            }

            pub(crate) fn into_other<Q>(self) -> Call<Q, P> {
                Call { parts: self.parts, types: PhantomData }
            }
        }
    }
}

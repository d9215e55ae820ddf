//! Emits `Call`, the request builder that every operation is an alias of.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Scope, Source};
use crate::ir::{Answer, Api, Crate, Operation};

/// The file of `Call`.
pub fn source(krate: &Crate) -> Source {
    let docs = vec!["A request that is being built.".to_owned()];
    let mut source = Source::new("src/call.rs", docs, Scope::Crate);
    source.item(quote! {
        #[cfg(feature = "client")]
        mod send;
    });
    for item in definition() {
        source.item(item);
    }
    source.item(exchange());
    let is_stream = |it: &Operation| matches!(it.answer, Answer::Stream(..));
    if krate.apis().flat_map(Api::operations).any(is_stream) {
        source.item(decoder());
    }
    for item in traits() {
        source.item(item);
    }
    source
}

/// The type, and what every call takes.
fn definition() -> [TokenStream; 2] {
    [
        quote! {
            #[doc = " A request that is being built: the operation `O` with the optional parameters `P`."]
            #[doc = ""]
            #[doc = " Each operation has a name of its own for it, and setters of its parameters. A client sends it as often as needed;"]
            #[doc = " without one it becomes a [`request`](Self::request), whose response [`decode`](Self::decode) reads."]
            pub struct Call<O, P> {
                pub(crate) parts: Parts,
                types: PhantomData<fn() -> (O, P)>,
            }
        },
        quote! {
            impl<O, P> Call<O, P> {
                pub(crate) fn of(parts: Parts) -> Self {
                    Self { parts, types: PhantomData }
                }

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
        },
    ]
}

/// The request and the response.
fn exchange() -> TokenStream {
    quote! {
        impl<O: runtime::Endpoint, P> Call<O, P> {
            #[doc = " What the operation needs: alternatives of schemes needed together."]
            pub const SECURITY: &'static [&'static [SecurityScheme]] = O::SECURITY;

            #[doc = " The request to `server`, without a credential; see [`auth::apply`](crate::runtime::auth::apply)."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " All that keeps the request from being sent as it was meant, together."]
            pub fn request(
                &self,
                server: &runtime::Server,
            ) -> Result<runtime::http::Request<runtime::bytes::Bytes>, runtime::RequestError> {
                runtime::Operation::request(self, server)
            }

            #[doc = " Reads a response."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " If the status is not that of a success, or the body is not what is documented."]
            pub fn decode(
                response: runtime::http::Response<runtime::bytes::Bytes>,
            ) -> Result<runtime::Response<<O::Answer as runtime::Answer>::Output>, runtime::Error> {
                runtime::operation::decode::<O>(response)
            }
        }
    }
}

/// The items of a response that is a stream.
fn decoder() -> TokenStream {
    quote! {
        impl<O: runtime::Endpoint<Answer: answer::StreamAnswer>, P> Call<O, P> {
            #[doc = " Takes the bytes of a response as they come, and gives items."]
            pub fn decoder() -> <O::Answer as answer::StreamAnswer>::Decoder {
                <O::Answer as answer::StreamAnswer>::decoder()
            }
        }
    }
}

/// What the runtime and the standard library ask for.
fn traits() -> [TokenStream; 3] {
    [
        quote! {
            impl<O: runtime::Endpoint, P> Builder for Call<O, P> {
                type Endpoint = O;

                fn parts(&self) -> &Parts {
                    &self.parts
                }
            }
        },
        quote! {
            impl<O, P> Clone for Call<O, P> {
                fn clone(&self) -> Self {
                    Self::of(self.parts.clone())
                }
            }
        },
        quote! {
            impl<O: runtime::Endpoint, P> fmt::Debug for Call<O, P> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.debug_tuple(O::NAME).field(&self.parts).finish()
                }
            }
        },
    ]
}

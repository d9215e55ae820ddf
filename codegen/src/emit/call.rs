//! Emits `Call`, the request builder that every operation is an alias of.

use quote::quote;

use super::{Scope, Source};

/// The file of `Call`.
pub fn source() -> Source {
    let docs = vec!["A request that is being built.".to_owned()];
    let mut source = Source::new("src/call.rs", docs, Scope::Crate);
    source.item(quote! {
        #[doc = " A request that is being built: the operation `O` with the optional parameters `P`."]
        #[doc = ""]
        #[doc = " Each operation has a name of its own for it, and setters of its parameters. It becomes a request by"]
        #[doc = " [`Operation::request`](crate::runtime::Operation::request), as often as needed."]
        pub struct Call<O, P> {
            pub(crate) parts: Parts,
            types: PhantomData<fn() -> (O, P)>,
        }
    });
    source.item(quote! {
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
    });
    source.item(quote! {
        impl<O: runtime::Endpoint, P> Builder for Call<O, P> {
            type Endpoint = O;

            fn parts(&self) -> &Parts {
                &self.parts
            }
        }
    });
    source.item(quote! {
        impl<O, P> Clone for Call<O, P> {
            fn clone(&self) -> Self {
                Self::of(self.parts.clone())
            }
        }
    });
    source.item(quote! {
        impl<O: runtime::Endpoint, P> fmt::Debug for Call<O, P> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(O::NAME).field(&self.parts).finish()
            }
        }
    });
    source
}

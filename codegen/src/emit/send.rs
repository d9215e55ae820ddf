//! Emits what a client does with a `Call`, as its own methods, so that a caller imports no trait.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::condition;
use super::{Scope, Source};
use crate::ir::{Answer, Api, Crate, Module, Operation, Type};

/// Where it stands.
pub const PATH: &str = "src/call/send.rs";

/// The file of these methods.
pub fn source(krate: &Crate) -> Source {
    let docs = vec!["Calls with a client.".to_owned()];
    let mut source = Source::new(PATH, docs, Scope::Crate);
    source.item(send());
    source.item(open());
    if krate.apis().flat_map(Api::operations).any(|it| it.pagination.is_some()) {
        source.item(pages());
    }
    if krate
        .apis()
        .flat_map(Api::operations)
        .any(|it| matches!(it.answer, Answer::Stream(..)))
    {
        source.item(streams());
    }
    let watching: Vec<&Module> = krate.modules.iter().filter(|it| is_watching(it)).collect();
    let features: BTreeSet<&String> = watching.iter().flat_map(|it| &it.features.any).collect();
    if !watching.is_empty() {
        source.item(watches(&condition(features)));
    }
    source
}

fn send() -> TokenStream {
    quote! {
        impl<O: runtime::Endpoint + 'static, P: 'static> Call<O, P> {
            #[doc = " Sends the call and reads the response. To drop the future is to give up."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " See [`Error`](crate::client::Error)."]
            pub fn send(&self, client: &crate::client::Client) -> crate::client::Sending<'static, <O::Answer as runtime::Answer>::Output> {
                crate::client::Execute::send(self, client)
            }

            #[doc = " Sends the call and reads the response, on this thread."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " See [`Error`](crate::client::Error)."]
            pub fn send_blocking(
                &self,
                client: &crate::client::BlockingClient,
            ) -> Result<runtime::Response<<O::Answer as runtime::Answer>::Output>, crate::client::Error> {
                crate::client::Execute::send_blocking(self, client)
            }

            #[doc = " Reads an object with this call, lets `change` make the call that replaces it, and sends that; all of it"]
            #[doc = " anew where somebody else was faster (409). See [`Execute::modify`](crate::client::Execute::modify)."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " See [`Error`](crate::client::Error); the last conflict, where there is no end of them."]
            pub fn modify<'a, W, F>(&self, client: &crate::client::Client, change: F) -> crate::client::Sending<'a, W::Output>
            where
                W: runtime::Operation + 'a,
                F: FnMut(<O::Answer as runtime::Answer>::Output) -> W + Send + 'a,
            {
                crate::client::Execute::modify(self, client, change)
            }

            #[doc = " `modify`, on this thread."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " See `modify`."]
            pub fn modify_blocking<W, F>(
                &self,
                client: &crate::client::BlockingClient,
                change: F,
            ) -> Result<runtime::Response<W::Output>, crate::client::Error>
            where
                W: runtime::Operation,
                F: FnMut(<O::Answer as runtime::Answer>::Output) -> W + Send,
            {
                crate::client::Execute::modify_blocking(self, client, change)
            }
        }
    }
}

fn open() -> TokenStream {
    quote! {
        impl<O: runtime::Endpoint + 'static, P: 'static> Call<O, P> {
            #[doc = " Sends the call and gives the response as soon as its headers are there: the body comes in pieces of bytes,"]
            #[doc = " however many. See [`Execute::open`](crate::client::Execute::open)."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " See [`Error`](crate::client::Error)."]
            pub fn open(&self, client: &crate::client::Client) -> crate::client::Sending<'static, crate::client::BodyStream> {
                crate::client::Execute::open(self, client)
            }

            #[doc = " `open`, on this thread."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " See `open`."]
            pub fn open_blocking(
                &self,
                client: &crate::client::BlockingClient,
            ) -> Result<runtime::Response<crate::client::BlockingBodyStream>, crate::client::Error> {
                crate::client::Execute::open_blocking(self, client)
            }
        }
    }
}

fn streams() -> TokenStream {
    quote! {
        #[doc = " Calls that are answered by a stream."]
        impl<O, P> Call<O, P>
        where
            O: runtime::Endpoint<Answer: runtime::answer::StreamAnswer> + 'static,
            P: 'static,
        {
            #[doc = " Sends the call and gives the items of its response as they come. A connection that ends is not opened again."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " See [`Error`](crate::client::Error)."]
            pub fn open_stream(
                &self,
                client: &crate::client::Client,
            ) -> crate::client::Sending<
                'static,
                crate::client::StreamItems<<O::Answer as runtime::answer::StreamAnswer>::Decoder>,
            > {
                crate::client::Execute::open_stream(self, client)
            }

            #[doc = " `open_stream`, on this thread."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " See `open_stream`."]
            pub fn open_stream_blocking(
                &self,
                client: &crate::client::BlockingClient,
            ) -> Result<
                runtime::Response<crate::client::BlockingStreamItems<<O::Answer as runtime::answer::StreamAnswer>::Decoder>>,
                crate::client::Error,
            > {
                crate::client::Execute::open_stream_blocking(self, client)
            }
        }
    }
}

fn pages() -> TokenStream {
    quote! {
        #[doc = " Calls whose pagination is documented."]
        impl<O: runtime::Paginated, P> Call<O, P> {
            #[doc = " The list as a stream of items, page by page."]
            pub fn items(&self, client: &crate::client::Client) -> crate::client::pages::Items<O::Item> {
                crate::client::Execute::items(self, client)
            }

            #[doc = " The list as an iterator of items, page by page."]
            pub fn items_blocking(&self, client: &crate::client::BlockingClient) -> crate::client::pages::BlockingItems<O::Item> {
                crate::client::Execute::items_blocking(self, client)
            }

            #[doc = " The list as a stream of pages."]
            pub fn pages(&self, client: &crate::client::Client) -> crate::client::pages::Pages<O> {
                crate::client::Execute::pages(self, client)
            }

            #[doc = " The list as an iterator of pages."]
            pub fn pages_blocking(&self, client: &crate::client::BlockingClient) -> crate::client::pages::BlockingPages<O> {
                crate::client::Execute::pages_blocking(self, client)
            }
        }
    }
}

fn watches(condition: &TokenStream) -> TokenStream {
    quote! {
        #[doc = " Calls that are answered by a watch."]
        #condition
        impl<O, P, T> Call<O, P>
        where
            O: runtime::Watched<Answer = runtime::answer::Stream<tablature_kubernetes::watch::Event<T>>>,
            T: serde::de::DeserializeOwned + Send + 'static,
        {
            #[doc = " The watch as a stream that goes on whatever happens to its connection."]
            pub fn events(&self, client: &crate::client::Client) -> tablature_kubernetes::watch::Watch<T> {
                tablature_kubernetes::ExecuteWatch::events(self, client)
            }

            #[doc = " The watch as an iterator; see `events`."]
            pub fn events_blocking(&self, client: &crate::client::BlockingClient) -> tablature_kubernetes::watch::BlockingWatch<T> {
                tablature_kubernetes::ExecuteWatch::events_blocking(self, client)
            }

            #[doc = " The objects of the watch as they are now, kept up to date."]
            pub fn reflect(&self, client: &crate::client::Client) -> tablature_kubernetes::watch::Reflector<T> where T: serde::Serialize {
                tablature_kubernetes::ExecuteWatch::reflect(self, client)
            }

            #[doc = " Waits for the first object of the watch that is as `condition` says, but no longer than `deadline`."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " If the deadline passes, or the watch comes to its end."]
            pub fn wait_for<'a, F>(
                &'a self,
                client: &'a crate::client::Client,
                deadline: std::time::Duration,
                condition: F,
            ) -> impl std::future::Future<Output = Result<T, tablature_kubernetes::watch::WaitError>> + Send + use<'a, O, P, T, F>
            where
                F: FnMut(&T) -> bool + Send,
            {
                tablature_kubernetes::ExecuteWatch::wait_for(self, client, deadline, condition)
            }

            #[doc = " `wait_for`, on this thread."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " See `wait_for`."]
            pub fn wait_for_blocking<F>(
                &self,
                client: &crate::client::BlockingClient,
                deadline: std::time::Duration,
                condition: F,
            ) -> Result<T, tablature_kubernetes::watch::WaitError>
            where
                F: FnMut(&T) -> bool + Send,
            {
                tablature_kubernetes::ExecuteWatch::wait_for_blocking(self, client, deadline, condition)
            }
        }
    }
}

/// Whether an operation of a module is answered by a watch of Kubernetes that can go on.
fn is_watching(module: &Module) -> bool {
    let is_watch = |it: &Operation| {
        matches!(&it.answer, Answer::Stream(_, Type::Path { path, .. }) if path == "tablature_kubernetes::watch::Event")
            && it.watch.is_some()
    };
    module.api.operations().any(is_watch)
}

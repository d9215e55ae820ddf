//! Emits the type of a webhook or callback, which reads the request that a server received.

use std::iter;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{alias, deprecated, docs};
use super::endpoint::{documented, requirements};
use super::types::{Within, ty};
use super::{Scope, Source};
use crate::ir::{AnswerHeader, Api, Tag, Webhook, WebhookContent};
use crate::markdown::code;

/// The file of a webhook.
pub fn source(api: &Api, tag: &Tag, webhook: &Webhook) -> Source {
    let path = format!("src/{}/{}/{}.rs", api.module, tag.module, webhook.module);
    let docs = vec![format!("{}, which the API sends.", code(&webhook.id))];
    let mut source = Source::new(path, docs, Scope::operations(api, iter::empty()));
    source.item(marker(webhook));
    source.item(facts(webhook));
    source.item(headers(webhook));
    source
}

/// The type.
fn marker(it: &Webhook) -> TokenStream {
    let (docs, deprecated, name) = (docs(&it.docs), deprecated(&it.deprecated), &it.name);
    let alias = alias(&it.id, name);
    quote! { #docs #alias #deprecated pub enum #name {} }
}

/// Its facts, which are all of its behaviour.
fn facts(it: &Webhook) -> TokenStream {
    let (name, id, method) = (&it.name, &it.id, &it.method);
    let url = it
        .url
        .as_ref()
        .map(|it| quote! { const URL: Option<&'static str> = Some(#it); });
    let some = |is_some: bool, tokens: TokenStream| if is_some { tokens } else { TokenStream::new() };
    let types = &it.media_types;
    let types = some(
        !types.is_empty(),
        quote! { const MEDIA_TYPES: &'static [&'static str] = &[#(#types),*]; },
    );
    let statuses = it.documented.iter().map(documented);
    let statuses = some(
        !it.documented.is_empty(),
        quote! { const DOCUMENTED: &'static [Documented] = &[#(#statuses),*]; },
    );
    let security = requirements(&it.security);
    let security = some(
        !it.security.is_empty(),
        quote! { const SECURITY: &'static [&'static [SecurityScheme]] = #security; },
    );
    let content = content(&it.content);
    quote! {
        impl webhook::Webhook for #name {
            const NAME: &'static str = #id;
            const METHOD: &'static str = #method;
            #url
            #types
            #statuses
            #security

            type Content = #content;
        }
    }
}

fn content(it: &WebhookContent) -> TokenStream {
    match it {
        WebhookContent::Empty => quote!(webhook::Empty),
        WebhookContent::Json(it) => {
            let it = ty(it, Within::Operations);
            quote!(webhook::Json<#it>)
        }
        WebhookContent::Text => quote!(webhook::Text),
        WebhookContent::Binary => quote!(webhook::Binary),
    }
}

/// Functions that read its documented headers.
fn headers(it: &Webhook) -> TokenStream {
    if it.headers.is_empty() {
        return TokenStream::new();
    }
    let (name, headers) = (&it.name, it.headers.iter().map(header));
    quote! { impl #name { #(#headers)* } }
}

fn header(it: &AnswerHeader) -> TokenStream {
    let (docs, wire, ty) = (docs(&it.docs), &it.wire, ty(&it.ty, Within::Operations));
    let name = &it.name;
    quote! {
        #docs
        pub fn #name<T>(received: &webhook::Received<T>) -> Result<Option<#ty>, runtime::HeaderError> {
            received.header(#wire)
        }
    }
}

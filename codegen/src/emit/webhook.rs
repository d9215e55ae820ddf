//! What the API sends: a type for each webhook and callback, which reads it.

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::quote;

use super::docs::{deprecated, docs};
use super::endpoint::{documented, has_locations, requirements};
use super::types::{From, Uses, ty};
use crate::ir::{AnswerHeader, Tag, Webhook, WebhookContent};

/// Notes what the webhooks of a tag name in code.
pub fn note(tag: &Tag, uses: &mut Uses) {
    for it in &tag.webhooks {
        if let WebhookContent::Json(ty) = &it.content {
            uses.note(ty);
        }
        uses.runtime |= !it.headers.is_empty();
    }
}

/// The imports of a tag's webhooks.
pub fn imports(tag: &Tag) -> Vec<TokenStream> {
    if tag.webhooks.is_empty() {
        return Vec::new();
    }
    let secured = tag.webhooks.iter().filter(|it| !it.security.is_empty());
    let auth = match secured.map(|it| has_locations(&it.security)).max() {
        Some(true) => quote! { use crate::runtime::auth::{Location, SecurityScheme}; },
        Some(false) => quote! { use crate::runtime::auth::SecurityScheme; },
        None => TokenStream::new(),
    };
    let runtime = if tag.webhooks.iter().any(|it| !it.documented.is_empty()) {
        quote! { use crate::runtime::{Documented, webhook}; }
    } else {
        quote! { use crate::runtime::webhook; }
    };
    vec![auth, runtime]
}

/// The type.
pub fn marker(it: &Webhook) -> TokenStream {
    let (docs, deprecated, name) = (docs(&it.docs), deprecated(it.deprecated), &it.name);
    quote! { #docs #deprecated pub enum #name {} }
}

/// Its facts, which are all of its behaviour.
pub fn facts(it: &Webhook) -> TokenStream {
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
            let it = ty(it, From::Operations);
            quote!(webhook::Json<#it>)
        }
        WebhookContent::Text => quote!(webhook::Text),
        WebhookContent::Binary => quote!(webhook::Binary),
    }
}

/// Functions that read its documented headers.
pub fn headers(it: &Webhook) -> TokenStream {
    if it.headers.is_empty() {
        return TokenStream::new();
    }
    let (name, headers) = (&it.name, it.headers.iter().map(header));
    quote! { impl #name { #(#headers)* } }
}

fn header(it: &AnswerHeader) -> TokenStream {
    let (docs, wire, ty) = (docs(&it.docs), &it.wire, ty(&it.ty, From::Operations));
    let name = Token::new(&format!("header_{}", it.name), Span::call_site());
    quote! {
        #docs
        pub fn #name<T>(received: &webhook::Received<T>) -> Result<Option<#ty>, runtime::HeaderError> {
            received.header(#wire)
        }
    }
}

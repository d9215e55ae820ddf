//! Emits the facts of an operation: method, route, statuses, security and answer type.

use proc_macro2::{Ident as Token, Literal, Span, TokenStream};
use quote::quote;

use super::types::{Within, ty};
use super::writing::marker;
use crate::ir::{
    Answer, Api, BodyRule, Constructor, Documented, Framing, KeyLocation, Operation, Pagination, SecurityScheme,
    Status, Watch,
};

/// The type that has them, and the facts.
pub fn items(api: &Api, operation: &Operation) -> Vec<TokenStream> {
    let doc = format!(" The facts of [`{}`].", operation.name);
    let endpoint = marker(&operation.name, "Endpoint");
    let paginated = operation.pagination.as_ref().map(|it| paginated(it, &endpoint));
    let watched = operation.watch.as_ref().map(|it| watched(it, &endpoint));
    let failure = operation.failure.as_ref().map(|it| {
        let it = ty(it, Within::Operations);
        quote! { impl runtime::Fallible for #endpoint { type Failure = #it; } }
    });
    [
        quote!(#[doc = #doc] pub enum #endpoint {}),
        facts(api, operation, &endpoint),
    ]
    .into_iter()
    .chain(failure)
    .chain(paginated)
    .chain(watched)
    .collect()
}

fn facts(api: &Api, operation: &Operation, endpoint: &Token) -> TokenStream {
    let (id, path) = (&operation.id, &operation.path);
    let method = &operation.method;
    let documented = statuses(operation);
    let security = match &operation.security {
        Some(own) => requirements(own),
        None => {
            let module = &api.module;
            quote!(crate::#module::SECURITY)
        }
    };
    let servers = operation.servers.as_ref().map(|it| {
        let module = &api.module;
        quote! { const SERVERS: &'static [ServerTemplate] = crate::#module::#it; }
    });
    let redirects = operation.redirects.iter().map(|it| Literal::u16_unsuffixed(*it));
    let redirects = (!operation.redirects.is_empty()).then(|| {
        quote! { const REDIRECTS: &'static [u16] = &[#(#redirects),*]; }
    });
    let rules = rules(&operation.body_rules);
    let answer = answer(&operation.answer);
    let encoded = operation
        .encoded_path
        .as_ref()
        .map(|it| quote! { const ENCODED_PATH: &'static str = #it; });
    let accept = operation
        .accept
        .as_ref()
        .map(|it| quote! { const ACCEPT: &'static str = #it; });
    quote! {
        impl runtime::Endpoint for #endpoint {
            const NAME: &'static str = #id;
            const METHOD: &'static str = #method;
            const PATH: &'static str = #path;
            #encoded
            const DOCUMENTED: &'static [Documented] = #documented;
            const SECURITY: &'static [&'static [SecurityScheme]] = #security;
            #servers
            #redirects
            #rules
            #accept

            type Answer = #answer;
        }
    }
}

/// The documented statuses, which an operation made by a switch shares with the one that has it.
fn statuses(operation: &Operation) -> TokenStream {
    match &operation.constructor {
        Constructor::Switch { of } => quote!(<super::#of as runtime::Operation>::DOCUMENTED),
        Constructor::New { .. } => {
            let documented = operation.documented.iter().map(documented);
            quote!(&[#(#documented),*])
        }
    }
}

/// A documented status.
pub fn documented(it: &Documented) -> TokenStream {
    let name = &it.name;
    match it.status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(Documented::status(#code, #name))
        }
        Status::Range(first) => {
            let first = Literal::u8_unsuffixed(first);
            quote!(Documented::range(#first, #name))
        }
        Status::Default => quote!(Documented::any(#name)),
    }
}

/// Alternatives of schemes that are needed together.
pub fn requirements(alternatives: &[Vec<SecurityScheme>]) -> TokenStream {
    let alternatives = alternatives.iter().map(|all| {
        let all = all.iter().map(scheme);
        quote!(&[#(#all),*])
    });
    quote!(&[#(#alternatives),*])
}

fn scheme(it: &SecurityScheme) -> TokenStream {
    match it {
        SecurityScheme::ApiKey {
            name,
            location,
            parameter,
        } => {
            let location = match location {
                KeyLocation::Header => "Header",
                KeyLocation::Query => "Query",
                KeyLocation::Cookie => "Cookie",
            };
            let location = Token::new(location, Span::call_site());
            quote!(SecurityScheme::ApiKey { name: #name, location: Location::#location, parameter: #parameter })
        }
        SecurityScheme::Http { name, scheme } => quote!(SecurityScheme::Http { name: #name, scheme: #scheme }),
        SecurityScheme::OAuth2 {
            name,
            token_url,
            scopes,
        } => {
            let token_url = match token_url {
                Some(url) => quote!(Some(#url)),
                None => quote!(None),
            };
            quote!(SecurityScheme::OAuth2 { name: #name, token_url: #token_url, scopes: &[#(#scopes),*] })
        }
        SecurityScheme::OpenIdConnect { name, scopes } => {
            quote!(SecurityScheme::OpenIdConnect { name: #name, scopes: &[#(#scopes),*] })
        }
        SecurityScheme::MutualTls { name } => quote!(SecurityScheme::MutualTls { name: #name }),
    }
}

fn rules(rules: &[BodyRule]) -> TokenStream {
    if rules.is_empty() {
        return TokenStream::new();
    }
    let rules = rules.iter().map(|it| {
        let (media_type, required, forbidden) = (&it.media_type, &it.required, &it.forbidden);
        quote!(BodyRule { media_type: #media_type, required: &[#(#required),*], forbidden: &[#(#forbidden),*] })
    });
    quote! { const BODIES: &'static [BodyRule] = &[#(#rules),*]; }
}

fn paginated(it: &Pagination, endpoint: &Token) -> TokenStream {
    let item = ty(&it.item, Within::Operations);
    let Pagination {
        limit,
        token,
        next,
        items,
        replaces,
        ..
    } = it;
    quote! {
        impl Paginated for #endpoint {
            const PAGINATION: Pagination = Pagination {
                limit: #limit,
                token: #token,
                next: #next,
                items: #items,
                replaces: &[#(#replaces),*],
            };

            type Item = #item;
        }
    }
}

fn watched(it: &Watch, endpoint: &Token) -> TokenStream {
    let Watch {
        version,
        current,
        watch_omits,
        list_omits,
        ..
    } = it;
    let [switch, bookmarks] = [&it.switch, &it.bookmarks].map(|it| match it {
        Some(it) => quote!(Some(#it)),
        None => quote!(None),
    });
    let list = match &it.list {
        Some(it) => quote!(Some(<<super::#it as Builder>::Endpoint as Paginated>::PAGINATION)),
        None => quote!(None),
    };
    quote! {
        impl runtime::Watched for #endpoint {
            const WATCH: runtime::Watch = runtime::Watch {
                switch: #switch,
                version: #version,
                bookmarks: #bookmarks,
                current: #current,
                watch_omits: &[#(#watch_omits),*],
                list_omits: &[#(#list_omits),*],
                list: #list,
            };
        }
    }
}

fn answer(it: &Answer) -> TokenStream {
    match it {
        Answer::Empty => quote!(answer::Empty),
        Answer::Json(it) => {
            let it = ty(it, Within::Operations);
            quote!(answer::Json<#it>)
        }
        Answer::Stream(framing, it) => {
            let it = ty(it, Within::Operations);
            match framing {
                Framing::Lines => quote!(answer::Stream<#it>),
                Framing::Events => quote!(answer::EventStream<#it>),
                Framing::JsonSeq => quote!(answer::JsonSeq<#it>),
                Framing::TextLines => quote!(answer::TextLines<#it>),
            }
        }
        Answer::ByStatus(it) => {
            let it = ty(it, Within::Operations);
            quote!(answer::ByStatus<#it>)
        }
        Answer::Text => quote!(answer::Text),
        Answer::Binary => quote!(answer::Binary),
    }
}

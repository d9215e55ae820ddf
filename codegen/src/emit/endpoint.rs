//! The facts of each operation: method, route, statuses, security, answer.

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::quote;

use super::Source;
use super::types::{From, Uses, ty};
use crate::ir::{Answer, Api, BodyRule, Documented, Framing, Operation, Pagination, SecurityScheme, Status, Tag};
use crate::names::Ident;

/// The file of a tag's endpoints.
pub fn source(api: &Api, tag: &Tag) -> Source {
    let docs = vec![format!("The facts of the operations of `{}`.", tag.module)];
    let mut source = Source::new(format!("src/{}/{}/endpoint.rs", api.module, tag.module), docs);
    let mut uses = Uses::default();
    for operation in &tag.operations {
        let item = operation.pagination.as_ref().map(|it| &it.item);
        operation
            .answer
            .ty()
            .into_iter()
            .chain(item)
            .for_each(|it| uses.note(it));
    }
    source.group(vec![uses.map_import()]);
    let models = if uses.named.is_empty() {
        TokenStream::new()
    } else {
        quote! { use super::super::models; }
    };
    source.group(vec![
        models,
        auth_import(tag),
        server_import(tag),
        runtime_import(tag, uses.runtime),
    ]);
    for operation in &tag.operations {
        let name = &operation.name;
        let doc = format!(" The facts of [`{name}`](super::{name}).");
        source.item(quote!(#[doc = #doc] pub enum #name {}));
        source.item(facts(api, operation));
        if let Some(it) = &operation.pagination {
            source.item(pagination(name, it));
        }
    }
    source
}

fn auth_import(tag: &Tag) -> TokenStream {
    let own = |it: &Operation| it.security.as_ref().is_some_and(|it| has_locations(it));
    if tag.operations.iter().any(own) {
        quote! { use crate::runtime::auth::{Location, SecurityScheme}; }
    } else {
        quote! { use crate::runtime::auth::SecurityScheme; }
    }
}

fn server_import(tag: &Tag) -> TokenStream {
    if tag.operations.iter().any(|it| it.servers.is_some()) {
        quote! { use crate::runtime::server::ServerTemplate; }
    } else {
        TokenStream::new()
    }
}

/// Whether a scheme among these is printed with its location.
pub fn has_locations(alternatives: &[Vec<SecurityScheme>]) -> bool {
    alternatives
        .iter()
        .flatten()
        .any(|it| matches!(it, SecurityScheme::ApiKey { .. }))
}

fn runtime_import(tag: &Tag, this: bool) -> TokenStream {
    let has = |it: fn(&Operation) -> bool| tag.operations.iter().any(it);
    let mut names = Vec::new();
    let mut name = |name: &str, used: bool| {
        if used {
            names.push(Token::new(name, Span::call_site()));
        }
    };
    name("self", this);
    name("BodyRule", has(|it| !it.body_rules.is_empty()));
    name("Documented", has(|it| !it.documented.is_empty()));
    name("Endpoint", true);
    name("Paginated", has(|it| it.pagination.is_some()));
    name("Pagination", has(|it| it.pagination.is_some()));
    name("answer", true);
    quote! { use crate::runtime::{#(#names),*}; }
}

fn facts(api: &Api, operation: &Operation) -> TokenStream {
    let (name, id, path) = (&operation.name, &operation.id, &operation.path);
    let method = &operation.method;
    let documented = operation.documented.iter().map(documented);
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
        impl Endpoint for #name {
            const NAME: &'static str = #id;
            const METHOD: &'static str = #method;
            const PATH: &'static str = #path;
            #encoded
            const DOCUMENTED: &'static [Documented] = &[#(#documented),*];
            const SECURITY: &'static [&'static [SecurityScheme]] = #security;
            #servers
            #rules
            #accept

            type Answer = #answer;
        }
    }
}

/// A documented status.
pub fn documented(it: &Documented) -> TokenStream {
    let (name, page) = (&it.name, &it.page);
    match it.status {
        Status::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote!(Documented::status(#code, #name, #page))
        }
        Status::Range(first) => {
            let first = proc_macro2::Literal::u8_unsuffixed(first);
            quote!(Documented::range(#first, #name, #page))
        }
        Status::Default => quote!(Documented::any(#name, #page)),
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
            let location = Token::new(location, Span::call_site());
            quote!(SecurityScheme::ApiKey { name: #name, location: Location::#location, parameter: #parameter })
        }
        SecurityScheme::Http { name, scheme } => quote!(SecurityScheme::Http { name: #name, scheme: #scheme }),
        SecurityScheme::OAuth2 { name, scopes } => {
            quote!(SecurityScheme::OAuth2 { name: #name, scopes: &[#(#scopes),*] })
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

fn pagination(name: &Ident, it: &Pagination) -> TokenStream {
    let Pagination {
        limit,
        token,
        next,
        items,
        item,
    } = it;
    let item = ty(item, From::Operations);
    quote! {
        impl Paginated for #name {
            const PAGINATION: Pagination = Pagination { limit: #limit, token: #token, next: #next, items: #items };

            type Item = #item;
        }
    }
}

fn answer(it: &Answer) -> TokenStream {
    match it {
        Answer::Empty => quote!(answer::Empty),
        Answer::Json(it) => {
            let it = ty(it, From::Operations);
            quote!(answer::Json<#it>)
        }
        Answer::Stream(framing, it) => {
            let it = ty(it, From::Operations);
            match framing {
                Framing::Lines => quote!(answer::Stream<#it>),
                Framing::Events => quote!(answer::EventStream<#it>),
                Framing::JsonSeq => quote!(answer::JsonSeq<#it>),
            }
        }
        Answer::ByStatus(it) => {
            let it = ty(it, From::Operations);
            quote!(answer::ByStatus<#it>)
        }
        Answer::Text => quote!(answer::Text),
        Answer::Binary => quote!(answer::Binary),
    }
}

//! Emits the module of an API: its submodules, servers and security requirements.

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::quote;

use super::endpoint::requirements;
use super::{Scope, Source, tag};
use crate::ir::{Module, Server};

/// The file of the module.
pub fn source(module: &Module) -> Source {
    let Module { api, features, shared } = module;
    let mut source = Source::new(format!("src/{}/mod.rs", api.module), api.docs.clone(), Scope::Crate);
    let models = (!api.models.is_empty() || !shared.is_empty()).then(|| {
        quote! { pub mod models; }
    });
    let parameters = (!api.parameter_sets.is_empty()).then(|| {
        quote! { pub mod parameters; }
    });
    let tags = api.tags.iter().map(|it| tag::declaration(it, features));
    let mut modules: Vec<_> = models.into_iter().chain(parameters).chain(tags).collect();
    modules.sort_by_key(|it| it.to_string().rsplit_once("pub mod").map(|(_, name)| name.to_owned()));
    source.group(modules);
    if api.operations().next().is_none() {
        return source;
    }
    if !api.servers.is_empty() {
        let servers = api.servers.iter().map(server);
        source.item(quote! {
            #[doc = " Where the API is served, as documented."]
            pub const SERVERS: &[ServerTemplate] = &[#(#servers),*];
        });
    }
    for own in &api.own_servers {
        let (name, servers) = (&own.name, own.servers.iter().map(server));
        source.item(quote! {
            #[doc = " Where some operations are served, and not where the API is, as documented."]
            pub const #name: &[ServerTemplate] = &[#(#servers),*];
        });
    }
    let security = requirements(&api.security);
    source.item(quote! {
        #[doc = " What an operation needs that states nothing itself: alternatives of schemes needed together."]
        pub const SECURITY: &[&[SecurityScheme]] = #security;
    });
    for path in &api.credentials {
        let path = path.split("::").map(|it| Token::new(it, Span::call_site()));
        source.item(quote! {
            #[cfg(feature = "client")]
            pub use #(#path)::*;
        });
    }
    source
}

fn server(server: &Server) -> TokenStream {
    let (url, description) = (&server.url, &server.description);
    let variables = server.variables.iter().map(|it| {
        let (name, default, values, description) = (&it.name, &it.default, &it.values, &it.description);
        quote!(ServerVariable { name: #name, default: #default, values: &[#(#values),*], description: #description })
    });
    quote!(ServerTemplate { url: #url, description: #description, variables: &[#(#variables),*] })
}

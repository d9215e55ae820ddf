//! Emits `lib.rs`: the modules, their cargo features, and the re-exported runtime.

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::quote;

use super::docs::condition;
use super::{Scope, Source};
use crate::finish::closure::packages;
use crate::ir::{Api, Crate, FAMILIES};

/// `lib.rs`.
pub fn source(krate: &Crate) -> Source {
    let mut docs = krate.docs.clone();
    docs.push(String::new());
    docs.push("| Module | Cargo feature |".to_owned());
    docs.push("| --- | --- |".to_owned());
    for api in &krate.apis {
        let features: Vec<String> = api.features.iter().map(|it| format!("`{it}`")).collect();
        docs.push(format!("| `{}` | {} |", api.module, features.join(" or ")));
    }
    let mut source = Source::new("src/lib.rs", docs, Scope::Crate);
    // How many members there are, how large, and how lists are indented: that is for the documents to say.
    source.item(quote! {
        #![allow(
            clippy::doc_lazy_continuation,
            clippy::large_enum_variant,
            clippy::should_implement_trait,
            clippy::too_many_arguments
        )]
    });
    let callers = condition(&krate.apis.iter().flat_map(callers).collect::<Vec<_>>());
    if krate.operations() > 0 {
        source.item(quote! {
            #callers
            #[rustfmt::skip]
            mod call;
        });
    }
    for api in &krate.apis {
        let (module, condition) = (&api.module, condition(&api.features));
        // What emitted code deprecates, it also defines and reads.
        let allow = if api.has_deprecated() {
            quote!(#[allow(deprecated)])
        } else {
            TokenStream::new()
        };
        source.item(quote! {
            #condition
            #allow
            #[rustfmt::skip]
            pub mod #module;
        });
    }
    if krate.operations() > 0 {
        source.item(quote! {
            #callers
            pub use call::Call;
        });
    }
    runtime(krate, &mut source);
    source
}

/// The packages of the runtime, so that users write one dependency.
fn runtime(krate: &Crate, source: &mut Source) {
    source.item(quote! { pub use tablature_runtime as runtime; });
    source.item(quote! {
        #[cfg(feature = "client")]
        pub use tablature_client as client;
    });
    for package in FAMILIES {
        let users = krate.apis.iter().filter(|it| packages(it).contains(package));
        let features: Vec<String> = users.flat_map(|it| it.features.clone()).collect();
        if !features.is_empty() {
            let (name, condition) = (Token::new(package.krate, Span::call_site()), condition(&features));
            source.item(quote! {
                #condition
                pub use #name;
            });
        }
    }
}

/// The features of which any one compiles an operation of an API.
fn callers(api: &Api) -> Vec<String> {
    let tags: Vec<_> = api.tags.iter().filter(|it| !it.operations.is_empty()).collect();
    if tags.iter().any(|it| it.feature.is_none()) {
        return api.features.clone();
    }
    tags.into_iter().filter_map(|it| it.feature.clone()).collect()
}

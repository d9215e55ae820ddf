//! Emits `lib.rs`: the modules, their cargo features, and the re-exported runtime.

use std::collections::BTreeSet;

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::quote;

use super::docs::condition;
use super::{Scope, Source};
use crate::finish::closure::packages;
use crate::ir::{Crate, FAMILIES, Module};

/// `lib.rs`.
pub fn source(krate: &Crate) -> Source {
    let mut docs = krate.docs.clone();
    docs.extend(feature_table(krate));
    let mut source = Source::new("src/lib.rs", docs, Scope::Crate);
    source.item(lints(false));
    let callers = condition(krate.modules.iter().flat_map(callers).collect::<BTreeSet<_>>());
    if krate.operations() > 0 {
        source.item(quote! {
            #callers
            #[rustfmt::skip]
            mod call;
        });
    }
    for Module { api, features, .. } in &krate.modules {
        let (module, condition) = (&api.module, condition(&features.any));
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

/// What is allowed: how many members there are, how large, in which script, and how lists are indented is for the
/// documents to say.
pub fn lints(is_module: bool) -> TokenStream {
    if is_module {
        // Nobody uses all of an API: what a private module offers counts as unused, and as free to be renamed.
        return quote!(#![allow(clippy::all, dead_code, unused_imports)]);
    }
    quote! {
        #![allow(
            clippy::disallowed_names,
            clippy::doc_lazy_continuation,
            clippy::large_enum_variant,
            clippy::should_implement_trait,
            clippy::too_many_arguments,
            confusable_idents,
            mixed_script_confusables,
            uncommon_codepoints
        )]
    }
}

/// Which features compile which module; nothing where there are none.
fn feature_table(krate: &Crate) -> Vec<String> {
    if krate.modules.iter().all(|it| it.features.any.is_empty()) {
        return Vec::new();
    }
    let rows = krate.modules.iter().map(|Module { api, features, .. }| {
        let features: Vec<String> = features.any.iter().map(|it| format!("`{it}`")).collect();
        format!("| `{}` | {} |", api.module, features.join(" or "))
    });
    let head = ["", "| Module | Cargo feature |", "| --- | --- |"].map(str::to_owned);
    head.into_iter().chain(rows).collect()
}

/// The packages of the runtime, so that users write one dependency.
fn runtime(krate: &Crate, source: &mut Source) {
    source.item(quote! { pub use tablature_runtime as runtime; });
    source.item(quote! {
        #[cfg(feature = "client")]
        pub use tablature_client as client;
    });
    // By these names rustc proposes an import of what the two have.
    source.item(quote! {
        #[doc(hidden)]
        pub use tablature_runtime;
    });
    source.item(quote! {
        #[cfg(feature = "client")]
        #[doc(hidden)]
        pub use tablature_client;
    });
    for package in FAMILIES {
        let users: Vec<&Module> = krate
            .modules
            .iter()
            .filter(|it| packages(&it.api).contains(package))
            .collect();
        let features: BTreeSet<&String> = users.iter().flat_map(|it| &it.features.any).collect();
        if !users.is_empty() {
            let (name, condition) = (Token::new(package.krate, Span::call_site()), condition(features));
            source.item(quote! {
                #condition
                pub use #name;
            });
        }
    }
}

/// The features of which any one compiles an operation of an API.
fn callers(module: &Module) -> Vec<&String> {
    let Module { api, features, .. } = module;
    let tags = api.tags.iter().filter(|it| !it.operations.is_empty());
    let of_tags: Option<Vec<&String>> = tags.map(|it| features.tags.get(&it.module)).collect();
    of_tags.unwrap_or_else(|| features.any.iter().collect())
}

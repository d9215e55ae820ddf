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
    docs.push(String::new());
    docs.push("| Module | Cargo feature |".to_owned());
    docs.push("| --- | --- |".to_owned());
    for Module { api, features, .. } in &krate.modules {
        let features: Vec<String> = features.any.iter().map(|it| format!("`{it}`")).collect();
        docs.push(format!("| `{}` | {} |", api.module, features.join(" or ")));
    }
    let mut source = Source::new("src/lib.rs", docs, Scope::Crate);
    // How many members there are, how large, in which script, and how lists are indented: that is for the documents to say.
    source.item(quote! {
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
    });
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
        let users = krate.modules.iter().filter(|it| packages(&it.api).contains(package));
        let features: BTreeSet<&String> = users.flat_map(|it| &it.features.any).collect();
        if !features.is_empty() {
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

//! Emits `lib.rs`: the modules, their cargo features, and the re-exported runtime.

use std::collections::BTreeSet;

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::quote;

use super::docs::condition;
use super::{Scope, Source, crate_page};
use crate::finish::closure::packages;
use crate::ir::{Crate, FAMILIES, Module};

/// `lib.rs`.
pub fn source(krate: &Crate, package: &str) -> Source {
    let mut source = Source::new("src/lib.rs", crate_page::docs(krate), Scope::Crate);
    source.example = crate_page::example(krate, package);
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
    // An alias, since the page of the type would list the methods of every operation.
    if krate.operations() > 0 {
        source.item(quote! {
            #callers
            #[doc = " A request that is being built: the operation `O` with the optional parameters `P`."]
            #[doc = ""]
            #[doc = " Each operation has a name of its own for it. A client sends it as often as needed; without one it becomes a"]
            #[doc = " `request`, whose response `decode` reads."]
            #[rustfmt::skip]
            pub type Call<O, P> = call::Call<O, P>;
        });
    }
    runtime(krate, &mut source);
    source
}

/// What is allowed: how many members there are, how large, in which script, and how lists are indented is for the
/// documents to say; what a workspace asks of its authors beside the defaults is not for a generator.
pub fn lints(is_module: bool) -> TokenStream {
    if is_module {
        // Nobody uses all of an API: what a private module offers counts as unused, and as free to be renamed.
        return quote! {
            #![allow(
                clippy::all,
                clippy::nursery,
                clippy::pedantic,
                clippy::restriction,
                dead_code,
                missing_copy_implementations,
                missing_debug_implementations,
                unreachable_pub,
                unused_imports
            )]
        };
    }
    quote! {
        #![allow(
            clippy::disallowed_names,
            clippy::doc_lazy_continuation,
            clippy::large_enum_variant,
            clippy::nursery,
            clippy::pedantic,
            clippy::restriction,
            clippy::should_implement_trait,
            clippy::too_many_arguments,
            confusable_idents,
            missing_copy_implementations,
            missing_debug_implementations,
            mixed_script_confusables,
            uncommon_codepoints
        )]
    }
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
                #[rustfmt::skip]
                pub use #name;
            });
        }
    }
}

/// The features of which any one compiles an operation of an API.
fn callers(module: &Module) -> Vec<&String> {
    let Module { api, features, .. } = module;
    let (calling, silent): (Vec<_>, Vec<_>) = api.tags.iter().partition(|it| !it.operations.is_empty());
    if calling.is_empty() {
        Vec::new()
    } else if silent.is_empty() || features.tags.is_empty() {
        features.any.iter().collect()
    } else {
        calling.iter().filter_map(|it| features.tags.get(&it.module)).collect()
    }
}

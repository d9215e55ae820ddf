//! The root of the emitted crate.

use quote::quote;

use super::Source;
use crate::ir::Crate;

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
    let mut source = Source::new("src/lib.rs", docs);
    source.item(quote! {
        #[rustfmt::skip]
        mod call;
    });
    for api in &krate.apis {
        let (module, features) = (&api.module, &api.features);
        let condition = match features.as_slice() {
            [only] => quote!(feature = #only),
            _ => quote!(any(#(feature = #features),*)),
        };
        source.item(quote! {
            #[cfg(#condition)]
            #[rustfmt::skip]
            pub mod #module;
        });
    }
    source.group(vec![
        quote! { pub use call::Call; },
        quote! { pub use tablature_runtime as runtime; },
    ]);
    source
}

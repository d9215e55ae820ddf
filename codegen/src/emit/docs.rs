//! Attributes that documentation and deprecation become.

use proc_macro2::TokenStream;
use quote::quote;

/// The doc comment of an item, a line each.
pub fn docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote! { #(#[doc = #lines])* }
}

/// `#[deprecated]`, where it is.
pub fn deprecated(it: bool) -> TokenStream {
    if it {
        quote! { #[deprecated] }
    } else {
        TokenStream::new()
    }
}

/// Compiles an item where one of the features is on; always where there is none.
pub fn condition(features: &[String]) -> TokenStream {
    match features {
        [] => TokenStream::new(),
        [only] => quote! { #[cfg(feature = #only)] },
        _ => quote! { #[cfg(any(#(feature = #features),*))] },
    }
}

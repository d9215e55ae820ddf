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

/// `#[deprecated]` on a setter, which itself sets what is deprecated.
pub fn deprecated_setter(it: bool) -> TokenStream {
    if it {
        quote! { #[deprecated] #[allow(deprecated)] }
    } else {
        TokenStream::new()
    }
}

/// Lets code that emitted code itself contains use what is deprecated.
pub fn allow_deprecated(it: bool) -> TokenStream {
    if it {
        quote! { #[allow(deprecated)] }
    } else {
        TokenStream::new()
    }
}

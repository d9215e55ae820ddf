//! Turns documentation, aliases and deprecation into attributes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::markdown::{Links, harmless, visible};
use crate::names::Ident;

/// Ends a line in the attribute of a doc comment: no document can have it there, since signs that show nothing are escaped.
pub const LINE_END: char = '\u{1f}';

/// The doc comment of an item, a line each: what is in it of a document comes out as text.
pub fn docs(lines: &[String]) -> TokenStream {
    as_written(&harmless(lines, Links::Items))
}

/// Documentation of ours, code included: of a document it has names that were claimed, and literals.
///
/// It is one attribute, however many lines there are, since most of what is emitted is documentation: `render` breaks it.
pub fn as_written(lines: &[String]) -> TokenStream {
    if lines.is_empty() {
        return TokenStream::new();
    }
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            text.push(LINE_END);
        }
        if !line.is_empty() {
            text.push(' ');
            text += line;
        }
    }
    let text = raw(&text);
    quote! { #[doc = #text] }
}

/// A text as a literal in which nothing is escaped, and that nothing has to be unescaped of.
fn raw(text: &str) -> Literal {
    let mut fence = "#".to_owned();
    while text.contains(&format!("\"{fence}")) {
        fence.push('#');
    }
    let literal = format!("r{fence}\"{text}\"{fence}");
    literal.parse().unwrap_or_else(|_| Literal::string(text))
}

/// `#[doc(alias)]` of a wire name, where a search for it would not find the Rust name: rustdoc looks at neither case
/// nor underscores.
pub fn alias(wire: &str, name: &Ident) -> TokenStream {
    let searched = |it: &str| it.replace('_', "").to_lowercase();
    let refused = |c: char| matches!(c, '"' | '\'') || (c.is_whitespace() && c != ' ');
    if wire.trim() != wire
        || wire.is_empty()
        || visible(wire) != wire
        || wire.contains(refused)
        || searched(wire) == searched(name.as_str())
    {
        TokenStream::new()
    } else {
        quote! { #[doc(alias = #wire)] }
    }
}

/// `#[deprecated]` with what to do instead, where it is deprecated.
pub fn deprecated(note: &Option<String>) -> TokenStream {
    match note {
        Some(note) => {
            let note = harmless(std::slice::from_ref(note), Links::Web).join(" ");
            quote! { #[deprecated(note = #note)] }
        }
        None => TokenStream::new(),
    }
}

/// Compiles an item where one of the features is on; always where there is none.
pub fn condition<'a>(features: impl IntoIterator<Item = &'a String>) -> TokenStream {
    let features: Vec<&String> = features.into_iter().collect();
    match features.as_slice() {
        [] => TokenStream::new(),
        [only] => quote! { #[cfg(feature = #only)] },
        _ => quote! { #[cfg(any(#(feature = #features),*))] },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_is_one_whatever_its_text_ends() {
        for text in [
            "",
            "a",
            "\"",
            "\"#",
            "\"## fn main() {}",
            "a\\",
            "\\\"#\"##\"",
            "a\u{1f}b",
        ] {
            let literal = raw(text).to_string();
            let read = syn::parse_str::<syn::LitStr>(&literal).map(|it| it.value());
            assert_eq!(read.ok().as_deref(), Some(text), "{literal}");
        }
    }
}

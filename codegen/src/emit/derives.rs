//! Emits what a type derives: what all of its kind do, and what the document asks for.

use std::collections::BTreeSet;

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::quote;

use crate::ir::Item;

/// The attribute.
pub fn derives<'a>(item: &'a Item, always: impl IntoIterator<Item = &'a str>) -> TokenStream {
    let asked = item.derives.iter().map(|it| it.as_str());
    let names: BTreeSet<&str> = asked.chain(always).collect();
    let names = names.into_iter().map(|it| Token::new(it, Span::call_site()));
    quote!(#[derive(#(#names),*)])
}

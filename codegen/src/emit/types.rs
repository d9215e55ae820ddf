//! Turns IR types into tokens, seen from the module that prints them.

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::ir::Type;
use crate::names::Ident;

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        Token::new(self.as_str(), Span::call_site()).to_tokens(tokens);
    }
}

/// Within which files a type is printed: those of models, or those that see them as `models::`.
#[derive(Clone, Copy)]
pub enum Within {
    /// In a file of models, which imports what it names.
    Models,
    /// In a module beside `models`.
    Operations,
}

/// A type in its place.
pub fn ty(it: &Type, within: Within) -> TokenStream {
    match it {
        Type::Bool => quote!(bool),
        Type::I32 => quote!(i32),
        Type::I64 => quote!(i64),
        Type::U32 => quote!(u32),
        Type::U64 => quote!(u64),
        Type::F64 => quote!(f64),
        Type::String => quote!(String),
        Type::Json => quote!(runtime::Json),
        Type::Bytes => quote!(runtime::bytes::Bytes),
        Type::File => quote!(runtime::body::File),
        Type::List(item) => {
            let item = ty(item, within);
            quote!(Vec<#item>)
        }
        Type::Map(value) => {
            let value = ty(value, within);
            quote!(BTreeMap<String, #value>)
        }
        Type::Boxed(inner) => {
            let inner = ty(inner, within);
            quote!(Box<#inner>)
        }
        Type::Nullable(inner) => {
            let inner = ty(inner, within);
            quote!(Option<#inner>)
        }
        Type::Tuple(items) => {
            let items = items.iter().map(|it| ty(it, within));
            quote!((#(#items,)*))
        }
        Type::Named(name) => {
            let name = &name.name;
            match within {
                Within::Models => quote!(#name),
                Within::Operations => quote!(models::#name),
            }
        }
        Type::Path { path, arguments } => path_type(path, arguments, within),
    }
}

/// The path of a crate that is not ours begins with `::`, so that no module of the emitted crate is taken for it.
fn path_type(path: &str, arguments: &[Type], within: Within) -> TokenStream {
    let is_foreign = path.starts_with("::");
    let root = is_foreign.then(|| quote!(::));
    let segments = path.trim_start_matches("::").split("::");
    let segments = segments.map(|it| Token::new(it, Span::call_site()));
    let path = quote!(#root #(#segments)::*);
    if arguments.is_empty() {
        return path;
    }
    let arguments = arguments.iter().map(|it| ty(it, within));
    quote!(#path<#(#arguments),*>)
}

/// Whether a value is a flag or a number, which an argument takes as it is: a literal needs no conversion.
pub fn is_copied(it: &Type) -> bool {
    matches!(
        it,
        Type::Bool | Type::I32 | Type::I64 | Type::U32 | Type::U64 | Type::F64
    )
}

/// The type of an argument that takes a value of this type, or what becomes one. Lists and maps are taken as whatever
/// gives their items, so that `["a"]` and `[("a", "b")]` do.
pub fn argument(it: &Type, within: Within) -> TokenStream {
    match it {
        Type::List(item) => {
            let item = item_argument(item, within);
            quote!(impl IntoIterator<Item = #item>)
        }
        Type::Map(value) => {
            let value = item_argument(value, within);
            quote!(impl IntoIterator<Item = (impl Into<String>, #value)>)
        }
        copied if is_copied(copied) => ty(copied, within),
        other => {
            let other = ty(other, within);
            quote!(impl Into<#other>)
        }
    }
}

/// As [`argument`], of an item. A model is taken as it is, so that `[]` has a type.
fn item_argument(it: &Type, within: Within) -> TokenStream {
    match it {
        Type::Named(_) => ty(it, within),
        _ => argument(it, within),
    }
}

/// The value that such an argument holds.
pub fn converted(it: &Type, name: &Ident) -> TokenStream {
    conversion(it, &quote!(#name))
}

fn conversion(it: &Type, value: &TokenStream) -> TokenStream {
    let item = |item: &Type, name: &TokenStream| match item {
        Type::Named(_) => name.clone(),
        _ => conversion(item, name),
    };
    match it {
        Type::List(of) if matches!(**of, Type::Named(_)) || is_copied(of) => quote!(#value.into_iter().collect()),
        Type::List(of) if matches!(**of, Type::List(_) | Type::Map(_)) => {
            let item = item(of, &quote!(item));
            quote!(#value.into_iter().map(|item| #item).collect())
        }
        Type::List(_) => quote!(#value.into_iter().map(Into::into).collect()),
        Type::Map(of) => {
            let value_of = item(of, &quote!(value));
            quote!(#value.into_iter().map(|(name, value)| (name.into(), #value_of)).collect())
        }
        copied if is_copied(copied) => value.clone(),
        _ => quote!(#value.into()),
    }
}

//! Turns IR types into tokens, seen from the module that prints them.

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::ir::{Index, Type};
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

/// The tokens of a path. That of a crate that is not ours begins with `::`, so that no module of the emitted crate is taken
/// for it.
pub fn path(path: &str) -> TokenStream {
    let root = path.starts_with("::").then(|| quote!(::));
    let segments = path.trim_start_matches("::").split("::");
    let segments = segments.map(|it| Token::new(it, Span::call_site()));
    quote!(#root #(#segments)::*)
}

fn path_type(path: &str, arguments: &[Type], within: Within) -> TokenStream {
    let path = self::path(path);
    if arguments.is_empty() {
        return path;
    }
    let arguments = arguments.iter().map(|it| ty(it, within));
    quote!(#path<#(#arguments),*>)
}

/// Whether an argument takes a value of a type as it is: no literal of these finds a conversion.
pub fn is_exact(it: &Type) -> bool {
    matches!(it, Type::Bool | Type::U32 | Type::U64 | Type::F64)
}

/// How an argument takes a value of a type.
enum Taken<'a> {
    /// As it is.
    Exact,
    /// As whatever becomes one.
    Converted,
    /// As whatever gives its items.
    Items(&'a Type),
    /// As whatever gives its keys and values.
    Pairs(&'a Type),
}

impl<'a> Taken<'a> {
    fn of(it: &'a Type) -> Self {
        match it {
            exact if is_exact(exact) => Self::Exact,
            Type::List(item) => Self::Items(item),
            Type::Map(value) => Self::Pairs(value),
            _ => Self::Converted,
        }
    }

    /// An item, or a value of a map. What nothing becomes is taken as it is, so that an empty list needs no type. That
    /// parameters are text or numbers is known without an index.
    fn inside(it: &'a Type, index: Option<&Index>) -> Self {
        let is_converted = match index.map_or(it, |index| index.resolve(it)) {
            Type::String | Type::Json | Type::Path { .. } => true,
            it @ Type::Named(_) => index.is_none_or(|index| index.is_enumeration(it)),
            _ => false,
        };
        if is_converted { Self::Converted } else { Self::Exact }
    }
}

/// The type of an argument that takes a value of this type, or what becomes one.
pub fn argument(it: &Type, index: Option<&Index>, within: Within) -> TokenStream {
    let plain = |it| ty(it, within);
    let inner = |it| {
        let ty = plain(it);
        match Taken::inside(it, index) {
            Taken::Converted => quote!(impl Into<#ty>),
            _ => ty,
        }
    };
    match Taken::of(it) {
        Taken::Exact => plain(it),
        Taken::Converted => {
            let ty = plain(it);
            quote!(impl Into<#ty>)
        }
        Taken::Items(item) => {
            let item = inner(item);
            quote!(impl IntoIterator<Item = #item>)
        }
        Taken::Pairs(value) => {
            let value = inner(value);
            quote!(impl IntoIterator<Item = (impl Into<String>, #value)>)
        }
    }
}

/// The value that such an argument holds.
pub fn converted(it: &Type, within: Within, name: &Ident) -> TokenStream {
    let (function, inner) = match Taken::of(it) {
        Taken::Exact => return quote!(#name),
        Taken::Converted => return quote!(#name.into()),
        Taken::Items(item) => (quote!(model::list), item),
        Taken::Pairs(value) => (quote!(model::map), value),
    };
    match within {
        // The field says what it is.
        Within::Models => quote!(#function(#name)),
        Within::Operations => {
            let inner = ty(inner, within);
            quote!(#function::<#inner>(#name))
        }
    }
}

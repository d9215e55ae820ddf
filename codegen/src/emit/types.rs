//! Types as tokens.

use std::collections::BTreeSet;

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::ir::Type;
use crate::names::Ident;

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        Token::new(self.as_str(), Span::call_site()).to_tokens(tokens);
    }
}

/// Where a type is printed: beside the models, or in a module that sees them as `models::`.
#[derive(Clone, Copy)]
pub enum From {
    /// In a file of models, which imports what it names.
    Models,
    /// In a module beside `models`.
    Operations,
}

/// A type in its place.
pub fn ty(it: &Type, from: From) -> TokenStream {
    match it {
        Type::Bool => quote!(bool),
        Type::I32 => quote!(i32),
        Type::I64 => quote!(i64),
        Type::U32 => quote!(u32),
        Type::U64 => quote!(u64),
        Type::F32 => quote!(f32),
        Type::F64 => quote!(f64),
        Type::String => quote!(String),
        Type::Json => quote!(runtime::Json),
        Type::Bytes => quote!(runtime::bytes::Bytes),
        Type::File => quote!(runtime::body::File),
        Type::List(item) => {
            let item = ty(item, from);
            quote!(Vec<#item>)
        }
        Type::Map(value) => {
            let value = ty(value, from);
            quote!(BTreeMap<String, #value>)
        }
        Type::Boxed(inner) => {
            let inner = ty(inner, from);
            quote!(Box<#inner>)
        }
        Type::Nullable(inner) => {
            let inner = ty(inner, from);
            quote!(Option<#inner>)
        }
        Type::Tuple(items) => {
            let items = items.iter().map(|it| ty(it, from));
            quote!((#(#items,)*))
        }
        Type::Named(name) => {
            let name = &name.name;
            match from {
                From::Models => quote!(#name),
                From::Operations => quote!(models::#name),
            }
        }
        Type::Runtime { path, arguments } => runtime_type(path, arguments, from),
    }
}

fn runtime_type(path: &str, arguments: &[Type], from: From) -> TokenStream {
    let segments = path.split("::").map(|it| Token::new(it, Span::call_site()));
    let path = quote!(#(#segments)::*);
    if arguments.is_empty() {
        return path;
    }
    let arguments = arguments.iter().map(|it| ty(it, from));
    quote!(#path<#(#arguments),*>)
}

/// The type of an argument that takes a value of this type, or what becomes one.
pub fn argument(it: &Type, from: From) -> TokenStream {
    let plain = ty(it, from);
    if *it == Type::Bool {
        plain
    } else {
        quote!(impl Into<#plain>)
    }
}

/// The value that such an argument holds.
pub fn converted(it: &Type, name: &Ident) -> TokenStream {
    if *it == Type::Bool {
        quote!(#name)
    } else {
        quote!(#name.into())
    }
}

/// What a file that prints types has to import.
#[derive(Default)]
pub struct Uses {
    /// Emitted types.
    pub named: BTreeSet<Ident>,
    /// `std::collections::BTreeMap`.
    pub map: bool,
    /// The runtime.
    pub runtime: bool,
}

impl Uses {
    /// Notes what a type needs.
    pub fn note(&mut self, it: &Type) {
        match it {
            Type::Json | Type::Bytes | Type::File => self.runtime = true,
            Type::List(inner) | Type::Boxed(inner) | Type::Nullable(inner) => self.note(inner),
            Type::Tuple(items) => items.iter().for_each(|it| self.note(it)),
            Type::Map(inner) => {
                self.map = true;
                self.note(inner);
            }
            Type::Named(name) => {
                self.named.insert(name.name.clone());
            }
            Type::Runtime { path, arguments } => {
                self.runtime |= path.starts_with("runtime::");
                arguments.iter().for_each(|it| self.note(it));
            }
            _ => {}
        }
    }

    /// The import of maps, where there are any.
    pub fn map_import(&self) -> TokenStream {
        if self.map {
            quote! { use std::collections::BTreeMap; }
        } else {
            TokenStream::new()
        }
    }
}

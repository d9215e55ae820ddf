//! Emits documented defaults of members: a constant each, and an accessor that falls back to it.

use proc_macro2::{Ident as Token, Literal, Span, TokenStream};
use quote::quote;

use super::types::{Within, ty};
use crate::ir::{Field, Index, Type};

/// How a default is written.
enum Written {
    /// As a constant of the member's type.
    Constant(TokenStream),
    /// As a constant text.
    Text(TokenStream),
    /// As JSON that the member's type is read from.
    Json(TokenStream),
}

/// The constant.
pub fn constant(field: &Field, index: &Index) -> Option<TokenStream> {
    let name = constant_name(field);
    let what = format!(" The documented default of [`{0}`](Self::{0})", field.name);
    let (doc, ty, value) = match written(field, index)? {
        Written::Constant(value) => (format!("{what}."), ty(index.value(&field.ty), Within::Models), value),
        Written::Text(value) => (format!("{what}."), quote!(&'static str), value),
        Written::Json(value) => (format!("{what}, as JSON."), quote!(&'static str), value),
    };
    Some(quote! { #[doc = #doc] pub const #name: #ty = #value; })
}

/// The accessor.
pub fn accessor(field: &Field, index: &Index) -> Option<TokenStream> {
    let (name, constant) = (&field.name, constant_name(field));
    let accessor = Token::new(&field.default_accessor(), Span::call_site());
    let doc = format!(
        " [`{0}`](Self::{0}), or what is documented to hold where it is not set.",
        field.name
    );
    let is_boxed = matches!(field.ty, Type::Boxed(_));
    let ty = ty(index.value(&field.ty), Within::Models);
    let written = written(field, index)?;
    // What reads the default is compiled where it is used: in every crate of models it would be most of a release build.
    let inline = matches!(written, Written::Json(_)).then(|| quote!(#[inline]));
    let (ty, body) = match written {
        Written::Text(_) => (quote!(&str), quote!(self.#name.as_deref().unwrap_or(Self::#constant))),
        // An enumeration of texts is not copied.
        Written::Constant(_) if field.default.as_ref()?.text.is_some() => {
            (ty, quote!(self.#name.clone().unwrap_or(Self::#constant)))
        }
        Written::Constant(_) => (ty, quote!(self.#name.unwrap_or(Self::#constant))),
        Written::Json(_) => {
            let value = if is_boxed { quote!(as_deref) } else { quote!(as_ref) };
            (
                quote!(std::borrow::Cow<'_, #ty>),
                quote!(model::or_default(self.#name.#value(), Self::#constant)),
            )
        }
    };
    Some(quote! {
        #[doc = #doc]
        #inline
        pub fn #accessor(&self) -> #ty {
            #body
        }
    })
}

fn written(field: &Field, index: &Index) -> Option<Written> {
    let (default, ty) = (field.default.as_ref()?, index.value(&field.ty));
    let (json, text) = (&default.json, &default.text);
    Some(match (ty, text) {
        (Type::String, Some(text)) => Written::Text(quote!(#text)),
        (Type::Named(name), _) if index.is_enumeration(ty) => {
            let (name, variant) = (&name.name, index.variant(ty, default.value())?);
            Written::Constant(quote!(#name::#variant))
        }
        (Type::Bool, None) => {
            let flag: bool = json.parse().ok()?;
            Written::Constant(quote!(#flag))
        }
        _ => match number(json, ty) {
            Some(literal) => Written::Constant(quote!(#literal)),
            None => Written::Json(quote!(#json)),
        },
    })
}

/// A number as a literal of a type.
fn number(digits: &str, ty: &Type) -> Option<Literal> {
    Some(match ty {
        Type::I32 => Literal::i32_unsuffixed(digits.parse().ok()?),
        Type::I64 => Literal::i64_unsuffixed(digits.parse().ok()?),
        Type::U32 => Literal::u32_unsuffixed(digits.parse().ok()?),
        Type::U64 => Literal::u64_unsuffixed(digits.parse().ok()?),
        Type::F64 => Literal::f64_unsuffixed(digits.parse().ok().filter(|it: &f64| it.is_finite())?),
        _ => return None,
    })
}

fn constant_name(field: &Field) -> Token {
    Token::new(
        &format!("DEFAULT_{}", field.name.as_str().trim_matches('_').to_uppercase()),
        Span::call_site(),
    )
}

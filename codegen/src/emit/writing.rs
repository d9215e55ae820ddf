//! Emits the statements that put a value into a request, shared by arguments, setters and bodies.

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::quote;

use super::types::{self, Within, ty};
use crate::ir::{Body, BodyFormat, Content, Encoding, Parameter, Place, Style, Type, Writing};
use crate::names::Ident;

/// The name of a type that only tells one thing from others, made of the name of that thing: compilers print it.
pub fn marker(of: &Ident, suffix: &str) -> Token {
    let of = of.as_str().trim_start_matches("r#").trim_end_matches('_');
    Token::new(&format!("{of}{suffix}"), Span::call_site())
}

/// The type of the argument that a parameter is. Text that is written as it is can be borrowed.
pub fn argument(it: &Parameter) -> TokenStream {
    if is_text(it) {
        quote!(impl AsRef<str>)
    } else {
        types::argument(&it.ty, None, Within::Operations)
    }
}

/// Whether the argument of a parameter is text that is written as it is.
pub fn is_text(it: &Parameter) -> bool {
    it.ty == Type::String && matches!(it.writing, Writing::Plain)
}

/// The statement that writes the value of a parameter.
pub fn parameter(it: &Parameter, value: &Ident, parts: &TokenStream) -> TokenStream {
    let wire = &it.wire;
    let value = if is_text(it) {
        quote!(#value.as_ref())
    } else {
        types::converted(&it.ty, Within::Operations, value)
    };
    let place = place(it.place);
    let call = match (&it.writing, it.place) {
        (Writing::Content { media_type }, Place::Querystring) => quote!(querystring(#media_type, &#value)),
        (_, Place::Querystring) => quote!(querystring("application/x-www-form-urlencoded", &#value)),
        (Writing::Content { media_type }, _) => quote!(content(#place, #wire, #media_type, &#value)),
        (
            Writing::Styled {
                style: it,
                explode,
                reserved,
            },
            _,
        ) => {
            let (style, method) = (style_name(*it), if *reserved { "styled_reserved" } else { "styled" });
            let method = Token::new(method, Span::call_site());
            quote!(#method(#place, #wire, Style::#style, #explode, &#value))
        }
        (Writing::Plain, Place::Path) => quote!(path(#wire, #value)),
        (Writing::Plain, Place::Query) => quote!(query(#wire, #value)),
        (Writing::Plain, Place::Header) => quote!(header(#wire, #value)),
        (Writing::Plain, Place::Cookie) => quote!(cookie(#wire, #value)),
    };
    quote!(#parts.#call;)
}

/// The argument of a body.
pub fn body_argument(it: &Body) -> TokenStream {
    let value_type = ty(it.ty(), Within::Operations);
    if is_borrowed(it) {
        quote!(body: impl Borrow<#value_type>)
    } else {
        quote!(body: impl Into<#value_type>)
    }
}

/// Whether the argument of a body is borrowed: it is written as text, so that nothing needs to own it.
pub fn is_borrowed(it: &Body) -> bool {
    matches!(
        it,
        Body::One(Content {
            format: BodyFormat::Json | BodyFormat::Form(_) | BodyFormat::Multipart(_),
            ..
        })
    )
}

/// The statement that writes a body.
pub fn body(it: &Body, parts: &TokenStream) -> TokenStream {
    let call = match it {
        Body::OneOf(_) => quote!(body(&body.into())),
        Body::One(Content { media_type, format, .. }) => match format {
            BodyFormat::Json => quote!(json(#media_type, body.borrow())),
            BodyFormat::Form(it) => {
                let encodings = encodings(it);
                quote!(form(body.borrow(), #encodings))
            }
            BodyFormat::Multipart(it) => {
                let encodings = encodings(it);
                quote!(multipart(body.borrow(), #encodings))
            }
            BodyFormat::Text => quote!(text(#media_type, body)),
            BodyFormat::Bytes => quote!(bytes(#media_type, body)),
            BodyFormat::File => quote!(file(#media_type, body)),
        },
    };
    quote!(#parts.#call;)
}

/// What is said of the members of a form.
pub fn encodings(encodings: &[Encoding]) -> TokenStream {
    let encodings = encodings.iter().map(|it| {
        let (property, reserved) = (&it.property, it.reserved);
        let content_type = option(it.content_type.as_ref().map(|it| quote!(#it)));
        let style = option(it.style.map(|it| {
            let style = style_name(it);
            quote!(parameter::Style::#style)
        }));
        let explode = option(it.explode.map(|it| quote!(#it)));
        quote! {
            body::Encoding {
                property: #property,
                content_type: #content_type,
                style: #style,
                explode: #explode,
                allow_reserved: #reserved,
            }
        }
    });
    quote!(&[#(#encodings),*])
}

fn option(it: Option<TokenStream>) -> TokenStream {
    it.map_or_else(|| quote!(None), |it| quote!(Some(#it)))
}

fn place(it: Place) -> TokenStream {
    let name = match it {
        Place::Path => "Path",
        Place::Query | Place::Querystring => "Query",
        Place::Header => "Header",
        Place::Cookie => "Cookie",
    };
    let name = Token::new(name, Span::call_site());
    quote!(Place::#name)
}

fn style_name(it: Style) -> Token {
    let name = match it {
        Style::Form => "Form",
        Style::Simple => "Simple",
        Style::Label => "Label",
        Style::Matrix => "Matrix",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
    };
    Token::new(name, Span::call_site())
}

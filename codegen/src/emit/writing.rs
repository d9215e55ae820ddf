//! The calls by which a value gets into a request, the same for arguments, setters and bodies.

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::quote;

use super::types::{self, From, ty};
use crate::ir::{Body, BodyFormat, Content, Encoding, Parameter, Place, Style, Type, Writing};
use crate::names::Ident;

/// The methods of `Call` that such calls need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// A value in the path.
    Path,
    /// A value in the query.
    Query,
    /// A value in a header.
    Header,
    /// A value in a cookie.
    Cookie,
    /// A value in a style.
    Styled,
    /// A value in a style, reserved characters left alone.
    StyledReserved,
    /// A value as JSON.
    Content,
    /// The whole query.
    Querystring,
    /// A body as JSON.
    Json,
    /// A body as a form.
    Form,
    /// A body in parts.
    Multipart,
    /// A body as text.
    Text,
    /// A body as bytes.
    Bytes,
    /// An enumeration of bodies.
    Body,
}

/// The method that writes a parameter.
pub fn parameter_method(it: &Parameter) -> Method {
    match (&it.writing, it.place) {
        (Writing::Content { .. }, Place::Querystring) => Method::Querystring,
        (_, Place::Querystring) => Method::Querystring,
        (Writing::Content { .. }, _) => Method::Content,
        (Writing::Styled { reserved: true, .. }, _) => Method::StyledReserved,
        (Writing::Styled { .. }, _) => Method::Styled,
        (Writing::Plain, Place::Path) => Method::Path,
        (Writing::Plain, Place::Query) => Method::Query,
        (Writing::Plain, Place::Header) => Method::Header,
        (Writing::Plain, Place::Cookie) => Method::Cookie,
    }
}

/// The method that writes a body.
pub fn body_method(it: &Body) -> Method {
    match it {
        Body::OneOf(_) => Method::Body,
        Body::One(content) => match content.format {
            BodyFormat::Json => Method::Json,
            BodyFormat::Form(_) => Method::Form,
            BodyFormat::Multipart(_) => Method::Multipart,
            BodyFormat::Text => Method::Text,
            BodyFormat::Bytes => Method::Bytes,
        },
    }
}

/// The type of the argument that a parameter is. Text that is written as it is can be borrowed.
pub fn argument(it: &Parameter) -> TokenStream {
    if is_text(it) {
        quote!(impl AsRef<str>)
    } else {
        types::argument(&it.ty, From::Operations)
    }
}

fn is_text(it: &Parameter) -> bool {
    it.ty == Type::String && matches!(it.writing, Writing::Plain)
}

/// The call that writes the value of a parameter.
pub fn parameter(it: &Parameter, value: &Ident) -> TokenStream {
    let wire = &it.wire;
    let (value_type, value) = if is_text(it) {
        (quote!(&str), quote!(#value.as_ref()))
    } else {
        (ty(&it.ty, From::Operations), quote!(#value))
    };
    let place = place(it.place);
    match (&it.writing, parameter_method(it)) {
        (_, Method::Path) => quote!(with_path::<#value_type>(#wire, #value)),
        (_, Method::Query) => quote!(with_query::<#value_type>(#wire, #value)),
        (_, Method::Header) => quote!(with_header::<#value_type>(#wire, #value)),
        (_, Method::Cookie) => quote!(with_cookie::<#value_type>(#wire, #value)),
        (Writing::Content { media_type }, Method::Querystring) => {
            quote!(with_querystring::<#value_type>(#media_type, #value))
        }
        (_, Method::Querystring) => {
            quote!(with_querystring::<#value_type>("application/x-www-form-urlencoded", #value))
        }
        (Writing::Content { media_type }, _) => quote!(with_content::<#value_type>(#place, #wire, #media_type, #value)),
        (
            Writing::Styled {
                style: it,
                explode,
                reserved,
            },
            _,
        ) => {
            let style = style(*it);
            let method = if *reserved {
                quote!(with_styled_reserved)
            } else {
                quote!(with_styled)
            };
            quote!(#method::<#value_type>(#place, #wire, #style, #explode, #value))
        }
        (Writing::Plain, _) => quote!(with_query::<#value_type>(#wire, #value)),
    }
}

/// The argument of a body.
pub fn body_argument(it: &Body) -> TokenStream {
    let value_type = ty(it.ty(), From::Operations);
    match body_method(it) {
        Method::Json | Method::Form | Method::Multipart => quote!(body: impl Borrow<#value_type>),
        _ => quote!(body: impl Into<#value_type>),
    }
}

/// Whether the argument of a body is borrowed.
pub fn is_borrowed(it: &Body) -> bool {
    matches!(body_method(it), Method::Json | Method::Form | Method::Multipart)
}

/// The call that writes a body.
pub fn body(it: &Body) -> TokenStream {
    let value_type = ty(it.ty(), From::Operations);
    match it {
        Body::OneOf(_) => quote!(with_body::<#value_type>(body)),
        Body::One(Content { media_type, format, .. }) => match format {
            BodyFormat::Json => quote!(with_json::<#value_type>(#media_type, body)),
            BodyFormat::Form(it) => {
                let encodings = encodings(it);
                quote!(with_form::<#value_type>(#encodings, body))
            }
            BodyFormat::Multipart(it) => {
                let encodings = encodings(it);
                quote!(with_multipart::<#value_type>(#encodings, body))
            }
            BodyFormat::Text => quote!(with_text(#media_type, body)),
            BodyFormat::Bytes => quote!(with_bytes(#media_type, body)),
        },
    }
}

/// What is said of the members of a form.
pub fn encodings(encodings: &[Encoding]) -> TokenStream {
    let encodings = encodings.iter().map(|it| {
        let (property, reserved) = (&it.property, it.reserved);
        let content_type = option(it.content_type.as_ref().map(|it| quote!(#it)));
        let style = option(it.style.map(style));
        let explode = option(it.explode.map(|it| quote!(#it)));
        quote!(Encoding { property: #property, content_type: #content_type, style: #style, explode: #explode, allow_reserved: #reserved })
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

fn style(it: Style) -> TokenStream {
    let name = match it {
        Style::Form => "Form",
        Style::Simple => "Simple",
        Style::Label => "Label",
        Style::Matrix => "Matrix",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
    };
    let name = Token::new(name, Span::call_site());
    quote!(Style::#name)
}

/// What a module that makes such calls imports of the runtime.
#[derive(Default)]
pub struct Imports {
    encoding: bool,
    place: bool,
    style: bool,
}

impl Imports {
    /// Notes what a parameter needs.
    pub fn note(&mut self, it: &Parameter) {
        let method = parameter_method(it);
        let styled = matches!(method, Method::Styled | Method::StyledReserved);
        self.style |= styled;
        self.place |= styled || method == Method::Content;
    }

    /// Notes what a body needs.
    pub fn note_body(&mut self, it: &Body) {
        if let Body::One(content) = it {
            self.note_content(content);
        }
    }

    /// Notes what a media type of a body needs.
    pub fn note_content(&mut self, it: &Content) {
        if let BodyFormat::Form(it) | BodyFormat::Multipart(it) = &it.format {
            self.encoding |= !it.is_empty();
            self.style |= it.iter().any(|it| it.style.is_some());
        }
    }

    /// The imports.
    pub fn items(&self) -> Vec<TokenStream> {
        let encoding = if self.encoding {
            quote! { use crate::runtime::body::Encoding; }
        } else {
            TokenStream::new()
        };
        let parameter = match (self.place, self.style) {
            (true, true) => quote! { use crate::runtime::parameter::{Place, Style}; },
            (true, false) => quote! { use crate::runtime::parameter::Place; },
            (false, true) => quote! { use crate::runtime::parameter::Style; },
            (false, false) => TokenStream::new(),
        };
        vec![encoding, parameter]
    }
}

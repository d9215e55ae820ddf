//! Emits what a type derives: what all of its kind do, and what the document asks for.

use std::collections::BTreeSet;

use proc_macro2::{Ident as Token, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use super::types::path;
use crate::ir::{Derive, Derives, Item};

/// The attribute.
pub fn derives<'a>(item: &'a Item, always: impl IntoIterator<Item = &'a str>) -> TokenStream {
    derives_except(item, &[], always)
}

/// The attribute, less what a macro of the runtime implements.
pub fn derives_except<'a>(
    item: &'a Item,
    implemented: &[Derive],
    always: impl IntoIterator<Item = &'a str>,
) -> TokenStream {
    let asked = item.derives.standard.iter().filter(|it| !implemented.contains(it));
    let asked = asked.map(|it| it.as_str());
    let names: BTreeSet<&str> = asked.chain(always).collect();
    let names = names.into_iter().map(|it| Token::new(it, Span::call_site()));
    let foreign = item.derives.foreign.iter().map(|it| path(it));
    quote!(#[derive(#(#names,)* #(#foreign),*)])
}

/// What tells `schemars` what the document states of the type.
pub fn json_schema(item: &Item) -> TokenStream {
    let Some(schema) = &item.derives.json_schema else {
        return TokenStream::new();
    };
    let (name, text, id) = (&item.name, item.name.as_str(), format!("::{}", item.name));
    let stated = raw(&schema.text);
    let references = schema.references.iter();
    let references = references.map(|(pointer, ty)| {
        let name = &ty.name;
        quote!((#pointer, generator.subschema_for::<#name>()))
    });
    let generator = match schema.references.is_empty() {
        true => quote!(_),
        false => quote!(generator),
    };
    let of = path(Derives::JSON_SCHEMA);
    quote! {
        impl #of for #name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                #text.into()
            }

            fn schema_id() -> std::borrow::Cow<'static, str> {
                concat!(module_path!(), #id).into()
            }

            fn json_schema(#generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                json::schema(#stated, [#(#references),*])
            }
        }
    }
}

/// JSON as a literal that people can read. What is not printed is escaped as JSON has it.
fn raw(json: &str) -> TokenStream {
    let mut text = String::new();
    let mut units = [0; 2];
    for c in json.chars() {
        match c {
            '\n' | '"' | '\\' | '\'' => text.push(c),
            c if c.escape_debug().count() == 1 => text.push(c),
            c => c
                .encode_utf16(&mut units)
                .iter()
                .for_each(|it| text += &format!("\\u{it:04x}")),
        }
    }
    let mut hashes = "#".to_owned();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    let literal: Result<Literal, _> = format!("r{hashes}\"{text}\"{hashes}").parse();
    literal.map_or_else(|_| quote!(#json), ToTokens::into_token_stream)
}

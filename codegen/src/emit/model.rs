//! Emits a model: the struct, its setters, and the table by which the runtime reads and writes it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Source;
use super::default;
use super::derives::derives;
use super::docs::{deprecated, docs};
use super::rules;
use super::types::{Within, argument, converted, is_copied, ty};
use crate::ir::{Field, Index, Item, Model, Presence, Type};
use crate::markdown::code;

/// Emits a model.
pub fn emit(item: &Item, model: &Model, index: &Index, source: &mut Source) {
    source.item(definition(item, model));
    source.item(debug(item, model));
    source.item(methods(item, model, index));
    source.item(blank(item, model, index));
    source.item(table(item, model, index));
    source.item(rules::table(item, model));
    let name = &item.name;
    source.item(quote! { runtime::model!(#name); });
    if !model.rules.is_empty() {
        source.item(quote! { runtime::validate!(#name); });
    }
}

fn definition(item: &Item, model: &Model) -> TokenStream {
    let (deprecated, name) = (deprecated(&item.deprecated), &item.name);
    let default = model.required.is_empty().then_some("Default");
    let debug = (!model.holds_secrets()).then_some("Debug");
    let derives = derives(item, ["Clone", "PartialEq"].into_iter().chain(default).chain(debug));
    let fields = model.fields.iter().map(field);
    let sent = model
        .body_defaults
        .iter()
        .map(|(name, value)| code(&format!("{name}: {value}")));
    let sent = sent.collect::<Vec<_>>().join(" and ");
    let mut lines = item.docs.clone();
    if !sent.is_empty() {
        lines.push(String::new());
        lines.push(format!(
            "As the body of a request it has {sent} unless it says otherwise."
        ));
    }
    let docs = docs(&lines);
    quote! {
        #docs
        #deprecated
        #derives
        pub struct #name {
            #(#fields,)*
            unknown: model::Unknown,
        }
    }
}

/// Prints the model less the values of secret members, where it has such.
fn debug(item: &Item, model: &Model) -> TokenStream {
    if !model.holds_secrets() {
        return TokenStream::new();
    }
    let (name, text) = (&item.name, item.name.as_str());
    let fields = model.fields.iter().map(|it| {
        let (name, text) = (&it.name, it.name.as_str());
        let value = match it.presence {
            _ if !it.is_sensitive => quote!(self.#name),
            Presence::Required => quote!(model::Redacted),
            _ => quote!(self.#name.as_ref().map(|_| model::Redacted)),
        };
        quote!(.field(#text, &#value))
    });
    let unknown = if model.is_additional_sensitive {
        quote!(model::Redacted)
    } else {
        quote!(self.unknown)
    };
    quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#text)#(#fields)*.field("unknown", &#unknown).finish()
            }
        }
    }
}

fn field(field: &Field) -> TokenStream {
    let (docs, deprecated, name, ty) = (
        docs(&field.docs),
        deprecated(&field.deprecated),
        &field.name,
        ty(&field.ty, Within::Models),
    );
    let ty = match field.presence {
        Presence::Required => ty,
        Presence::Nullable => quote!(Option<Option<#ty>>),
        _ => quote!(Option<#ty>),
    };
    quote!(#docs #deprecated pub #name: #ty)
}

/// `new` with what is required, and a setter for each optional member.
fn methods(item: &Item, model: &Model, index: &Index) -> TokenStream {
    let name = &item.name;
    let required: Vec<&Field> = model.required.iter().filter_map(|it| model.fields.get(*it)).collect();
    let new = if required.is_empty() {
        TokenStream::new()
    } else {
        constructor(item, &required)
    };
    let setters: Vec<TokenStream> = model.fields.iter().filter(|it| !it.is_argument()).map(setter).collect();
    let additional = additional(model);
    let defaults: Vec<TokenStream> = model
        .fields
        .iter()
        .filter_map(|it| default::accessor(it, index))
        .collect();
    let constants = model.fields.iter().filter_map(|it| default::constant(it, index));
    if required.is_empty() && setters.is_empty() && additional.is_none() {
        return TokenStream::new();
    }
    quote!(impl #name { #(#constants)* #new #(#setters)* #(#defaults)* #additional })
}

fn constructor(item: &Item, required: &[&Field]) -> TokenStream {
    let doc = format!(" A new `{}` with what is required, and nothing else.", item.name);
    let arguments = required.iter().map(|it| {
        let name = &it.name;
        match it.presence {
            Presence::RequiredNullable => {
                let ty = ty(&it.ty, Within::Models);
                quote!(#name: impl Into<Option<#ty>>)
            }
            _ => {
                let ty = argument(&it.ty, Within::Models);
                quote!(#name: #ty)
            }
        }
    });
    let values = required.iter().map(|it| {
        let name = &it.name;
        match it.presence {
            Presence::RequiredNullable => quote!(#name: #name.into()),
            Presence::RequiredInRequests => {
                let value = converted(&it.ty, name);
                quote!(#name: Some(#value))
            }
            _ if is_copied(&it.ty) => quote!(#name),
            _ => {
                let value = converted(&it.ty, name);
                quote!(#name: #value)
            }
        }
    });
    quote! {
        #[doc = #doc]
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values,)* ..model::Blank::blank() }
        }
    }
}

fn setter(field: &Field) -> TokenStream {
    let doc = format!(" Sets [`{0}`](Self::{0}).", field.name);
    let (deprecated, name, ty, value) = (
        deprecated(&field.deprecated),
        &field.name,
        argument(&field.ty, Within::Models),
        converted(&field.ty, &field.name),
    );
    let value = match field.presence {
        Presence::Nullable => quote!(Some(#value)),
        _ => value,
    };
    quote! {
        #[doc = #doc]
        #deprecated
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}

/// Typed access to members that have no name.
fn additional(model: &Model) -> Option<TokenStream> {
    let value = ty(model.additional.as_ref()?, Within::Models);
    Some(quote! {
        #[doc = " The members that have no field of their own, by name."]
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = ""]
        #[doc = " If one of them is of another type; [`unknown`](Self::unknown) has it as it is."]
        pub fn additional(&self) -> Result<BTreeMap<String, #value>, runtime::json::Error> {
            self.unknown.typed()
        }

        #[doc = " Sets a member that has no field of its own."]
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = ""]
        #[doc = " If the value cannot be written as JSON."]
        pub fn set_additional(&mut self, name: &str, value: &#value) -> Result<(), runtime::json::Error> {
            self.unknown.insert_typed(name, value)
        }
    })
}

/// The state before anything is read, for models that have no `Default`.
fn blank(item: &Item, model: &Model, index: &Index) -> TokenStream {
    if model.required.is_empty() {
        return TokenStream::new();
    }
    let name = &item.name;
    let fields = model.fields.iter().map(|it| {
        let name = &it.name;
        match it.presence {
            Presence::Required => {
                let value = blank_of(index, &it.ty);
                quote!(#name: #value)
            }
            _ => quote!(#name: None),
        }
    });
    quote! {
        impl model::Blank for #name {
            fn blank() -> Self {
                Self { #(#fields,)* unknown: model::Unknown::default() }
            }
        }
    }
}

/// A tuple has a blank value if its items have: the compiler only knows so of `Default`.
fn blank_of(index: &Index, it: &Type) -> TokenStream {
    match index.resolve(it) {
        Type::Tuple(items) => {
            let items = items.iter().map(|it| blank_of(index, it));
            quote!((#(#items,)*))
        }
        Type::Boxed(inner) => {
            let inner = blank_of(index, inner);
            quote!(Box::new(#inner))
        }
        _ => quote!(model::Blank::blank()),
    }
}

fn table(item: &Item, model: &Model, index: &Index) -> TokenStream {
    let (name, wire) = (&item.name, &model.wire);
    let members = model.fields.iter().map(|it| {
        let wire = &it.wire;
        let float = index.holds_floats(&it.ty).then(|| quote!(.float()));
        match it.presence {
            Presence::Optional | Presence::Nullable | Presence::RequiredInRequests => {
                quote!(model::Member::optional(#wire) #float)
            }
            _ => quote!(model::Member::required(#wire) #float),
        }
    });
    let others = model.takes_others.then(|| quote! { const TAKES_OTHERS: bool = true; });
    let read = read(model);
    let writes = model.fields.iter().map(|it| {
        let (name, wire) = (&it.name, &it.wire);
        let method = match it.presence {
            Presence::Required => quote!(required),
            Presence::RequiredNullable => quote!(nullable_required),
            Presence::Nullable => quote!(nullable),
            Presence::Optional | Presence::RequiredInAnswers | Presence::RequiredInRequests => quote!(optional),
        };
        quote! { to.#method(#wire, &self.#name); }
    });
    let body_defaults = body_defaults(model);
    quote! {
        impl model::Model for #name {
            const NAME: &'static str = #wire;
            const MEMBERS: &'static [model::Member] = &[#(#members),*];
            #others
            #body_defaults

            #read

            fn write<W: model::WriteMembers>(&self, to: &mut W) {
                #(#writes)*
            }
        }
    }
}

fn body_defaults(model: &Model) -> TokenStream {
    if model.body_defaults.is_empty() {
        return TokenStream::new();
    }
    let pairs = model.body_defaults.iter().map(|(name, value)| quote!((#name, #value)));
    quote!(const BODY_DEFAULTS: &'static [(&'static str, &'static str)] = &[#(#pairs),*];)
}

/// A match on the index of the member, whose last arm needs no index: the runtime gives no other.
fn read(model: &Model) -> TokenStream {
    let read = |it: &Field| {
        let (name, method) = (&it.name, read_method(it));
        quote!(value.#method(&mut self.#name))
    };
    let Some((last, others)) = model.fields.split_last() else {
        return TokenStream::new();
    };
    let (argument, body) = match (others, read(last)) {
        ([], only) => (quote!(_), only),
        (_, last) => {
            let indices = (0..others.len()).map(Literal::usize_unsuffixed);
            let others = others.iter().map(read);
            (
                quote!(member),
                quote!(match member { #(#indices => #others,)* _ => #last, }),
            )
        }
    };
    quote! {
        fn read<'de, R: model::ReadMember<'de>>(&mut self, #argument: usize, value: R) -> Result<R::Done, R::Error> {
            #body
        }
    }
}

fn read_method(field: &Field) -> TokenStream {
    match (field.presence, &field.ty) {
        (Presence::Optional | Presence::RequiredInAnswers | Presence::RequiredInRequests, _) => quote!(optional),
        (Presence::Nullable, _) => quote!(nullable),
        (Presence::RequiredNullable, _) => quote!(nullable_required),
        (Presence::Required, Type::List(_) | Type::Map(_)) => quote!(required_or_empty),
        (Presence::Required, _) => quote!(required),
    }
}

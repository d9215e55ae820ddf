//! The rules of a model, as data that the runtime checks when asked.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Item, Rule, RuleKind, Step};

/// The table of a model's rules, where it has any.
pub fn table(item: &Item, rules: &[Rule]) -> TokenStream {
    if rules.is_empty() {
        return TokenStream::new();
    }
    let (name, rules) = (&item.name, rules.iter().map(rule));
    quote! {
        impl model::Validate for #name {
            const RULES: &'static [model::Rule] = &[#(#rules),*];
        }
    }
}

fn rule(rule: &Rule) -> TokenStream {
    let member = &rule.member;
    let steps = rule.steps.iter().map(|it| match it {
        Step::Items => quote!(.in_list()),
        Step::Values => quote!(.in_map()),
    });
    match &rule.kind {
        RuleKind::Text { min, max, pattern } => {
            let (min, max, pattern) = (call("min", min), call("max", max), call("pattern", pattern));
            quote!(model::Rule::text(#member) #(#steps)* #min #max #pattern)
        }
        RuleKind::Number {
            min,
            max,
            above,
            below,
            multiple_of,
        } => {
            let bounds = [
                ("at_least", min),
                ("at_most", max),
                ("above", above),
                ("below", below),
                ("multiple_of", multiple_of),
            ];
            let calls = bounds.into_iter().map(|(name, it)| call(name, it));
            quote!(model::Rule::number(#member) #(#steps)* #(#calls)*)
        }
        RuleKind::List { min, max, unique } => {
            let (min, max) = (call("min", min), call("max", max));
            let unique = unique.then(|| quote!(.unique()));
            quote!(model::Rule::list(#member) #(#steps)* #min #max #unique)
        }
        RuleKind::Map { min, max } => {
            let (min, max) = (call("min", min), call("max", max));
            quote!(model::Rule::map(#member) #(#steps)* #min #max)
        }
        RuleKind::Inside(it) => {
            let name = &it.name;
            quote!(model::Rule::inside(#member, <#name as model::Validate>::rules))
        }
        RuleKind::Each(it) => {
            let name = &it.name;
            quote!(model::Rule::each(#member, <#name as model::Validate>::rules))
        }
        RuleKind::Values(it) => {
            let name = &it.name;
            quote!(model::Rule::values(#member, <#name as model::Validate>::rules))
        }
    }
}

fn call<T: Value>(name: &str, value: &Option<T>) -> TokenStream {
    let Some(value) = value else { return TokenStream::new() };
    let (name, value) = (
        proc_macro2::Ident::new(name, proc_macro2::Span::call_site()),
        value.tokens(),
    );
    quote!(.#name(#value))
}

/// A bound as it is printed.
trait Value {
    fn tokens(&self) -> TokenStream;
}

impl Value for u64 {
    fn tokens(&self) -> TokenStream {
        let value = proc_macro2::Literal::u64_unsuffixed(*self);
        quote!(#value)
    }
}

impl Value for String {
    fn tokens(&self) -> TokenStream {
        quote!(#self)
    }
}

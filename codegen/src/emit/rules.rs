//! Emits validation rules as data that the runtime checks on request.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Checks, Item, Model, Rule, RuleKind, Step, Subject, TypeName, UnionVariant};

/// The table of a model's rules, where it has any.
pub fn table(item: &Item, model: &Model) -> TokenStream {
    if model.rules.is_empty() {
        return TokenStream::new();
    }
    let rules = model.rules.iter().map(rule);
    let name = &item.name;
    quote! {
        impl model::Validate for #name {
            const RULES: &'static [model::Rule] = &[#(#rules),*];
        }
    }
}

/// The tables of the rules of a union's variants, where there are any.
pub fn of_variants(item: &Item, variants: &[UnionVariant]) -> TokenStream {
    let ruled: Vec<_> = variants.iter().filter(|it| !it.rules.is_empty()).collect();
    if ruled.is_empty() {
        return TokenStream::new();
    }
    let name = &item.name;
    let arms = ruled.iter().map(|it| {
        let (variant, rules) = (&it.name, it.rules.iter().map(rule));
        quote!(Self::#variant(_) => const { &[#(#rules),*] })
    });
    quote! {
        impl model::ValidateVariant for #name {
            fn rules(&self) -> &'static [model::Rule] {
                match self {
                    #(#arms,)*
                    _ => &[],
                }
            }
        }
    }
}

/// The function that checks values of a type without methods.
pub fn function(item: &Item, checks: &Checks) -> TokenStream {
    let (name, function, rules) = (&item.name, &checks.name, checks.rules.iter().map(rule));
    let doc = format!(" Checks a value of [`{name}`] against what is documented of it.");
    quote! {
        #[doc = #doc]
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = ""]
        #[doc = " All that is not as documented, each with its place."]
        pub fn #function(value: &#name) -> Result<(), model::Violations> {
            model::validate_value(value, const { &[#(#rules),*] })
        }
    }
}

fn rule(rule: &Rule) -> TokenStream {
    let (member, others) = match &rule.subject {
        Subject::Named(name) => (name.as_str(), None),
        Subject::Others => ("additional", Some(quote!(.of_others(<Self as model::Model>::MEMBERS)))),
        Subject::Itself => ("", None),
    };
    let step = |it: &Step| match it {
        Step::Items => quote!(.in_list()),
        Step::Item(index) => {
            let index = proc_macro2::Literal::usize_unsuffixed(*index);
            quote!(.at(#index))
        }
        Step::Values => quote!(.in_map()),
    };
    let steps = rule.steps.iter().map(step);
    let checks = match (&rule.kind, rule.steps.as_slice()) {
        (RuleKind::Model(it), []) => of_type("inside", member, it),
        (RuleKind::Model(it), [Step::Items]) => of_type("each", member, it),
        (RuleKind::Model(it), [Step::Values]) => of_type("values", member, it),
        (RuleKind::Map { min, max }, _) if rule.subject == Subject::Itself => {
            let (min, max) = (call("min", min), call("max", max));
            quote!(model::Rule::members() #min #max)
        }
        (kind, _) => {
            let (start, calls) = check(kind, member);
            quote!(#start #(#steps)* #calls)
        }
    };
    let secret = rule.is_secret.then(|| quote!(.secret()));
    quote!(#checks #others #secret)
}

/// A rule that leads to the rules of a model.
fn of_type(how: &str, member: &str, ty: &TypeName) -> TokenStream {
    let (how, name) = (token(how), &ty.name);
    quote!(model::Rule::#how(#member, <#name as model::Validate>::rules))
}

/// How the rule begins, and what it asks.
fn check(kind: &RuleKind, member: &str) -> (TokenStream, TokenStream) {
    match kind {
        RuleKind::Text { min, max, pattern } => {
            let (min, max, pattern) = (call("min", min), call("max", max), call("pattern", pattern));
            (quote!(model::Rule::text(#member)), quote!(#min #max #pattern))
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
            (quote!(model::Rule::number(#member)), quote!(#(#calls)*))
        }
        RuleKind::List { min, max, unique } => {
            let (min, max) = (call("min", min), call("max", max));
            let unique = unique.then(|| quote!(.unique()));
            (quote!(model::Rule::list(#member)), quote!(#min #max #unique))
        }
        RuleKind::Map { min, max } => {
            let (min, max) = (call("min", min), call("max", max));
            (quote!(model::Rule::map(#member)), quote!(#min #max))
        }
        RuleKind::Model(it) => (of_type("inside", member, it), TokenStream::new()),
        RuleKind::Union(it) => {
            let name = &it.name;
            (
                quote!(model::Rule::variant(#member, model::of_variant::<#name>)),
                TokenStream::new(),
            )
        }
    }
}

fn call<T: Value>(name: &str, value: &Option<T>) -> TokenStream {
    let Some(value) = value else { return TokenStream::new() };
    let (name, value) = (token(name), value.tokens());
    quote!(.#name(#value))
}

fn token(name: &str) -> proc_macro2::Ident {
    proc_macro2::Ident::new(name, proc_macro2::Span::call_site())
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

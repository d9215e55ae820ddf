//! Emits a union: the enumeration, and the tests by which a value finds its variant.

use proc_macro2::TokenStream;
use quote::quote;

use super::Source;
use super::derives::derives;
use super::docs::{deprecated, docs};
use super::rules;
use super::types::{Within, ty};
use crate::ir::{Choice, Condition, Index, Item, JsonKind, Members, Scalar, Test, Type, Union, UnionVariant};

/// Emits a union.
pub fn emit(item: &Item, union: &Union, index: &Index, source: &mut Source) {
    let (doc, deprecated, name) = (docs(&item.docs), deprecated(&item.deprecated), &item.name);
    let definitions = union.variants.iter().map(|it| {
        let (docs, name, ty) = (docs(&it.docs), &it.name, ty(&it.ty, Within::Models));
        quote!(#docs #name(#ty))
    });
    let other = docs(&union.other);
    let debug = (!union.holds_secrets()).then_some("Debug");
    let derives = derives(item, ["Clone", "PartialEq"].into_iter().chain(debug));
    source.item(quote! {
        #doc
        #deprecated
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#definitions,)*
            #other
            Other(runtime::Json),
        }
    });
    source.item(printed(item, union));
    source.item(shown(item, union, index));
    source.item(behaviour(item, union, index));
    let unique = index.unique(union.variants.iter().map(|it| &it.ty));
    for (variant, _) in union.variants.iter().zip(unique).filter(|(_, it)| *it) {
        conversions(item, variant, source);
    }
    let is_integer = |it: &&UnionVariant| matches!(index.resolve(&it.ty), Type::I32 | Type::I64);
    let integers: Vec<&UnionVariant> = union.variants.iter().filter(is_integer).collect();
    if let [integer] = integers[..] {
        smaller_integers(item, integer, index, source);
    }
    source.item(quote! { runtime::union!(#name); });
    if union.is_ruled() {
        source.item(rules::of_variants(item, &union.variants));
        source.item(quote! { runtime::validate_union!(#name); });
    }
}

/// Prints the union less what is secret, where it can hold such; what is of no variant may be, too.
fn printed(item: &Item, union: &Union) -> TokenStream {
    if !union.holds_secrets() {
        return TokenStream::new();
    }
    let name = &item.name;
    let arms = union.variants.iter().map(|it| {
        let (name, text) = (&it.name, it.name.as_str());
        if it.is_sensitive {
            quote!(Self::#name(_) => f.debug_tuple(#text).field(&model::Redacted).finish())
        } else {
            quote!(Self::#name(value) => f.debug_tuple(#text).field(value).finish())
        }
    });
    quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    #(#arms,)*
                    Self::Other(_) => f.debug_tuple("Other").field(&model::Redacted).finish(),
                }
            }
        }
    }
}

/// Shows the value itself, where every variant is a text, a number or a flag.
fn shown(item: &Item, union: &Union, index: &Index) -> TokenStream {
    let is_scalar = |it: &Type| matches!(it, Type::Bool | Type::String) || is_integer(it);
    if union.holds_secrets() || !union.variants.iter().all(|it| is_scalar(index.resolve(&it.ty))) {
        return TokenStream::new();
    }
    let (name, variants) = (&item.name, union.variants.iter().map(|it| &it.name));
    quote! {
        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    #(Self::#variants(value) => value.fmt(f),)*
                    Self::Other(value) => value.fmt(f),
                }
            }
        }
    }
}

fn is_integer(it: &Type) -> bool {
    matches!(it, Type::I32 | Type::I64 | Type::U32 | Type::U64)
}

fn behaviour(item: &Item, union: &Union, index: &Index) -> TokenStream {
    let name = &item.name;
    let read = match &union.choice {
        Choice::Tests(tests) => by_tests(tests, &union.variants, index),
        Choice::Discriminator {
            property,
            mapping,
            default,
        } => by_discriminator(property, mapping, *default, &union.variants),
    };
    let writes = union.variants.iter().map(|it| {
        let name = &it.name;
        match it.ty {
            Type::F64 => quote!(Self::#name(value) => json::write_float(*value, serializer),),
            _ if index.holds_floats(&it.ty) => quote!(Self::#name(value) => json::write_floats(value, serializer),),
            _ => quote!(Self::#name(value) => Serialize::serialize(value, serializer),),
        }
    });
    quote! {
        impl runtime::union::Union for #name {
            fn read(value: runtime::Json) -> Result<Self, json::Error> {
                #read
            }

            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(#writes)*
                    Self::Other(value) => Serialize::serialize(value, serializer),
                }
            }
        }
    }
}

/// A match on the JSON type where that decides alone, else the tests one after the other.
fn by_tests(tests: &[Test], variants: &[UnionVariant], index: &Index) -> TokenStream {
    if tests.iter().all(|it| it.condition == Condition::Always) {
        let integers = tests.iter().any(|it| it.kind == JsonKind::Integer);
        let arms = tests.iter().filter_map(|test| {
            let pattern = match test.kind {
                JsonKind::Number if integers => quote!(json::Kind::Number),
                kind => pattern(kind),
            };
            let taken = taken(test, variants, index)?;
            Some(quote!(#pattern => #taken,))
        });
        return quote! {
            match value.kind() {
                #(#arms)*
                _ => Ok(Self::Other(value)),
            }
        };
    }
    let tests = tests.iter().filter_map(|test| one_test(test, variants, index));
    quote! {
        let kind = value.kind();
        #(#tests)*
        Ok(Self::Other(value))
    }
}

/// What a test makes of the value when it holds. What is not a value of the variant is kept as it is, and so is what
/// may be of several variants.
fn taken(test: &Test, variants: &[UnionVariant], index: &Index) -> Option<TokenStream> {
    let [variant] = test.variants.as_slice() else {
        return Some(quote!(Ok(Self::Other(value))));
    };
    let variant = variants.get(*variant)?;
    let name = &variant.name;
    Some(match test.kind {
        _ if index.holds_floats(&variant.ty) => quote!(Ok(value.float_variant(Self::#name, Self::Other))),
        JsonKind::Integer | JsonKind::Number => quote!(Ok(value.variant(Self::#name, Self::Other))),
        _ if matches!(variant.ty, Type::Json) => quote!(Ok(Self::#name(value))),
        _ => quote!(Ok(value.variant(Self::#name, Self::Other))),
    })
}

fn one_test(test: &Test, variants: &[UnionVariant], index: &Index) -> Option<TokenStream> {
    let (pattern, taken) = (pattern(test.kind), taken(test, variants, index)?);
    Some(match &test.condition {
        Condition::Always => quote! {
            if matches!(kind, #pattern) {
                return #taken;
            }
        },
        Condition::Decodes => {
            let UnionVariant { name, ty: held, .. } = variants.get(*test.variants.first()?)?;
            // What keeps its text is read from any value.
            if let Some(strict) = index.without_text(held) {
                let strict = ty(&strict, Within::Models);
                return Some(quote! {
                    if matches!(kind, #pattern) && value.decode::<#strict>().is_ok() {
                        return #taken;
                    }
                });
            }
            quote! {
                if let (#pattern, Ok(it)) = (kind, value.decode()) {
                    return Ok(Self::#name(it));
                }
            }
        }
        Condition::Members(members) => {
            let conditions = conditions(members);
            let taken = decoded(test, variants, index).unwrap_or_else(|| quote!(return #taken;));
            quote! {
                if matches!(kind, #pattern) #(&& #conditions)* {
                    #taken
                }
            }
        }
    })
}

/// Reads a list or an object as the variant of a test, and leaves it to the tests behind where it is none.
fn decoded(test: &Test, variants: &[UnionVariant], index: &Index) -> Option<TokenStream> {
    let [variant] = test.variants.as_slice() else {
        return None;
    };
    let UnionVariant { name, ty, .. } = variants.get(*variant)?;
    let may_fail = matches!(test.kind, JsonKind::Array | JsonKind::Object) && *ty != Type::Json;
    (may_fail && !index.holds_floats(ty)).then(|| {
        quote! {
            if let Ok(it) = value.decode() {
                return Ok(Self::#name(it));
            }
        }
    })
}

fn conditions(members: &Members) -> Vec<TokenStream> {
    let present = members.present.iter().map(|it| quote!(value.has(#it)));
    let absent = members.absent.iter().map(|it| quote!(!value.has(#it)));
    let equal = members.equal.iter().map(|(name, values)| has_one(name, values, false));
    let maybe = members.maybe.iter().map(|(name, values)| has_one(name, values, true));
    present.chain(absent).chain(equal).chain(maybe).collect()
}

fn pattern(kind: JsonKind) -> TokenStream {
    match kind {
        JsonKind::Bool => quote!(json::Kind::Bool),
        JsonKind::Integer => quote!(json::Kind::Integer),
        JsonKind::Number => quote!(json::Kind::Integer | json::Kind::Number),
        JsonKind::String => quote!(json::Kind::String),
        JsonKind::Array => quote!(json::Kind::Array),
        JsonKind::Object => quote!(json::Kind::Object),
    }
}

/// The tokens of a constant, where it is of one JSON type.
type Constant = fn(&Scalar) -> Option<TokenStream>;

fn by_discriminator(
    property: &str,
    mapping: &[(Scalar, usize)],
    default: Option<usize>,
    variants: &[UnionVariant],
) -> TokenStream {
    let other = match default.and_then(|it| variants.get(it)) {
        Some(UnionVariant { name, .. }) => quote!(Ok(value.variant(Self::#name, Self::Other))),
        None => quote!(Ok(Self::Other(value))),
    };
    let kinds: [(TokenStream, Constant); 3] = [
        (quote!(value.tag(#property).as_deref()), text),
        (quote!(value.get(#property).and_then(|it| it.decode().ok())), integer),
        (quote!(value.get(#property).and_then(|it| it.decode().ok())), boolean),
    ];
    kinds.into_iter().rev().fold(other, |other, (tag, literal)| {
        let arms = variants.iter().enumerate().filter_map(|(index, variant)| {
            let name = &variant.name;
            let values = mapping.iter().filter(|(_, it)| *it == index);
            let patterns: Vec<TokenStream> = values.filter_map(|(value, _)| literal(value)).collect();
            // A variant that no value names is never read.
            (!patterns.is_empty()).then(|| quote!(#(Some(#patterns))|* => value.decode().map(Self::#name),))
        });
        let arms: Vec<TokenStream> = arms.collect();
        if arms.is_empty() {
            return other;
        }
        quote! {
            match #tag {
                #(#arms)*
                _ => #other,
            }
        }
    })
}

fn text(value: &Scalar) -> Option<TokenStream> {
    match value {
        Scalar::Text(it) => Some(quote!(#it)),
        _ => None,
    }
}

fn integer(value: &Scalar) -> Option<TokenStream> {
    match value {
        Scalar::Integer(it) => Some(quote!(#it)),
        _ => None,
    }
}

fn boolean(value: &Scalar) -> Option<TokenStream> {
    match value {
        Scalar::Bool(it) => Some(quote!(#it)),
        _ => None,
    }
}

/// Whether a member, or the value itself, has one of some values, or may be absent.
fn has_one(member: &str, values: &[Scalar], or_absent: bool) -> TokenStream {
    let texts = values
        .iter()
        .filter_map(|it| if let Scalar::Text(text) = it { Some(text) } else { None });
    let texts: Vec<_> = texts.map(|it| quote!(Some(#it))).collect();
    let none = or_absent.then(|| quote!(None));
    if texts.len() == values.len() {
        let text = if member.is_empty() {
            quote!(value.as_str())
        } else {
            quote!(value.tag(#member))
        };
        let patterns = none.into_iter().chain(texts);
        return quote!(matches!(#text.as_deref(), #(#patterns)|*));
    }
    let values = values.iter().map(|it| match it {
        Scalar::Text(it) => quote!(runtime::Json::from(#it)),
        Scalar::Bool(it) => quote!(runtime::Json::from(#it)),
        Scalar::Integer(it) => quote!(runtime::Json::from(#it)),
    });
    if member.is_empty() {
        return quote!([#(#values),*].contains(&value));
    }
    let holds = if or_absent {
        quote!(is_none_or)
    } else {
        quote!(is_some_and)
    };
    quote!(value.get(#member).#holds(|it| [#(#values),*].contains(&it)))
}

/// `From` of the integers that an integer always holds: ports, and literals where there are several.
fn smaller_integers(item: &Item, variant: &UnionVariant, index: &Index, source: &mut Source) {
    let (name, variant_name) = (&item.name, &variant.name);
    let smaller = match index.resolve(&variant.ty) {
        Type::I64 => vec![quote!(i32), quote!(u16)],
        _ => vec![quote!(u16)],
    };
    for ty in smaller {
        source.item(quote! {
            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant_name(value.into())
                }
            }
        });
    }
}

/// `From` of what a variant holds, and of what becomes that.
fn conversions(item: &Item, variant: &UnionVariant, source: &mut Source) {
    let (name, variant_name) = (&item.name, &variant.name);
    let mut from = |ty: TokenStream, value: TokenStream| {
        source.item(quote! {
            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant_name(#value)
                }
            }
        });
    };
    match &variant.ty {
        Type::Json => {}
        Type::String => {
            from(quote!(&str), quote!(value.to_owned()));
            from(quote!(String), quote!(value));
        }
        Type::Boxed(inner) => from(ty(inner, Within::Models), quote!(Box::new(value))),
        other => from(ty(other, Within::Models), quote!(value)),
    }
}

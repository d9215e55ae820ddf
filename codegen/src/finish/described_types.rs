//! Describes types that have no description: what they hold, and which member uses them.

use std::collections::BTreeMap;

use crate::ir::{Api, Docs, Field, Item, ItemKind, ModelFile, Type};
use crate::markdown::code;
use crate::names::Ident;

/// Gives every type documentation. A type inside a model often has only the text of the member that it stands in,
/// which would then be said twice.
pub fn describe(apis: &mut [Api]) {
    for file in apis.iter_mut().flat_map(|it| &mut it.models) {
        let owners = owners(file);
        for item in &mut file.items {
            match owners.get(&item.name) {
                Some(owner) if item.docs.is_empty() || paragraph(&item.docs) == owner.text => {
                    item.docs = vec![owner.docs.clone()];
                }
                _ if item.docs.is_empty() => item.docs = vec![contents(item)],
                _ => {}
            }
        }
    }
}

/// The member whose value is of a type.
struct Owner {
    /// What is said of the member.
    text: Vec<String>,
    /// What to say of the type.
    docs: String,
}

/// The members of the types of a file, by the type of the same file that their values have.
fn owners(file: &ModelFile) -> BTreeMap<Ident, Owner> {
    let mut owners = BTreeMap::new();
    for (index, item) in file.items.iter().enumerate() {
        let ItemKind::Model(model) = &item.kind else { continue };
        for field in &model.fields {
            let Some((name, is_whole)) = named(&field.ty) else {
                continue;
            };
            // What stands in a model follows it.
            if file.items[index + 1..].iter().any(|it| it.name == *name) {
                owners
                    .entry(name.clone())
                    .or_insert_with(|| owner(item, field, is_whole));
            }
        }
    }
    owners
}

fn owner(item: &Item, field: &Field, is_whole: bool) -> Owner {
    let what = if is_whole { "The value" } else { "A value in" };
    let of = if is_whole { " of " } else { " " };
    Owner {
        text: paragraph(&field.docs),
        docs: format!("{what}{of}[`{0}::{1}`].", item.name, field.name),
    }
}

/// The emitted type of a value, and whether that is the whole value.
fn named(ty: &Type) -> Option<(&Ident, bool)> {
    match ty {
        Type::Named(it) => Some((&it.name, true)),
        Type::Boxed(it) => named(it),
        Type::List(it) | Type::Map(it) | Type::Nullable(it) => named(it).map(|(name, _)| (name, false)),
        _ => None,
    }
}

fn paragraph(docs: &Docs) -> Vec<String> {
    docs.iter().take_while(|it| !it.is_empty()).cloned().collect()
}

/// What a type holds, in a sentence.
fn contents(item: &Item) -> String {
    match &item.kind {
        ItemKind::Model(model) if model.fields.is_empty() => "An object without documented members.".to_owned(),
        ItemKind::Model(model) => {
            let members = model.fields.iter().map(|it| it.wire.as_str());
            format!("An object with {}.", list("member", members))
        }
        ItemKind::Enumeration(variants) => {
            format!(
                "A text with {}.",
                list("documented value", variants.iter().map(|it| it.wire.as_str()))
            )
        }
        ItemKind::IntegerEnumeration(variants) => {
            let values: Vec<String> = variants.iter().map(|it| it.value.to_string()).collect();
            format!(
                "A whole number with {}.",
                list("documented value", values.iter().map(String::as_str))
            )
        }
        ItemKind::Union(union) => format!("A value of one of {} types.", union.variants.len()),
        ItemKind::Body(variants) => format!("A request body of one of {} media types.", variants.len()),
        ItemKind::Failures(_) => "A failure, by its status.".to_owned(),
        ItemKind::Statuses(_) => "What the status of a response says that it holds.".to_owned(),
        ItemKind::Alias { ty, .. } | ItemKind::Wrapper(ty) => format!("{}.", capitalized(&words(ty))),
    }
}

/// The first names of a list, and how many more there are.
fn list<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> String {
    const SHOWN: usize = 5;
    let names: Vec<String> = names.map(code).collect();
    let plural = if names.len() == 1 { "" } else { "s" };
    let shown = names.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    match names.len().checked_sub(SHOWN) {
        Some(more) if more > 0 => format!("the {what}{plural} {shown} and {more} more"),
        _ => format!("the {what}{plural} {shown}"),
    }
}

fn words(ty: &Type) -> String {
    match ty {
        Type::Bool => "`true` or `false`".to_owned(),
        Type::I32 | Type::U32 => "a whole number of 32 bits".to_owned(),
        Type::I64 | Type::U64 => "a whole number of 64 bits".to_owned(),
        Type::F64 => "a number".to_owned(),
        Type::String => "a text".to_owned(),
        Type::Json => "any JSON value".to_owned(),
        Type::Bytes | Type::File => "bytes".to_owned(),
        Type::List(item) => format!("a list, each item of it {}", words(item)),
        Type::Map(value) => format!("a map with string keys, each value of it {}", words(value)),
        Type::Tuple(items) => format!("a list of {} items, each of a type of its own", items.len()),
        Type::Nullable(inner) => format!("{}, or null", words(inner)),
        Type::Boxed(inner) => words(inner),
        Type::Named(name) => format!("`{}`", name.name),
        Type::Path { path, .. } => match ty.as_typed() {
            Some(own) => words(own),
            None => format!("`{}`", path.trim_start_matches("::")),
        },
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

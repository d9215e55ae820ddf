//! Lowers documented values to the variants of an enumeration.

use std::collections::HashSet;
use std::hash::Hash;

use tablature_openapi::node::Node;

use crate::ir::{IntegerVariant, Variant};
use crate::lower::ask::shape::Shape;
use crate::lower::ask::shape::enum_values::text;
use crate::lower::ask::shape::value_texts::{DESCRIPTIONS, NAMES, ValueTexts};
use crate::lower::context::Context;
use crate::lower::docs;
use crate::markdown::code;
use crate::names::{Case, Ident, Scope};

/// The variants of a string with `enum` or `const`, in the order of the document.
pub fn lower(context: &mut Context<'_>, shape: &Shape<'_>) -> Vec<Variant> {
    let values = unique(shape, text);
    let names = names(context, shape, &values, String::clone);
    let descriptions = ValueTexts::of(&context.ask, shape, DESCRIPTIONS);
    let variants = names.into_iter().zip(values);
    variants
        .map(|(name, (wire, node))| Variant {
            name,
            docs: docs::value_docs(&code(&wire), descriptions.get(node)),
            wire,
        })
        .collect()
}

/// The variants of an integer with `enum` or `const`, in the order of the document.
pub fn lower_integers(context: &mut Context<'_>, shape: &Shape<'_>) -> Vec<IntegerVariant> {
    let values = unique(shape, |it| {
        it.as_number()?.as_i128().and_then(|it| i64::try_from(it).ok())
    });
    let names = names(context, shape, &values, |it| integer_name(*it));
    let descriptions = ValueTexts::of(&context.ask, shape, DESCRIPTIONS);
    let variants = names.into_iter().zip(values);
    variants
        .map(|(name, (value, node))| IntegerVariant {
            name,
            value,
            docs: docs::value_docs(&value.to_string(), descriptions.get(node)),
        })
        .collect()
}

/// The names of values: those that the document gives them, else what the values themselves say.
fn names<T>(
    context: &mut Context<'_>,
    shape: &Shape<'_>,
    values: &[(T, &Node)],
    own: impl Fn(&T) -> String,
) -> Vec<Ident> {
    let given = ValueTexts::of(&context.ask, shape, NAMES);
    let labels = values.iter().map(|(value, node)| match given.get(node) {
        Some(name) => name.value.clone(),
        None => own(value),
    });
    let labels: Vec<String> = labels.collect();
    let mut scope = Scope::reserving(&["Other"]);
    let names = scope.claim_all(Case::Pascal, labels.iter().map(String::as_str));
    context.note_renames(&mut scope);
    names
}

/// What an integer is named after that has no other name: its digits.
pub fn integer_name(value: i64) -> String {
    if value < 0 {
        format!("Minus{}", value.unsigned_abs())
    } else {
        format!("V{value}")
    }
}

/// The values, each once. One that stands there twice has been reported on reading.
fn unique<'d, T: Clone + Eq + Hash>(shape: &Shape<'d>, read: impl Fn(&Node) -> Option<T>) -> Vec<(T, &'d Node)> {
    let mut known = HashSet::new();
    let nodes = shape.values.iter().flatten();
    let values = nodes.filter_map(|node| Some((read(node)?, *node)));
    values.filter(|(value, _)| known.insert(value.clone())).collect()
}

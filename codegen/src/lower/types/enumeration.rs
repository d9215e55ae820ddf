//! Lowers documented values to the variants of an enumeration.

use tablature_openapi::node::Node;

use crate::ir::{IntegerVariant, Variant};
use crate::lower::ask::shape::Shape;
use crate::lower::ask::shape::enum_values::text;
use crate::lower::context::Context;
use crate::names::{Case, Scope};

/// The variants of a string with `enum` or `const`, in the order of the document.
pub fn lower(context: &mut Context<'_>, shape: &Shape<'_>) -> Vec<Variant> {
    let values = unique(shape, text);
    let mut scope = Scope::reserving(&["Other"]);
    let names = scope.claim_all(Case::Pascal, values.iter().map(String::as_str));
    context.note_renames(&mut scope);
    let variants = names.into_iter().zip(values);
    variants
        .map(|(name, wire)| Variant {
            name,
            docs: vec![format!("`{}`.", shown(&wire))],
            wire,
        })
        .collect()
}

/// The variants of an integer with `enum` or `const`, in the order of the document, named after their digits.
pub fn lower_integers(shape: &Shape<'_>) -> Vec<IntegerVariant> {
    let values = unique(shape, |it| {
        it.as_number()?.as_i128().and_then(|it| i64::try_from(it).ok())
    });
    let wires: Vec<String> = values.iter().map(|it| integer_name(*it)).collect();
    let names = Scope::reserving(&["Other"]).claim_all(Case::Pascal, wires.iter().map(String::as_str));
    let variants = names.into_iter().zip(values);
    variants
        .map(|(name, value)| IntegerVariant {
            name,
            value,
            docs: vec![format!("{value}.")],
        })
        .collect()
}

/// What a value is named after: its digits.
pub fn integer_name(value: i64) -> String {
    if value < 0 {
        format!("Minus{}", value.unsigned_abs())
    } else {
        format!("V{value}")
    }
}

/// The values, each once. One that stands there twice has been reported on reading.
fn unique<T: PartialEq>(shape: &Shape<'_>, read: impl Fn(&Node) -> Option<T>) -> Vec<T> {
    let mut out: Vec<T> = Vec::new();
    for value in shape.values.iter().flatten().filter_map(|it| read(it)) {
        if !out.contains(&value) {
            out.push(value);
        }
    }
    out
}

/// A value as it can stand between back quotes.
pub fn shown(wire: &str) -> String {
    if wire.is_empty() {
        "\"\"".to_owned()
    } else {
        wire.replace('`', "'").replace(['\n', '\r'], " ")
    }
}

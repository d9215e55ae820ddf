//! Documented values to enumerations.

use tablature_openapi::node::{Node, Value};

use super::context::Context;
use super::shape::Shape;
use crate::ir::{IntegerVariant, Variant};
use crate::names::{Case, Scope};

/// The variants of a string with `enum` or `const`, in the order of the document.
pub fn lower(context: &mut Context<'_>, shape: &Shape<'_>) -> Vec<Variant> {
    let values = unique(context, shape, |it| it.as_str().map(str::to_owned));
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
pub fn lower_integers(context: &mut Context<'_>, shape: &Shape<'_>) -> Vec<IntegerVariant> {
    let values = unique(context, shape, |it| {
        it.as_number()?.as_i128().and_then(|it| i64::try_from(it).ok())
    });
    let wires: Vec<String> = values
        .iter()
        .map(|it| {
            if *it < 0 {
                format!("Minus{}", it.unsigned_abs())
            } else {
                format!("V{it}")
            }
        })
        .collect();
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

/// The values, each once; one that stands there twice is reported.
fn unique<T: PartialEq>(context: &mut Context<'_>, shape: &Shape<'_>, read: impl Fn(&Node) -> Option<T>) -> Vec<T> {
    let mut out: Vec<T> = Vec::new();
    for node in shape.values.iter().flatten() {
        match read(node) {
            Some(value) if out.contains(&value) => {
                let message = format!("the value {} stands in `enum` twice", text(node));
                context.report.push(
                    tablature_openapi::Diagnostic::warning("repeated-value", node.span, message)
                        .help("leave one of them out"),
                );
            }
            Some(value) => out.push(value),
            None => {}
        }
    }
    out
}

fn text(node: &Node) -> String {
    match &node.value {
        Value::String(text) => format!("`{text}`"),
        Value::Number(number) => number.as_str().to_owned(),
        _ => node.kind_name().to_owned(),
    }
}

/// A value as it can stand between back quotes.
fn shown(wire: &str) -> String {
    if wire.is_empty() {
        "\"\"".to_owned()
    } else {
        wire.replace('`', "'").replace(['\n', '\r'], " ")
    }
}

//! Documented string values to enumerations.

use tablature_openapi::document::Schema;
use tablature_openapi::node::Value;

use super::context::Context;
use crate::ir::Variant;
use crate::names::{Case, Scope};

/// The variants of a schema with `enum`, in the order of the document.
pub fn lower(context: &mut Context<'_>, schema: &Schema) -> Vec<Variant> {
    let Some(values) = &schema.enumeration else {
        return Vec::new();
    };
    let mut wires: Vec<String> = Vec::new();
    for node in &values.value {
        match &node.value {
            Value::String(text) if wires.contains(text) => {
                let message = format!("the value `{text}` stands in `enum` twice");
                context.unsupported("repeated-value", node.span, message, "leave one of them out");
            }
            Value::String(text) => wires.push(text.clone()),
            Value::Null => {}
            _ => {
                let message = format!(
                    "a string was expected in `enum` of a string, found {}",
                    node.kind_name()
                );
                context.unsupported("enum-of-other-type", node.span, message, "put the value in quotes");
            }
        }
    }
    let names = Scope::reserving(&["Other"]).claim_all(Case::Pascal, wires.iter().map(String::as_str));
    let variants = names.into_iter().zip(&wires);
    variants
        .map(|(name, wire)| Variant {
            name,
            wire: wire.clone(),
            docs: vec![format!("`{}`.", shown(wire))],
        })
        .collect()
}

/// A value as it can stand between back quotes.
fn shown(wire: &str) -> String {
    if wire.is_empty() {
        "\"\"".to_owned()
    } else {
        wire.replace('`', "'").replace(['\n', '\r'], " ")
    }
}

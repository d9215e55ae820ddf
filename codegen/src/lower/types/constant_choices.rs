//! Lowers choices that are constants, such as `oneOf: [{const: a}, {const: b}]`, to an enumeration.

use tablature_openapi::document::{JsonType, Schema};
use tablature_openapi::node::{Node, Value};

use crate::ir::{Docs, IntegerVariant, ItemKind, Scalar, Variant};
use crate::lower::ask::shape::Shape;
use crate::lower::ask::shape::enum_values::scalar;
use crate::lower::context::Context;
use crate::lower::docs;
use crate::lower::types::enumeration::integer_name;
use crate::markdown::code;
use crate::names::{Case, Ident, Scope};

/// A value, and the schema that is about it alone.
pub struct Choice<'d> {
    value: &'d Node,
    schema: Option<&'d Schema>,
}

/// The values that are the choices of a shape; nothing where a choice is more than values.
pub fn values<'d>(shape: &Shape<'d>) -> Option<Vec<Choice<'d>>> {
    if shape.choices.len() < 2 || shape.discriminator.is_some() || !shape.properties.is_empty() {
        return None;
    }
    let mut values: Vec<Choice<'d>> = Vec::new();
    let mut takes_any_string = false;
    for choice in &shape.choices {
        if !is_plain(choice) {
            return None;
        }
        let listed = choice.enumeration.iter().flat_map(|it| &it.value);
        let own: Vec<&Node> = choice.constant.iter().chain(listed).collect();
        let is_string = choice.types.iter().all(|it| it.value == JsonType::String);
        match own.as_slice() {
            [] if is_string && !choice.types.is_empty() && choice.format.is_none() => takes_any_string = true,
            [] => return None,
            [value] => values.push(Choice {
                value,
                schema: Some(choice),
            }),
            _ => values.extend(own.into_iter().map(|value| Choice { value, schema: None })),
        }
    }
    let are_strings = values.iter().all(|it| matches!(it.value.value, Value::String(_)));
    let are_integers = !takes_any_string && values.iter().all(|it| integer(it.value).is_some());
    (!values.is_empty() && (are_strings || are_integers)).then_some(values)
}

/// The enumeration of these values.
pub fn lower(context: &mut Context<'_>, mut values: Vec<Choice<'_>>) -> ItemKind {
    let mut seen: Vec<Option<Scalar>> = Vec::new();
    values.retain(|it| {
        let value = scalar(it.value);
        let is_new = !seen.contains(&value);
        seen.push(value);
        is_new
    });
    let names = names(context, &values);
    if values.iter().all(|it| integer(it.value).is_some()) {
        let variants = values.iter().zip(names).filter_map(|(it, name)| {
            let value = integer(it.value)?;
            Some(IntegerVariant {
                name,
                value,
                docs: documentation(it, &value.to_string()),
            })
        });
        return ItemKind::IntegerEnumeration(variants.collect());
    }
    let variants = values.iter().zip(names).filter_map(|(it, name)| {
        let wire = it.value.as_str()?;
        Some(Variant {
            name,
            wire: wire.to_owned(),
            docs: documentation(it, &code(wire)),
        })
    });
    ItemKind::Enumeration(variants.collect())
}

/// Titles name the values where every value has one of its own; else the values do.
fn names(context: &mut Context<'_>, values: &[Choice<'_>]) -> Vec<Ident> {
    let title = |it: &Choice<'_>| Some(it.schema?.title.as_ref()?.value.clone());
    let titles: Vec<String> = values.iter().filter_map(title).collect();
    let is_unique = |it: &String| titles.iter().filter(|other| *other == it).count() == 1;
    let labels: Vec<String> = if titles.len() == values.len() && titles.iter().all(is_unique) {
        titles
    } else {
        let label = |it: &Choice<'_>| match integer(it.value) {
            Some(value) => integer_name(value),
            None => it.value.as_str().unwrap_or_default().to_owned(),
        };
        values.iter().map(label).collect()
    };
    let mut scope = Scope::reserving(&["Other"]);
    let names = scope.claim_all(Case::Pascal, labels.iter().map(String::as_str));
    context.note_renames(&mut scope);
    names
}

fn documentation(choice: &Choice<'_>, value: &str) -> Docs {
    let description = choice.schema.and_then(|it| it.description.as_ref());
    docs::value_docs(value, description)
}

/// Whether a schema says no more than values and notes.
fn is_plain(schema: &Schema) -> bool {
    schema.reference.is_none()
        && schema.all_of.is_empty()
        && schema.one_of.is_empty()
        && schema.any_of.is_empty()
        && schema.properties.is_empty()
}

fn integer(node: &Node) -> Option<i64> {
    node.as_number()?.as_i128().and_then(|it| i64::try_from(it).ok())
}

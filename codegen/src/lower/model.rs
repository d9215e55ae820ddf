//! Objects with named members.

use tablature_openapi::Diagnostic;
use tablature_openapi::document::Schema;

use super::context::Context;
use super::docs;
use super::schema::{Owner, is_nullable, type_of};
use crate::ir::{Field, Model};
use crate::names::{Case, Ident, Scope, spell};

/// Names that every model keeps for itself.
const RESERVED_MEMBERS: &[&str] = &["blank", "default", "new", "read", "unknown", "unknown_mut", "write"];

/// The members of an object schema, in the order of the document.
pub fn lower<'d>(context: &mut Context<'d>, wire: &str, schema: &'d Schema, owner: &mut Owner<'_>) -> Model {
    let names = member_names(context, schema);
    let mut fields = Vec::with_capacity(names.len());
    for ((member, property), name) in schema.properties.iter().zip(names) {
        let inside = format!("{}{}", owner.name, spell(Case::Pascal, name.as_str()));
        let ty = type_of(context, &property.item, &mut owner.inside(inside));
        let required = schema.required.iter().any(|it| it.value == *member);
        if required && is_nullable(&property.item) {
            let message = format!("`{member}` is required and may be null: such a member cannot be emitted yet");
            context.unsupported(
                "required-nullable",
                property.key,
                message,
                "leave it out of `required`, or take `null` out of its types",
            );
        }
        fields.push(Field {
            name,
            wire: member.clone(),
            docs: docs::member_docs(context, member, &property.item, required),
            ty,
            required,
            deprecated: property.item.deprecated,
        });
    }
    let required = required_order(context, schema, &fields);
    Model {
        wire: wire.to_owned(),
        fields,
        required,
    }
}

fn member_names(context: &mut Context<'_>, schema: &Schema) -> Vec<Ident> {
    let mut scope = Scope::reserving(RESERVED_MEMBERS);
    let mut exact = Vec::new();
    for (index, (_, property)) in schema.properties.iter().enumerate() {
        if let Some(name) = tablature_openapi::extension::rust_name(&property.item.extensions) {
            exact.push((
                index,
                context.claim_exact(&mut scope, &name.value, name.span, Case::Snake),
            ));
        }
    }
    let free = schema
        .properties
        .iter()
        .enumerate()
        .filter(|(index, _)| exact.iter().all(|(it, _)| it != index));
    let (indices, wires): (Vec<usize>, Vec<&str>) = free.map(|(index, (wire, _))| (index, wire.as_str())).unzip();
    exact.extend(indices.into_iter().zip(scope.claim_all(Case::Snake, wires)));
    exact.sort_unstable();
    exact.into_iter().map(|(_, name)| name).collect()
}

/// The required members in the order of `required`; one that is no property is reported.
fn required_order(context: &mut Context<'_>, schema: &Schema, fields: &[Field]) -> Vec<usize> {
    let mut order = Vec::new();
    for name in &schema.required {
        match fields.iter().position(|field| field.wire == name.value) {
            Some(index) if !order.contains(&index) => order.push(index),
            Some(_) => {}
            None => {
                let message = format!("`{}` is required but is no property", name.value);
                context.report.push(
                    Diagnostic::error("required-without-property", name.span, message)
                        .help("add the property, or take the name out of `required`"),
                );
            }
        }
    }
    order
}

//! Schemas of which one matches: told apart by a discriminator or by JSON type.

use tablature_openapi::document::{Discriminator, JsonType, Schema};
use tablature_openapi::{ComponentId, Diagnostic};

use super::context::Context;
use super::docs;
use super::schema::{Owner, type_of};
use crate::ir::{Choice, JsonKind, Type, Union, UnionVariant};
use crate::names::{Case, Scope};

/// The variants of a schema with `oneOf` or `anyOf`, and how they are told apart.
pub fn lower<'d>(context: &mut Context<'d>, schema: &'d Schema, owner: &mut Owner<'_>) -> Union {
    let members: Vec<&'d Schema> = schema
        .one_of
        .iter()
        .chain(&schema.any_of)
        .filter(|it| !is_null(it))
        .collect();
    let labels: Vec<String> = members.iter().map(|it| label(context, it)).collect();
    let names = Scope::reserving(&["Other"]).claim_all(Case::Type, labels.iter().map(String::as_str));
    let mut variants = Vec::new();
    for (member, name) in members.iter().zip(names) {
        let inside = format!("{}{name}", owner.name);
        let ty = type_of(context, member, &mut owner.inside(inside));
        let ty = if matches!(ty, Type::Named(_)) && kind_of(context, member) == Some(JsonKind::Object) {
            Type::Boxed(Box::new(ty))
        } else {
            ty
        };
        variants.push(UnionVariant {
            name,
            ty,
            docs: docs::variant_docs(context, member),
        });
    }
    let choice = match &schema.discriminator {
        Some(discriminator) => by_discriminator(context, discriminator, &members),
        None => by_json_type(context, schema, &members),
    };
    Union { variants, choice }
}

fn is_null(schema: &Schema) -> bool {
    !schema.types.is_empty() && schema.types.iter().all(|it| it.value == JsonType::Null)
}

/// What a variant is named after: the component, or the JSON type.
fn label(context: &Context<'_>, schema: &Schema) -> String {
    let id = schema
        .reference
        .as_ref()
        .and_then(|it| context.schema_id(it.span, &it.value));
    if let Some(id) = id {
        return id.name;
    }
    if let Some(title) = &schema.title {
        return title.value.clone();
    }
    match json_kind(schema) {
        Some(JsonKind::Bool) => "Bool",
        Some(JsonKind::Integer) => "Integer",
        Some(JsonKind::Number) => "Number",
        Some(JsonKind::String) => "String",
        Some(JsonKind::Array) => "List",
        Some(JsonKind::Object) => "Object",
        None => "Value",
    }
    .to_owned()
}

fn by_discriminator(context: &mut Context<'_>, discriminator: &Discriminator, members: &[&Schema]) -> Choice {
    let targets: Vec<Option<ComponentId>> = members
        .iter()
        .map(|it| {
            it.reference
                .as_ref()
                .and_then(|it| context.schema_id(it.span, &it.value))
        })
        .collect();
    for (member, target) in members.iter().zip(&targets) {
        if target.is_none() && member.reference.is_none() {
            let message = "a discriminator tells components apart, and this is none";
            context.unsupported(
                "discriminator-inline",
                member.span,
                message,
                "move the schema to `components/schemas`",
            );
        }
    }
    let find = |context: &Context<'_>, it: &tablature_openapi::Spanned<String>| {
        let (id, _) = context.documents.resolve_mapping(&it.span, &it.value)?;
        targets.iter().position(|target| target.as_ref() == Some(&id))
    };
    let mut mapping = Vec::new();
    for (value, target) in &discriminator.mapping {
        match find(context, target) {
            Some(index) => mapping.push((value.value.clone(), index)),
            None => not_a_variant(context, target),
        }
    }
    for (index, target) in targets.iter().enumerate() {
        if let Some(id) = target.as_ref().filter(|_| mapping.iter().all(|(_, it)| *it != index)) {
            mapping.push((id.name.clone(), index));
        }
    }
    let absent = discriminator.default_mapping.as_ref().and_then(|it| {
        let found = find(context, it);
        if found.is_none() {
            not_a_variant(context, it);
        }
        found
    });
    Choice::Discriminator {
        property: discriminator.property_name.value.clone(),
        mapping,
        absent,
    }
}

fn not_a_variant(context: &mut Context<'_>, target: &tablature_openapi::Spanned<String>) {
    let message = format!("`{}` is none of the schemas of this `oneOf`", target.value);
    context.unsupported(
        "mapping-target",
        target.span,
        message,
        "add the schema to `oneOf`, or correct the mapping",
    );
}

fn by_json_type(context: &mut Context<'_>, schema: &Schema, members: &[&Schema]) -> Choice {
    let mut kinds: Vec<JsonKind> = Vec::new();
    for member in members {
        let Some(kind) = kind_of(context, member) else {
            let message = "this schema has no single JSON type, so it cannot be told from the others";
            context.unsupported(
                "ambiguous-union",
                member.span,
                message,
                "give it a `type`, or add a `discriminator`",
            );
            continue;
        };
        let clash = kinds.iter().position(|it| *it == kind || both_numbers(*it, kind));
        if let Some(other) = clash.and_then(|it| members.get(it)) {
            let message = format!("two schemas of this {} have the same JSON type", choice_word(schema));
            let diagnostic = Diagnostic::error("ambiguous-union", member.span, message)
                .related(other.span, "the other one")
                .help("add a `discriminator`");
            context.report.push(diagnostic);
        }
        kinds.push(kind);
    }
    Choice::JsonType(kinds)
}

fn choice_word(schema: &Schema) -> &'static str {
    if schema.one_of.is_empty() { "`anyOf`" } else { "`oneOf`" }
}

fn both_numbers(a: JsonKind, b: JsonKind) -> bool {
    let number = |it| matches!(it, JsonKind::Integer | JsonKind::Number);
    number(a) && number(b)
}

fn kind_of(context: &Context<'_>, schema: &Schema) -> Option<JsonKind> {
    match &schema.reference {
        Some(reference) => json_kind(context.documents.resolve_schema(&reference.span, &reference.value)?.1),
        None => json_kind(schema),
    }
}

/// The one JSON type that a schema takes beside `null`.
fn json_kind(schema: &Schema) -> Option<JsonKind> {
    let mut types = schema.types.iter().filter(|it| it.value != JsonType::Null);
    let first = types.next();
    if types.next().is_some() {
        return None;
    }
    match first.map(|it| it.value) {
        Some(JsonType::Boolean) => Some(JsonKind::Bool),
        Some(JsonType::Integer) => Some(JsonKind::Integer),
        Some(JsonType::Number) => Some(JsonKind::Number),
        Some(JsonType::String) => Some(JsonKind::String),
        Some(JsonType::Array) => Some(JsonKind::Array),
        Some(JsonType::Object) => Some(JsonKind::Object),
        _ if !schema.properties.is_empty() => Some(JsonKind::Object),
        _ => None,
    }
}

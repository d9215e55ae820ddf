//! Schemas of which one matches: told apart by a discriminator, by JSON type, or by their members.

mod tests;

use tablature_openapi::document::{Discriminator, JsonType, Schema};
use tablature_openapi::{ComponentId, Spanned};

use super::context::Context;
use super::schema::{Owner, is_int_or_string, type_of, type_of_shape};
use super::shape::{Shape, only_reference};
use super::{docs, rules};
use crate::ir::{Choice, Condition, JsonKind, Test, Type, Union, UnionVariant};
use crate::names::{Case, Scope};

/// A variant before its type is known.
pub struct Member<'d> {
    /// The schema in `oneOf` or `anyOf`.
    pub schema: &'d Schema,
    /// Its shape, with what stands beside the choices.
    pub shape: Shape<'d>,
    /// The one JSON type that it takes.
    pub kind: Option<JsonKind>,
}

/// The variants of a shape with choices, and how they are told apart.
pub fn lower<'d>(context: &mut Context<'d>, shape: &Shape<'d>, owner: &mut Owner<'_>) -> Option<Union> {
    if is_int_or_string(shape.schema) {
        return Some(int_or_string());
    }
    let beside = (!shape.properties.is_empty()).then_some(shape.schema);
    let members: Vec<Member<'d>> = flattened(context, &shape.choices)
        .into_iter()
        .map(|it| member(context, it, beside))
        .collect();
    let labels: Vec<String> = members.iter().map(|it| label(context, it)).collect();
    let names = Scope::reserving(&["Other"]).claim_all(Case::Type, labels.iter().map(String::as_str));
    let mut variants = Vec::new();
    for (member, name) in members.iter().zip(names) {
        let mut inside = owner.inside(format!("{}{name}", owner.name));
        let ty = match beside {
            Some(_) => type_of_shape(context, &member.shape, &mut inside),
            None => type_of(context, member.schema, &mut inside),
        };
        let boxed = matches!(ty, Type::Named(_))
            && member.kind != Some(JsonKind::String)
            && member.kind != Some(JsonKind::Integer);
        let ty = if boxed { Type::Boxed(Box::new(ty)) } else { ty };
        variants.push(UnionVariant {
            rules: rules::of_named(context, name.as_str(), &[member.schema]),
            name,
            ty,
            is_alone: true,
            docs: docs::variant_docs(context, member.schema),
        });
    }
    let choice = match shape.discriminator {
        Some(discriminator) => by_discriminator(context, discriminator, &members),
        None => Choice::Tests(tests::lower(context, &members)?),
    };
    Some(Union { variants, choice })
}

/// The choices, with those of an inline choice among choices in its place.
fn flattened<'d>(context: &Context<'d>, choices: &[&'d Schema]) -> Vec<&'d Schema> {
    let mut out: Vec<&'d Schema> = Vec::new();
    for choice in choices {
        let inner: Vec<&'d Schema> = choice
            .one_of
            .iter()
            .chain(&choice.any_of)
            .filter(|it| !super::shape::is_null(it))
            .collect();
        if inner.is_empty()
            || choice.reference.is_some()
            || !choice.properties.is_empty()
            || choice.discriminator.is_some()
        {
            if !out.iter().any(|it| same_target(context, it, choice)) {
                out.push(choice);
            }
        } else {
            out.extend(flattened(context, &inner));
        }
    }
    out
}

fn same_target(context: &Context<'_>, a: &Schema, b: &Schema) -> bool {
    let id = |it: &Schema| only_reference(it).and_then(|it| context.schema_id(it.span, &it.value));
    id(a).is_some() && id(a) == id(b)
}

fn member<'d>(context: &mut Context<'d>, schema: &'d Schema, beside: Option<&'d Schema>) -> Member<'d> {
    let shape = match beside {
        Some(beside) => {
            let mut shape = Shape::of_all(context, schema, &[beside, schema]);
            shape.choices.clear();
            shape.discriminator = None;
            shape
        }
        None => match only_reference(schema) {
            Some(_) => Shape::of(context, context.target(schema)),
            None => Shape::of(context, schema),
        },
    };
    let kind = json_kind(&shape);
    Member { schema, shape, kind }
}

fn int_or_string() -> Union {
    let mut scope = Scope::reserving(&["Other"]);
    let mut variant = |name: &str, ty: Type, doc: &str| UnionVariant {
        name: scope.claim(Case::Type, name),
        ty,
        is_alone: true,
        rules: Vec::new(),
        docs: vec![doc.to_owned()],
    };
    let variants = vec![
        variant("Integer", Type::I32, "Int32 integer."),
        variant("String", Type::String, "String."),
    ];
    let test = |variant, kind| Test {
        variant,
        kind,
        condition: Condition::Always,
    };
    Union {
        variants,
        choice: Choice::Tests(vec![test(0, JsonKind::Integer), test(1, JsonKind::String)]),
    }
}

/// What a variant is named after: the component, the title, the value that it is known by, or the JSON type.
fn label(context: &Context<'_>, member: &Member<'_>) -> String {
    if let Some(id) = only_reference(member.schema).and_then(|it| context.schema_id(it.span, &it.value)) {
        return id.name;
    }
    if let Some(title) = &member.schema.title {
        return title.value.clone();
    }
    match member.kind {
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

fn by_discriminator(context: &mut Context<'_>, discriminator: &Discriminator, members: &[Member<'_>]) -> Choice {
    let targets: Vec<Option<ComponentId>> = members
        .iter()
        .map(|it| only_reference(it.schema).and_then(|it| context.schema_id(it.span, &it.value)))
        .collect();
    let mut mapping = Vec::new();
    for (value, target) in &discriminator.mapping {
        match find(context, &targets, target) {
            Some(index) => mapping.push((value.value.clone(), index)),
            None => not_a_variant(context, target),
        }
    }
    for (index, member) in members.iter().enumerate() {
        if mapping.iter().any(|(_, it)| *it == index) {
            continue;
        }
        let values = tests::constant_texts(&member.shape, &discriminator.property_name.value);
        match (values.is_empty(), targets.get(index).and_then(Option::as_ref)) {
            (false, _) => mapping.extend(values.into_iter().map(|it| (it, index))),
            (true, Some(id)) => mapping.push((id.name.clone(), index)),
            (true, None) => {
                let message = "the discriminator does not tell this schema from the others";
                let help = "give its discriminating property a `const`, or move the schema to `components/schemas`";
                context.unsupported("discriminator-inline", member.schema.span, message, help);
            }
        }
    }
    let absent = discriminator.default_mapping.as_ref().and_then(|it| {
        let found = find(context, &targets, it);
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

fn find(context: &Context<'_>, targets: &[Option<ComponentId>], it: &Spanned<String>) -> Option<usize> {
    let (id, _) = context.documents.resolve_mapping(&it.span, &it.value)?;
    targets.iter().position(|target| target.as_ref() == Some(&id))
}

fn not_a_variant(context: &mut Context<'_>, target: &Spanned<String>) {
    let message = format!("`{}` is none of the schemas of this `oneOf`", target.value);
    context.unsupported(
        "mapping-target",
        target.span,
        message,
        "add the schema to `oneOf`, or correct the mapping",
    );
}

/// The one JSON type that a shape takes beside `null`.
fn json_kind(shape: &Shape<'_>) -> Option<JsonKind> {
    let [only] = shape.types.as_slice() else { return None };
    match only {
        JsonType::Boolean => Some(JsonKind::Bool),
        JsonType::Integer => Some(JsonKind::Integer),
        JsonType::Number => Some(JsonKind::Number),
        JsonType::String => Some(JsonKind::String),
        JsonType::Array => Some(JsonKind::Array),
        JsonType::Object => Some(JsonKind::Object),
        JsonType::Null => None,
    }
}

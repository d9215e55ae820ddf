//! Lowers a discriminator on a schema that others extend by `allOf` to a union of these.

use tablature_openapi::ComponentId;
use tablature_openapi::document::{Discriminator, Schema};

use crate::codes;
use crate::ir::{Choice, Scalar, Type, Union, UnionVariant};
use crate::lower::ask::children::is_parent;
use crate::lower::ask::shape::Shape;
use crate::lower::context::Context;
use crate::lower::types::schema::{Owner, type_of_shape};
use crate::lower::types::union;
use crate::markdown::code;
use crate::names::{Case, Scope};

/// Whether a component extends one with a discriminator.
pub fn is_child(context: &Context<'_>, id: &ComponentId) -> bool {
    context.ask.children.values().any(|it| it.contains(id))
}

/// The union of what extends a component; nothing where it has no discriminator, or nothing extends it.
pub fn lower<'d>(
    context: &mut Context<'d>,
    id: &ComponentId,
    shape: &Shape<'d>,
    owner: &mut Owner<'_>,
) -> Option<Union> {
    let discriminator = shape
        .schema
        .discriminator
        .as_ref()
        .filter(|_| is_parent(shape.schema))?;
    let property = &discriminator.property_name.value;
    let mut targets: Vec<ComponentId> = Vec::new();
    let mut mapping: Vec<(Scalar, usize)> = Vec::new();
    for (value, target) in &discriminator.mapping {
        // A mapping that leads nowhere has been reported on reading.
        let Some((target, _)) = context.ask.documents.resolve_mapping(&target.span, &target.value) else {
            continue;
        };
        let index = targets.iter().position(|it| *it == target).unwrap_or_else(|| {
            targets.push(target);
            targets.len() - 1
        });
        mapping.push((union::tag(&context.ask, shape, property, &value.value), index));
    }
    let mapped = mapping.clone();
    for child in context.ask.children.get(id).cloned().unwrap_or_default() {
        if !targets.contains(&child) {
            let tags = tags(context, &child, shape, property);
            let free = tags
                .into_iter()
                .filter(|it| mapped.iter().all(|(known, _)| known != it));
            mapping.extend(free.map(|it| (it, targets.len())));
            targets.push(child);
        }
    }
    if targets.iter().all(|it| it == id) {
        return None;
    }
    undecided(context, discriminator, &targets, &mut mapping);
    let default = discriminator.default_mapping.as_ref().and_then(|it| {
        let (target, _) = context.ask.documents.resolve_mapping(&it.span, &it.value)?;
        targets.iter().position(|it| *it == target)
    });
    Some(Union {
        variants: variants(context, id, shape, &targets, owner),
        other: union::others(),
        choice: Choice::Discriminator {
            property: property.clone(),
            mapping,
            default,
        },
    })
}

/// The values that name a child: the constants that it states itself, not those that it shares with others by what it
/// extends; else its own name.
fn tags<'d>(context: &mut Context<'d>, child: &ComponentId, parent: &Shape<'d>, member: &str) -> Vec<Scalar> {
    let name = union::tag(&context.ask, parent, member, &child.name);
    let schemas = context.ask.named_schemas(child.document).into_iter();
    let schema = schemas.filter(|(name, _)| *name == child.name).map(|(_, it)| it).next();
    let Some(schema) = schema else { return vec![name] };
    let mut own = Vec::new();
    own_parts(schema, &mut own);
    let states = |it: &&Schema| it.properties.iter().any(|(name, _)| name == member);
    if !own.iter().any(states) {
        return vec![name];
    }
    let shape = context.ask.shape(schema);
    let constants = union::tags_of(&context.ask, &shape, member);
    if constants.is_empty() || constants == union::tags_of(&context.ask, parent, member) {
        return vec![name];
    }
    constants
}

/// A schema and the inline parts of its `allOf`.
fn own_parts<'d>(schema: &'d Schema, parts: &mut Vec<&'d Schema>) {
    parts.push(schema);
    for part in schema.all_of.iter().filter(|it| it.reference.is_none()) {
        own_parts(part, parts);
    }
}

/// Takes out values that several children state, of which none can be meant, and tells of them.
fn undecided(
    context: &Context<'_>,
    discriminator: &Discriminator,
    targets: &[ComponentId],
    mapping: &mut Vec<(Scalar, usize)>,
) {
    let all = mapping.clone();
    mapping.retain(|(tag, index)| {
        let other = all.iter().find(|(it, other)| it == tag && other != index);
        if let Some((_, other)) = other {
            let name = |it: usize| targets.get(it).map_or("", |it| it.name.as_str());
            let message = format!(
                "`{tag}` may be `{}` or `{}`: `Other` keeps such values as JSON",
                name(*index.min(other)),
                name(*index.max(other))
            );
            let diagnostic = codes::AMBIGUOUS_UNION.at(discriminator.property_name.span, message);
            context
                .ask
                .report(diagnostic.help("say in `mapping` which of them it is"));
        }
        other.is_none()
    });
}

fn variants<'d>(
    context: &mut Context<'d>,
    id: &ComponentId,
    shape: &Shape<'d>,
    targets: &[ComponentId],
    owner: &mut Owner<'_>,
) -> Vec<UnionVariant> {
    let names = Scope::reserving(&["Other"]).claim_all(Case::Type, targets.iter().map(|it| it.name.as_str()));
    let mut variants = Vec::new();
    for (target, name) in targets.iter().zip(names) {
        let ty = if target == id {
            // The members of the parent itself, without what extends it.
            let mut itself = shape.clone();
            itself.discriminator = None;
            type_of_shape(context, &itself, &mut owner.inside(format!("{}Itself", owner.name)))
        } else {
            let types = context.apis.get(target.document);
            types
                .and_then(|it| it.schemas.get(&target.name))
                .cloned()
                .unwrap_or(Type::Json)
        };
        variants.push(UnionVariant {
            name,
            ty: Type::Boxed(Box::new(ty)),
            is_sensitive: false,
            rules: Vec::new(),
            docs: vec![format!("{}.", code(&target.name))],
        });
    }
    variants
}

/// Tells of a discriminator that stands beside no choice and tells nothing apart.
pub fn check(context: &mut Context<'_>, shape: &Shape<'_>) {
    let own = shape.schema.discriminator.as_ref().filter(|_| is_parent(shape.schema));
    let (Some(own), Some(_)) = (own, shape.discriminator) else {
        return;
    };
    let message = "this discriminator tells nothing apart: nothing in `components/schemas` extends this schema by \
                   `allOf`, so what other schemas add is kept as unknown members";
    context.ask.report(codes::LONE_DISCRIMINATOR.at(own.span, message));
}

//! Lowers a discriminator on a schema that others extend by `allOf` to a union of these.

use tablature_openapi::ComponentId;

use crate::codes;
use crate::ir::{Choice, Type, Union, UnionVariant};
use crate::lower::ask::children::is_parent;
use crate::lower::ask::shape::Shape;
use crate::lower::context::Context;
use crate::lower::types::schema::{Owner, type_of_shape};
use crate::lower::types::union;
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
    let mut targets: Vec<ComponentId> = Vec::new();
    let mut mapping: Vec<(String, usize)> = Vec::new();
    for (value, target) in &discriminator.mapping {
        // A mapping that leads nowhere has been reported on reading.
        let Some((target, _)) = context.ask.documents.resolve_mapping(&target.span, &target.value) else {
            continue;
        };
        let index = targets.iter().position(|it| *it == target).unwrap_or_else(|| {
            targets.push(target);
            targets.len() - 1
        });
        mapping.push((value.value.clone(), index));
    }
    for child in context.ask.children.get(id).cloned().unwrap_or_default() {
        if !targets.contains(&child) {
            let tags = tags(context, &child, &discriminator.property_name.value);
            mapping.extend(tags.into_iter().map(|it| (it, targets.len())));
            targets.push(child);
        }
    }
    if targets.iter().all(|it| it == id) {
        return None;
    }
    let absent = discriminator.default_mapping.as_ref().and_then(|it| {
        let (target, _) = context.ask.documents.resolve_mapping(&it.span, &it.value)?;
        targets.iter().position(|it| *it == target)
    });
    Some(Union {
        variants: variants(context, id, shape, &targets, owner),
        other: union::others(),
        choice: Choice::Discriminator {
            property: discriminator.property_name.value.clone(),
            mapping,
            absent,
        },
    })
}

/// The values that name a child: the constants of its discriminating member, else its own name.
fn tags(context: &mut Context<'_>, child: &ComponentId, member: &str) -> Vec<String> {
    let schemas = context.ask.named_schemas(child.document).into_iter();
    let schema = schemas.filter(|(name, _)| *name == child.name).map(|(_, it)| it).next();
    let constants = schema.map(|it| {
        let shape = context.ask.shape(it);
        union::texts(&context.ask, &shape, member)
    });
    constants
        .filter(|it| !it.is_empty())
        .unwrap_or_else(|| vec![child.name.clone()])
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
            rules: Vec::new(),
            docs: vec![format!("`{}`.", target.name)],
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

//! Lowers `oneOf` and `anyOf` to unions, told apart by a discriminator, by JSON type, or by members.

mod alternatives;
mod ambiguous;
mod conditions;
mod constants;
mod member;
mod objects;
mod plain_forms;

use std::collections::HashSet;
use std::rc::Rc;

use tablature_openapi::document::{Discriminator, Schema};
use tablature_openapi::{ComponentId, Spanned};

use crate::codes;
use crate::ir::{Choice, Condition, JsonKind, Scalar, Test, Type, Union, UnionVariant};
use crate::lower::ask::schema::is_int_or_string;
use crate::lower::ask::secrets::is_secret;
use crate::lower::ask::shape::Shape;
use crate::lower::ask::short_names;
use crate::lower::context::Context;
use crate::lower::docs;
use crate::lower::types::rules;
use crate::lower::types::schema::{Owner, type_of, type_of_shape};
use crate::lower::types::union::alternatives::Leaf;
use crate::lower::types::union::member::Member;
use crate::names::{Case, Scope};
pub use ambiguous::others;
pub use constants::{tag, tags as tags_of};

/// The variants of a shape with choices, and how they are told apart; none where it takes any JSON.
pub fn lower<'d>(context: &mut Context<'d>, shape: &Shape<'d>, owner: &mut Owner<'_>) -> Option<Union> {
    if is_int_or_string(shape.schema) {
        return Some(int_or_string());
    }
    let beside = (!shape.properties.is_empty()).then_some(shape.schema);
    let members = members(context, shape, beside);
    let labels: Vec<String> = members.iter().map(|it| label(context, it)).collect();
    let names = Scope::reserving(&["Other"]).claim_all(Case::Type, labels.iter().map(String::as_str));
    let mut variants = Vec::new();
    for (member, name) in members.iter().zip(names) {
        let mut inside = owner.inside(format!("{}{name}", owner.name));
        let ty = match beside {
            _ if !member.alike.is_empty() => member.form.map_or(Type::Json, plain_forms::wider),
            Some(beside) if !extends(context, member.schema, beside) => {
                type_of_shape(context, &member.shape, &mut inside)
            }
            _ => type_of(context, member.schema, &mut inside),
        };
        let is_small = |it: &Leaf<'_>| matches!(it.kind, JsonKind::String | JsonKind::Integer);
        let boxed = matches!(ty, Type::Named(_)) && !member.leaves.iter().all(is_small);
        let ty = if boxed { Type::Boxed(Box::new(ty)) } else { ty };
        variants.push(UnionVariant {
            is_sensitive: is_secret(&context.ask, &[member.schema]),
            rules: if member.alike.is_empty() {
                rules::of_named(&context.ask, name.as_str(), &[member.schema])
            } else {
                Vec::new()
            },
            name,
            ty,
            docs: docs::variant_docs(&context.ask, &[&[member.schema], member.alike.as_slice()].concat()),
        });
    }
    let choice = match shape.discriminator {
        Some(it) if !is_shared(context, it, &members) => by_discriminator(context, it, &members),
        _ => {
            let leaves: Vec<Leaf<'d>> = members.iter().flat_map(|it| it.leaves.clone()).collect();
            Choice::Tests(conditions::lower(&context.ask, &leaves))
        }
    };
    let other = ambiguous::note(&context.ask, shape, &members, &mut variants, &choice);
    (!variants.is_empty()).then_some(Union {
        variants,
        other,
        choice,
    })
}

/// Whether a component has all that another schema says among its own parts.
fn extends<'d>(context: &Context<'d>, schema: &'d Schema, other: &'d Schema) -> bool {
    let target = context.ask.target(schema);
    let is_other = |it: &&Schema| std::ptr::eq(*it, other);
    schema.reference.is_some() && context.ask.shape(target).parts.iter().any(is_other)
}

/// The variants, without those that take any JSON: `Other` is for that.
fn members<'d>(context: &mut Context<'d>, shape: &Shape<'d>, beside: Option<&'d Schema>) -> Vec<Member<'d>> {
    let mut members: Vec<Member<'d>> = Vec::new();
    let whole = context.ask.target(shape.schema);
    for schema in flattened(context, &shape.choices, &mut vec![whole]) {
        let mut inner = alternatives::shape_of(&context.ask, schema, beside);
        let leaves = alternatives::of(&context.ask, &inner, members.len());
        if beside.is_some() {
            Rc::make_mut(&mut inner).choices.clear();
        }
        if leaves.is_empty() && shape.discriminator.is_none() {
            continue;
        }
        let member = Member {
            schema,
            shape: inner,
            form: plain_forms::form(&context.ask, &leaves),
            leaves,
            alike: Vec::new(),
        };
        let known = members
            .iter_mut()
            .find(|it| it.form.is_some() && it.form == member.form);
        match known {
            Some(known) => known.alike.push(schema),
            None => members.push(member),
        }
    }
    members
}

/// The choices. Those of an inline choice stand in its place, and so do those of one that leads back to what is being
/// made, which is no choice of itself.
fn flattened<'d>(context: &Context<'d>, choices: &[&'d Schema], open: &mut Vec<&'d Schema>) -> Vec<&'d Schema> {
    let (mut out, mut known) = (Vec::new(), HashSet::new());
    for choice in choices {
        let target = context.ask.target(choice);
        if open.iter().any(|it| std::ptr::eq(*it, target)) {
            continue;
        }
        let is_inline = choice.reference.is_none() && choice.discriminator.is_none();
        let inner: Vec<&'d Schema> = inner_choices(context, target).collect();
        let is_union = !inner.is_empty() && target.properties.is_empty();
        let choices = if is_union && (is_inline || leads_to(context, target, open)) {
            open.push(target);
            let choices = flattened(context, &inner, open);
            open.pop();
            choices
        } else {
            vec![*choice]
        };
        let is_new = |it: &&'d Schema| context.ask.referenced_id(it).is_none_or(|id| known.insert(id));
        out.extend(choices.into_iter().filter(is_new));
    }
    out
}

fn inner_choices<'d>(context: &Context<'d>, schema: &'d Schema) -> impl Iterator<Item = &'d Schema> {
    let choices = schema.one_of.iter().chain(&schema.any_of);
    choices.filter(|it| !context.ask.is_null(it))
}

/// Whether a schema is, by its choices and theirs, also what one of these is.
fn leads_to<'d>(context: &Context<'d>, from: &'d Schema, ends: &[&'d Schema]) -> bool {
    let mut seen = vec![from];
    let mut next = 0;
    while let Some(schema) = seen.get(next).copied() {
        next += 1;
        for choice in inner_choices(context, schema).map(|it| context.ask.target(it)) {
            if ends.iter().any(|it| std::ptr::eq(*it, choice)) {
                return true;
            }
            if !seen.iter().any(|it| std::ptr::eq(*it, choice)) {
                seen.push(choice);
            }
        }
    }
    false
}

fn int_or_string() -> Union {
    let mut scope = Scope::reserving(&["Other"]);
    let mut variant = |name: &str, ty: Type, doc: &str| UnionVariant {
        name: scope.claim(Case::Type, name),
        ty,
        is_sensitive: false,
        rules: Vec::new(),
        docs: vec![doc.to_owned()],
    };
    let variants = vec![
        variant("Integer", Type::I32, "Int32 integer."),
        variant("String", Type::String, "String."),
    ];
    let test = |variant, kind| Test {
        variants: vec![variant],
        kind,
        condition: Condition::Always,
    };
    Union {
        variants,
        other: ambiguous::others(),
        choice: Choice::Tests(vec![test(0, JsonKind::Integer), test(1, JsonKind::String)]),
    }
}

/// What a variant is named after: the component, the title, the value that it is known by, or the JSON type.
fn label(context: &Context<'_>, member: &Member<'_>) -> String {
    if !member.alike.is_empty() {
        return plain_forms::label(&member.leaves);
    }
    if let Some(id) = context.ask.referenced_id(member.schema) {
        return short_names::short_of(&context.ask, &id).to_owned();
    }
    match &member.schema.title {
        Some(title) => title.value.clone(),
        None => plain_forms::label(&member.leaves),
    }
}

/// The values of the discriminating property that the document says a variant has.
fn tags<'d>(context: &Context<'d>, discriminator: &Discriminator, member: &Member<'d>) -> Vec<Scalar> {
    let mut tags: Vec<Scalar> = Vec::new();
    for leaf in &member.leaves {
        let found = constants::tags(&context.ask, &leaf.shape, &discriminator.property_name.value);
        if found.is_empty() {
            return Vec::new();
        }
        tags.extend(found);
    }
    tags.sort_unstable_by_key(ToString::to_string);
    tags.dedup();
    tags
}

/// Whether one value of the discriminating property is that of several variants: then it does not decide alone. What
/// the mapping names needs no value of its own.
fn is_shared<'d>(context: &Context<'d>, discriminator: &Discriminator, members: &[Member<'d>]) -> bool {
    let targets = targets(context, members);
    let mapping = discriminator.mapping.iter();
    let mapped: Vec<usize> = mapping.filter_map(|(_, it)| find(context, &targets, it)).collect();
    let mut seen: Vec<Scalar> = Vec::new();
    let mut is_shared = false;
    for (_, member) in members.iter().enumerate().filter(|(index, _)| !mapped.contains(index)) {
        let tags = tags(context, discriminator, member);
        is_shared |= tags.iter().any(|it| seen.contains(it));
        seen.extend(tags);
    }
    is_shared
}

fn targets<'d>(context: &Context<'d>, members: &[Member<'d>]) -> Vec<Option<ComponentId>> {
    members.iter().map(|it| context.ask.referenced_id(it.schema)).collect()
}

fn by_discriminator<'d>(context: &mut Context<'d>, discriminator: &Discriminator, members: &[Member<'d>]) -> Choice {
    let property = discriminator.property_name.value.clone();
    let targets = targets(context, members);
    let tag = |context: &Context<'d>, index: usize, key: &str| {
        let shape = members.get(index).map(|it| &it.shape);
        shape.map_or_else(
            || Scalar::Text(key.to_owned()),
            |it| constants::tag(&context.ask, it, &property, key),
        )
    };
    let mut mapping = Vec::new();
    for (value, target) in &discriminator.mapping {
        match find(context, &targets, target) {
            Some(index) => mapping.push((tag(context, index, &value.value), index)),
            None => not_a_variant(context, target),
        }
    }
    for (index, member) in members.iter().enumerate() {
        if mapping.iter().any(|(_, it)| *it == index) {
            continue;
        }
        let values = tags(context, discriminator, member);
        match (values.is_empty(), targets.get(index).and_then(Option::as_ref)) {
            (false, _) => mapping.extend(values.into_iter().map(|it| (it, index))),
            (true, Some(id)) => mapping.push((tag(context, index, &id.name), index)),
            (true, None) => {
                let message = "the discriminator does not tell this schema from the others: `Other` keeps its values";
                let span = member.schema.span;
                context.ask.report(codes::DISCRIMINATOR_INLINE.at(span, message));
            }
        }
    }
    keep_first(&mut mapping);
    let default = discriminator.default_mapping.as_ref().and_then(|it| {
        let found = find(context, &targets, it);
        if found.is_none() {
            not_a_variant(context, it);
        }
        found
    });
    Choice::Discriminator {
        property,
        mapping,
        default,
    }
}

/// Leaves each value to the variant that has it first: the mapping comes before what follows from the variants.
fn keep_first(mapping: &mut Vec<(Scalar, usize)>) {
    let mut seen: Vec<Scalar> = Vec::new();
    mapping.retain(|(tag, _)| {
        let is_new = !seen.contains(tag);
        seen.push(tag.clone());
        is_new
    });
}

fn find(context: &Context<'_>, targets: &[Option<ComponentId>], it: &Spanned<String>) -> Option<usize> {
    let (id, _) = context.ask.documents.resolve_mapping(&it.span, &it.value)?;
    targets.iter().position(|target| target.as_ref() == Some(&id))
}

fn not_a_variant(context: &mut Context<'_>, target: &Spanned<String>) {
    let message = format!("`{}` is none of the schemas of this `oneOf`", target.value);
    context.ask.refuse(codes::MAPPING_TARGET.at(target.span, message));
}

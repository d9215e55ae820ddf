//! Constraints of members, as rules that can be checked when asked.

use std::collections::{BTreeMap, BTreeSet};

use tablature_openapi::Spanned;
use tablature_openapi::document::Schema;
use tablature_openapi::node::Number;

use super::context::Context;
use crate::ir::{Api, Field, ItemKind, Model, Rule, RuleKind, Step, Type, TypeName};

/// How many lists and maps rules are led through.
const MOST_STEPS: usize = 4;

/// The rules that a member's schema states, itself or where it refers to, of its items and values too.
pub fn of_member<'d>(context: &Context<'d>, member: &str, schema: &'d Schema) -> Vec<Rule> {
    let mut rules = Vec::new();
    collect(context, member, schema, &mut Vec::new(), &mut rules);
    rules
}

fn collect<'d>(context: &Context<'d>, member: &str, schema: &'d Schema, steps: &mut Vec<Step>, rules: &mut Vec<Rule>) {
    let target = context.target(schema);
    let kinds = kinds(schema, target);
    rules.extend(kinds.into_iter().map(|kind| Rule {
        member: member.to_owned(),
        steps: steps.clone(),
        kind,
    }));
    if steps.len() == MOST_STEPS || !target.properties.is_empty() {
        return;
    }
    let inner = [
        (Step::Items, &target.items),
        (Step::Values, &target.additional_properties),
    ];
    for (step, inner) in inner {
        if let Some(inner) = inner {
            steps.push(step);
            collect(context, member, inner, steps, rules);
            steps.pop();
        }
    }
}

fn kinds(schema: &Schema, target: &Schema) -> Vec<RuleKind> {
    let mut kinds = Vec::new();
    let length = |a: &Option<Spanned<u64>>, b: &Option<Spanned<u64>>| a.as_ref().or(b.as_ref()).map(|it| it.value);
    let number = |a: &Option<Spanned<Number>>, b: &Option<Spanned<Number>>| {
        a.as_ref().or(b.as_ref()).map(|it| it.value.as_str().to_owned())
    };
    let (min, max) = (
        length(&schema.min_length, &target.min_length),
        length(&schema.max_length, &target.max_length),
    );
    let pattern = schema
        .pattern
        .as_ref()
        .or(target.pattern.as_ref())
        .map(|it| it.value.clone());
    if min.is_some() || max.is_some() || pattern.is_some() {
        kinds.push(RuleKind::Text { min, max, pattern });
    }
    let (min, max) = (
        number(&schema.minimum, &target.minimum),
        number(&schema.maximum, &target.maximum),
    );
    let above = number(&schema.exclusive_minimum, &target.exclusive_minimum);
    let below = number(&schema.exclusive_maximum, &target.exclusive_maximum);
    let multiple_of = number(&schema.multiple_of, &target.multiple_of);
    if [&min, &max, &above, &below, &multiple_of]
        .into_iter()
        .any(Option::is_some)
    {
        kinds.push(RuleKind::Number {
            min,
            max,
            above,
            below,
            multiple_of,
        });
    }
    let (min, max) = (
        length(&schema.min_items, &target.min_items),
        length(&schema.max_items, &target.max_items),
    );
    let unique = schema.unique_items || target.unique_items;
    if min.is_some() || max.is_some() || unique {
        kinds.push(RuleKind::List { min, max, unique });
    }
    let (min, max) = (
        length(&schema.min_properties, &target.min_properties),
        length(&schema.max_properties, &target.max_properties),
    );
    if min.is_some() || max.is_some() {
        kinds.push(RuleKind::Map { min, max });
    }
    kinds
}

/// Leads rules inwards: a member that holds a model with rules has a rule that names it.
pub fn lead_inwards(apis: &mut [Api]) {
    let mut ruled: BTreeSet<TypeName> = BTreeSet::new();
    let mut holders: BTreeMap<TypeName, Vec<TypeName>> = BTreeMap::new();
    for (name, model) in models(apis) {
        if !model.rules.is_empty() {
            ruled.insert(name.clone());
        }
        for (_, held) in model.fields.iter().filter_map(|it| inner(&it.ty)) {
            holders.entry(held.clone()).or_default().push(name.clone());
        }
    }
    let mut open: Vec<TypeName> = ruled.iter().cloned().collect();
    while let Some(name) = open.pop() {
        for holder in holders.get(&name).into_iter().flatten() {
            if ruled.insert(holder.clone()) {
                open.push(holder.clone());
            }
        }
    }
    for model in apis
        .iter_mut()
        .flat_map(|it| &mut it.models)
        .flat_map(|it| &mut it.items)
        .filter_map(|it| model_mut(&mut it.kind))
    {
        let rules: Vec<Rule> = model.fields.iter().filter_map(|it| inward(it, &ruled)).collect();
        model.rules.extend(rules);
    }
}

fn models(apis: &[Api]) -> impl Iterator<Item = (TypeName, &Model)> {
    apis.iter()
        .flat_map(|api| api.models.iter().flat_map(|it| &it.items).map(move |item| (api, item)))
        .filter_map(|(api, item)| match &item.kind {
            ItemKind::Model(model) => Some((
                TypeName {
                    home: api.module.clone(),
                    name: item.name.clone(),
                },
                model,
            )),
            _ => None,
        })
}

fn model_mut(kind: &mut ItemKind) -> Option<&mut Model> {
    match kind {
        ItemKind::Model(model) => Some(model),
        _ => None,
    }
}

fn inward(field: &Field, ruled: &BTreeSet<TypeName>) -> Option<Rule> {
    let (kind, held) = inner(&field.ty)?;
    ruled.contains(held).then(|| Rule {
        member: field.wire.clone(),
        steps: Vec::new(),
        kind: kind(held.clone()),
    })
}

/// How the rules of a type are reached from a member that holds it.
type Inward = fn(TypeName) -> RuleKind;

/// The type that a member holds, and how.
fn inner(ty: &Type) -> Option<(Inward, &TypeName)> {
    match ty {
        Type::List(items) => named(items).map(|it| (RuleKind::Each as Inward, it)),
        Type::Map(values) => named(values).map(|it| (RuleKind::Values as Inward, it)),
        other => named(other).map(|it| (RuleKind::Inside as Inward, it)),
    }
}

fn named(ty: &Type) -> Option<&TypeName> {
    match ty {
        Type::Named(name) => Some(name),
        Type::Boxed(inner) => named(inner),
        _ => None,
    }
}

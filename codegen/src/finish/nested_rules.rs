//! Adds, to each member whose type has validation rules, a rule that runs them.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Index, ItemKind, MOST_STEPS, Rule, RuleKind, Step, Subject, Type, TypeName};

/// Leads rules inwards: a member that holds a model or a union with rules has a rule that names it.
pub fn lead_inwards(apis: &mut [Api], index: &Index) {
    let known = Known::of(apis, index);
    for item in apis.iter_mut().flat_map(Api::items_mut) {
        match &mut item.kind {
            ItemKind::Model(model) => {
                let fields = model.fields.iter();
                let fields =
                    fields.flat_map(|it| known.rules(&Subject::Named(it.wire.clone()), &it.ty, it.is_sensitive));
                let others = model.additional.iter();
                let others = others.flat_map(|it| known.rules(&Subject::Others, it, model.is_additional_sensitive));
                let rules: Vec<Rule> = fields.chain(others).collect();
                model.rules.extend(rules);
            }
            ItemKind::Union(union) => {
                for variant in &mut union.variants {
                    let subject = Subject::Named(variant.name.to_string());
                    let rules = known.rules(&subject, &variant.ty, variant.is_sensitive);
                    variant.rules.extend(rules);
                }
            }
            ItemKind::Alias {
                ty,
                checks: Some(checks),
            } => {
                let subject = Subject::Named(item.name.to_string());
                let is_secret = checks.rules.iter().any(|it| it.is_secret);
                checks.rules.extend(known.rules(&subject, ty, is_secret));
            }
            _ => {}
        }
    }
}

/// What has rules, itself or in what it holds.
struct Known<'a> {
    index: &'a Index,
    unions: BTreeSet<TypeName>,
    ruled: BTreeSet<TypeName>,
}

impl<'a> Known<'a> {
    fn of(apis: &[Api], index: &'a Index) -> Self {
        let mut known = Self {
            index,
            unions: BTreeSet::new(),
            ruled: BTreeSet::new(),
        };
        let mut holders: BTreeMap<&TypeName, Vec<TypeName>> = BTreeMap::new();
        for api in apis {
            for item in api.items() {
                let name = api.type_name(item);
                let is_ruled = match &item.kind {
                    ItemKind::Model(model) => !model.rules.is_empty(),
                    ItemKind::Union(union) => {
                        known.unions.insert(name.clone());
                        union.is_ruled()
                    }
                    ItemKind::Alias { .. } | ItemKind::Wrapper(_) => false,
                    _ => continue,
                };
                for held in item.types().into_iter().flat_map(named) {
                    holders.entry(held).or_default().push(name.clone());
                }
                if is_ruled {
                    known.ruled.insert(name);
                }
            }
        }
        let mut open: Vec<TypeName> = known.ruled.iter().cloned().collect();
        while let Some(name) = open.pop() {
            for holder in holders.get(&name).into_iter().flatten() {
                if known.ruled.insert(holder.clone()) {
                    open.push(holder.clone());
                }
            }
        }
        known
    }

    /// The rules that lead from a value of a type to what has rules in it.
    fn rules(&self, subject: &Subject, ty: &Type, is_secret: bool) -> Vec<Rule> {
        let mut rules = Vec::new();
        self.collect(subject, ty, &mut Vec::new(), &mut rules);
        rules.iter_mut().for_each(|it| it.is_secret = is_secret);
        rules
    }

    fn collect(&self, subject: &Subject, ty: &Type, steps: &mut Vec<Step>, rules: &mut Vec<Rule>) {
        match self.index.resolve(ty) {
            Type::Boxed(inner) | Type::Nullable(inner) => self.collect(subject, inner, steps, rules),
            Type::List(items) => self.inside(subject, Step::Items, items, steps, rules),
            Type::Map(values) => self.inside(subject, Step::Values, values, steps, rules),
            Type::Tuple(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.inside(subject, Step::Item(index), item, steps, rules);
                }
            }
            Type::Named(name) if self.ruled.contains(name) => rules.push(Rule {
                subject: subject.clone(),
                steps: steps.clone(),
                kind: if self.unions.contains(name) {
                    RuleKind::Union(name.clone())
                } else {
                    RuleKind::Model(name.clone())
                },
                is_secret: false,
            }),
            _ => {}
        }
    }

    fn inside(&self, subject: &Subject, step: Step, ty: &Type, steps: &mut Vec<Step>, rules: &mut Vec<Rule>) {
        if steps.len() < MOST_STEPS {
            steps.push(step);
            self.collect(subject, ty, steps, rules);
            steps.pop();
        }
    }
}

/// The emitted types that stand in a type.
fn named(ty: &Type) -> Vec<&TypeName> {
    match ty {
        Type::Named(name) => vec![name],
        Type::List(it) | Type::Map(it) | Type::Boxed(it) | Type::Nullable(it) => named(it),
        Type::Tuple(items) => items.iter().flat_map(named).collect(),
        _ => Vec::new(),
    }
}

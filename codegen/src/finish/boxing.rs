//! Boxes members and variants through which a type would hold itself, and finds types that cannot exist.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::finish::closure;
use crate::ir::{Api, Index, Item, ItemKind, Presence, Type, TypeName};

/// Boxes each member and variant through which a type reaches itself without a list or a map between.
pub fn box_recursion(apis: &mut [Api]) {
    let cycles = Cycles::of(items(apis), |item| {
        Some(item.types().into_iter().flat_map(held).cloned().collect())
    });
    for api in apis.iter_mut() {
        let home = api.module.clone();
        for item in api.items_mut() {
            let from = TypeName {
                home: home.clone(),
                name: item.name.clone(),
            };
            let types: Vec<&mut Type> = match &mut item.kind {
                ItemKind::Model(model) => model.fields.iter_mut().map(|it| &mut it.ty).collect(),
                ItemKind::Union(union) => union.variants.iter_mut().map(|it| &mut it.ty).collect(),
                _ => Vec::new(),
            };
            for ty in types {
                if held(ty).into_iter().any(|to| cycles.has(&from, to)) {
                    *ty = Type::Boxed(Box::new(ty.clone()));
                }
            }
        }
    }
}

/// Models that require a value of themselves, however indirectly: no JSON text is long enough for one.
pub fn endless(apis: &[Api], index: &Index) -> BTreeSet<TypeName> {
    let cycles = Cycles::of(items(apis), |item| match &item.kind {
        ItemKind::Model(model) => {
            let required = model.fields.iter().filter(|it| it.presence == Presence::Required);
            Some(required.flat_map(|it| part(index, &it.ty)).cloned().collect())
        }
        _ => None,
    });
    cycles.types()
}

/// Aliases that stand for themselves, however indirectly: Rust has no such type.
pub fn circular<'a>(items: impl Iterator<Item = (TypeName, &'a Item)>) -> BTreeSet<TypeName> {
    let cycles = Cycles::of(items, |item| match &item.kind {
        ItemKind::Alias { ty, .. } => Some(closure::names([ty])),
        _ => None,
    });
    cycles.types()
}

fn items(apis: &[Api]) -> impl Iterator<Item = (TypeName, &Item)> {
    apis.iter().flat_map(move |api| {
        let items = api.models.iter().flat_map(|it| &it.items);
        items.map(move |it| (api.type_name(it), it))
    })
}

/// The strongly connected components of the types of a crate.
struct Cycles {
    nodes: BTreeMap<TypeName, usize>,
    /// The edges that start at each type, by number.
    edges: Vec<Vec<usize>>,
    /// The component of each type.
    component: Vec<usize>,
}

impl Cycles {
    fn of<'a>(
        items: impl Iterator<Item = (TypeName, &'a Item)>,
        leads_to: impl Fn(&Item) -> Option<BTreeSet<TypeName>>,
    ) -> Self {
        let all: BTreeMap<TypeName, BTreeSet<TypeName>> =
            items.filter_map(|(name, it)| Some((name, leads_to(it)?))).collect();
        let nodes: BTreeMap<TypeName, usize> = all.keys().cloned().zip(0..).collect();
        let number = |names: BTreeSet<TypeName>| names.iter().filter_map(|it| nodes.get(it).copied()).collect();
        let edges: Vec<Vec<usize>> = all.into_values().map(number).collect();
        let component = components(&edges);
        Self {
            nodes,
            edges,
            component,
        }
    }

    /// Whether an edge between two types is part of a cycle.
    fn has(&self, from: &TypeName, to: &TypeName) -> bool {
        let component = |name| self.nodes.get(name).and_then(|it| self.component.get(*it));
        component(from).is_some() && component(from) == component(to)
    }

    /// The types that lead to themselves.
    fn types(&self) -> BTreeSet<TypeName> {
        let mut sizes: HashMap<usize, usize> = HashMap::new();
        for component in &self.component {
            *sizes.entry(*component).or_default() += 1;
        }
        let leads_to_itself = |node: usize| {
            let is_shared = self.component.get(node).is_some_and(|it| sizes.get(it) > Some(&1));
            is_shared || self.edges.get(node).is_some_and(|it| it.contains(&node))
        };
        let own = self.nodes.iter().filter(|(_, node)| leads_to_itself(**node));
        own.map(|(name, _)| name.clone()).collect()
    }
}

/// The strongly connected component of each node, in linear time: nodes are taken in the reverse order in which a
/// walk leaves them, and each collects what leads to it (Kosaraju's algorithm, without recursion).
fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut back: Vec<Vec<usize>> = vec![Vec::new(); edges.len()];
    for (from, to) in edges.iter().enumerate() {
        to.iter().for_each(|to| back[*to].push(from));
    }
    let mut is_seen = vec![false; edges.len()];
    let mut left: Vec<usize> = Vec::new();
    for start in 0..edges.len() {
        let mut open = vec![(start, false)];
        while let Some((node, is_left)) = open.pop() {
            if is_left {
                left.push(node);
            } else if !std::mem::replace(&mut is_seen[node], true) {
                open.push((node, true));
                open.extend(edges[node].iter().map(|it| (*it, false)));
            }
        }
    }
    let mut component = vec![usize::MAX; edges.len()];
    for start in left.into_iter().rev() {
        let mut open = vec![start];
        while let Some(node) = open.pop() {
            if component[node] == usize::MAX {
                component[node] = start;
                open.extend(&back[node]);
            }
        }
    }
    component
}

/// The types without whose values there is no value of this type.
fn part<'t>(index: &'t Index, ty: &'t Type) -> Vec<&'t TypeName> {
    match index.resolve(ty) {
        Type::Named(name) => vec![name],
        Type::Boxed(inner) => part(index, inner),
        Type::Tuple(items) => items.iter().flat_map(|it| part(index, it)).collect(),
        _ => Vec::new(),
    }
}

/// The types that a value of this type holds in place.
fn held(ty: &Type) -> Vec<&TypeName> {
    match ty {
        Type::Named(name) => vec![name],
        Type::Nullable(inner) => held(inner),
        Type::Tuple(items) => items.iter().flat_map(held).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_that_lead_to_each_other_are_one_component() {
        let edges = [vec![1], vec![2, 3], vec![0], vec![4], vec![3], vec![0, 5]];
        let found = components(&edges);
        assert!(found[0] == found[1] && found[1] == found[2]);
        assert!(found[3] == found[4] && found[3] != found[0]);
        assert!(found[5] != found[0] && found[5] != found[3]);
    }

    #[test]
    fn a_ring_of_many_is_one_component() {
        let many = 200_000;
        let edges: Vec<Vec<usize>> = (0..many).map(|it| vec![(it + 1) % many]).collect();
        let found = components(&edges);
        assert!(found.iter().all(|it| *it == found[0]));
    }
}

//! Equality, order and hashes of JSON values.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::decimal::{Decimal, compare_numbers};
use super::{Json, Repr, Tree};

pub(super) fn equal(one: &Json, other: &Json) -> bool {
    if let (Repr::Text(one), Repr::Text(other)) = (&one.0, &other.0) {
        if one.as_str() == other.as_str() {
            return true;
        }
    }
    match (one.tree(), other.tree()) {
        (Ok(one), Ok(other)) => same(&one, &other),
        // Only a lone surrogate gets here; such values are equal as text or not at all.
        _ => false,
    }
}

pub(crate) fn same(one: &Tree<'_>, other: &Tree<'_>) -> bool {
    match (one, other) {
        (Tree::Null, Tree::Null) => true,
        (Tree::Bool(one), Tree::Bool(other)) => one == other,
        (Tree::Number(one), Tree::Number(other)) => one == other || Decimal::new(one) == Decimal::new(other),
        (Tree::String(one), Tree::String(other)) => one == other,
        (Tree::Array(one), Tree::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Tree::Object(one), Tree::Object(other)) => {
            let pairs = || sorted(one).into_iter().zip(sorted(other));
            one.len() == other.len() && pairs().all(|(one, other)| one.0 == other.0 && same(&one.1, &other.1))
        }
        _ => false,
    }
}

/// `null`, booleans, numbers, strings, arrays, objects; those of one kind by their values, objects by their sorted members.
/// What has no tree is ordered by its text, before all that have one.
pub(super) fn order(one: &Json, other: &Json) -> Ordering {
    match (one.tree(), other.tree()) {
        (Ok(one), Ok(other)) => order_trees(&one, &other),
        (Err(_), Err(_)) => one.as_text().cmp(&other.as_text()),
        (one, other) => one.is_ok().cmp(&other.is_ok()),
    }
}

fn order_trees(one: &Tree<'_>, other: &Tree<'_>) -> Ordering {
    match (one, other) {
        (Tree::Bool(one), Tree::Bool(other)) => one.cmp(other),
        (Tree::Number(one), Tree::Number(other)) => compare_numbers(one, other),
        (Tree::String(one), Tree::String(other)) => one.cmp(other),
        (Tree::Array(one), Tree::Array(other)) => {
            let mut pairs = one.iter().zip(other).map(|(one, other)| order_trees(one, other));
            let first = pairs.find(|it| it.is_ne());
            first.unwrap_or_else(|| one.len().cmp(&other.len()))
        }
        (Tree::Object(one), Tree::Object(other)) => {
            let pairs = sorted(one).into_iter().zip(sorted(other));
            let mut pairs = pairs.map(|(one, other)| one.0.cmp(&other.0).then_with(|| order_trees(&one.1, &other.1)));
            let first = pairs.find(|it| it.is_ne());
            first.unwrap_or_else(|| one.len().cmp(&other.len()))
        }
        _ => rank(one).cmp(&rank(other)),
    }
}

fn rank(tree: &Tree<'_>) -> u8 {
    match tree {
        Tree::Null => 0,
        Tree::Bool(_) => 1,
        Tree::Number(_) => 2,
        Tree::String(_) => 3,
        Tree::Array(_) => 4,
        Tree::Object(_) => 5,
    }
}

/// Equal values have equal hashes.
pub(super) fn hash(json: &Json, state: &mut impl Hasher) {
    match json.tree() {
        Ok(tree) => hash_tree(&tree, state),
        Err(_) => json.as_text().hash(state),
    }
}

fn hash_tree(tree: &Tree<'_>, state: &mut impl Hasher) {
    rank(tree).hash(state);
    match tree {
        Tree::Null => {}
        Tree::Bool(value) => value.hash(state),
        Tree::Number(text) => Decimal::new(text).hash(state),
        Tree::String(text) => text.hash(state),
        Tree::Array(items) => {
            items.len().hash(state);
            items.iter().for_each(|it| hash_tree(it, state));
        }
        Tree::Object(members) => {
            members.len().hash(state);
            for (name, value) in sorted(members) {
                name.hash(state);
                hash_tree(value, state);
            }
        }
    }
}

/// By name; the sort is stable, so members of the same name stay in their order.
fn sorted<'m, 'a>(members: &'m [(Cow<'a, str>, Tree<'a>)]) -> Vec<&'m (Cow<'a, str>, Tree<'a>)> {
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.sort_by(|(one, _), (other, _)| one.cmp(other));
    sorted
}

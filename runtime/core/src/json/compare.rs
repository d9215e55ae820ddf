//! Equality of JSON values.

use std::borrow::Cow;

use super::decimal::Decimal;
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

/// By name; the sort is stable, so members of the same name stay in their order.
fn sorted<'m, 'a>(members: &'m [(Cow<'a, str>, Tree<'a>)]) -> Vec<&'m (Cow<'a, str>, Tree<'a>)> {
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.sort_by(|(one, _), (other, _)| one.cmp(other));
    sorted
}

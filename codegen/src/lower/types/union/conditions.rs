//! Makes the conditions that tell variants apart where no discriminator does.

use crate::ir::{Condition, JsonKind, Members, Scalar, Test};
use crate::lower::ask::Ask;
use crate::lower::ask::shape::enum_values::{scalar, text};
use crate::lower::types::union::alternatives::Leaf;
use crate::lower::types::union::{alternatives, objects};

/// The tests, in the order in which they are made.
pub fn lower<'d>(ask: &Ask<'d>, leaves: &[Leaf<'d>]) -> Vec<Test> {
    let mut kinds: Vec<JsonKind> = Vec::new();
    for leaf in leaves {
        if !kinds.contains(&leaf.kind) {
            kinds.push(leaf.kind);
        }
    }
    // An integer is a number too: it goes to the variant that takes integers, if there is one.
    kinds.sort_by_key(|it| *it == JsonKind::Number);
    let mut tests = Vec::new();
    for kind in kinds {
        let alike: Vec<&Leaf<'d>> = leaves.iter().filter(|it| it.kind == kind).collect();
        tests.extend(match (kind, alike.as_slice()) {
            (_, [only]) => vec![test(only, Condition::Always)],
            (JsonKind::Object, _) => objects::tests(ask, &alike),
            (JsonKind::Array, _) => lists(ask, &alike),
            _ => scalars(alike),
        });
    }
    tests
}

fn test(leaf: &Leaf<'_>, condition: Condition) -> Test {
    Test {
        variants: vec![leaf.variant],
        kind: leaf.kind,
        condition,
    }
}

/// Lists are told apart by their items, where those are of different JSON types.
fn lists<'d>(ask: &Ask<'d>, alike: &[&Leaf<'d>]) -> Vec<Test> {
    let mut variants: Vec<usize> = alike.iter().map(|it| it.variant).collect();
    variants.dedup();
    if let [only] = variants.as_slice() {
        return vec![Test {
            variants: vec![*only],
            kind: JsonKind::Array,
            condition: Condition::Always,
        }];
    }
    let mut seen: Vec<(usize, JsonKind)> = Vec::new();
    for leaf in alike {
        let kinds = item_kinds(ask, leaf);
        let clashes = seen
            .iter()
            .any(|(variant, kind)| *variant != leaf.variant && kinds.contains(kind));
        if clashes || kinds.is_empty() {
            return vec![Test {
                variants,
                kind: JsonKind::Array,
                condition: Condition::Always,
            }];
        }
        seen.extend(kinds.into_iter().map(|it| (leaf.variant, it)));
    }
    alike.iter().map(|it| test(it, Condition::Decodes)).collect()
}

/// The JSON types of a list's items; none where they are not known. An integer is a number too.
fn item_kinds<'d>(ask: &Ask<'d>, leaf: &Leaf<'d>) -> Vec<JsonKind> {
    let Some(items) = &leaf.shape.items else {
        return Vec::new();
    };
    let shape = alternatives::shape_of(ask, items.schema, None);
    let items = alternatives::of(ask, &shape, 0).into_iter();
    let kinds = items.map(|it| {
        if it.kind == JsonKind::Integer {
            JsonKind::Number
        } else {
            it.kind
        }
    });
    kinds.collect()
}

/// Strings, numbers and booleans are told apart by their values; one that takes any comes last.
fn scalars(mut alike: Vec<&Leaf<'_>>) -> Vec<Test> {
    alike.sort_by_key(|it| (it.shape.values.is_none(), it.variant));
    let tests = alike.into_iter().map(|it| match &it.shape.values {
        Some(values) => {
            let value = |node| match it.kind {
                JsonKind::String => text(node).map(Scalar::Text),
                _ => scalar(node),
            };
            let values: Option<Vec<Scalar>> = values.iter().map(|it| value(it)).collect();
            // Values such as 1.5 are compared with nothing: there it is the JSON type alone that decides.
            test(
                it,
                values.map_or(Condition::Always, |values| {
                    Condition::Members(Members {
                        equal: vec![(String::new(), values)],
                        ..Members::default()
                    })
                }),
            )
        }
        None => test(it, Condition::Always),
    });
    let mut tests: Vec<Test> = tests.collect();
    let last = tests.iter().position(|it| it.condition == Condition::Always);
    tests.truncate(last.map_or(tests.len(), |it| it + 1));
    tests
}

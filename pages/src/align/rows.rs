//! Rows of two tables side by side: by name, else by text, else by their order between such rows.

use std::collections::HashMap;

use crate::facts::{Cell, Row, Table};
use crate::similarity::Shape;
use crate::types;

/// Two rows of the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The index in the one table.
    pub(crate) left: usize,
    /// The index in the other one.
    pub(crate) right: usize,
    /// What they were paired by.
    pub(crate) basis: Basis,
}

/// What two rows were paired by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Basis {
    /// The name.
    Name,
    /// The description, word for word.
    Text,
    /// The description, which is much alike.
    Likeness,
    /// Their place between rows that were paired.
    Order,
}

/// Descriptions that are this much alike, in percent, may be the same.
const ALIKE: usize = 60;
/// How much less alike any other description must be.
const MARGIN: usize = 10;
/// More comparisons than this are not made.
const MOST: usize = 250_000;

/// The rows that two tables both have, in the order of the one.
pub(crate) fn rows(left: &Table, right: &Table) -> Vec<Pair> {
    let mut pairing = Pairing {
        left: &left.rows,
        right: &right.rows,
        pairs: Vec::new(),
    };
    pairing.by_key(Basis::Name, |row| {
        row.name.known().map(|it| format!("{:?} {it}", row.location))
    });
    pairing.by_key(Basis::Text, |row| row.hash.clone());
    pairing.by_likeness();
    pairing.pairs.sort_by_key(|it| it.left);
    pairing.by_order();
    pairing.pairs.sort_by_key(|it| it.left);
    pairing.pairs
}

struct Pairing<'a> {
    left: &'a [Row],
    right: &'a [Row],
    pairs: Vec<Pair>,
}

impl Pairing<'_> {
    /// The rows that are not paired yet.
    fn open(&self) -> (Vec<usize>, Vec<usize>) {
        let mut left = vec![true; self.left.len()];
        let mut right = vec![true; self.right.len()];
        for pair in &self.pairs {
            left.get_mut(pair.left).into_iter().for_each(|it| *it = false);
            right.get_mut(pair.right).into_iter().for_each(|it| *it = false);
        }
        let indices = |open: Vec<bool>| {
            open.into_iter()
                .enumerate()
                .filter(|(_, it)| *it)
                .map(|(index, _)| index)
                .collect()
        };
        (indices(left), indices(right))
    }

    fn fits(&self, left: usize, right: usize) -> bool {
        match (self.left.get(left), self.right.get(right)) {
            (Some(left), Some(right)) => can_be_same(left, right),
            _ => false,
        }
    }

    /// Pairs rows with the same key, where it is the key of one row on either side.
    fn by_key(&mut self, basis: Basis, key: impl Fn(&Row) -> Option<String>) {
        let (left, right) = self.open();
        let index = |open: &[usize], rows: &[Row]| {
            let mut map: HashMap<String, Vec<usize>> = HashMap::new();
            for it in open {
                if let Some(key) = rows.get(*it).and_then(&key) {
                    map.entry(key).or_default().push(*it);
                }
            }
            map
        };
        let rights = index(&right, self.right);
        for (key, lefts) in index(&left, self.left) {
            if let ([left], Some([right])) = (lefts.as_slice(), rights.get(&key).map(Vec::as_slice))
                && self.fits(*left, *right)
            {
                self.pairs.push(Pair {
                    left: *left,
                    right: *right,
                    basis,
                });
            }
        }
    }

    /// Pairs rows whose descriptions are alike, each the best one for the other by a margin.
    fn by_likeness(&mut self) {
        let (left, right) = self.open();
        if left.len().saturating_mul(right.len()) > MOST {
            return;
        }
        let shapes = |open: &[usize], rows: &[Row]| -> Vec<Shape> {
            open.iter()
                .map(|it| rows.get(*it).map_or_else(Shape::default, |it| Shape::of(&it.text)))
                .collect()
        };
        let (lefts, rights) = (shapes(&left, self.left), shapes(&right, self.right));
        let mut scores: Vec<Vec<usize>> = Vec::with_capacity(left.len());
        for (a, shape) in left.iter().zip(&lefts) {
            let score = |(b, other): (&usize, &Shape)| {
                let known = !shape.is_empty() && !other.is_empty() && self.fits(*a, *b);
                if known { shape.likeness(other) } else { 0 }
            };
            scores.push(right.iter().zip(&rights).map(score).collect());
        }
        for (row, a) in left.iter().enumerate() {
            let at = |row: usize, column: usize| scores.get(row).and_then(|it| it.get(column)).copied().unwrap_or(0);
            let Some((column, b)) = right.iter().enumerate().max_by_key(|(column, _)| at(row, *column)) else {
                continue;
            };
            let best = at(row, column);
            let others = (0..right.len()).filter(|it| *it != column).map(|it| at(row, it));
            let rivals = (0..left.len()).filter(|it| *it != row).map(|it| at(it, column));
            let second = others.chain(rivals).max().unwrap_or(0);
            if best >= ALIKE && best >= second + MARGIN {
                self.pairs.push(Pair {
                    left: *a,
                    right: *b,
                    basis: Basis::Likeness,
                });
            }
        }
    }

    /// Pairs the rows between two pairs, where there are as many on either side.
    fn by_order(&mut self) {
        let mut found = Vec::new();
        let (mut left, mut right) = (0, 0);
        let end = Pair {
            left: self.left.len(),
            right: self.right.len(),
            basis: Basis::Order,
        };
        for pair in self.pairs.iter().chain([&end]) {
            if pair.right < right {
                // The order differs here: nothing can be told from it.
                left = pair.left + 1;
                continue;
            }
            let gap = pair.left.saturating_sub(left);
            if gap > 0 && gap == pair.right - right {
                let rows = (0..gap).map(|it| (left + it, right + it));
                if rows
                    .clone()
                    .all(|(a, b)| self.fits(a, b) && self.may_follow_order(a, b))
                {
                    found.extend(rows.map(|(left, right)| Pair {
                        left,
                        right,
                        basis: Basis::Order,
                    }));
                }
            }
            (left, right) = (pair.left + 1, pair.right + 1);
        }
        let (open_left, open_right) = self.open();
        found.retain(|it| open_left.contains(&it.left) && open_right.contains(&it.right));
        self.pairs.extend(found);
    }

    /// Whether nothing speaks against two rows being the same: their texts are not both there and unlike.
    fn may_follow_order(&self, left: usize, right: usize) -> bool {
        let (Some(left), Some(right)) = (self.left.get(left), self.right.get(right)) else {
            return false;
        };
        let both = !left.text.is_empty() && !right.text.is_empty();
        let described = left.hash.is_some() == right.hash.is_some();
        described && (!both || Shape::of(&left.text).likeness(&Shape::of(&right.text)) >= ALIKE / 2)
    }
}

/// Whether what is known of two rows does not set them apart.
fn can_be_same(left: &Row, right: &Row) -> bool {
    let differ = |a: &Cell<String>, b: &Cell<String>| matches!((a, b), (Cell::Known(a), Cell::Known(b)) if a != b);
    let places = matches!((&left.location, &right.location), (Cell::Known(a), Cell::Known(b)) if a != b);
    let named = left.name.known().is_some() && right.name.known().is_some();
    let types = !named && kinds_differ(left, right);
    !differ(&left.name, &right.name) && !places && !types
}

/// Whether the types of two rows are of different kinds.
fn kinds_differ(left: &Row, right: &Row) -> bool {
    match (left.type_text.known(), right.type_text.known()) {
        (Some(a), Some(b)) => match (types::parse(a), types::parse(b)) {
            (Some(a), Some(b)) => std::mem::discriminant(&a) != std::mem::discriminant(&b),
            _ => a != b,
        },
        _ => false,
    }
}

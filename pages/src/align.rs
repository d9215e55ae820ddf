//! Which table and which row of one edition are those of another.

mod rows;

use std::collections::{HashMap, HashSet};

use crate::facts::{Cell, Kind, Location, Page, Role, Table};

pub(crate) use rows::{Basis, rows};

/// Two tables of the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TablePair {
    /// The index in the one page.
    pub(crate) left: usize,
    /// The index in the other one.
    pub(crate) right: usize,
}

/// What tells a table from the others of its page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Signature {
    holds: &'static str,
    place: Option<Location>,
    scope: String,
    name: Option<String>,
}

/// The tables that two pages both have: first by what tells them apart, then by what is in them.
pub(crate) fn tables(left: &Page, right: &Page) -> Vec<TablePair> {
    let mut waiting: HashMap<Signature, Vec<usize>> = HashMap::new();
    for (index, table) in right.tables.iter().enumerate().rev() {
        if let Some(signature) = signature(right, table) {
            waiting.entry(signature).or_default().push(index);
        }
    }
    let mut pairs = Vec::new();
    let mut rest = Vec::new();
    for (index, table) in left.tables.iter().enumerate() {
        let found = signature(left, table).and_then(|it| waiting.get_mut(&it)?.pop());
        match found {
            Some(right) => pairs.push(TablePair { left: index, right }),
            None => rest.push(index),
        }
    }
    let taken: HashSet<_> = pairs.iter().map(|it| it.right).collect();
    let open = (0..right.tables.len()).filter(|it| !taken.contains(it)).collect();
    pairs.extend(by_content(left, right, &rest, open));
    pairs.sort_by_key(|it| it.left);
    pairs
}

/// What tells a table from others; `None` where the rendering lost that.
fn signature(page: &Page, table: &Table) -> Option<Signature> {
    let scope = scope(page, table);
    let of = |holds, place, name| {
        Some(Signature {
            holds,
            place,
            scope: scope.clone(),
            name,
        })
    };
    match &table.kind {
        Kind::Parameters => of(
            "parameters",
            table.rows.first().and_then(|it| it.location.known().copied()),
            None,
        ),
        Kind::Body => of("body", None, None),
        Kind::Responses => of("statuses", None, None),
        Kind::Other => None,
        Kind::Model(model) => {
            let role = match &model.role {
                Role::Definition => String::new(),
                Role::Request => "request".to_owned(),
                Role::Response(status) => status.clone(),
            };
            let name = match &model.name {
                Cell::Known(name) => Some(name.clone()),
                Cell::Absent => None,
                Cell::Lost => return None,
            };
            Some(Signature {
                holds: "members",
                place: None,
                scope: role,
                name,
            })
        }
    }
}

/// The operation that a table belongs to, or the path.
fn scope(page: &Page, table: &Table) -> String {
    let operation = table.operations.first().and_then(|it| page.operations.get(*it));
    match operation {
        Some(it) if table.shared => it.path.clone(),
        Some(it) => format!("{} {}", it.method, it.path),
        None => String::new(),
    }
}

/// Tables whose names are lost, by the rows that they share. The match must be the only good one.
fn by_content(left: &Page, right: &Page, rest: &[usize], mut open: Vec<usize>) -> Vec<TablePair> {
    let mut pairs = Vec::new();
    for index in rest {
        let Some(table) = left.tables.get(*index) else { continue };
        let mut scores: Vec<_> = open
            .iter()
            .filter_map(|it| Some((shared(table, right.tables.get(*it)?)?, *it)))
            .filter(|(score, _)| *score >= 60)
            .collect();
        scores.sort_by_key(|(score, index)| (std::cmp::Reverse(*score), *index));
        let [(_, best), ..] = scores.as_slice() else { continue };
        pairs.push(TablePair {
            left: *index,
            right: *best,
        });
        open.retain(|it| it != best);
    }
    pairs
}

/// The share of rows that two tables of the same kind have in common, in percent.
fn shared(left: &Table, right: &Table) -> Option<usize> {
    let comparable = match (&left.kind, &right.kind) {
        (Kind::Model(a), Kind::Model(b)) => {
            a.role == b.role || a.role == Role::Definition || b.role == Role::Definition
        }
        (a, b) => a == b,
    };
    if !comparable || left.kind == Kind::Other {
        return None;
    }
    let pairs = rows(left, right);
    let good = pairs.iter().filter(|it| it.basis != Basis::Order).count();
    let most = left.rows.len().max(right.rows.len());
    (good * 100).checked_div(most)
}

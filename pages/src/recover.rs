//! Cells that a rendering lost, taken from other pages that document the same thing.
//!
//! A companion is believed only where the row is certainly the same: in the table of the same
//! thing by name, by text, or by order between such rows; in other tables by its text alone.
//! Where candidates disagree the cell stays unknown.

use crate::align::{self, Basis};
use crate::facts::{Cell, Kind, Page, Row, Table};
use crate::similarity::Shape;

/// Descriptions in tables of other operations must be this much alike, in percent.
const ALIKE: usize = 85;

/// Fills lost cells of a page from another one; `name` is what the lock calls it.
pub fn recover(page: &mut Page, name: &str, companion: &Page) {
    let pairs = align::tables(page, companion);
    let source = page
        .companions
        .iter()
        .position(|it| it == name)
        .unwrap_or(page.companions.len());
    let mut found = false;
    let same = page
        .operations
        .iter()
        .any(|it| companion.operations.iter().any(|other| is_same(it, other)));
    for (index, table) in page.tables.iter_mut().enumerate() {
        let paired = pairs
            .iter()
            .find(|it| it.left == index)
            .and_then(|it| companion.tables.get(it.right));
        if let Some(other) = paired {
            found |= fill_model(table, other, source);
            found |= fill_rows(table, other, same || is_named(table), source);
        }
        found |= fill_alike(table, companion, source);
    }
    if found && source == page.companions.len() {
        page.companions.push(name.to_owned());
    }
}

fn is_same(a: &crate::facts::Operation, b: &crate::facts::Operation) -> bool {
    a.method == b.method && a.path == b.path
}

/// Whether a table is that of a model by its name.
fn is_named(table: &Table) -> bool {
    table.model().is_some_and(|it| it.name.known().is_some())
}

/// Takes the name of a model, if all rows of both tables are the same.
fn fill_model(table: &mut Table, other: &Table, source: usize) -> bool {
    let whole = table.rows.len() == other.rows.len();
    let certain = align::rows(table, other)
        .iter()
        .filter(|it| it.basis != Basis::Order)
        .count();
    let Kind::Model(model) = &mut table.kind else {
        return false;
    };
    let Some(name) = other.model().and_then(|it| it.name.known()) else {
        return false;
    };
    if !model.name.is_lost() || !whole || certain * 10 < other.rows.len() * 8 {
        return false;
    }
    model.name = Cell::Known(name.clone());
    table.recovered_from = Some(source);
    true
}

/// Takes cells from the table of the same thing. Where the operation is another one, rows must
/// have the same description.
fn fill_rows(table: &mut Table, other: &Table, same: bool, source: usize) -> bool {
    let mut found = false;
    for pair in align::rows(table, other) {
        let (Some(row), Some(from)) = (table.rows.get_mut(pair.left), other.rows.get(pair.right)) else {
            continue;
        };
        let certain = same || table.recovered_from == Some(source) || (row.hash.is_some() && row.hash == from.hash);
        if certain {
            found |= fill(row, &[from], source);
        }
    }
    found
}

/// Takes cells from rows anywhere on the companion that have the same place and description.
fn fill_alike(table: &mut Table, companion: &Page, source: usize) -> bool {
    if !matches!(table.kind, Kind::Parameters | Kind::Model(_)) {
        return false;
    }
    let mut found = false;
    let candidates: Vec<_> = companion
        .tables
        .iter()
        .filter(|it| same_kind(&it.kind, &table.kind))
        .flat_map(|it| &it.rows)
        .collect();
    for row in table.rows.iter_mut().filter(|it| is_incomplete(it)) {
        let fits = |it: &&&Row| it.location == row.location && (row.name.is_lost() || row.name == it.name);
        let fitting: Vec<_> = candidates.iter().filter(fits).copied().collect();
        let mut alike: Vec<_> = fitting
            .iter()
            .filter(|it| row.hash.is_some() && it.hash == row.hash)
            .copied()
            .collect();
        // Short sentences are alike by accident.
        if alike.is_empty() && table.kind == Kind::Parameters && row.text.chars().count() > 20 {
            let shape = Shape::of(&row.text);
            alike = fitting
                .into_iter()
                .filter(|it| Shape::of(&it.text).likeness(&shape) >= ALIKE)
                .collect();
        }
        found |= fill(row, &alike, source);
    }
    found
}

fn same_kind(a: &Kind, b: &Kind) -> bool {
    matches!(
        (a, b),
        (Kind::Parameters, Kind::Parameters) | (Kind::Model(_), Kind::Model(_))
    )
}

fn is_incomplete(row: &Row) -> bool {
    row.name.is_lost() || row.type_text.is_lost() || row.required.is_lost()
}

/// Fills the lost cells of a row with what all candidates say.
fn fill(row: &mut Row, candidates: &[&Row], source: usize) -> bool {
    let mut taken = Vec::new();
    if agree(&mut row.name, candidates.iter().map(|it| &it.name)) {
        taken.push("name");
    }
    if agree(&mut row.type_text, candidates.iter().map(|it| &it.type_text)) {
        taken.push("type");
    }
    if agree(&mut row.required, candidates.iter().map(|it| &it.required)) {
        taken.push("required");
    }
    if agree(&mut row.limits.values, candidates.iter().map(|it| &it.limits.values)) {
        taken.push("values");
    }
    row.recovered_from.extend(taken.iter().map(|cell| (*cell, source)));
    !taken.is_empty()
}

/// Takes the value that all candidates have that know one; whether there is one.
fn agree<'a, T: Clone + PartialEq + 'a>(cell: &mut Cell<T>, candidates: impl Iterator<Item = &'a Cell<T>>) -> bool {
    let mut known = candidates.filter_map(Cell::known);
    let Some(first) = known.next().filter(|_| cell.is_lost()) else {
        return false;
    };
    if known.any(|it| it != first) {
        return false;
    }
    *cell = Cell::Known(first.clone());
    true
}

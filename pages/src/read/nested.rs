//! Members of members in one table, by marks before their names: tables of their own.

use crate::block::{CellText, Grid, Line};
use crate::facts::{Cell, Kind, Model, Role, Table};
use crate::vocabulary::{Column, Vocabulary};

/// The rows without marks, and those of each member that has some below it, by its name.
pub(super) fn split(words: &Vocabulary, columns: &[Option<Column>], grid: &Grid) -> (Grid, Vec<(String, Grid)>) {
    let mut tables = vec![(String::new(), empty(grid))];
    // The table that each level is in, the outermost first, and the last name in it.
    let mut open: Vec<(usize, String)> = vec![(0, String::new())];
    let at = columns.iter().position(|it| *it == Some(Column::Name));
    for line in &grid.rows {
        let mut line = line.clone();
        let (depth, name) = at.map_or((0, String::new()), |at| unmark(words, &mut line, at));
        // A mark without a member above it that it could be of stays a row of the level that there is.
        open.truncate(depth + 1);
        if open.len() <= depth {
            let owner = open.last().map(|(_, it)| it.clone()).unwrap_or_default();
            open.push((tables.len(), String::new()));
            tables.push((owner, empty(grid)));
        }
        if let Some((table, last)) = open.last_mut() {
            *last = name;
            tables
                .get_mut(*table)
                .into_iter()
                .for_each(|it| it.1.rows.push(line.clone()));
        }
    }
    let whole = tables.remove(0).1;
    (whole, tables)
}

/// Takes the marks off the name of a row: how many they were, and the name.
fn unmark(words: &Vocabulary, line: &mut Line, at: usize) -> (usize, String) {
    let cell = line.cells.as_mut().ok().and_then(|it| it.get_mut(at));
    let Some(CellText::Text(text)) = cell else {
        return (0, String::new());
    };
    let (depth, name) = words.nested(text);
    let name = name.to_owned();
    text.clone_from(&name);
    (depth, name)
}

fn empty(grid: &Grid) -> Grid {
    Grid {
        header: grid.header.clone(),
        rows: Vec::new(),
    }
}

/// The table of the members of a member: a model with its name, used where the table that it stood in is.
pub(super) fn table(owner: &Table, name: String) -> Table {
    let role = match &owner.kind {
        Kind::Model(model) => model.role.clone(),
        _ => Role::Request,
    };
    Table {
        span: owner.span,
        kind: Kind::Model(Model::of(Cell::Known(name), role, false)),
        operations: owner.operations.clone(),
        shared: owner.shared,
        required: Vec::new(),
        number: None,
        recovered_from: owner.recovered_from,
        rows: Vec::new(),
        unread: Vec::new(),
    }
}

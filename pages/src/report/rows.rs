//! The operations and tables of a page as the report shows them.

use std::collections::BTreeSet;

use minijinja::context;
use minijinja::value::Value;

use crate::compare::subject;
use crate::coverage::{PageCoverage, State};
use crate::documented::Index;
use crate::facts::{Cell, Kind, Limits, Location, Page, Row, Table};
use crate::locate;
use crate::report::{Links, link};

/// The operations, each with its Rust item.
pub(super) fn operations(page: &Page, links: &dyn Links) -> Vec<Value> {
    let shown = page.operations.iter().map(|it| {
        let item = links.operation(&it.method, &it.path).map(|it| link(&it));
        context! { text => format!("{} {}", it.method, it.path), item => item.unwrap_or_default() }
    });
    shown.collect()
}

/// The ordinals of rows that changed, as table and row.
pub(super) type Changed = BTreeSet<(usize, usize)>;

/// The tables that have rows.
pub(super) fn tables(
    page: &Page,
    covered: &PageCoverage,
    index: &Index<'_>,
    changed: &Changed,
    links: &dyn Links,
) -> Vec<Value> {
    let mut shown = Vec::new();
    for (number, table) in page.tables.iter().enumerate().filter(|(_, it)| !it.rows.is_empty()) {
        let number = number + 1;
        let rows: Vec<_> = table
            .rows
            .iter()
            .enumerate()
            .map(|(row, facts)| {
                let found = covered.rows.iter().find(|it| it.table == number && it.row == row + 1);
                let place = locate::of_row(index, page, number, row + 1).map(|it| link(&links.place(it)));
                let item = item(page, table, number, facts, index, links);
                context! {
                    number => row + 1,
                    name => facts.shown(),
                    location => facts.location.known().copied().map_or("", Location::name),
                    type => facts.type_text.known().cloned().unwrap_or_default(),
                    required => required(facts),
                    limits => limits(&facts.limits),
                    state => found.map_or(State::Missing, |it| it.state).name(),
                    changed => changed.contains(&(number, row + 1)),
                    notes => found.map(|it| it.notes.clone()).unwrap_or_default(),
                    schema => place.unwrap_or_default(),
                    item => item.unwrap_or_default(),
                    since => facts.since.clone().or_else(|| page.edition.clone()).unwrap_or_default(),
                }
            })
            .collect();
        shown.push(context! { number => number, subject => subject::table(page, table), rows => rows });
    }
    shown
}

/// The Rust item of a row: a member of the model of its table, or the operation.
fn item(page: &Page, table: &Table, number: usize, row: &Row, index: &Index<'_>, links: &dyn Links) -> Option<Value> {
    let found = match &table.kind {
        Kind::Model(_) => {
            let (id, _) = index.schemas.get(&format!("{}#{number}", page.key))?.first()?;
            let member = row.name.known().map(|it| it.strip_suffix("[]").unwrap_or(it));
            links.schema(&id.name, member)
        }
        _ => {
            let operation = page.operations.get(*table.operations.first()?)?;
            links.operation(&operation.method, &operation.path)
        }
    };
    found.map(|it| link(&it))
}

pub(super) fn required(row: &Row) -> &'static str {
    match row.required {
        Cell::Known(true) => "required",
        Cell::Known(false) => "optional",
        Cell::Absent => "",
        Cell::Lost => "unknown",
    }
}

/// What values a row allows, in words.
pub(super) fn limits(limits: &Limits) -> String {
    let mut words = Vec::new();
    if let Cell::Known(values) = &limits.values {
        words.push(values.join(", "));
    }
    words.extend(limits.default.as_ref().map(|it| format!("default {it}")));
    let ends = |least: Option<&String>, most: Option<&String>| match (least, most) {
        (Some(least), Some(most)) => Some(format!("{least}\u{2013}{most}")),
        (Some(least), None) => Some(format!("at least {least}")),
        (None, most) => most.map(|it| format!("at most {it}")),
    };
    words.extend(ends(limits.minimum.as_ref(), limits.maximum.as_ref()));
    let lengths = [limits.min_length, limits.max_length].map(|it| it.map(|it| it.to_string()));
    words.extend(ends(lengths[0].as_ref(), lengths[1].as_ref()).map(|it| format!("{it} characters")));
    words.join("; ")
}

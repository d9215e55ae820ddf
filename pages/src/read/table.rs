//! A table: what it holds, and its rows.

use tablature_openapi::Span;

use crate::block::{CellText, Grid, Line};
use crate::codes;
use crate::facts::{Cell, Kind, Location, Role, Row, Table, Unread};
use crate::read::{Caption, Reader, classify, nested, operation, rows};
use crate::text::variables;
use crate::types;
use crate::vocabulary::{self, Column, Vocabulary};

/// Reads a table.
pub(super) fn read(reader: &mut Reader<'_>, span: Span, grid: &Grid) {
    let columns = columns(reader, span, grid);
    if operation::table(reader, &columns, grid) {
        return;
    }
    let caption = reader.at.caption.take();
    reader.at.union = None;
    let (kind, place) = classify::classify(reader, &columns, caption.as_ref(), grid);
    let mut table = Table {
        span,
        kind,
        operations: Vec::new(),
        shared: false,
        required: Vec::new(),
        number: caption
            .as_ref()
            .and_then(|it| vocabulary::number(&it.text))
            .map(str::to_owned),
        recovered_from: None,
        rows: Vec::new(),
        unread: Vec::new(),
    };
    let (grid, nested) = nested::split(reader.words, &columns, grid);
    fill(reader.words, &mut table, place, &columns, &grid);
    if !columns.contains(&Some(Column::Location)) {
        if place.is_none() {
            by_route(reader, &mut table);
        }
        assume_parameters(reader, &table, caption.as_ref());
    }
    if matches!(table.kind, Kind::Body) && table.rows.is_empty() && table.unread.is_empty() {
        table.rows.push(lost(span));
    }
    if table.model().is_some() && reader.at.part.is_some() {
        required(&mut table, std::mem::take(&mut reader.chapter.required));
    } else if let Some(operation) = reader.at.operation {
        table.operations.push(operation);
    } else if let Some(path) = &mut reader.at.path {
        table.shared = true;
        path.shared.push(reader.page.tables.len());
    }
    assume_status(reader, &table);
    reader.seen.operations.extend(table.operations.iter());
    let role = table.model().map(|it| it.role.clone());
    reader.seen.bodies.extend(role.map(|it| (reader.at.operation, it)));
    content_types(reader, &table);
    let owner = reader.page.tables.len();
    reader.page.tables.push(table);
    for (name, grid) in nested {
        push_nested(reader, owner, name, &columns, &grid);
    }
}

/// Adds the members of a member of a table.
fn push_nested(reader: &mut Reader<'_>, owner: usize, name: String, columns: &[Option<Column>], grid: &Grid) {
    let Some(owner) = reader.page.tables.get(owner) else {
        return;
    };
    let mut table = nested::table(owner, name);
    fill(reader.words, &mut table, None, columns, grid);
    assume_status(reader, &table);
    reader.page.tables.push(table);
}

/// Tells of a table that is taken for parameters of the query below a heading that does not say what it holds.
fn assume_parameters(reader: &mut Reader<'_>, table: &Table, caption: Option<&Caption>) {
    let is_told = reader.at.section.is_some() || caption.is_some_and(|it| it.section.is_some());
    let is_query = |row: &Row| row.location == Cell::Known(Location::Query);
    if is_told || table.kind != Kind::Parameters || !table.rows.iter().any(is_query) {
        return;
    }
    if let Some((span, heading)) = reader.at.unknown.take() {
        let message = format!("`{heading}` is not a heading that is known: the table below it is taken for parameters");
        reader.report.push(codes::ASSUMED_PARAMETERS.at(span, message));
    }
}

/// Notes a table of a response whose status the page does not announce; it is the next one of the page.
fn assume_status(reader: &mut Reader<'_>, table: &Table) {
    let is_response = table.model().is_some_and(|it| matches!(it.role, Role::Response(_)));
    if is_response && reader.at.status.is_none() {
        reader.seen.assumed.push(reader.page.tables.len());
    }
}

/// What the columns hold. A first column whose heading is not known is that of the names, if the others are those
/// of a table of members, and each cell can be a name.
fn columns(reader: &mut Reader<'_>, span: Span, grid: &Grid) -> Vec<Option<Column>> {
    let mut columns: Vec<_> = grid.header.iter().map(|it| reader.words.column(it)).collect();
    let known = |column| columns.contains(&Some(column));
    let members =
        known(Column::Type) && (known(Column::Required) || known(Column::Description)) && !known(Column::Name);
    let named = |line: &Line| match &line.cells {
        Ok(cells) => cells.first().and_then(CellText::text).is_some_and(types::is_wire_name),
        Err(_) => false,
    };
    if members && columns.first() == Some(&None) && !grid.rows.is_empty() && grid.rows.iter().all(named) {
        let heading = grid.header.first().map_or("", String::as_str);
        let message = format!("`{heading}` is not a heading that is known: its cells are taken for names");
        reader.report.push(codes::ASSUMED_COLUMN.at(span, message));
        if let Some(first) = columns.first_mut() {
            *first = Some(Column::Name);
        }
    }
    columns
}

/// Tells the locations of parameters by the route: what is not a variable of it stands in the query.
fn by_route(reader: &Reader<'_>, table: &mut Table) {
    let operation = reader.at.operation.and_then(|it| reader.page.operations.get(it));
    let (Kind::Parameters, Some(operation)) = (&table.kind, operation) else {
        return;
    };
    for row in &mut table.rows {
        let Cell::Known(name) = &row.name else { continue };
        let is_variable = variables(&operation.path).any(|it| it == name);
        row.location = Cell::Known(if is_variable { Location::Path } else { Location::Query });
    }
}

fn fill(words: &Vocabulary, table: &mut Table, place: Option<Location>, columns: &[Option<Column>], grid: &Grid) {
    for line in &grid.rows {
        let row = match &line.cells {
            Err(why) => Err((*why).to_owned()),
            Ok(_) if table.kind == Kind::Other => Err("the columns of the table are not understood".to_owned()),
            Ok(cells) => rows::row(words, &table.kind, place, columns, cells),
        };
        match row {
            Ok(row) => table.rows.push(Row { span: line.span, ..row }),
            Err(why) => table.unread.push(Unread {
                span: line.span,
                why,
                headless: columns.is_empty(),
            }),
        }
    }
}

/// The row of a body that the rendering lost whole.
fn lost(span: Span) -> Row {
    Row {
        span,
        name: Cell::Lost,
        type_text: Cell::Lost,
        required: Cell::Lost,
        ..Row::default()
    }
}

/// Marks the members that a list beside the table names.
fn required(table: &mut Table, names: Vec<String>) {
    if !names.is_empty() {
        for row in &mut table.rows {
            if let (Cell::Known(name), Cell::Absent) = (&row.name, &row.required) {
                row.required = Cell::Known(names.contains(name));
            }
        }
    }
    table.required = names;
}

/// Content types that the headers of a request name.
fn content_types(reader: &mut Reader<'_>, table: &Table) {
    if table.kind != Kind::Parameters {
        return;
    }
    let Some(operation) = reader.at.operation.and_then(|it| reader.page.operations.get_mut(it)) else {
        return;
    };
    let headers = table
        .rows
        .iter()
        .filter(|it| it.location == Cell::Known(Location::Header));
    for row in headers {
        let named = row
            .name
            .known()
            .is_some_and(|it| it.eq_ignore_ascii_case("content-type"));
        if !named && !row.text.contains("Content-Type:") {
            continue;
        }
        for found in media_types(&row.text) {
            if !operation.content_types.contains(&found) {
                operation.content_types.push(found);
            }
        }
    }
}

/// The media types in a text.
fn media_types(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for kind in ["application/", "text/", "multipart/"] {
        for (start, _) in text.match_indices(kind) {
            let rest = text.get(start..).unwrap_or_default();
            let end = rest.find(|it: char| !(it.is_ascii_alphanumeric() || matches!(it, '/' | '+' | '-' | '.' | '_')));
            let word = rest
                .get(..end.unwrap_or(rest.len()))
                .unwrap_or_default()
                .trim_end_matches('.');
            found.push((start, word.to_owned()));
        }
    }
    found.sort();
    found
        .into_iter()
        .map(|(_, word)| word)
        .filter(|it| it.len() > "application/".len())
        .collect()
}

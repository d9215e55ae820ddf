//! What a table holds: by its caption or, where that is missing, by the order of the generators.
//!
//! Both generators write parameters in one order: path, query, headers, body.

use crate::block::Grid;
use crate::facts::{Cell, Kind, Location, Model, Role};
use crate::read::{Caption, Reader};
use crate::text::variables;
use crate::types;
use crate::vocabulary::{Column, Section, is_header, is_status, without_number};

/// What a table holds, and where its parameters stand.
pub(super) fn classify(
    reader: &Reader<'_>,
    columns: &[Option<Column>],
    caption: Option<&Caption>,
    grid: &Grid,
) -> (Kind, Option<Location>) {
    let has = |column| columns.contains(&Some(column));
    let first = columns.first().copied().flatten();
    if first == Some(Column::Status) && (has(Column::Description) || has(Column::Body)) {
        return (Kind::Responses, None);
    }
    if first != Some(Column::Name) || !(has(Column::Type) || has(Column::Description) || has(Column::Required)) {
        return (Kind::Other, None);
    }
    if has(Column::Location) {
        return (Kind::Parameters, None);
    }
    match caption.and_then(|it| it.section) {
        Some(Section::Path) => (Kind::Parameters, Some(Location::Path)),
        Some(Section::Query) => (Kind::Parameters, Some(Location::Query)),
        Some(Section::Header) => (Kind::Parameters, Some(Location::Header)),
        Some(Section::Form) => (Kind::Parameters, Some(Location::Form)),
        Some(Section::ResponseHeader) => (Kind::Other, None),
        Some(Section::RequestBody) if is_body(grid) => (Kind::Body, None),
        Some(Section::RequestBody) => (whole(Role::Request), None),
        Some(Section::ResponseBody) => (whole(reader.answer_role()), None),
        _ => named(reader, caption).unwrap_or_else(|| unnamed(reader, caption, grid)),
    }
}

/// A table of members whose caption or heading names the object.
fn named(reader: &Reader<'_>, caption: Option<&Caption>) -> Option<(Kind, Option<Location>)> {
    if let Some(part) = reader.at.part.as_ref().filter(|_| reader.at.operation.is_none()) {
        let kind = reader.chapter.kind.as_deref().unwrap_or_default();
        let name = Cell::Known(format!("{kind}{part}"));
        let model = Model::of(name, Role::Definition, part.is_empty());
        return Some((Kind::Model(model), None));
    }
    let caption = caption?.text.as_str();
    if let Some(name) = model_name(reader.words.model(without_number(caption).1)) {
        let mut model = Model::of(
            Cell::Known(types::without_version(name).to_owned()),
            reader.role(),
            false,
        );
        model.full_name = Some(name.to_owned());
        return Some((Kind::Model(model), None));
    }
    // `200 spec.ports`: the console tells the part of the body, not the name of the model.
    let (code, _) = caption.split_once(' ').filter(|(code, _)| is_status(code))?;
    let model = Model::of(Cell::Lost, Role::Response(code.to_owned()), false);
    Some((Kind::Model(model), None))
}

/// The name of a model in a caption: `io.k8s.api.core.v1.ServicePort`.
fn model_name(name: &str) -> Option<&str> {
    let fits = name
        .chars()
        .all(|it| it.is_ascii_alphanumeric() || matches!(it, '.' | '_' | '-' | '$' | '/'));
    (fits && name.starts_with(|it: char| it.is_ascii_alphabetic())).then_some(name)
}

/// A table without a caption that says what it holds.
fn unnamed(reader: &Reader<'_>, caption: Option<&Caption>, grid: &Grid) -> (Kind, Option<Location>) {
    let heading = reader.at.headings.last().and_then(|it| it.section);
    let is_by_heading = caption.is_none() && heading == reader.at.section;
    match reader.at.section {
        // What stands beside an example explains it.
        Some(Section::RequestExample | Section::ResponseExample | Section::ResponseHeader) => (Kind::Other, None),
        Some(Section::Statuses | Section::Prose) if is_by_heading => (Kind::Other, None),
        Some(Section::Header) => (Kind::Parameters, Some(Location::Header)),
        Some(Section::Form) => (Kind::Parameters, Some(Location::Form)),
        Some(Section::Response | Section::ResponseBody) => body_part(reader, reader.answer_role()),
        Some(Section::Request | Section::RequestBody) => request(reader, grid),
        _ if reader.at.path.is_some() => in_chapter(reader, grid),
        _ if reader.at.operation.is_some() => uri(reader, grid),
        _ => (Kind::Model(Model::of(Cell::Lost, Role::Definition, false)), None),
    }
}

/// In a chapter of several paths: tables of the path, then those of each of its methods.
fn in_chapter(reader: &Reader<'_>, grid: &Grid) -> (Kind, Option<Location>) {
    if reader.at.operation.is_some() {
        return if is_body(grid) {
            (Kind::Body, None)
        } else {
            (Kind::Parameters, Some(Location::Query))
        };
    }
    let place = if reader
        .at
        .path
        .as_ref()
        .is_some_and(|it| it.shared.is_empty() && fits_path(Some(&it.template), grid))
    {
        Location::Path
    } else {
        Location::Query
    };
    (Kind::Parameters, Some(place))
}

/// Below the line with method and path: the parameters of the path, then those of the query, or both in one table,
/// where the route tells which is which.
fn uri(reader: &Reader<'_>, grid: &Grid) -> (Kind, Option<Location>) {
    let operation = reader.at.operation.and_then(|it| reader.page.operations.get(it));
    let path = operation.map(|it| it.path.as_str());
    let before = reader
        .at
        .operation
        .is_some_and(|it| reader.seen.operations.contains(&it));
    if !before && fits_path(path, grid) {
        return (Kind::Parameters, Some(Location::Path));
    }
    let is_variable =
        |name: Option<&str>| name.is_some_and(|it| variables(path.unwrap_or_default()).any(|known| known == it));
    let mixed = !before && names(grid).any(is_variable);
    (Kind::Parameters, Some(Location::Query).filter(|_| !mixed))
}

/// Below the heading of the request: its headers, then its body.
fn request(reader: &Reader<'_>, grid: &Grid) -> (Kind, Option<Location>) {
    let mut names = names(grid).peekable();
    let header = |name: &str| name.starts_with("X-") || is_header(name);
    let operation = reader.at.operation.and_then(|it| reader.page.operations.get(it));
    if names.peek().is_some() && names.all(|it| it.is_some_and(header)) {
        (Kind::Parameters, Some(Location::Header))
    } else if operation.is_some_and(|it| matches!(it.method.as_str(), "GET" | "HEAD")) {
        // Neither has a body: the route tells which parameters are in the path.
        (Kind::Parameters, None)
    } else if is_body(grid) {
        (Kind::Body, None)
    } else {
        body_part(reader, Role::Request)
    }
}

/// The first table of a body is the whole of it, the others are parts whose names are lost.
fn body_part(reader: &Reader<'_>, role: Role) -> (Kind, Option<Location>) {
    if reader.seen.bodies.contains(&(reader.at.operation, role.clone())) {
        return (Kind::Model(Model::of(Cell::Lost, role, false)), None);
    }
    (whole(role), None)
}

fn whole(role: Role) -> Kind {
    Kind::Model(Model::of(Cell::Absent, role, true))
}

/// The names in the first column; `None` for one that is lost.
fn names(grid: &Grid) -> impl Iterator<Item = Option<&str>> {
    let cells = grid.rows.iter().filter_map(|it| it.cells.as_ref().ok());
    cells.map(|it| it.first().and_then(|it| it.text()).map(str::trim))
}

/// Whether a table is that of the body as a whole: one row, `body` or `-`, or nothing left of it.
fn is_body(grid: &Grid) -> bool {
    let Ok([line]) = <&[_; 1]>::try_from(grid.rows.as_slice()) else {
        return grid.rows.is_empty();
    };
    let Ok(cells) = &line.cells else { return false };
    match cells.first().and_then(|it| it.text()) {
        Some(name) => matches!(name.trim(), "-" | "body"),
        None => cells.iter().all(|it| it.text().is_none_or(|it| it.trim().is_empty())),
    }
}

/// Whether the rows of a table can be the variables of a path.
fn fits_path(path: Option<&str>, grid: &Grid) -> bool {
    let variables: Vec<_> = variables(path.unwrap_or_default()).collect();
    let count = names(grid).count();
    count > 0 && count == variables.len() && names(grid).all(|name| name.is_none_or(|name| variables.contains(&name)))
}

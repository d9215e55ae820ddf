//! What a table holds: by its caption or, where that is missing, by the order of the generators.
//!
//! Both generators write parameters in one order: path, query, headers, body.

use crate::block::Grid;
use crate::facts::{Cell, Kind, Location, Model, Role};
use crate::read::{Caption, Reader};
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
    if first != Some(Column::Name) || !(has(Column::Type) || has(Column::Description)) {
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
        Some(Section::ResponseBody) => (whole(answer(reader)), None),
        _ => named(reader, caption).unwrap_or_else(|| unnamed(reader, grid)),
    }
}

/// A table of members whose caption or heading names the object.
fn named(reader: &Reader<'_>, caption: Option<&Caption>) -> Option<(Kind, Option<Location>)> {
    if let Some(part) = reader.at.part.as_ref().filter(|_| reader.at.operation.is_none()) {
        let kind = reader.chapter.kind.as_deref().unwrap_or_default();
        let name = Cell::Known(format!("{kind}{part}"));
        let model = Model {
            name,
            role: Role::Definition,
            whole: part.is_empty(),
        };
        return Some((Kind::Model(model), None));
    }
    let caption = caption?.text.as_str();
    let part = |name| Model {
        name,
        role: reader.role(),
        whole: false,
    };
    if let Some(name) = model_name(reader.words.without_suffix(without_number(caption).1)) {
        return Some((Kind::Model(part(Cell::Known(name.to_owned()))), None));
    }
    // `200 spec.ports`: the console tells the part of the body, not the name of the model.
    let (code, _) = caption.split_once(' ').filter(|(code, _)| is_status(code))?;
    let role = Role::Response(code.to_owned());
    Some((
        Kind::Model(Model {
            name: Cell::Lost,
            role,
            whole: false,
        }),
        None,
    ))
}

/// The name of a model in a caption: `io.k8s.api.core.v1.ServicePort`, `Pod数据结构说明`.
fn model_name(name: &str) -> Option<&str> {
    let fits = name
        .chars()
        .all(|it| it.is_ascii_alphanumeric() || matches!(it, '.' | '_' | '-' | '$' | '/'));
    let fits = fits && name.starts_with(|it: char| it.is_ascii_alphabetic());
    fits.then(|| types::without_version(name))
}

/// A table without a caption that says what it holds.
fn unnamed(reader: &Reader<'_>, grid: &Grid) -> (Kind, Option<Location>) {
    match reader.at.section {
        Some(Section::Response | Section::ResponseBody) => body_part(reader, answer(reader)),
        Some(Section::Request | Section::RequestBody) => request(reader, grid),
        _ if reader.at.path.is_some() => in_chapter(reader, grid),
        _ if reader.at.operation.is_some() => uri(reader, grid),
        _ => (
            Kind::Model(Model {
                name: Cell::Lost,
                role: Role::Definition,
                whole: false,
            }),
            None,
        ),
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

/// Below the line with method and path: the parameters of the path, then those of the query.
fn uri(reader: &Reader<'_>, grid: &Grid) -> (Kind, Option<Location>) {
    let operation = reader.at.operation.and_then(|it| reader.page.operations.get(it));
    let before = reader
        .at
        .operation
        .is_some_and(|it| reader.seen.operations.contains(&it));
    let path = !before && fits_path(operation.map(|it| it.path.as_str()), grid);
    (
        Kind::Parameters,
        Some(if path { Location::Path } else { Location::Query }),
    )
}

/// Below the heading of the request: its headers, then its body.
fn request(reader: &Reader<'_>, grid: &Grid) -> (Kind, Option<Location>) {
    let mut names = names(grid).peekable();
    let header = |name: &str| name.starts_with("X-") || is_header(name);
    if names.peek().is_some() && names.all(|it| it.is_some_and(header)) {
        (Kind::Parameters, Some(Location::Header))
    } else if is_body(grid) {
        (Kind::Body, None)
    } else {
        body_part(reader, Role::Request)
    }
}

/// The first table of a body is the whole of it, the others are parts whose names are lost.
fn body_part(reader: &Reader<'_>, role: Role) -> (Kind, Option<Location>) {
    if reader.seen.bodies.contains(&role) {
        return (
            Kind::Model(Model {
                name: Cell::Lost,
                role,
                whole: false,
            }),
            None,
        );
    }
    (whole(role), None)
}

fn whole(role: Role) -> Kind {
    Kind::Model(Model {
        name: Cell::Absent,
        role,
        whole: true,
    })
}

fn answer(reader: &Reader<'_>) -> Role {
    Role::Response(reader.at.status.clone().unwrap_or_else(|| "200".to_owned()))
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
    let path = path.unwrap_or_default();
    let variables: Vec<_> = path
        .split('{')
        .skip(1)
        .filter_map(|it| it.split_once('}'))
        .map(|(name, _)| name)
        .collect();
    let count = names(grid).count();
    count > 0 && count == variables.len() && names(grid).all(|name| name.is_none_or(|name| variables.contains(&name)))
}

//! What a change is of, in words.

use crate::facts::{Cell, Kind, Location, Page, Role, Row, Table};

/// A row: "query parameter `limit` of GET /services", "member `port` of ServicePort".
pub(super) fn row(page: &Page, table: &Table, row: &Row) -> String {
    let name = row.shown();
    match &table.kind {
        Kind::Parameters => {
            let place = row.location.known().copied().map_or("", Location::name);
            format!("{place} parameter `{name}` of {}", operations(page, table))
        }
        Kind::Body => format!("the body of {}", operations(page, table)),
        Kind::Responses => format!("response {name} of {}", operations(page, table)),
        Kind::Model(_) if row.name == Cell::Absent => format!("the type of {}", model(page, table)),
        Kind::Model(_) => format!("member `{name}` of {}", model(page, table)),
        Kind::Other => format!("row `{name}`"),
    }
}

/// A table: "the model ServicePort", "the query parameters of GET /services", "the body of the response 200 of it".
pub(crate) fn table(page: &Page, table: &Table) -> String {
    match &table.kind {
        Kind::Parameters => {
            let place = table.rows.first().and_then(|it| it.location.known().copied());
            format!(
                "the {} parameters of {}",
                place.map_or("", Location::name),
                operations(page, table)
            )
        }
        Kind::Body => format!("the body of {}", operations(page, table)),
        Kind::Responses => format!("the responses of {}", operations(page, table)),
        Kind::Model(it) if it.name.known().is_some() => format!("the model {}", model(page, table)),
        Kind::Model(it) if it.whole => format!("the body of {}", model(page, table)),
        Kind::Model(_) => model(page, table),
        Kind::Other => "a table".to_owned(),
    }
}

fn model(page: &Page, table: &Table) -> String {
    let Some(model) = table.model() else {
        return String::new();
    };
    let role = match &model.role {
        Role::Definition => String::new(),
        Role::Request => format!("the request of {}", operations(page, table)),
        Role::Response(status) => format!("the response {status} of {}", operations(page, table)),
    };
    match &model.name {
        Cell::Known(name) => name.clone(),
        _ if model.whole => role,
        _ => format!("a model in {role}"),
    }
}

fn operations(page: &Page, table: &Table) -> String {
    let operation = table.operations.first().and_then(|it| page.operations.get(*it));
    match operation {
        Some(it) if table.shared => it.path.clone(),
        Some(it) => format!("{} {}", it.method, it.path),
        None => "the page".to_owned(),
    }
}

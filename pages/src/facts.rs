//! The facts of a page: what it documents, without its sentences.
//!
//! A page that was read and a page of the lock are the same thing, so either can be compared with
//! either; places are in the page or in the lock.

use tablature_openapi::Span;

use crate::format::Format;

/// What a page says in one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell<T> {
    /// The page has no such column, or says nothing in it.
    #[default]
    Absent,
    /// The page has it, but the rendering lost it.
    Lost,
    /// The page says this.
    Known(T),
}

/// A page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The folder of the product and the name of the file without its ending.
    pub key: String,
    /// The title.
    pub title: Option<String>,
    /// Where the page was published.
    pub source: Option<String>,
    /// The date or version of its edition.
    pub edition: Option<String>,
    /// How it is written.
    pub format: Format,
    /// The hash of its text.
    pub digest: String,
    /// Pages that cells were recovered from.
    pub companions: Vec<String>,
    /// The operations, in the order of the page.
    pub operations: Vec<Operation>,
    /// The tables, in the order of the page: the ordinal of the first is 1.
    pub tables: Vec<Table>,
    /// The JSON examples.
    pub examples: Vec<Example>,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The place.
    pub span: Span,
    /// The method, upper case.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The scheme and host before the path, where the page gives one.
    pub server: Option<String>,
    /// Content types that the rows of its headers name, in their order.
    pub content_types: Vec<String>,
    /// Status codes that stand in headings and in no table.
    pub statuses: Vec<Status>,
    /// The heading that stands above it alone; not in the lock.
    pub heading: Option<String>,
    /// What the page calls it, where that is a name; not in the lock.
    pub name: Option<String>,
    /// The heading above those of operations that are named; not in the lock.
    pub group: Option<String>,
    /// Whether the page says so beside the path; not in the lock.
    pub deprecated: bool,
}

/// A status code that stands in a heading.
#[derive(Clone, Debug)]
pub struct Status {
    /// The place.
    pub span: Span,
    /// The code.
    pub code: String,
}

/// Where in a request a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
    /// In a form in the body.
    Form,
}

/// What a table holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Parameters.
    Parameters,
    /// The body of the request as one row.
    Body,
    /// The members of an object.
    Model(Model),
    /// Status codes.
    Responses,
    /// Nothing that is read.
    Other,
}

/// The object whose members a table holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    /// Its name: `io.k8s.api.core.v1.ServicePort`, `Service.spec.ports[]`.
    pub name: Cell<String>,
    /// Where it is used.
    pub role: Role,
    /// Whether it is the whole body, not a part of it.
    pub whole: bool,
    /// The name with the number that tells several shapes apart (`a.B_v2`), where it has one; not in the lock.
    pub full_name: Option<String>,
}

/// Where an object is used.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Anywhere.
    #[default]
    Definition,
    /// In the body of the request.
    Request,
    /// In the body of the response with this status.
    Response(String),
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// The place.
    pub span: Span,
    /// What it holds.
    pub kind: Kind,
    /// The operations that it belongs to, as indices; empty where it belongs to the whole page.
    pub operations: Vec<usize>,
    /// Whether it belongs to a path, and so to all operations of it.
    pub shared: bool,
    /// Members that a list beside the table says are required.
    pub required: Vec<String>,
    /// The number in its title, by which rows refer to it (`see Table 3`); not in the lock.
    pub number: Option<String>,
    /// The companion page that gave the name of the model, as an index in [`Page::companions`].
    pub recovered_from: Option<usize>,
    /// The rows that were understood.
    pub rows: Vec<Row>,
    /// The rows that were not.
    pub unread: Vec<Unread>,
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The place.
    pub span: Span,
    /// The name of the parameter or member, or the status code; absent where the row says what the whole model is.
    pub name: Cell<String>,
    /// Where a parameter stands.
    pub location: Cell<Location>,
    /// The text of the type; of a status code, the model in the body.
    pub type_text: Cell<String>,
    /// Whether it must be given.
    pub required: Cell<bool>,
    /// What the text says of values.
    pub limits: Limits,
    /// The name of a status.
    pub label: Option<String>,
    /// The hash of the description.
    pub hash: Option<String>,
    /// The description itself; not in the lock.
    pub text: String,
    /// The text of the type as the page has it, with the numbers of models; not in the lock.
    pub full_type: String,
    /// The edition since which it stands as it does; that of the page where it is absent.
    pub since: Option<String>,
    /// The cells that companion pages gave, each with the page as an index in [`Page::companions`].
    pub recovered_from: Vec<(&'static str, usize)>,
}

/// What values a row allows, as far as it says so in a form that is understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// The values.
    pub values: Cell<Vec<String>>,
    /// The value that holds where none is given.
    pub default: Option<String>,
    /// The least value.
    pub minimum: Option<String>,
    /// The greatest value.
    pub maximum: Option<String>,
    /// The least number of characters.
    pub min_length: Option<u64>,
    /// The greatest number of characters.
    pub max_length: Option<u64>,
}

/// A row that was not understood.
#[derive(Clone, Debug)]
pub struct Unread {
    /// The place.
    pub span: Span,
    /// Why.
    pub why: String,
    /// Whether its table has no heading.
    pub headless: bool,
}

/// A JSON example.
#[derive(Clone, Debug)]
pub struct Example {
    /// The place.
    pub span: Span,
    /// Where it belongs: [`Role::Request`] or [`Role::Response`].
    pub role: Role,
    /// The operation, as an index.
    pub operation: Option<usize>,
    /// The hash of its value with sorted keys; lost where the rendering damaged it.
    pub digest: Cell<String>,
    /// Its text; not in the lock.
    pub text: String,
}

impl<T> Cell<T> {
    /// What the page says.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Absent | Self::Lost => None,
        }
    }

    /// Whether the rendering lost it.
    pub fn is_lost(&self) -> bool {
        matches!(self, Self::Lost)
    }

    /// What the page says, if it says anything.
    pub fn of(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Known)
    }
}

impl Location {
    /// The word of OpenAPI, and `form`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Form => "form",
        }
    }

    /// The place with this name.
    pub fn of(name: &str) -> Option<Self> {
        let all = [Self::Path, Self::Query, Self::Header, Self::Cookie, Self::Form];
        all.into_iter().find(|it| it.name().eq_ignore_ascii_case(name.trim()))
    }
}

impl Model {
    /// An object with this name, used there.
    pub fn of(name: Cell<String>, role: Role, whole: bool) -> Self {
        Self {
            name,
            role,
            whole,
            full_name: None,
        }
    }
}

impl Row {
    /// The name, or words that stand for it.
    pub fn shown(&self) -> &str {
        match &self.name {
            Cell::Known(name) => name,
            Cell::Absent => "(the whole)",
            Cell::Lost => "(name unknown)",
        }
    }
}

impl Table {
    /// Whether this is a table of members.
    pub fn model(&self) -> Option<&Model> {
        match &self.kind {
            Kind::Model(model) => Some(model),
            _ => None,
        }
    }
}

impl Page {
    /// The edition as the `x-source` of what no later one has: `lamps/replaceLamp, edition 2024`.
    pub(crate) fn edition_in_words(&self) -> String {
        match &self.edition {
            Some(edition) => format!("{}, edition {edition}", self.key),
            None => format!("an earlier edition of {}", self.key),
        }
    }

    /// Whether anything stands on the page that is followed: an operation, or a table that is understood.
    pub fn holds_facts(&self) -> bool {
        !self.operations.is_empty() || self.tables.iter().any(|it| it.kind != Kind::Other)
    }

    /// The page with those cells alone of what companions gave that this one did.
    pub fn from_companion(&self, name: &str) -> Self {
        let mut page = self.clone();
        let is_other = |it: usize| self.companions.get(it).is_none_or(|it| it != name);
        for table in &mut page.tables {
            if table.recovered_from.take_if(|it| is_other(*it)).is_some()
                && let Kind::Model(model) = &mut table.kind
            {
                model.name = Cell::Lost;
            }
            for row in &mut table.rows {
                for (cell, companion) in std::mem::take(&mut row.recovered_from) {
                    match cell {
                        _ if !is_other(companion) => {}
                        "name" => row.name = Cell::Lost,
                        "type" => row.type_text = Cell::Lost,
                        "required" => row.required = Cell::Lost,
                        "in" => row.location = Cell::Lost,
                        _ => row.limits.values = Cell::Lost,
                    }
                }
            }
        }
        page
    }

    /// The indices of the rows of parameters, body, members or statuses that the page documents,
    /// as table and row.
    pub fn rows(&self) -> impl Iterator<Item = (usize, usize, &Row)> {
        let tables = self.tables.iter().enumerate();
        tables.flat_map(|(table, it)| it.rows.iter().enumerate().map(move |(row, it)| (table, row, it)))
    }

    /// The table with this ordinal, from 1.
    pub fn table(&self, ordinal: usize) -> Option<&Table> {
        self.tables.get(ordinal.checked_sub(1)?)
    }
}

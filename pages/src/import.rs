//! Pages of an API that is not curated yet to a draft OpenAPI document, complete but for
//! descriptions.

mod conventions;
mod formats;
mod model;
mod names;
mod nodes;
mod operation;
mod pool;
mod samples;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use tablature_openapi::diagnostic::Code;
use tablature_openapi::{Report, Span};

use crate::facts::Page;
use crate::json::Json;
use pool::Pool;
pub(crate) use pool::{UNDESCRIBED, component_reference};
pub(crate) use schema::of as schema_of;

/// A draft document, and what is to say of it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The document.
    pub document: Json,
    /// How many operations it has.
    pub operations: usize,
    /// How many models it has.
    pub models: usize,
    /// What a curator has to look at.
    pub report: Report,
    /// The schema of each row, by its place.
    pub(crate) rows: BTreeMap<Span, Json>,
}

/// Turns pages into a draft document.
///
/// Models with the same name and the same meaning become one; those with the same name and another meaning become
/// two, which is reported, as is each type that no page describes, and each reference that may be to several.
pub fn import(title: &str, pages: &[Page]) -> Draft {
    let mut report = Report::new();
    let pool = Pool::of(pages, &mut report);
    let mut import = Import {
        report,
        pool,
        ids: BTreeSet::new(),
        tags: Vec::new(),
        scheme: None,
        rows: BTreeMap::new(),
    };
    let operations = operation::all(&mut import, pages);
    let count = operations.iter().map(|(_, methods)| methods.len()).sum();
    let (schemas, models) = import.pool.schemas(&mut import.report, &mut import.rows);
    let mut document = document(title, &import, servers(pages), operations, schemas);
    formats::add(&mut document);
    conventions::add(&mut document);
    samples::check(&document, pages, &mut import.report);
    Draft {
        document,
        operations: count,
        models,
        report: import.report,
        rows: import.rows,
    }
}

/// What is gathered from all pages.
#[derive(Debug)]
struct Import {
    report: Report,
    pool: Pool,
    /// The names of operations.
    ids: BTreeSet<String>,
    /// The tags, in the order they come up.
    tags: Vec<String>,
    /// The security scheme, where the pages document the header of a credential.
    scheme: Option<Json>,
    /// The schema of each row, by its place.
    rows: BTreeMap<Span, Json>,
}

impl Import {
    fn warn(&mut self, code: &'static Code, span: Span, message: String) {
        self.report.push(code.at(span, message));
    }
}

/// The methods of a path.
type PathItem = (String, Vec<(String, Json)>);

/// The servers that the pages name, each once. One with a variable is none: its values are unknown.
fn servers(pages: &[Page]) -> Vec<Json> {
    let named = pages
        .iter()
        .flat_map(|it| &it.operations)
        .filter_map(|it| it.server.as_ref());
    let whole = named.filter(|it| !it.contains(['{', '<', '*']));
    let all: BTreeSet<_> = whole.collect();
    all.into_iter().map(|it| object([("url", Json::text(it))])).collect()
}

fn document(title: &str, import: &Import, servers: Vec<Json>, operations: Vec<PathItem>, schemas: Json) -> Json {
    let paths = operations
        .into_iter()
        .map(|(path, methods)| (path, Json::Object(methods)))
        .collect();
    let tags = import
        .tags
        .iter()
        .map(|it| object([("name", Json::text(it))]))
        .collect();
    let mut components = vec![("schemas".to_owned(), schemas)];
    let mut entries = vec![
        ("openapi", Json::text("3.2.0")),
        (
            "info",
            object([("title", Json::text(title)), ("version", Json::text("draft"))]),
        ),
    ];
    if !servers.is_empty() {
        entries.push(("servers", Json::Array(servers)));
    }
    entries.push(("tags", Json::Array(tags)));
    if let Some(scheme) = &import.scheme {
        components.push(("securitySchemes".to_owned(), object([("token", scheme.clone())])));
        entries.push((
            "security",
            Json::Array(vec![object([("token", Json::Array(Vec::new()))])]),
        ));
    }
    entries.push(("paths", Json::Object(paths)));
    entries.push(("components", Json::Object(components)));
    object(entries)
}

/// An object with these members.
pub(crate) fn object<T: Into<String>>(entries: impl IntoIterator<Item = (T, Json)>) -> Json {
    Json::Object(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
}

//! The other direction: what the documents say of pages is looked up in the lock.

use tablature_openapi::document::{Document, Extensions, Parameter, RefOr, Schema};
use tablature_openapi::{Documents, Report, Span, extension};

use crate::codes;
use crate::coverage::Coverage;
use crate::facts::{Cell, Kind, Table};
use crate::lock::Lock;

/// Looks up every table that an element names.
pub(super) fn check(lock: &Lock, documents: &Documents, coverage: &mut Coverage, report: &mut Report) {
    let mut check = Check { lock, coverage, report };
    for document in documents.documents() {
        check.document(document);
    }
}

struct Check<'a> {
    lock: &'a Lock,
    coverage: &'a mut Coverage,
    report: &'a mut Report,
}

/// What an element is, for the look-up of its row.
#[derive(Clone, Copy, Debug)]
enum What<'a> {
    /// Something that a page or table documents as a whole.
    Whole,
    /// A parameter of this name.
    Parameter(&'a str),
    /// A member of this name.
    Member(&'a str),
}

impl Check<'_> {
    fn document(&mut self, document: &Document) {
        for (_, item) in &document.paths {
            let RefOr::Item(item) = item else { continue };
            self.parameters(&item.parameters);
            for (method, operation) in &item.operations {
                self.element(&operation.extensions, method.span, What::Whole);
                self.parameters(&operation.parameters);
                if let Some(RefOr::Item(body)) = &operation.request_body {
                    self.element(&body.extensions, body.span.first_byte(), What::Whole);
                }
                for (status, response) in &operation.responses {
                    if let RefOr::Item(response) = response {
                        self.element(&response.extensions, status.span, What::Whole);
                    }
                }
            }
        }
        for server in &document.servers {
            self.element(&server.extensions, server.url.span, What::Whole);
        }
        let components = &document.components;
        for named in components.parameters.values() {
            if let RefOr::Item(parameter) = &named.item {
                self.parameter(parameter);
            }
        }
        for named in components.responses.values() {
            if let RefOr::Item(response) = &named.item {
                self.element(&response.extensions, named.key, What::Whole);
            }
        }
        for named in components.request_bodies.values() {
            if let RefOr::Item(body) = &named.item {
                self.element(&body.extensions, named.key, What::Whole);
            }
        }
        for named in components.schemas.values() {
            self.schema(&named.item, named.key);
        }
    }

    fn parameters(&mut self, parameters: &[RefOr<Parameter>]) {
        for parameter in parameters {
            if let RefOr::Item(parameter) = parameter {
                self.parameter(parameter);
            }
        }
    }

    fn parameter(&mut self, parameter: &Parameter) {
        self.element(
            &parameter.extensions,
            parameter.name.span,
            What::Parameter(&parameter.name.value),
        );
    }

    /// A schema, and each member in at least one of the tables that it inherits or names.
    fn schema(&mut self, schema: &Schema, key: Span) {
        self.element(&schema.extensions, key, What::Whole);
        let inherited = extension::documented_in(&schema.extensions);
        for (name, property) in &schema.properties {
            let extensions = &property.item.extensions;
            if extension::source(extensions).is_some() || !extension::documented_in(extensions).is_empty() {
                self.element(extensions, property.key, What::Member(name));
                continue;
            }
            if inherited.is_empty() {
                continue;
            }
            let mut tables = inherited.iter().filter_map(|it| self.table(&it.value));
            if !tables.any(|it| has_row(it, name)) {
                let message = format!("no table that the schema names has a row `{name}`");
                let found = codes::UNDOCUMENTED.at(property.key, message);
                self.report
                    .push(found.help("give it an `x-documented-in` of its own, or an `x-source`"));
            }
        }
    }

    /// An element with its own provenance.
    fn element(&mut self, extensions: &Extensions, span: Span, what: What<'_>) {
        let named = extension::documented_in(extensions);
        let source = extension::source(extensions);
        if source.is_some() {
            self.coverage.other_sources += 1;
            if let Some(first) = named.first() {
                let message = "an element has `x-documented-in` or `x-source`, not both";
                self.report.push(codes::TWO_SOURCES.at(first.span, message));
            }
            return;
        }
        self.coverage.documented += usize::from(!named.is_empty());
        for name in &named {
            let Some((_, _)) = name.value.rsplit_once('#') else {
                if self.lock.page(&name.value).is_none() {
                    let message = format!("the lock has no page `{}`", name.value);
                    self.report.push(codes::UNKNOWN_PAGE.at(name.span, message));
                }
                continue;
            };
            let Some(table) = self.table(&name.value) else {
                let message = format!("the lock has no table `{}`", name.value);
                self.report.push(codes::UNKNOWN_TABLE.at(name.span, message));
                continue;
            };
            let (found, row) = match what {
                What::Whole => (true, ""),
                What::Parameter(row) => (table.kind == Kind::Parameters && has_row(table, row), row),
                What::Member(row) => (table.model().is_some() && has_row(table, row), row),
            };
            if !found {
                let message = format!("table `{}` has no row `{row}`", name.value);
                self.report
                    .push(codes::UNDOCUMENTED.at(name.span, message).related(span, "named here"));
            }
        }
    }

    fn table(&self, name: &str) -> Option<&Table> {
        let (page, ordinal) = name.rsplit_once('#')?;
        self.lock.page(page)?.table(ordinal.parse().ok()?)
    }
}

/// Whether a table has a row of this name, or one whose name nobody knows (which is waived).
fn has_row(table: &Table, name: &str) -> bool {
    table.rows.iter().any(|it| match &it.name {
        Cell::Known(known) => known == name || known.strip_suffix("[]") == Some(name),
        Cell::Lost => true,
        Cell::Absent => false,
    })
}

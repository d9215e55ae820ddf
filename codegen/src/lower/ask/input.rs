//! Holds the documents and options of a run, and the findings so far.

use std::cell::RefCell;
use std::collections::HashSet;

use tablature_openapi::document::{Document, Schema};
use tablature_openapi::{ComponentId, Diagnostic, Documents, Report, Severity, Span};

use crate::codes;
use crate::lower::ask::schema;
use crate::lower::ask::schema::only_reference;
use crate::lower::options::Options;

/// How many schemas may describe one value, by `allOf` and by references that lead to references.
const MOST_PARTS: usize = 128;

/// The input of a run. Findings are recorded through a shared reference, so that a question needs no more than one.
pub struct Input<'d> {
    /// The documents.
    pub documents: &'d Documents,
    /// What the run asks for.
    pub options: &'d Options,
    findings: RefCell<Findings>,
}

/// What is wrong with the documents. Operations share components, and schemas share the parts of `allOf`: what is
/// wrong with one of those is one finding, whoever looks at it.
#[derive(Default)]
struct Findings {
    report: Report,
    known: HashSet<(&'static str, Span, String)>,
}

impl<'d> Input<'d> {
    /// An input in which nothing was found yet.
    pub fn new(documents: &'d Documents, options: &'d Options) -> Self {
        Self {
            documents,
            options,
            findings: RefCell::default(),
        }
    }

    /// How many documents there are.
    pub fn document_count(&self) -> usize {
        self.documents.documents().len()
    }

    /// The document at an index.
    pub fn document(&self, index: usize) -> &'d Document {
        &self.documents.documents()[index]
    }

    /// The schema behind a schema: itself, or what its reference leads to in the end.
    pub fn target(&self, schema: &'d Schema) -> &'d Schema {
        let mut target = schema;
        for _ in 0..MOST_PARTS {
            let next = only_reference(target).and_then(|it| self.documents.resolve_schema(&it.span, &it.value));
            let Some((_, next)) = next else { return target };
            target = next;
        }
        // A cycle of references has been reported on reading.
        self.report_parts(schema.span);
        target
    }

    /// Whether a schema, or what it refers to, takes `null` and nothing else.
    pub fn is_null(&self, schema: &'d Schema) -> bool {
        schema::is_null(schema) || schema::is_null(self.target(schema))
    }

    /// A schema and the parts of its `allOf`, those behind references too, each once.
    pub fn all_of(&self, schema: &'d Schema, parts: &mut Vec<&'d Schema>) {
        if parts.iter().any(|it| std::ptr::eq(*it, schema)) {
            return;
        }
        if parts.len() == MOST_PARTS {
            self.report_parts(schema.span);
            return;
        }
        parts.push(schema);
        let reference = schema.reference.as_ref();
        if let Some((_, target)) = reference.and_then(|it| self.documents.resolve_schema(&it.span, &it.value)) {
            self.all_of(target, parts);
        }
        for part in &schema.all_of {
            self.all_of(part, parts);
        }
    }

    /// Reports that too many schemas describe one value: once, since all that is composed of those has as many.
    fn report_parts(&self, span: Span) {
        if !self
            .findings
            .borrow()
            .report
            .iter()
            .any(|it| it.code == codes::TOO_MANY_PARTS.name)
        {
            let message = format!("more than {MOST_PARTS} schemas describe one value");
            self.report(codes::TOO_MANY_PARTS.at(span, message));
        }
    }

    /// The schemas of all documents that become types of their own.
    pub fn all_schemas(&self) -> Vec<(ComponentId, &'d Schema)> {
        let of = |document| {
            let schemas = self.named_schemas(document).into_iter();
            schemas.map(move |(name, it)| (ComponentId { document, name }, it))
        };
        (0..self.document_count()).flat_map(of).collect()
    }

    /// The schemas of a document that become types of their own, in the order of their names.
    pub fn named_schemas(&self, document: usize) -> Vec<(String, &'d Schema)> {
        let components = self.document(document).components.schemas.iter();
        // What references point at inside other things has a name as well.
        let referenced = self.documents.referenced(document).into_iter();
        let all = components.chain(referenced.flat_map(|it| &it.schemas));
        let mut schemas: Vec<_> = all.map(|(name, it)| (name.clone(), &it.item)).collect();
        schemas.sort_by(|(a, _), (b, _)| a.cmp(b));
        schemas
    }

    /// The id of the component that a reference names.
    pub fn schema_id(&self, from: Span, target: &str) -> Option<ComponentId> {
        self.documents.resolve_schema(&from, target).map(|(id, _)| id)
    }

    /// The id of the component that a schema is another name of.
    pub fn referenced_id(&self, schema: &Schema) -> Option<ComponentId> {
        let reference = only_reference(schema)?;
        self.schema_id(reference.span, &reference.value)
    }

    /// Records a finding, unless it is known.
    pub fn report(&self, diagnostic: Diagnostic) {
        let mut findings = self.findings.borrow_mut();
        let key = (diagnostic.code, diagnostic.span, diagnostic.message.clone());
        if findings.known.insert(key) {
            findings.report.push(diagnostic);
        }
    }

    /// Reports something that cannot be emitted: a warning where the run allows it.
    pub fn refuse(&self, mut diagnostic: Diagnostic) {
        if self.is_allowed(diagnostic.code) {
            diagnostic.severity = Severity::Warning;
        }
        self.report(diagnostic);
    }

    /// Whether a diagnostic is a warning in this run.
    pub fn is_allowed(&self, code: &str) -> bool {
        codes::allowable().any(|it| it == code) && self.options.allow_unsupported.iter().any(|it| it == code)
    }

    /// All findings.
    pub fn into_report(self) -> Report {
        self.findings.into_inner().report
    }
}

//! A diagnostic as a line of JSON, with its places resolved.

use serde::Serialize;
use tablature_openapi::{Diagnostic, Severity, Sources, Span};

/// What was found.
#[derive(Debug, Serialize)]
pub(super) struct Finding {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// The code, which `tablature explain` explains; none where the command could not be carried out.
    pub code: Option<&'static str>,
    /// What was found and what was expected.
    pub message: String,
    /// Where: first the place that it is about, then those that have to do with it.
    pub places: Vec<Place>,
    /// What to do about it.
    pub help: Vec<String>,
}

/// A range of a file.
#[derive(Debug, Serialize)]
pub(super) struct Place {
    /// The name of the file, as the command line or the configuration leads to it.
    pub file: String,
    /// The bytes from 0; the end is the first one behind the range.
    pub bytes: Range<u32>,
    /// The lines and columns.
    #[serde(flatten)]
    pub position: Range<Position>,
    /// What to say beside the place; may be empty.
    pub label: String,
}

/// Where a range starts and where it ends.
#[derive(Debug, Serialize)]
pub(super) struct Range<T> {
    /// The start.
    pub start: T,
    /// The end, which is not part of it.
    pub end: T,
}

/// A place in a text.
#[derive(Debug, Serialize)]
pub(super) struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Finding {
    /// A diagnostic.
    pub(super) fn of(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let first = (diagnostic.span, &diagnostic.label);
        let related = diagnostic.related.iter().map(|(span, label)| (*span, label));
        let places = std::iter::once(first).chain(related);
        Self {
            severity: severity(diagnostic.severity),
            code: Some(diagnostic.code),
            message: diagnostic.message.clone(),
            places: places
                .filter_map(|(span, label)| Place::of(span, label, sources))
                .collect(),
            help: diagnostic.help.iter().chain(&diagnostic.advice).cloned().collect(),
        }
    }

    /// Why a command could not be carried out.
    pub(super) fn failure(message: String) -> Self {
        Self {
            severity: severity(Severity::Error),
            code: None,
            message,
            places: Vec::new(),
            help: Vec::new(),
        }
    }

    /// The line.
    pub(super) fn line(&self) -> String {
        // Strings and numbers alone: there is nothing that JSON does not take.
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }
}

impl Place {
    fn of(span: Span, label: &str, sources: &Sources) -> Option<Self> {
        let source = sources.get(span.source)?;
        let position = |byte| {
            let (line, column) = source.line_column(byte);
            Position { line, column }
        };
        Some(Self {
            file: source.name.clone(),
            bytes: Range {
                start: span.start,
                end: span.end,
            },
            position: Range {
                start: position(span.start),
                end: position(span.end),
            },
            label: label.to_owned(),
        })
    }
}

/// The severity as it is written in every format.
pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

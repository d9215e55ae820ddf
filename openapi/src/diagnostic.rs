//! Describes a problem: what is wrong, where, and what would be right.

mod code;

pub use code::Code;

use std::collections::HashSet;

use crate::source::Sources;
use crate::span::Span;

/// Whether a run may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing can be made of the input.
    Error,
    /// The input can be used, but does not say what its writer may think.
    Warning,
}

/// One finding with its place.
///
/// Messages, labels and helps begin in lower case and have no full stop at their end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether a run may go on.
    pub severity: Severity,
    /// What kind of finding it is, in kebab case: `unknown-key`.
    pub code: &'static str,
    /// What was found and what was expected.
    pub message: String,
    /// The place.
    pub span: Span,
    /// What to write beside the place; may be empty.
    pub label: String,
    /// What to do about it.
    pub help: Option<String>,
    /// What lets the run go on all the same.
    pub advice: Option<String>,
    /// Other places that have to do with it.
    pub related: Vec<(Span, String)>,
}

impl Diagnostic {
    /// A finding that stops the run.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message)
    }

    /// A finding that does not stop the run.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span, message)
    }

    /// A finding.
    pub fn new(severity: Severity, code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            span,
            label: String::new(),
            help: None,
            advice: None,
            related: Vec::new(),
        }
    }

    /// Says what stands at the place.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what to do, where that is known.
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Lets the run go on: what is made of the input is as it should be, or weaker in a way that the message tells.
    pub fn as_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// Says what is made of the input all the same.
    pub fn with_consequence(mut self, consequence: &str) -> Self {
        self.message = format!("{}: {consequence}", self.message);
        self
    }

    /// Adds another place.
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push((span, text.into()));
        self
    }
}

/// The findings of a run.
#[derive(Clone, Debug, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Nothing found yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds findings.
    pub fn push_all(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.extend(diagnostics);
    }

    /// Keeps some of the findings.
    pub fn retain(&mut self, keep: impl Fn(&Diagnostic) -> bool) {
        self.diagnostics.retain(keep);
    }

    /// Adds the findings of another report.
    pub fn extend(&mut self, other: Report) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// Whether one of the findings stops the run.
    pub fn has_errors(&self) -> bool {
        self.iter().any(|it| it.severity == Severity::Error)
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// The findings in the order they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter()
    }

    /// Points at the files that things are written in: what an overlay put into several places is found once.
    pub fn point_at_files(&mut self, sources: &Sources) {
        let mut seen = HashSet::new();
        self.diagnostics.retain_mut(|it| {
            let written = sources.written(it.span);
            let is_moved = written != it.span;
            it.span = written;
            for (span, _) in &mut it.related {
                *span = sources.written(*span);
            }
            !is_moved || seen.insert((it.span, it.code, it.message.clone()))
        });
    }

    /// The findings by source, place and code.
    pub fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by(|a, b| order(a).cmp(&order(b)));
        self.diagnostics
    }
}

/// What findings are sorted by.
fn order(it: &Diagnostic) -> impl Ord + '_ {
    let Span { source, start, end } = it.span;
    (source, start, it.code, end, &it.message, &it.related)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_sorted() {
        let found = |source, start, code| Diagnostic::error(code, Span::new(source, start, 9), "x");
        let mut report = Report::new();
        for (source, start, code) in [(1, 0, "a"), (0, 5, "b"), (0, 5, "a")] {
            report.push(found(source, start, code));
        }
        let sorted = [found(0, 5, "a"), found(0, 5, "b"), found(1, 0, "a")];
        assert!(report.has_errors());
        assert_eq!(report.into_diagnostics(), sorted);
    }
}

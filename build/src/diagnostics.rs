//! Diagnostics as text: every one with its place in the source, a caret and the help.

mod excerpt;

use std::collections::HashMap;

use annotate_snippets::{Annotation, AnnotationKind, Level, Renderer, Snippet};
use tablature_openapi::{Diagnostic, Severity, Sources, Span};

use excerpt::Excerpt;

/// How many findings are shown in full; the rest is counted.
const SHOWN: usize = 100;

/// How many places are listed at which a warning is found again.
const PLACES: usize = 5;

/// The findings by place, then a line that counts them; empty when there is none. Equal warnings are shown at the first
/// of their places, with a list of the others.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
    listed(&groups(diagnostics), SHOWN, diagnostics, sources, color)
}

/// As [`render`], with every finding in full: a list to work through.
pub fn render_all(diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
    let each: Vec<Group<'_>> = diagnostics.iter().map(|it| vec![it]).collect();
    listed(&each, usize::MAX, diagnostics, sources, color)
}

fn listed(groups: &[Group<'_>], most: usize, diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    let mut shown = 0;
    for group in most_severe(groups, most) {
        text.push_str(&rendered(group, sources, &renderer));
        text.push_str("\n\n");
        shown += group.len();
    }
    if let Some(rest) = diagnostics.len().checked_sub(shown).filter(|rest| *rest > 0) {
        text.push_str(&format!("... and {rest} more\n"));
    }
    if !diagnostics.is_empty() {
        text.push_str(&count(diagnostics));
        text.push('\n');
    }
    text
}

/// Equal findings, the first of them first. An error is alone: each of its places is to be mended.
type Group<'a> = Vec<&'a Diagnostic>;

fn groups(diagnostics: &[Diagnostic]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut warnings = HashMap::new();
    for it in diagnostics {
        let equal = (it.code, &it.message, &it.label, &it.help);
        let index = match it.severity == Severity::Warning && it.related.is_empty() {
            true => *warnings.entry(equal).or_insert(groups.len()),
            false => groups.len(),
        };
        match groups.get_mut(index) {
            Some(group) => group.push(it),
            None => groups.push(vec![it]),
        }
    }
    groups
}

/// As many findings as are shown, in their order: a warning takes no error's place.
fn most_severe<'g, 'd>(groups: &'g [Group<'d>], most: usize) -> impl Iterator<Item = &'g Group<'d>> {
    let is_error = |group: &Group<'_>| group.iter().any(|it| it.severity == Severity::Error);
    let mut room_for_errors = most.min(groups.iter().filter(|it| is_error(it)).count());
    let mut room_for_warnings = most - room_for_errors;
    groups.iter().filter(move |group| {
        let room = match is_error(group) {
            true => &mut room_for_errors,
            false => &mut room_for_warnings,
        };
        let shown = *room > 0;
        *room = room.saturating_sub(1);
        shown
    })
}

/// `also at a.json:3:4, b.json:5:6 and 7 more places`
fn elsewhere(others: &[&Diagnostic], sources: &Sources) -> Option<String> {
    let listed = others.iter().take(PLACES).map(|it| {
        let (line, column) = sources.line_column(it.span);
        format!("{}:{line}:{column}", sources.name(it.span))
    });
    let listed = listed.collect::<Vec<_>>().join(", ");
    match others.len().checked_sub(PLACES) {
        _ if others.is_empty() => None,
        Some(more @ 1..) => Some(format!("also at {listed} and {}", counted(more, "more place"))),
        _ => Some(format!("also at {listed}")),
    }
}

/// Equal findings as text.
fn rendered(group: &[&Diagnostic], sources: &Sources, renderer: &Renderer) -> String {
    let Some((diagnostic, others)) = group.split_first() else {
        return String::new();
    };
    let primary = (diagnostic.span, diagnostic.label.as_str(), AnnotationKind::Primary);
    let related = diagnostic.related.iter();
    let related = related.map(|(span, label)| (*span, label.as_str(), AnnotationKind::Context));
    let places: Vec<_> = std::iter::once(primary)
        .chain(related)
        .enumerate()
        .filter_map(|(index, (span, label, kind))| Place::of(index, sources, span, label, kind))
        .collect();

    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code);
    let mut report = annotate_snippets::Group::with_title(title).elements(places.iter().map(Place::snippet));
    let elsewhere = elsewhere(others, sources);
    if let Some(places) = &elsewhere {
        report = report.element(Level::NOTE.message(places.as_str()));
    }
    for help in diagnostic.help.iter().chain(&diagnostic.advice) {
        report = report.element(Level::HELP.message(help.as_str()));
    }
    let text = renderer.render(&[report]);
    places.iter().fold(text, |text, place| {
        text.replacen(&place.stand_in_origin(), &place.origin, 1)
    })
}

/// A place that a finding points at.
///
/// The renderer counts columns in the text that it is given, and that is an excerpt. So it is
/// given a stand-in for the file's name, and what it makes of that is replaced.
struct Place<'a> {
    stand_in: String,
    origin: String,
    line: usize,
    excerpt: Excerpt,
    label: &'a str,
    kind: AnnotationKind,
}

impl<'a> Place<'a> {
    fn of(index: usize, sources: &Sources, span: Span, label: &'a str, kind: AnnotationKind) -> Option<Self> {
        let source = sources.get(span.source)?;
        let (line, column) = source.line_column(span.start);
        Some(Self {
            stand_in: format!("{STAND_IN}{index}"),
            origin: format!("{}:{line}:{column}", source.name),
            line,
            excerpt: match source.is_shown {
                true => Excerpt::of(source, span),
                false => Excerpt::hidden(),
            },
            label,
            kind,
        })
    }

    fn snippet(&self) -> Snippet<'_, Annotation<'_>> {
        let label = Some(self.label).filter(|label| !label.is_empty());
        Snippet::source(self.excerpt.text.as_str())
            .path(self.stand_in.as_str())
            .line_start(self.line)
            .annotation(self.kind.span(self.excerpt.marked.clone()).label(label))
    }

    /// What the renderer makes of the stand-in.
    fn stand_in_origin(&self) -> String {
        let Self {
            stand_in,
            line,
            excerpt,
            ..
        } = self;
        format!("{stand_in}:{line}:{}", excerpt.column())
    }
}

/// A character of no text.
const STAND_IN: char = '\u{E000}';

/// `3 errors, 1 warning`
fn count(diagnostics: &[Diagnostic]) -> String {
    let of = |severity| diagnostics.iter().filter(|it| it.severity == severity).count();
    [(of(Severity::Error), "error"), (of(Severity::Warning), "warning")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| counted(count, noun))
        .collect::<Vec<_>>()
        .join(", ")
}

/// `1 file`, `2 files`
pub fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

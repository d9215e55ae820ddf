//! Diagnostics as text: every one with its place in the source, a caret and the help.

mod excerpt;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use tablature_openapi::{Diagnostic, Severity, Sources, Span};

use excerpt::Excerpt;

/// How many findings are shown in full; the rest is counted.
const SHOWN: usize = 100;

/// Says how a run gets on that an error stops.
pub type Advice<'a> = dyn Fn(&Diagnostic) -> Option<String> + 'a;

/// The findings by place, then a line that counts them; empty when there is none.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, color: bool, advice: &Advice<'_>) -> String {
    render_most(SHOWN, diagnostics, sources, color, advice)
}

/// As [`render`], with every finding in full: a list to work through.
pub fn render_all(diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
    render_most(usize::MAX, diagnostics, sources, color, &|_| None)
}

fn render_most(most: usize, diagnostics: &[Diagnostic], sources: &Sources, color: bool, advice: &Advice<'_>) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for diagnostic in most_severe(diagnostics, most) {
        text.push_str(&rendered(diagnostic, sources, &renderer, advice));
        text.push_str("\n\n");
    }
    if let Some(rest) = diagnostics.len().checked_sub(most).filter(|rest| *rest > 0) {
        text.push_str(&format!("... and {rest} more\n"));
    }
    if !diagnostics.is_empty() {
        text.push_str(&count(diagnostics));
        text.push('\n');
    }
    text
}

/// As many findings as are shown, in their order: a warning takes no error's place.
fn most_severe(diagnostics: &[Diagnostic], most: usize) -> impl Iterator<Item = &Diagnostic> {
    let errors = diagnostics.iter().filter(|it| it.severity == Severity::Error).count();
    let mut room_for_errors = most.min(errors);
    let mut room_for_warnings = most - room_for_errors;
    diagnostics.iter().filter(move |diagnostic| {
        let room = match diagnostic.severity {
            Severity::Error => &mut room_for_errors,
            Severity::Warning => &mut room_for_warnings,
        };
        let shown = *room > 0;
        *room = room.saturating_sub(1);
        shown
    })
}

/// One finding as text.
fn rendered(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer, advice: &Advice<'_>) -> String {
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
    let mut group = Group::with_title(title).elements(places.iter().map(Place::snippet));
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let advice = advice(diagnostic).filter(|_| diagnostic.severity == Severity::Error);
    if let Some(advice) = &advice {
        group = group.element(Level::HELP.message(advice.as_str()));
    }
    let text = renderer.render(&[group]);
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
                true => Excerpt::of(&source.text, span.start as usize..span.end as usize),
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

//! What a build leaves out: what it names, and where it is to keep going what cannot be emitted.

use tablature_codegen::codes;
use tablature_openapi::documents::{Part, PartKind, part_at};
use tablature_openapi::nearest::nearest;
use tablature_openapi::{Diagnostic, Documents, Report, Severity, Span};

use crate::{Error, package};

/// The parts that a run leaves out, and why.
#[derive(Debug, Default)]
pub(crate) struct Omissions {
    /// Their places, and those of what the selection does not need.
    pub places: Vec<Span>,
    /// A line for each.
    pub lines: Vec<String>,
}

/// An operation to leave out, or a schema, in whose place any value is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skip {
    /// Its name.
    pub name: String,
    /// Why it is left out.
    pub reason: Option<String>,
    /// What asks for it: an option, or a line of a file.
    pub origin: String,
}

impl Omissions {
    /// What `skips` name, and what the selection does not need.
    ///
    /// # Errors
    /// All names at once that nothing has.
    pub(crate) fn of(only: &[String], skips: &[Skip], documents: &Documents) -> Result<Self, Error> {
        let mut omissions = Self::default();
        if only.is_empty() && skips.is_empty() {
            return Ok(omissions);
        }
        omissions.places = documents.unneeded(only);
        let parts = documents.parts();
        let mut unknown = Vec::new();
        for skip in skips {
            let mut found = false;
            for part in parts.iter().filter(|it| is_meant(it, &skip.name)) {
                found = true;
                match &skip.reason {
                    Some(reason) => omissions.add(part, reason, documents),
                    None => omissions.add(part, &format!("named by {}", skip.origin), documents),
                }
            }
            if !found {
                let names = parts.iter().map(|it| it.name.as_str());
                let near = nearest(&skip.name, names).map_or_else(String::new, |it| format!(", did you mean `{it}`?"));
                let problem = format!(
                    "{} {}: no operation and no component has this name{near}",
                    skip.origin, skip.name
                );
                unknown.push(Error::usage(problem));
            }
        }
        Error::all(unknown)?;
        if !omissions.lines.is_empty() {
            let unneeded = documents.unneeded_without(&omissions.places);
            omissions.places.extend(unneeded);
        }
        Ok(omissions)
    }

    /// Leaves out the parts that errors are in. `false` where an error is in none, or in one that is left out already.
    pub(crate) fn add_failed(&mut self, report: &Report, documents: &Documents) -> bool {
        let parts = documents.parts();
        let errors: Vec<&Diagnostic> = report.iter().filter(|it| it.severity == Severity::Error).collect();
        let failed: Option<Vec<(&Diagnostic, &Part)>> = errors
            .into_iter()
            .map(|it| {
                // What an overlay put into a part goes with it.
                let place = documents.sources().home(it.span);
                let part = part_at(&parts, it.span).or_else(|| part_at(&parts, place));
                Some((it, part.filter(|part| !self.places.contains(&part.span))?))
            })
            .collect();
        let Some(failed) = failed else { return false };
        for (error, part) in &failed {
            if !self.places.contains(&part.span) {
                self.add(part, &format!("[{}] {}", error.code, error.message), documents);
            }
        }
        !failed.is_empty()
    }

    fn add(&mut self, part: &Part, why: &str, documents: &Documents) {
        let sources = documents.sources();
        let (line, column) = sources.line_column(part.span);
        let file = sources.name(part.span);
        let instead = match part.kind {
            PartKind::Schema => ", any value is taken",
            _ => "",
        };
        self.lines
            .push(format!("{} ({file}:{line}:{column}){instead}: {why}", part.title()));
        self.places.push(part.span);
    }
}

/// Says of each error how a build gets on that it stops, in terms of options or of the file that describes the build.
pub(crate) fn advise(diagnostics: &mut [Diagnostic], parts: &[Part], file: Option<&str>) {
    for error in diagnostics.iter_mut().filter(|it| it.severity == Severity::Error) {
        error.advice = advice(error, parts, file);
    }
}

fn advice(error: &Diagnostic, parts: &[Part], file: Option<&str>) -> Option<String> {
    let allow = codes::allowable().find(|it| *it == error.code);
    let skip = part_at(parts, error.span).map(|it| it.name.as_str());
    let ways: Vec<String> = match file {
        None => [
            allow.map(|code| format!("`--allow-unsupported {code}`")),
            skip.map(|name| format!("`--skip {}`", package::quoted(name))),
            skip.map(|_| "`--keep-going`".to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect(),
        Some(_) => [
            allow.map(|code| format!("`allow = [\"{code}\"]`")),
            skip.map(|name| format!("`skip.{} = \"the reason\"`", package::toml_key(name))),
        ]
        .into_iter()
        .flatten()
        .collect(),
    };
    let place = file.map_or_else(String::new, |it| format!(" in {it}"));
    let (last, others) = ways.split_last()?;
    Some(match others {
        [] => format!("to get on all the same: {last}{place}"),
        _ => format!("to get on all the same: {} or {last}{place}", others.join(", ")),
    })
}

fn is_meant(part: &Part, name: &str) -> bool {
    // A tag names many operations, and is no name of one.
    part.name == name || part.kind == PartKind::Operation && part.also.iter().skip(1).any(|it| it == name)
}

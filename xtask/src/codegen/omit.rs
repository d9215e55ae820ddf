//! What a run leaves out: what the command line names, and with `--keep-going` what cannot be emitted.

use std::fs;

use tablature_openapi::documents::{Part, PartKind, part_at};
use tablature_openapi::nearest::nearest;
use tablature_openapi::{Diagnostic, Documents, Report, Severity, Span};

use super::Arguments;
use crate::environment::Environment;
use crate::error::Error;

/// The parts that a run leaves out, and why.
#[derive(Debug, Default)]
pub(super) struct Omissions {
    /// Their places, and those of what the selection does not need.
    pub places: Vec<Span>,
    /// A line for each.
    pub lines: Vec<String>,
}

/// A name to leave out.
#[derive(Debug)]
struct Skip {
    name: String,
    reason: Option<String>,
}

impl Omissions {
    /// What the command line names.
    ///
    /// # Errors
    /// When nothing has a name, or the file of names cannot be read.
    pub(super) fn of(arguments: &Arguments, documents: &Documents, environment: &Environment) -> Result<Self, Error> {
        let mut omissions = Self {
            places: documents.unneeded(&arguments.only),
            lines: Vec::new(),
        };
        let parts = documents.parts();
        for skip in named(arguments, environment)? {
            let mut found = false;
            for part in parts.iter().filter(|it| is_meant(it, &skip.name)) {
                found = true;
                omissions.add(part, skip.reason.as_deref().unwrap_or("named by --skip"), documents);
            }
            if !found {
                let names = parts.iter().map(|it| it.name.as_str());
                let near = nearest(&skip.name, names).map_or_else(String::new, |it| format!(", did you mean `{it}`?"));
                let problem = format!(
                    "--skip {}: no operation and no component has this name{near}",
                    skip.name
                );
                return Err(Error::Usage { problem });
            }
        }
        if !omissions.lines.is_empty() {
            let unneeded = documents.unneeded_without(&omissions.places);
            omissions.places.extend(unneeded);
        }
        Ok(omissions)
    }

    /// Leaves out the parts that errors are in. `false` where an error is in none, or in one that is left out already.
    pub(super) fn add_failed(&mut self, report: &Report, documents: &Documents) -> bool {
        let parts = documents.parts();
        let errors: Vec<&Diagnostic> = report.iter().filter(|it| it.severity == Severity::Error).collect();
        let failed: Option<Vec<(&Diagnostic, &Part)>> = errors
            .into_iter()
            .map(|it| {
                Some((
                    it,
                    part_at(&parts, it.span).filter(|part| !self.places.contains(&part.span))?,
                ))
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

/// How a run gets on that an error stops.
pub(super) fn advice(error: &Diagnostic, parts: &[Part], allowable: bool) -> Option<String> {
    let allow = allowable.then(|| format!("`--allow-unsupported {}`", error.code));
    let part = part_at(parts, error.span);
    let skip = part.map(|it| format!("`--skip {}`", super::package::quoted(&it.name)));
    let keep_going = part.map(|_| "`--keep-going`".to_owned());
    let ways: Vec<String> = [allow, skip, keep_going].into_iter().flatten().collect();
    let (last, others) = ways.split_last()?;
    Some(match others {
        [] => format!("to get on all the same: {last}"),
        _ => format!("to get on all the same: {} or {last}", others.join(", ")),
    })
}

fn is_meant(part: &Part, name: &str) -> bool {
    // A tag names many operations, and is no name of one.
    part.name == name || part.kind == PartKind::Operation && part.also.iter().skip(1).any(|it| it == name)
}

/// The names after `--skip`, and those in the file after `--skip-file`, which have reasons.
fn named(arguments: &Arguments, environment: &Environment) -> Result<Vec<Skip>, Error> {
    let mut skips: Vec<Skip> = Vec::new();
    skips.extend(arguments.skip.iter().map(|name| Skip {
        name: name.clone(),
        reason: None,
    }));
    let Some(file) = &arguments.skip_file else {
        return Ok(skips);
    };
    let shown = crate::paths::slashed(file);
    let text =
        fs::read_to_string(environment.directory.join(file)).map_err(|cause| Error::io("read", &shown, cause))?;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, reason) = line.split_once(" #").unwrap_or((line, ""));
        if reason.trim().is_empty() {
            let problem = format!("{shown}:{}: expected a name, ` # ` and the reason", index + 1);
            return Err(Error::Usage { problem });
        }
        skips.push(Skip {
            name: name.trim().to_owned(),
            reason: Some(reason.trim().to_owned()),
        });
    }
    Ok(skips)
}

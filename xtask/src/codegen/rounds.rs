//! Documents read and emitted, again and again without what cannot be emitted where the run is to keep going.

use tablature_codegen::codes;
use tablature_openapi::{Documents, Report};

use super::input::Inputs;
use super::omit::{self, Omissions};
use super::{Arguments, target};
use crate::console::Console;
use crate::diagnostics;
use crate::environment::Environment;
use crate::error::Error;

/// Emits documents: what was emitted, with warnings, or the errors that stand in the way.
pub(super) type Emit<'a, T> = dyn FnMut(&Documents) -> Result<(T, Report), Report> + 'a;

/// What came of a run.
pub(super) struct Outcome<T> {
    /// What was emitted, unless errors stand in the way.
    pub emitted: Option<T>,
    /// What was left out, a line each.
    pub left_out: Vec<String>,
    /// Whether something was left out that the command line does not name.
    pub is_partial: bool,
}

/// Reads the documents of a run and emits them by `emit`. What was found in them is printed.
///
/// # Errors
/// When a document cannot be read, or nothing has a name that is to be left out.
pub(super) fn run<T>(
    arguments: &Arguments,
    environment: &Environment,
    console: &mut Console,
    emit: &mut Emit<'_, T>,
) -> Result<Outcome<T>, Error> {
    let (base, names) = target::documents(arguments, environment)?;
    let inputs = Inputs::read(&base, &names, &arguments.allow_outside)?;
    let care = target::care(arguments);
    let load =
        |omissions: &Omissions| Documents::load_with(&names, care, &omissions.places, &mut |name| inputs.get(name));
    let mut omissions = Omissions::default();
    if arguments.leaves_out() {
        let (documents, _) = load(&omissions);
        omissions = Omissions::of(arguments, &documents, environment)?;
    }
    let named = omissions.lines.len();
    loop {
        let (documents, mut report) = load(&omissions);
        let mut emitted = None;
        if !report.has_errors() {
            match emit(&documents) {
                Ok((done, warnings)) => {
                    emitted = Some(done);
                    report.extend(warnings);
                }
                Err(errors) => report.extend(errors),
            }
        }
        if emitted.is_none() && arguments.keep_going && omissions.add_failed(&report, &documents) {
            continue;
        }
        let parts = if arguments.schema.is_empty() {
            Vec::new()
        } else {
            documents.parts()
        };
        let advice = |it: &_| omit::advice(it, &parts, codes::allowable().any(|code| code == it.code));
        let rendered = diagnostics::render(report, documents.sources(), environment.color, &advice);
        console.err.push_str(&rendered);
        return Ok(Outcome {
            is_partial: omissions.lines.len() > named,
            emitted,
            left_out: omissions.lines,
        });
    }
}

//! `tablature changes`: what another schema does to the users of the emitted crate.

mod git;
mod report;

use clap::{Args, ValueEnum};
use tablature_build::Error;
use tablature_codegen::changes::{self, Change, Kind, Verdict};
use tablature_openapi::Severity;

use crate::codegen::target::{self, several};
use crate::config::{Config, Crate};
use crate::console::{Console, Exit};
use crate::environment::Environment;

/// Say what the documents of today change for users of the emitted crates, against those of a revision
///
/// Compares what both editions are lowered to: nothing is compiled, and nothing is written. Each change says whether
/// it may break code that compiled before, and why; the last line is the smallest semver step.
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", crate::EXIT_CODES))]
pub(crate) struct Arguments {
    /// Crates of tablature.toml [default: all]
    #[arg(value_name = "CRATE")]
    crates: Vec<String>,

    /// The revision to compare with, as git names it
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    since: String,

    /// How to print the changes
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How changes are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A line each.
    Text,
    /// A section of a changelog.
    Markdown,
    /// For machines.
    Json,
}

const EXAMPLES: &str = "\
Examples:
  tablature changes
  tablature changes --since v0.1.0 --format markdown";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    let config = environment.config()?;
    let crates = config.chosen(&arguments.crates)?;
    if arguments.format == Format::Json && crates.len() > 1 {
        return Err(several(&crates));
    }
    let mut exit = Exit::Done;
    for krate in &crates {
        match changes_of(&config, krate, &arguments.since, console)? {
            Some(changes) => {
                if crates.len() > 1 {
                    console.line(format!("## {}", krate.name.value));
                }
                let text = report::text(&changes, arguments.format, &arguments.since);
                console.out.push_str(&text);
            }
            None => exit = Exit::Difference,
        }
    }
    Ok(exit)
}

/// Changes as a section of a changelog.
#[cfg(feature = "fetch")]
pub(crate) fn markdown(list: &[Change], since: &str) -> String {
    report::text(list, Format::Markdown, since)
}

/// What changed in a crate; nothing where one of its editions has errors, which are printed.
fn changes_of(
    config: &Config,
    krate: &Crate,
    since: &str,
    console: &mut Console,
) -> Result<Option<Vec<Change>>, Error> {
    let name = &krate.name.value;
    let after = target::configured(config, krate)?.tree()?;
    let Some(before) = git::tree(config, krate, since)? else {
        return Ok(Some(vec![Change {
            item: name.clone(),
            kind: Kind::Added,
            verdict: Verdict::Compatible,
            why: "a new crate".to_owned(),
        }]));
    };
    // Only errors are said: `codegen` says the warnings, and nobody mends those of a revision.
    for (outcome, edition) in [(&before, format!("{since} have")), (&after, "today have".to_owned())] {
        if outcome.emitted.is_none() {
            let problem = format!("{name} cannot be compared: its documents of {edition} errors");
            console.fail(&Error::usage(problem));
            let errors = outcome.diagnostics.iter().filter(|it| it.severity == Severity::Error);
            console.diagnose(&errors.cloned().collect::<Vec<_>>(), &outcome.sources);
        }
    }
    Ok(before
        .emitted
        .zip(after.emitted)
        .map(|(before, after)| changes::compare(&before, &after)))
}

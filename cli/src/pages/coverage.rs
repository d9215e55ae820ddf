//! `tablature pages coverage`: proof that `schema/` says what the recorded pages say.

use clap::Args;
use tablature_openapi::Report;
use tablature_pages::coverage::{Coverage, PageCoverage, State, coverage};

use crate::Error;
use crate::console::{Console, Exit};
use crate::counted;
use crate::environment::Environment;
use crate::pages::files;

/// Prove that each recorded row is in the documents, and that these name no page in vain
///
/// Works from the lock alone. A row that the documents do not have as the page has it needs a waiver, with a reason; so
/// does a cell that nobody knows.
#[derive(Debug, Args)]
#[command(after_help = crate::EXIT_CODES)]
pub(crate) struct Arguments {}

/// Runs the command.
pub(crate) fn run(environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    let config = environment.config()?;
    let (documents, mut report) = files::documents(&config)?;
    let mut sources = documents.sources().clone();
    let mut read = Report::new();
    let lock = files::lock(&config, &mut sources, &mut read)?;
    let waivers = files::waivers(&config, &mut sources, &mut read)?;
    report.extend(read);
    let mut found = Coverage::default();
    if !report.has_errors() {
        found = coverage(&lock, &waivers, &documents);
        report.extend(std::mem::take(&mut found.report));
    }
    let failed = report.has_errors();
    console.diagnose(&report.into_diagnostics(), &sources);
    for page in &found.pages {
        console.line(line(page));
    }
    console.line(summary(&found, failed));
    Ok(if failed { Exit::Difference } else { Exit::Done })
}

fn line(page: &PageCoverage) -> String {
    let (rows, covered, waived) = (page.rows.len(), page.count(State::Covered), page.count(State::Waived));
    format!(
        "{}: {}, {}: {} documented, {} recovered, {} unknown; {} in the documents, {} waived, {} not covered",
        page.key,
        counted(page.tables, "table"),
        counted(rows, "row"),
        rows - page.recovered - page.unknown,
        page.recovered,
        page.unknown,
        covered,
        waived,
        rows - covered - waived,
    )
}

fn summary(coverage: &Coverage, failed: bool) -> String {
    let sum = |of: fn(&PageCoverage) -> usize| -> usize { coverage.pages.iter().map(of).sum() };
    let verdict = if failed { "not covered" } else { "covered" };
    format!(
        "{}, {}: {} in the documents, {} waived by {}; {} of these documented, {} from other sources: {verdict}",
        counted(coverage.pages.len(), "page"),
        counted(sum(|it| it.rows.len()), "row"),
        sum(|it| it.count(State::Covered)),
        sum(|it| it.count(State::Waived)),
        counted(coverage.waivers, "waiver"),
        counted(coverage.documented, "element"),
        coverage.other_sources,
    )
}

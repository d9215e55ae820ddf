//! `tablature pages`: documentation pages recorded, compared and imported.

mod apply;
mod check;
mod checked;
mod coverage;
#[cfg(feature = "fetch")]
mod fetch;
mod files;
mod import;
mod json;
mod record;
mod report;
#[cfg(feature = "fetch")]
mod update;

use std::path::PathBuf;

use clap::Subcommand;
use tablature_pages::Page;

use crate::Error;
use crate::console::{Console, Exit};
use crate::counted;
use crate::environment::Environment;

/// Follow the documentation: record pages, prove that the documents cover them, tell what changed
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Record(record::Arguments),
    Coverage(coverage::Arguments),
    Check(check::Arguments),
    Import(import::Arguments),
    Report(report::Arguments),
    #[cfg(feature = "fetch")]
    Fetch(fetch::Arguments),
    #[cfg(feature = "fetch")]
    Update(update::Arguments),
}

/// The folder of the repository and its curated documents, by name from there.
///
/// # Errors
/// When there is no configuration, or something in it is wrong.
pub fn documents(environment: &Environment) -> Result<(PathBuf, Vec<String>), Error> {
    let config = environment.config()?;
    let names = files::curated(&config)?;
    Ok((config.root, names))
}

/// Runs one of the commands.
pub(crate) fn run(command: &Command, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    match command {
        Command::Record(arguments) => record::run(arguments, environment, console),
        Command::Coverage(_) => coverage::run(environment, console),
        Command::Check(arguments) => check::run(arguments, environment, console),
        Command::Import(arguments) => import::run(arguments, environment, console),
        Command::Report(arguments) => report::run(arguments, environment, console),
        #[cfg(feature = "fetch")]
        Command::Fetch(arguments) => fetch::run(arguments, environment, console),
        #[cfg(feature = "fetch")]
        Command::Update(arguments) => update::run(arguments, environment, console),
    }
}

/// `15 tables, 78 rows read; not read: 0 tables, 0 rows`
fn read_counts(page: &Page) -> String {
    let counts = page.counts();
    format!(
        "{}, {} read; not read: {}, {}",
        counted(counts.tables, "table"),
        counted(counts.rows, "row"),
        counted(counts.unread_tables, "table"),
        counted(counts.unread_rows, "row"),
    )
}

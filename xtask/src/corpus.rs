//! `cargo xtask corpus`: what becomes of folders of other people's documents.

mod compile;
mod emit;
mod find;
mod outcome;
mod report;

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::console::{Console, Exit};
use crate::environment::Environment;
use crate::error::Error;
use outcome::Subject;

/// Say of each OpenAPI document in folders whether it is emitted, refused, or does harm
///
/// Each document is emitted by `cargo xtask codegen` in a process of its own, with a time limit. With --check the
/// crates are also compiled, with all their features. Files that hold no OpenAPI 3 document are passed over.
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    /// Folders of documents, or documents
    #[arg(required = true, value_name = "FOLDER")]
    folders: Vec<PathBuf>,

    /// Compile what is emitted too: a warning is a failure
    #[arg(long)]
    check: bool,

    /// Take only so many documents, spread evenly over all
    #[arg(long, value_name = "N")]
    limit: Option<usize>,

    /// How many documents are emitted at once [default: the number of processors]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,

    /// How many seconds a document may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    seconds: u64,

    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Options of `cargo xtask codegen` for each document, after `--`
    #[arg(last = true, value_name = "OPTION")]
    options: Vec<String>,
}

/// How the result is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line for each document that is not emitted as it should be, and tables.
    Text,
    /// One object with all documents.
    Json,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask corpus ../shared/openapi
  cargo xtask corpus --check --limit 20 ../specs
  cargo xtask corpus ../specs -- --allow-unsupported all-of-conflict";

const EXIT_CODES: &str = "\
Exit codes:
  0  every document is emitted or refused; with --check, what is emitted compiles without a warning
  1  a document made the generator panic or took too long, or what is emitted does not compile
  2  wrong usage, or a file cannot be read or written";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    let root = environment.workspace()?;
    let folder = workshop()?;
    let (files, passed_over) = find::documents(&arguments.folders, &environment.directory)?;
    let files = spread(files, arguments.limit);
    if files.is_empty() {
        return Err(Error::NoDocuments {
            folder: arguments.folders[0].to_string_lossy().into_owned(),
        });
    }
    let runner = emit::Runner {
        folder: folder.join("crates"),
        runtime: root.join("runtime"),
        directory: environment.directory.clone(),
        options: arguments.options.clone(),
        limit: Duration::from_secs(arguments.seconds),
    };
    let jobs = arguments.jobs.unwrap_or_else(processors);
    let mut subjects: Vec<Subject> = runner.run(&files, jobs)?;
    if arguments.check {
        compile::check(&mut subjects, &folder, root)?;
    }
    match arguments.format {
        Format::Text => report::text(&subjects, passed_over, arguments.check, console),
        Format::Json => report::json(&subjects, passed_over, console),
    }
    let harmed = subjects.iter().any(|it| it.outcome.is_fault());
    Ok(if harmed { Exit::Difference } else { Exit::Done })
}

/// The empty folder that crates are emitted into, beside what cargo built before.
fn workshop() -> Result<PathBuf, Error> {
    let program = crate::bench::measure::this_program()?;
    let target = program.ancestors().nth(2).unwrap_or(&program);
    let folder = target.join("corpus");
    crate::bench::empty(&folder.join("crates"))?;
    // What an earlier run left compiled saves most of the time.
    fs::create_dir_all(folder.join("target")).map_err(|cause| Error::io("write", folder.to_string_lossy(), cause))?;
    Ok(folder)
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// As many as asked for, spread evenly.
fn spread<T>(all: Vec<T>, limit: Option<usize>) -> Vec<T> {
    let count = all.len();
    let limit = limit.unwrap_or(count).min(count);
    let chosen = |index: usize| index * limit / count.max(1) != (index + 1) * limit / count.max(1);
    all.into_iter()
        .enumerate()
        .filter_map(|(index, it)| chosen(index).then_some(it))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_spreads_over_all() {
        assert_eq!(spread((0..10).collect(), Some(3)), [3, 6, 9]);
        assert_eq!(spread((0..3).collect(), Some(9)), [0, 1, 2]);
        assert_eq!(spread((0..3).collect(), None), [0, 1, 2]);
        assert_eq!(spread(Vec::<u8>::new(), Some(3)), [] as [u8; 0]);
    }
}

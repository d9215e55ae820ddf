//! `cargo xtask corpus`: what becomes of folders of other people's documents.

mod compile;
mod emit;
mod find;
mod outcome;
mod probe;
mod report;
mod samples;
mod trial;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};

use outcome::{Outcome, Subject};
use probe::Probe;
use tablature::Environment;
use tablature::Error;
use tablature::{Console, Exit};

/// Say of each OpenAPI document in folders whether it is emitted, refused, or does harm
///
/// Each document is emitted by `cargo xtask codegen` in a process of its own, with a time limit. With --check the
/// crates are also compiled, with all their features. With --examples, the JSON examples of each document are read
/// and written by the emitted types, as they are and with an unknown member in every object. Files that hold no
/// OpenAPI 3 document are passed over.
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    /// Folders of documents, or documents
    #[arg(required = true, value_name = "FOLDER")]
    folders: Vec<PathBuf>,

    /// Compile what is emitted too: a warning is a failure
    #[arg(long)]
    check: bool,

    /// Read and write the JSON examples of the documents too
    #[arg(long)]
    examples: bool,

    /// Take the folders for files of the JSON Schema Test Suite: each group becomes a document, each test an example
    #[arg(long, conflicts_with_all = ["check", "examples"])]
    json_schema: bool,

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
  cargo xtask corpus --json-schema ../JSON-Schema-Test-Suite/tests/draft2020-12
  cargo xtask corpus ../specs -- --allow-unsupported all-of-conflict";

const EXIT_CODES: &str = "\
Exit codes:
  0  every document is emitted or refused; what is emitted compiles without a warning, and no valid example is lost
  1  a document made the generator panic or took too long, what is emitted does not compile, or an example is lost
  2  wrong usage, or a file cannot be read or written";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    let root = crate::root();
    let folder = workshop()?;
    let files = find::files(&arguments.folders, &environment.directory)?;
    let all = files.len();
    let probes = probes(arguments, files, &folder.join("probes"), environment)?;
    let passed_over = if arguments.json_schema { 0 } else { all - probes.len() };
    let probes = spread(probes, arguments.limit);
    if probes.is_empty() {
        return Err(Error::usage(format!(
            "{} holds no OpenAPI document",
            join(&arguments.folders)
        )));
    }
    let mut runner = emit::Runner {
        folder: folder.join("crates"),
        runtime: root.join("runtime"),
        directory: environment.directory.clone(),
        options: arguments.options.clone(),
        prefix: "c",
        limit: Duration::from_secs(arguments.seconds),
    };
    let jobs = arguments.jobs.unwrap_or_else(processors);
    let mut subjects = runner.run(&probes, jobs)?;
    if arguments.check || arguments.json_schema {
        compile::check(&mut subjects, &folder, root)?;
    }
    let mut examples = Vec::new();
    if arguments.examples {
        let probes = with_examples(&probes, &subjects, &folder.join("probes"))?;
        runner.prefix = "e";
        examples = runner.run(&probes, jobs)?;
        compile::check(&mut examples, &folder, root)?;
    }
    let read = if arguments.json_schema {
        &mut subjects
    } else {
        &mut examples
    };
    trial::run(read, &folder, root)?;
    let report = report::Report {
        subjects: &subjects,
        examples: &examples,
        passed_over,
        compiled: arguments.check || arguments.json_schema,
    };
    match arguments.format {
        Format::Text => report.text(console),
        Format::Json => report.json(console),
    }
    let faulty = subjects.iter().chain(&examples).any(Subject::is_faulty);
    Ok(if faulty { Exit::Difference } else { Exit::Done })
}

/// What is to be emitted of the files.
fn probes(
    arguments: &Arguments,
    files: Vec<PathBuf>,
    folder: &Path,
    environment: &Environment,
) -> Result<Vec<Probe>, Error> {
    let name = |file: &Path| tablature::paths::slashed(file.strip_prefix(&environment.directory).unwrap_or(file));
    if !arguments.json_schema {
        let documents = files.into_iter().filter(|it| find::is_document(it));
        return Ok(documents
            .map(|file| Probe {
                name: name(&file),
                documents: vec![file],
                samples: Vec::new(),
            })
            .collect());
    }
    let mut probes = Vec::new();
    for (index, file) in files.iter().enumerate() {
        probes.extend(probe::of_suite(file, &name(file), &folder.join(index.to_string()))?);
    }
    Ok(probes)
}

/// The documents that are emitted and have examples, each beside one that names the schemas of these.
fn with_examples(probes: &[Probe], subjects: &[Subject], folder: &Path) -> Result<Vec<Probe>, Error> {
    let emitted = probes.iter().zip(subjects);
    let emitted = emitted.filter(|(_, it)| matches!(it.outcome, Outcome::Emitted { .. }));
    let mut found = Vec::new();
    for (probe, subject) in emitted {
        found.extend(probe::of_document(
            &probe.documents[0],
            &probe.name,
            &folder.join(&subject.package),
        )?);
    }
    Ok(found)
}

/// The folder that crates are emitted into, emptied, beside what cargo built before.
fn workshop() -> Result<PathBuf, Error> {
    let program = crate::bench::measure::this_program()?;
    let target = program.ancestors().nth(2).unwrap_or(&program);
    let folder = target.join("corpus");
    crate::bench::empty(&folder.join("crates"))?;
    crate::bench::empty(&folder.join("probes"))?;
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

/// Folders, as a message names them.
fn join(folders: &[PathBuf]) -> String {
    let shown: Vec<_> = folders.iter().map(|it| it.to_string_lossy()).collect();
    shown.join(", ")
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

//! `tablature codegen`: OpenAPI documents into a crate.

mod diff;
mod host;
mod print_ir;
mod report;
pub(crate) mod target;
mod timings;
mod watch;
mod workspace;

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{ArgGroup, Args, ValueEnum};
use serde_json::Value;
use tablature_build::{Error, Fingerprint, Outcome, Phase, Plan};
use tablature_codegen::{Generated, codes};

use crate::config;
use crate::console::{Console, Exit};
use crate::environment::Environment;
use crate::progress::Progress;
use report::Report;
use target::Target;
use timings::Timings;
use watch::Files;

/// What the help calls the options about documents that the command line names.
const DOCUMENTS: &str = "Documents of the command line";

/// Emit the crates of tablature.toml, or a crate of the documents that the command line names
///
/// Writes only files whose bytes change and removes generated files that are emitted no longer.
/// Only files whose first line says `@generated` are ever changed or removed: any other file in
/// the way is an error before anything is written.
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", crate::EXIT_CODES))]
#[command(group = ArgGroup::new("target").args(["out", "print_ir"]).multiple(true))]
#[command(group = ArgGroup::new("source").args(["schema", "drafts"]).multiple(true))]
pub(crate) struct Arguments {
    /// Crates of tablature.toml [default: all]
    #[arg(value_name = "CRATE", conflicts_with = "schema")]
    crates: Vec<String>,

    /// Write nothing: say what would change, and exit with 1 if anything would
    #[arg(long)]
    check: bool,

    /// Write nothing: say what would be written
    #[arg(long, conflicts_with = "check")]
    dry_run: bool,

    /// How to say what becomes of the files
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,

    /// Emit also where neither the documents nor the output have changed since the last run
    #[arg(long)]
    force: bool,

    /// Go on until Ctrl-C: emit again whenever a document, an overlay or the configuration changes
    #[arg(long, conflicts_with_all = ["check", "dry_run", "print_ir"])]
    watch: bool,

    /// Say how long each phase took: parse, lower, emit, write
    #[arg(long)]
    timings: bool,

    /// Print what the documents are lowered to, as JSON, and write nothing: all of it, or the type, operation,
    /// webhook or set of optional parameters of this name
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    #[arg(conflicts_with_all = ["check", "dry_run", "format", "timings"])]
    print_ir: Option<String>,

    /// OpenAPI documents, into a crate that tablature.toml does not name
    #[arg(long, help_heading = DOCUMENTS, value_name = "FILE", num_args = 1.., requires = "target")]
    schema: Vec<PathBuf>,

    /// An overlay that changes the documents before anything is made of them; may be given several times
    #[arg(long, help_heading = DOCUMENTS, value_name = "FILE", requires = "schema")]
    overlay: Vec<PathBuf>,

    /// A folder beside that of the first document that references may lead into; may be given several times
    #[arg(long, help_heading = DOCUMENTS, value_name = "DIR", requires = "schema")]
    allow_outside: Vec<PathBuf>,

    /// The folder of that crate; its last part names the package, unless tablature.toml does
    #[arg(long, help_heading = DOCUMENTS, value_name = "DIR", requires = "source")]
    out: Option<PathBuf>,

    /// The runtime of that crate: a version, or a folder of its packages [default: that of the checkout which this
    /// command was built from, else its version]
    #[arg(long, help_heading = DOCUMENTS, value_name = "PATH|VERSION", requires = "out")]
    runtime: Option<String>,

    /// Emit only this tag, operation or webhook, with the models that it needs; may be given several times
    #[arg(long, help_heading = DOCUMENTS, value_name = "TAG|OPERATION|WEBHOOK", requires = "schema")]
    only: Vec<String>,

    /// Take a construct that cannot be emitted as it is in a weaker form, which a warning tells of
    #[arg(long, help_heading = DOCUMENTS, value_name = "NAME", requires = "schema", value_parser = PossibleValuesParser::new(codes::allowable()))]
    allow_unsupported: Vec<String>,

    /// A package that the documents may make the emitted code depend on, by `x-rust-crates`; may be given several times
    #[arg(long, help_heading = DOCUMENTS, value_name = "PACKAGE", requires = "schema")]
    allow_crate: Vec<String>,

    /// Leave out an operation, or a schema, in whose place any value is taken; may be given several times
    #[arg(long, help_heading = DOCUMENTS, value_name = "OPERATION|SCHEMA", requires = "schema")]
    skip: Vec<String>,

    /// Leave out what this file names: a line each, with ` # ` and the reason behind the name
    #[arg(long, help_heading = DOCUMENTS, value_name = "FILE", requires = "schema")]
    skip_file: Option<PathBuf>,

    /// Emit drafts, too, to try them: documents, or a crate of tablature.toml, into a folder of their own
    #[arg(long, help_heading = DOCUMENTS, requires = "target")]
    drafts: bool,

    /// Leave out all operations and schemas that cannot be emitted, list them with their places, and exit with 3
    #[arg(long, help_heading = DOCUMENTS, requires = "schema")]
    keep_going: bool,
}

const EXAMPLES: &str = "\
Examples:
  tablature codegen
  tablature codegen --check
  tablature codegen petstore --timings
  tablature codegen --watch
  tablature codegen --dry-run --format json
  tablature codegen --print-ir ListServices
  tablature codegen --schema petstore.json --out ../petstore-api
  tablature codegen petstore --drafts --out target/petstore-drafts";

/// What is done with the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Write,
    Check,
    DryRun,
}

/// How the outcome is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line for each file that changes
    Text,
    /// An object with every file, for machines
    Json,
}

impl Arguments {
    fn mode(&self) -> Mode {
        match (self.check, self.dry_run) {
            (true, _) => Mode::Check,
            (_, true) => Mode::DryRun,
            _ => Mode::Write,
        }
    }

    /// Whether nothing has to be emitted where nothing has changed: no more is asked for than a line that says so.
    fn may_rest(&self, console: &Console) -> bool {
        !(self.force || self.timings || self.format == Format::Json || console.diagnostics.are_kept())
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    if let Some(name) = &arguments.print_ir {
        return print(arguments, name, environment, console);
    }
    if arguments.watch {
        return watch::run(arguments, environment, console);
    }
    once(arguments, environment, console, &mut Files::default())
}

/// Emits the crates. The files that this depends on are added to `read`, also where it fails.
fn once(
    arguments: &Arguments,
    environment: &Environment,
    console: &mut Console,
    read: &mut Files,
) -> Result<Exit, Error> {
    if arguments.watch {
        note_configuration(arguments, environment, read);
    }
    let skip_file = arguments.skip_file.iter();
    skip_file.for_each(|it| read.add(environment.directory.join(it)));
    let mut exit = Exit::Done;
    let mut errors = Vec::new();
    let mut reports = Vec::new();
    for target in Target::all(arguments, environment)? {
        match target.and_then(|it| emit(&it, arguments, environment, console, read)) {
            Ok((one, report)) => {
                exit = exit.max(one);
                reports.extend(report);
            }
            Err(error) => errors.push(error),
        }
    }
    if arguments.format == Format::Json {
        console.out += &format!("{:#}\n", serde_json::json!({ "crates": reports }));
    }
    Error::all(errors)?;
    Ok(exit)
}

/// Notes the configuration and the documents that it names, also where one of them keeps the run from reading it.
fn note_configuration(arguments: &Arguments, environment: &Environment, read: &mut Files) {
    if !arguments.schema.is_empty() {
        return;
    }
    let file = environment.config_file();
    read.add(file.unwrap_or_else(|| environment.directory.join(config::FILE)));
    if let Ok(config) = environment.config() {
        let documents = config.crates.iter().flat_map(|it| &it.documents);
        documents.for_each(|it| read.add(config.root.join(&it.file.value)));
    }
}

/// Emits one crate; gives the report that a machine reads.
fn emit(
    target: &Target,
    arguments: &Arguments,
    environment: &Environment,
    console: &mut Console,
    read: &mut Files,
) -> Result<(Exit, Option<Value>), Error> {
    let Target { build, folder, .. } = target;
    let mut add = |name: &String| read.add(build.base.join(name));
    build.documents.iter().chain(&build.overlays).for_each(&mut add);
    if arguments.may_rest(console)
        && let Some(last) = Fingerprint::current(build, folder)
    {
        last.read(build).for_each(|it| read.add(it));
        return Ok((report::rest(&last, console), None));
    }
    let mut timings = Timings::start();
    let outcome = generate(target, &mut timings, environment.is_terminal && !console.is_quiet)?;
    outcome.read.iter().for_each(add);
    console.diagnose(&outcome.diagnostics, &outcome.sources);
    let Some(generated) = &outcome.emitted else {
        return Ok((Exit::Difference, None));
    };
    timings.enter_write();
    let plan = Plan::of(folder, &generated.files)?;
    let mode = arguments.mode();
    let notes = target.notes(generated);
    if mode == Mode::Write {
        plan.write()?;
        if notes.is_empty() {
            target.keep_fingerprint(&outcome, &report::summary(generated))?;
        }
    }
    let report = Report {
        target,
        outcome: &outcome,
        generated,
        plan: &plan,
        mode,
        notes: &notes,
    };
    if arguments.format == Format::Text {
        report.say(console);
    }
    if arguments.timings {
        timings.lines().iter().for_each(|line| console.line(line));
    }
    let exit = match mode {
        Mode::Check if !plan.is_met() => Exit::Difference,
        _ if outcome.is_partial => Exit::Partial,
        _ => Exit::Done,
    };
    Ok((exit, Some(report.json())))
}

/// Generates the files of a crate.
fn generate(target: &Target, timings: &mut Timings, shows_progress: bool) -> Result<Outcome<Generated>, Error> {
    let progress = Progress::start(shows_progress, target.doing("read"));
    target.build.generate(&mut |phase| {
        timings.enter(phase);
        progress.enter(target.doing(match phase {
            Phase::Lower => "lower",
            Phase::Emit => "emit",
        }));
    })
}

/// Prints what the documents are lowered to. What was found in them goes to the standard error.
fn print(arguments: &Arguments, name: &str, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    let outcome = target::build(arguments, environment)?.tree()?;
    console.diagnose(&outcome.diagnostics, &outcome.sources);
    let Some(krate) = outcome.emitted else {
        return Ok(Exit::Difference);
    };
    console.out.push_str(&print_ir::text(&krate, name)?);
    Ok(if outcome.is_partial { Exit::Partial } else { Exit::Done })
}

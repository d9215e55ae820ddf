//! `tablature codegen`: OpenAPI documents into a crate.

mod diff;
mod host;
mod print_ir;
mod summary;
pub(crate) mod target;
mod timings;
mod workspace;

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{ArgGroup, Args, ValueEnum};
use tablature_build::{Error, Plan, State};
use tablature_codegen::{Generated, codes};

use crate::console::{Console, Exit};
use crate::counted;
use crate::environment::Environment;
use target::Target;
use timings::Timings;

/// Emit the crates of tablature.toml, or a crate of the documents that the command line names
///
/// Writes only files whose bytes change and removes generated files that are emitted no longer.
/// Only files whose first line says `@generated` are ever changed or removed: any other file in
/// the way is an error before anything is written.
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", crate::EXIT_CODES))]
#[command(group = ArgGroup::new("target").args(["out", "print_ir"]).multiple(true))]
pub(crate) struct Arguments {
    /// Crates of tablature.toml [default: all]
    #[arg(value_name = "CRATE", conflicts_with = "schema")]
    crates: Vec<String>,

    /// Write nothing: say what would change, and exit with 1 if anything would
    #[arg(long)]
    check: bool,

    /// Write nothing: say which files would be written, removed and left unchanged
    #[arg(long, conflicts_with = "check")]
    dry_run: bool,

    /// How to say what was done, or with --dry-run would be
    #[arg(long, value_enum, default_value_t = Format::Text, conflicts_with_all = ["check", "timings"])]
    format: Format,

    /// Say how long each phase took: parse, lower, emit, write
    #[arg(long)]
    timings: bool,

    /// Print what the documents are lowered to, as JSON, and write nothing: all of it, or the type, operation,
    /// webhook or set of optional parameters of this name
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    #[arg(conflicts_with_all = ["check", "timings"])]
    print_ir: Option<String>,

    /// OpenAPI documents, into a crate that tablature.toml does not name
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "target")]
    schema: Vec<PathBuf>,

    /// An overlay that changes the documents before anything is made of them; may be given several times
    #[arg(long, value_name = "FILE", requires = "schema")]
    overlay: Vec<PathBuf>,

    /// A folder beside that of the first document that references may lead into; may be given several times
    #[arg(long, value_name = "DIR", requires = "schema")]
    allow_outside: Vec<PathBuf>,

    /// The folder of that crate; its last part names the package
    #[arg(long, value_name = "DIR", requires = "schema")]
    out: Option<PathBuf>,

    /// The runtime of that crate: a version, or a folder of its packages [default: that of the checkout which this
    /// command was built from, else its version]
    #[arg(long, value_name = "PATH|VERSION", requires = "out")]
    runtime: Option<String>,

    /// Emit only this tag, operation or webhook, with the models that it needs; may be given several times
    #[arg(long, value_name = "TAG|OPERATION|WEBHOOK", requires = "schema")]
    only: Vec<String>,

    /// Take a construct that cannot be emitted as it is in a weaker form, which a warning tells of
    #[arg(long, value_name = "NAME", requires = "schema", value_parser = PossibleValuesParser::new(codes::allowable()))]
    allow_unsupported: Vec<String>,

    /// Leave out an operation, or a schema, in whose place any value is taken; may be given several times
    #[arg(long, value_name = "OPERATION|SCHEMA", requires = "schema")]
    skip: Vec<String>,

    /// Leave out what this file names: a line each, with ` # ` and the reason behind the name
    #[arg(long, value_name = "FILE", requires = "schema")]
    skip_file: Option<PathBuf>,

    /// Leave out all operations and schemas that cannot be emitted, list them with their places, and exit with 3
    #[arg(long, requires = "schema")]
    keep_going: bool,
}

/// How a run says what it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A line for each file.
    Text,
    /// An object on a line for each crate.
    Json,
}

const EXAMPLES: &str = "\
Examples:
  tablature codegen
  tablature codegen --check
  tablature codegen petstore --timings
  tablature codegen --print-ir ListServices
  tablature codegen --schema petstore.json --out ../petstore-api";

/// How many renames are listed.
const MOST_RENAMES: usize = 20;

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    if let Some(name) = &arguments.print_ir {
        return print(arguments, name, environment, console);
    }
    let mut exit = Exit::Done;
    let mut errors = Vec::new();
    for target in Target::all(arguments, environment)? {
        match emit(&target, arguments, environment, console) {
            Ok(one) => exit = exit.max(one),
            Err(error) => errors.push(error),
        }
    }
    Error::all(errors)?;
    Ok(exit)
}

/// Emits one crate.
fn emit(
    target: &Target,
    arguments: &Arguments,
    environment: &Environment,
    console: &mut Console,
) -> Result<Exit, Error> {
    let mut timings = Timings::start();
    let outcome = target.build.generate(&mut |phase| timings.enter(phase))?;
    console.err.push_str(&outcome.rendered(environment.color));
    let Some(generated) = outcome.emitted else {
        return Ok(Exit::Difference);
    };
    timings.enter_write();
    let plan = Plan::of(&target.folder, &generated.files)?;
    let exit = if arguments.check {
        compare(target, &generated, &plan, console)
    } else {
        if !arguments.dry_run {
            plan.write()?;
        }
        if arguments.format == Format::Json {
            let package = &target.build.config.package;
            console.line(summary::json(package, &generated, &outcome.left_out, &plan));
        } else {
            say(&generated, &outcome.left_out, &plan, arguments.dry_run, console);
            let notes = target.around.iter().flat_map(|it| it.notes(&generated));
            notes.chain(target.note.clone()).for_each(|it| console.line(it));
        }
        Exit::Done
    };
    if arguments.timings {
        timings.lines().iter().for_each(|line| console.line(line));
    }
    Ok(match exit {
        Exit::Done if outcome.is_partial => Exit::Partial,
        exit => exit,
    })
}

/// Prints what the documents are lowered to. What was found in them goes to the standard error.
fn print(arguments: &Arguments, name: &str, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    let outcome = target::build(arguments, environment)?.tree()?;
    console.err.push_str(&outcome.rendered(environment.color));
    let Some(krate) = outcome.emitted else {
        return Ok(Exit::Difference);
    };
    console.out.push_str(&print_ir::text(&krate, name)?);
    Ok(if outcome.is_partial { Exit::Partial } else { Exit::Done })
}

/// Says what has been written, or would be.
fn say(generated: &Generated, left_out: &[String], plan: &Plan<'_>, dry_run: bool, console: &mut Console) {
    let (wrote, removed, end) = match dry_run {
        true => ("to write", "to remove", "; nothing was written"),
        false => ("wrote", "removed", ""),
    };
    for entry in &plan.entries {
        let done = match entry.state {
            State::Unchanged => "unchanged",
            State::Missing { .. } | State::Stale { .. } => wrote,
            State::LeftOver => removed,
        };
        console.line(format!("{done:<9}  {}", entry.name));
    }
    for rename in generated.renames.iter().take(MOST_RENAMES) {
        console.line(format!("renamed    {} to {}", rename.wire, rename.rust));
    }
    if let Some(more) = generated.renames.len().checked_sub(MOST_RENAMES).filter(|it| *it > 0) {
        console.line(format!("renamed    {more} more"));
    }
    for line in left_out {
        console.line(format!("left out   {line}"));
    }
    let written = plan.count(|state| matches!(state, State::Missing { .. } | State::Stale { .. }));
    let removed = plan.count(|state| matches!(state, State::LeftOver));
    let unchanged = plan.count(|state| matches!(state, State::Unchanged));
    console.line(format!(
        "{}: {written} written, {removed} removed, {unchanged} unchanged{end}",
        summary(generated)
    ));
}

/// Says what differs from what would be written.
fn compare(target: &Target, generated: &Generated, plan: &Plan<'_>, console: &mut Console) -> Exit {
    let summary = summary(generated);
    if plan.is_met() {
        console.line(format!("{summary}: up to date"));
        return Exit::Done;
    }
    let stale = plan.count(|state| matches!(state, State::Stale { .. }));
    let missing = plan.count(|state| matches!(state, State::Missing { .. }));
    let left_over = plan.count(|state| matches!(state, State::LeftOver));
    console.out.push_str(&diff::differences(plan));
    console.line(format!(
        "{summary}: {stale} stale, {missing} missing, {left_over} left over"
    ));
    console.line(format!("run `{}` to mend this", target.mend));
    Exit::Difference
}

/// `19 operations, 31 models, 45 files`, and webhooks where there are any.
fn summary(generated: &Generated) -> String {
    let webhooks = (generated.webhooks > 0).then(|| counted(generated.webhooks, "webhook"));
    let rest = [
        counted(generated.models, "model"),
        counted(generated.files.len(), "file"),
    ];
    let all = [counted(generated.operations, "operation")].into_iter().chain(webhooks);
    all.chain(rest).collect::<Vec<_>>().join(", ")
}

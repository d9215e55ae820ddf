//! The maintainer's commands as a library, so that tests can run them without a process.
//!
//! The libraries neither read nor write files: this package finds the documents,
//! calls the libraries, writes or compares what they give, and renders their diagnostics.

mod bench;
mod changes;
mod codegen;
mod console;
mod corpus;
mod diagnostics;
mod environment;
mod error;
mod explain;
mod output;
mod pages;
mod paths;

use std::ffi::OsString;

use clap::{Parser, Subcommand, ValueEnum};

pub use console::{Console, Exit, FAILED};
pub use environment::Environment;
pub use error::Error;

/// Maintain Tablature: emit the crates, follow the documentation.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, after_help = EXIT_CODES)]
#[command(disable_help_subcommand = true, subcommand_required = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// When to colour diagnostics: auto means on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    color: Color,
}

/// When to colour diagnostics.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Codegen(codegen::Arguments),
    Changes(changes::Arguments),
    #[command(subcommand)]
    Pages(pages::Command),
    Explain(explain::Arguments),
    Bench(bench::Arguments),
    Corpus(corpus::Arguments),
}

/// What the exit codes mean, for the help of every command.
const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  the documents hold errors, or --check found a difference
  2  wrong usage, or a file cannot be read or written
  3  done, but for what --keep-going left out";

/// Runs the command that `arguments` name (the first is the program) and gives the exit code.
///
/// What a person is to read is left in `console`.
pub fn run(arguments: impl IntoIterator<Item = OsString>, environment: &Environment, console: &mut Console) -> u8 {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(usage) => return console.usage(&usage),
    };
    let environment = Environment {
        color: match cli.color {
            Color::Auto => environment.color,
            Color::Always => true,
            Color::Never => false,
        },
        ..environment.clone()
    };
    let outcome = match cli.command {
        Command::Codegen(arguments) => codegen::run(&arguments, &environment, console),
        Command::Changes(arguments) => changes::run(&arguments, &environment, console),
        Command::Pages(command) => pages::run(&command, &environment, console),
        Command::Explain(arguments) => explain::run(&arguments, console),
        Command::Bench(arguments) => bench::run(&arguments, &environment, console),
        Command::Corpus(arguments) => corpus::run(&arguments, &environment, console),
    };
    match outcome {
        Ok(exit) => exit.code(),
        Err(error) => console.fail(&error),
    }
}

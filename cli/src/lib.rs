//! The command `tablature` as a library, so that tests run it without a process and a repository can extend it.
//!
//! The libraries generate, read and compare; this package reads the command line, calls them and says what came of it.

mod changes;
mod codegen;
pub mod codes;
#[cfg_attr(
    not(feature = "fetch"),
    expect(dead_code, unused_imports, reason = "addresses are for `fetch` alone")
)]
mod config;
mod console;
mod diagnostics;
mod environment;
mod explain;
#[cfg(feature = "fetch")]
mod fetch;
mod init;
mod manual;
mod overlay;
mod pages;
mod process;
mod progress;
mod sha256;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use diagnostics::{Diagnostics, Format};

pub use console::{Console, Exit, FAILED};
pub use environment::Environment;
pub use pages::documents;
pub use process::process;
pub use tablature_build::diagnostics::counted;
pub use tablature_build::{Error, paths};

/// Typed Rust clients from OpenAPI documents and documentation pages
#[derive(Debug, Parser)]
#[command(name = "tablature", version, after_help = EXIT_CODES)]
#[command(disable_help_subcommand = true, subcommand_required = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    options: Options,
}

/// What the help calls the options of every command.
const GLOBAL: &str = "Options of every command";

/// What every command takes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// When to colour diagnostics: auto means on a terminal, or where CLICOLOR_FORCE is set, unless NO_COLOR is set
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto, help_heading = GLOBAL)]
    color: Color,

    /// The configuration [default: the nearest tablature.toml at or above the current folder]
    #[arg(long, global = true, value_name = "FILE", help_heading = GLOBAL)]
    config: Option<PathBuf>,

    /// How to print diagnostics
    #[arg(long, global = true, value_enum, value_name = "FORMAT", default_value_t = Format::Human, help_heading = GLOBAL)]
    diagnostics: Format,

    /// The file that diagnostics go to [default: the standard error]
    #[arg(long, global = true, value_name = "FILE", help_heading = GLOBAL)]
    diagnostics_out: Option<PathBuf>,

    /// Print results that are asked for and diagnostics, and nothing of what was done
    #[arg(long, short, global = true, help_heading = GLOBAL)]
    quiet: bool,
}

/// When to colour diagnostics.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
#[expect(
    private_interfaces,
    reason = "what a command takes is read from the command line alone"
)]
#[expect(missing_docs, reason = "what a command does is said where its arguments are")]
pub enum Command {
    Init(init::Arguments),
    Codegen(codegen::Arguments),
    Changes(changes::Arguments),
    #[command(subcommand)]
    Pages(pages::Command),
    Overlay(overlay::Arguments),
    #[cfg(feature = "fetch")]
    Fetch(fetch::Arguments),
    Explain(explain::Arguments),
    Completions(manual::Completions),
    Man(manual::Manual),
}

/// What the exit codes mean, for the help of every command.
pub const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  documents or pages hold errors, or a comparison found a difference
  2  wrong usage, or a file cannot be read or written
  3  done, but for what --keep-going left out";

/// Runs the command that `arguments` name (the first is the program) and gives the exit code.
///
/// What a person is to read is left in `console`.
pub fn run(arguments: impl IntoIterator<Item = OsString>, environment: &Environment, console: &mut Console) -> u8 {
    run_parsed(arguments, environment, console, |cli: &Cli, environment, console| {
        cli.command.run(environment, console)
    })
}

/// Parses `arguments` as `P` and runs `command` in the environment as its options change it; gives the exit code.
pub fn run_parsed<P: Parser + AsRef<Options>>(
    arguments: impl IntoIterator<Item = OsString>,
    environment: &Environment,
    console: &mut Console,
    command: impl FnOnce(&P, &Environment, &mut Console) -> Result<Exit, Error>,
) -> u8 {
    let parsed = match P::try_parse_from(arguments) {
        Ok(parsed) => parsed,
        Err(usage) => return console.usage(&usage),
    };
    let environment = parsed.as_ref().applied(environment);
    parsed.as_ref().apply_to(console, environment.color);
    let exit = match command(&parsed, &environment, console) {
        Ok(exit) => exit.code(),
        Err(error) => console.fail(&error),
    };
    console.end(exit, &environment.directory)
}

impl AsRef<Options> for Cli {
    fn as_ref(&self) -> &Options {
        &self.options
    }
}

impl Options {
    /// The environment as these options change it.
    fn applied(&self, environment: &Environment) -> Environment {
        Environment {
            color: match self.color {
                Color::Auto => environment.color && self.diagnostics_out.is_none(),
                Color::Always => true,
                Color::Never => false,
            },
            config: self.config.clone().or_else(|| environment.config.clone()),
            directory: environment.directory.clone(),
            is_terminal: environment.is_terminal,
        }
    }

    /// Tells the console how to say things.
    fn apply_to(&self, console: &mut Console, color: bool) {
        console.is_quiet = self.quiet;
        console.diagnostics = Diagnostics::new(self.diagnostics, self.diagnostics_out.clone(), color);
    }
}

impl Command {
    /// Runs the command.
    ///
    /// # Errors
    /// When it cannot be carried out.
    pub fn run(&self, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
        match self {
            Self::Init(arguments) => init::run(arguments, environment, console),
            Self::Codegen(arguments) => codegen::run(arguments, environment, console),
            Self::Changes(arguments) => changes::run(arguments, environment, console),
            Self::Pages(command) => pages::run(command, environment, console),
            Self::Overlay(arguments) => overlay::run(arguments, environment, console),
            #[cfg(feature = "fetch")]
            Self::Fetch(arguments) => fetch::run(arguments, environment, console),
            Self::Explain(arguments) => explain::run(arguments, console),
            Self::Completions(arguments) => Ok(manual::completions(arguments, console)),
            Self::Man(arguments) => manual::manual(arguments, environment, console),
        }
    }
}

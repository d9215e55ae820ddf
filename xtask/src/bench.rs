//! `cargo xtask bench`: how much it costs to generate, to compile and to run what is emitted.

mod compile;
mod derive;
mod features;
mod generate;
mod instructions;
mod kubernetes;
mod load;
mod machine;
pub(crate) mod measure;
mod program;
pub(crate) mod progress;
mod server;
// Not the crate of it, which has the peers as its dependencies.
#[path = "../../benches/src/service.rs"]
mod service;
mod synthetic;
pub(crate) mod table;

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use tablature::Environment;
use tablature::Error;
use tablature::{Console, Exit};

/// Measure what it costs to generate, to compile and to run what is emitted, beside peers
///
/// Each prints a table in Markdown, with medians of several runs and ratios measured in the same run: seconds
/// differ between machines and hours, ratios and instruction counts hardly. Times and allocations of what is
/// emitted are `cargo bench -p tablature-benches`; the last full run stands in benches/RESULTS.md.
#[derive(Debug, Args)]
#[command(subcommand_required = true, disable_help_subcommand = true, after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Generate(generate::Arguments),
    Compile(compile::Arguments),
    Features(features::Arguments),
    Instructions(instructions::Arguments),
    Program(program::Arguments),
    Load(load::Arguments),
    Measure(measure::Arguments),
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask bench generate
  cargo xtask bench compile --runs 5
  cargo xtask bench features
  cargo xtask bench program
  cargo xtask bench load
  cargo xtask bench instructions
  cargo xtask bench instructions --guard";

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  a case takes more instructions than recorded
  2  wrong usage, or something that is measured failed";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    match &arguments.command {
        Command::Generate(arguments) => generate::run(arguments, environment, console),
        Command::Compile(arguments) => compile::run(arguments, console),
        Command::Features(arguments) => features::run(arguments, console),
        Command::Instructions(arguments) => instructions::run(arguments, console),
        Command::Program(arguments) => program::run(arguments, console),
        Command::Load(arguments) => load::run(arguments, console),
        Command::Measure(arguments) => measure::run(arguments, console),
    }
}

/// Where a run builds, writes and finds its programs.
#[derive(Debug)]
struct Place {
    /// The root of the workspace.
    root: PathBuf,
    /// The folder that cargo builds in.
    target: PathBuf,
}

impl Place {
    /// The root of this repository, and the folder that this program was built in.
    fn of() -> Result<Self, Error> {
        let program = measure::this_program()?;
        let target = program.parent().and_then(Path::parent).unwrap_or(Path::new("target"));
        Ok(Self {
            root: crate::root().to_owned(),
            target: target.to_owned(),
        })
    }

    /// An empty folder of this name, for what a bench writes.
    fn folder(&self, name: &str) -> Result<PathBuf, Error> {
        let folder = self.target.join("bench").join(name);
        empty(&folder)?;
        Ok(folder)
    }

    /// A command of the cargo that runs this, building where this was built.
    fn cargo(&self) -> std::process::Command {
        let mut command = std::process::Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        command
    }

    /// This program with optimizations, built if need be.
    fn optimized(&self) -> Result<PathBuf, Error> {
        let program = measure::this_program()?;
        if program.parent().is_some_and(|it| it.ends_with("release")) {
            return Ok(program);
        }
        let mut build = self.cargo();
        measure::succeed(build.args(["build", "--quiet", "--release", "--locked", "--package", "xtask"]))?;
        Ok(self
            .target
            .join("release")
            .join(program.file_name().unwrap_or_default()))
    }
}

/// Makes the folder, or makes it empty.
pub(crate) fn empty(folder: &Path) -> Result<(), Error> {
    let io = |action, cause| Error::io(action, folder.to_string_lossy(), cause);
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|cause| io("remove", cause))?;
    }
    fs::create_dir_all(folder).map_err(|cause| io("write", cause))
}

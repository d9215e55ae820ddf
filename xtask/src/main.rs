//! `cargo xtask`: the command `tablature` on this repository, with its benches and its corpus.

mod bench;
mod corpus;

use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Maintain Tablature: emit the crates, follow the documentation, measure
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, after_help = tablature::EXIT_CODES)]
#[command(disable_help_subcommand = true, subcommand_required = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    options: tablature::Options,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(flatten)]
    Tablature(tablature::Command),
    Bench(bench::Arguments),
    Corpus(corpus::Arguments),
}

/// That of the command, so that what is measured is what users have.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    tablature::process(|arguments, environment, console| {
        tablature::run_parsed(
            arguments,
            environment,
            console,
            |cli: &Cli, environment, console| match &cli.command {
                Command::Tablature(command) => command.run(environment, console),
                Command::Bench(arguments) => bench::run(arguments, environment, console),
                Command::Corpus(arguments) => corpus::run(arguments, environment, console),
            },
        )
    })
}

impl AsRef<tablature::Options> for Cli {
    fn as_ref(&self) -> &tablature::Options {
        &self.options
    }
}

/// The root of this repository.
fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

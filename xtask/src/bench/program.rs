//! `cargo xtask bench program`: what it costs to build a new program with a client, and how big it becomes.

pub(super) mod crates;

use std::fs;
use std::path::Path;

use clap::Args;

use super::measure::{Cost, in_turns, measured, succeed};
use super::progress::Progress;
use super::table::{Table, grouped, ratio};
use super::{Place, empty, machine};
use crates::{LISTS, Program};
use tablature::Error;
use tablature::{Console, Exit, counted};

/// Measure what it costs to build a new program that lists Services, beside the same one with kube
///
/// From an empty folder to the binary, all dependencies with it; they are fetched before. Ratios are those of CPU time, and
/// of the stripped binary, to the program with the emitted client over reqwest.
#[derive(Debug, Args)]
#[command(after_help = super::EXIT_CODES)]
pub(super) struct Arguments {
    /// How many runs to take the median of
    #[arg(long, value_name = "N", default_value_t = 1)]
    runs: usize,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, console: &mut Console) -> Result<Exit, Error> {
    let place = Place::of()?;
    let progress = Progress::new();
    for program in &LISTS {
        progress.say(&format!("fetching what {} depends on", program.name));
        program.write(&place)?;
    }
    let builds = |profile: &str| {
        in_turns(&LISTS, arguments.runs, |run, program| {
            progress.say(&format!("{profile} {run} of {}: {}", arguments.runs, program.name));
            built(program, profile, &place)
        })
    };
    let (debug, release) = (builds("dev")?, builds("release")?);
    let sizes = LISTS
        .iter()
        .map(|it| sizes(it, &place))
        .collect::<Result<Vec<_>, _>>()?;
    let mut table = Table::new(&[
        "program",
        "crates",
        "debug s",
        "CPU s",
        "ratio",
        "release s",
        "CPU s",
        "ratio",
        "binary kB",
        "stripped kB",
        "ratio",
    ]);
    for (index, program) in LISTS.iter().enumerate() {
        let (debug_of, release_of) = (debug[index], release[index]);
        let (binary, stripped) = sizes[index];
        table.row([
            program.name.to_owned(),
            program.crates(&place)?.to_string(),
            format!("{:.1}", debug_of.wall.as_secs_f64()),
            debug_of.seconds(),
            debug_of.ratio(&debug[0]),
            format!("{:.1}", release_of.wall.as_secs_f64()),
            release_of.seconds(),
            release_of.ratio(&release[0]),
            grouped(binary / 1000),
            grouped(stripped / 1000),
            ratio(stripped as f64, sizes[0].1 as f64),
        ]);
    }
    drop(progress);
    console.line(format!(
        "From `cargo build` of a new program to its binary, median of {}; the binary is that of the release build. {}.",
        counted(arguments.runs.max(1), "run"),
        machine::line()?
    ));
    console.line("");
    console.out.push_str(&table.text());
    Ok(Exit::Done)
}

/// What a build takes in which nothing has been built before.
fn built(program: &Program, profile: &str, place: &Place) -> Result<Cost, Error> {
    let folder = program
        .builds(place)
        .join(if profile == "dev" { "debug" } else { profile });
    empty(&folder)?;
    measured(program.cargo(place, "build").args(["--offline", "--profile", profile]))
}

/// The bytes of the binary of the release build, as it was built and stripped.
fn sizes(program: &Program, place: &Place) -> Result<(u64, u64), Error> {
    let binary = program.binary(place);
    let stripped = binary.with_extension("stripped");
    succeed(std::process::Command::new("strip").arg("-o").args([&stripped, &binary]))?;
    Ok((size(&binary)?, size(&stripped)?))
}

fn size(file: &Path) -> Result<u64, Error> {
    let metadata = fs::metadata(file).map_err(|cause| Error::io("read", file.to_string_lossy(), cause))?;
    Ok(metadata.len())
}

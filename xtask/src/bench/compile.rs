//! `cargo xtask bench compile`: what it costs to compile what is emitted, beside the same models otherwise.

mod built;
mod subject;

use std::path::PathBuf;
use std::process::Command;

use clap::Args;

use super::measure::{Cost, in_turns, measured, succeed};
use super::progress::Progress;
use super::table::{Table, grouped};
use super::{Place, kubernetes, machine};
use subject::Subject;
use tablature::Error;
use tablature::{Console, Exit, counted};

/// Measure what it costs to check and to build emitted crates, beside serde derive and k8s-openapi
///
/// Each crate is compiled alone, its dependencies built before, without incremental compilation. Ratios are those
/// of CPU time to the crate that Tablature emits, the crates having taken turns. Serde derive has the same models without operations; k8s-openapi
/// has types of all of Kubernetes without operations.
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", super::EXIT_CODES))]
pub(super) struct Arguments {
    /// The folder with the documents of Kubernetes
    #[arg(long, value_name = "DIR", default_value = kubernetes::FOLDER)]
    kubernetes: PathBuf,

    /// How many runs to take the median of
    #[arg(long, value_name = "N", default_value_t = 3)]
    runs: usize,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask bench compile
  cargo xtask bench compile --runs 1";

/// Runs the command.
pub(super) fn run(arguments: &Arguments, console: &mut Console) -> Result<Exit, Error> {
    let place = Place::of()?;
    let progress = Progress::new();
    progress.say("emitting the crates");
    let folder = place.root.join(&arguments.kubernetes);
    if kubernetes::documents(&folder).is_empty() {
        return Err(Error::usage(format!(
            "{} holds no OpenAPI document",
            arguments.kubernetes.to_string_lossy().into_owned()
        )));
    }
    let mut table = Table::new(&[
        "crate",
        "lines",
        "check s",
        "ratio",
        "MB",
        "release s",
        "ratio",
        "MB",
        "rlib kB",
    ]);
    for group in subject::groups(&folder, &place)? {
        let checks = costs(&place, &group, "check", arguments.runs, &progress)?;
        let builds = costs(&place, &group, "build", arguments.runs, &progress)?;
        for (subject, (check, build)) in group.iter().zip(checks.iter().zip(&builds)) {
            table.row([
                subject.name.clone(),
                grouped(built::lines(&folder_of_builds(&place), subject)?),
                check.seconds(),
                check.ratio(&checks[0]),
                check.megabytes(),
                build.seconds(),
                build.ratio(&builds[0]),
                build.megabytes(),
                grouped(built::rlib_bytes(&folder_of_builds(&place), subject)? / 1000),
            ]);
        }
    }
    drop(progress);
    console.line(format!(
        "Compiling one crate alone, CPU seconds and peak memory, median of {}. {}.",
        counted(arguments.runs.max(1), "run"),
        machine::line()?
    ));
    console.line("");
    console.out.push_str(&table.text());
    Ok(Exit::Done)
}

/// The folder that the crates are built in.
fn folder_of_builds(place: &Place) -> PathBuf {
    place.target.join("bench/compile/target")
}

/// What `cargo check` or `cargo build --release` of each crate alone costs.
fn costs(place: &Place, group: &[Subject], what: &str, runs: usize, progress: &Progress) -> Result<Vec<Cost>, Error> {
    for subject in group {
        progress.say(&format!("building what {} depends on", subject.name));
        succeed(&mut cargo(place, subject, what, what))?;
    }
    in_turns(group, runs, |run, subject| {
        progress.say(&format!("{what} {run} of {runs}: {}", subject.name));
        succeed(&mut cargo(place, subject, what, "clean"))?;
        measured(cargo(place, subject, what, what).arg("--offline"))
    })
}

/// A command on the crate, in the profile of `what`.
fn cargo(place: &Place, subject: &Subject, what: &str, command: &str) -> Command {
    let mut cargo = place.cargo();
    cargo.current_dir(&subject.folder).arg(command);
    cargo.args(["--quiet", "--package", &subject.package]);
    if what == "build" {
        cargo.arg("--release");
    }
    cargo.env("CARGO_TARGET_DIR", folder_of_builds(place));
    cargo.env("CARGO_INCREMENTAL", "0");
    cargo
}

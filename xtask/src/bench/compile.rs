//! `cargo xtask bench compile`: what it costs to compile what is emitted, beside the same models otherwise.

mod built;
mod subject;

use std::path::PathBuf;

use clap::Args;

use super::measure::{Cost, median_of, succeed};
use super::progress::Progress;
use super::table::{Table, grouped, ratio};
use super::{Place, kubernetes, machine};
use crate::console::{Console, Exit, counted};
use crate::environment::Environment;
use crate::error::Error;
use subject::Subject;

/// Measure what it costs to check and to build emitted crates, beside serde derive and k8s-openapi
///
/// Each crate is compiled alone, its dependencies built before, without incremental compilation. Ratios are those
/// of CPU time to the crate that Tablature emits. Serde derive has the same models without operations; k8s-openapi
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
pub(super) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    let place = Place::of(environment)?;
    let progress = Progress::new();
    progress.say("emitting the crates");
    let folder = place.root.join(&arguments.kubernetes);
    if kubernetes::documents(&folder).is_empty() {
        return Err(Error::NoDocuments {
            folder: arguments.kubernetes.to_string_lossy().into_owned(),
        });
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
        let mut ours = None;
        for subject in &group {
            progress.say(&format!("checking {}", subject.name));
            let check = cost(&place, subject, "check", arguments.runs)?;
            progress.say(&format!("building {}", subject.name));
            let build = cost(&place, subject, "build", arguments.runs)?;
            let (first_check, first_build) = *ours.get_or_insert((check, build));
            table.row([
                subject.name.clone(),
                grouped(built::lines(&builds(&place), subject)?),
                seconds(check),
                ratio(check.cpu.as_secs_f64(), first_check.cpu.as_secs_f64()),
                megabytes(check),
                seconds(build),
                ratio(build.cpu.as_secs_f64(), first_build.cpu.as_secs_f64()),
                megabytes(build),
                grouped(built::rlib_bytes(&builds(&place), subject)? / 1000),
            ]);
        }
    }
    drop(progress);
    console.line(format!(
        "Compiling one crate alone, CPU seconds and peak memory, median of {}. {}.\n",
        counted(arguments.runs.max(1), "run"),
        machine::line()?
    ));
    console.out.push_str(&table.text());
    Ok(Exit::Done)
}

fn seconds(cost: Cost) -> String {
    format!("{:.2}", cost.cpu.as_secs_f64())
}

fn megabytes(cost: Cost) -> String {
    format!("{:.0}", cost.memory as f64 / 1024.0)
}

/// The folder that the crates are built in.
fn builds(place: &Place) -> PathBuf {
    place.target.join("bench/compile/target")
}

/// What `cargo check` or `cargo build --release` of the crate alone costs.
fn cost(place: &Place, subject: &Subject, what: &str, runs: usize) -> Result<Cost, Error> {
    let cargo = |arguments: &[&str]| {
        let mut cargo = place.cargo();
        cargo
            .current_dir(&subject.folder)
            .arg(arguments.first().copied().unwrap_or(what));
        cargo.args(arguments.get(1..).unwrap_or_default());
        cargo.args(["--quiet", "--package", &subject.package]);
        if what == "build" {
            cargo.arg("--release");
        }
        cargo
            .env("CARGO_TARGET_DIR", builds(place))
            .env("CARGO_INCREMENTAL", "0");
        cargo
    };
    succeed(&mut cargo(&[what]))?;
    median_of(runs, &cargo(&[what, "--offline"]), || {
        succeed(&mut cargo(&["clean"])).map(drop)
    })
}

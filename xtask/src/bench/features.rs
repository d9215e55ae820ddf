//! `cargo xtask bench features`: what each cargo feature of the emitted crate costs to check.

use std::process::Command;

use clap::Args;

use super::measure::{in_turns, measured, succeed};
use super::progress::Progress;
use super::table::Table;
use super::{Place, machine};
use tablature::Error;
use tablature::{Console, Exit, counted};

/// Measure what each cargo feature of the emitted crate costs to check
///
/// The crate is checked alone, its dependencies built before, without incremental compilation; the features take
/// turns. Ratios are those of CPU time to all features of APIs together.
#[derive(Debug, Args)]
#[command(after_help = super::EXIT_CODES)]
pub(super) struct Arguments {
    /// How many runs to take the median of
    #[arg(long, value_name = "N", default_value_t = 5)]
    runs: usize,
}

const PACKAGE: &str = "tablature-apis";

/// Runs the command.
pub(super) fn run(arguments: &Arguments, console: &mut Console) -> Result<Exit, Error> {
    let place = Place::of()?;
    let progress = Progress::new();
    let own = features(&place)?;
    let mut cases = vec![("all".to_owned(), own.join(","))];
    cases.extend(own.into_iter().map(|it| (it.clone(), it)));
    for (name, features) in &cases {
        progress.say(&format!("building what {name} depends on"));
        succeed(&mut check(&place, features))?;
    }
    let costs = in_turns(&cases, arguments.runs, |run, (name, features)| {
        progress.say(&format!("{run} of {}: {name}", arguments.runs));
        succeed(cargo(&place).args(["clean", "--quiet", "--package", PACKAGE]))?;
        measured(&check(&place, features))
    })?;
    drop(progress);
    let mut table = Table::new(&["feature", "check s", "to all", "MB"]);
    for ((name, _), cost) in cases.iter().zip(&costs) {
        table.row([name.clone(), cost.seconds(), cost.ratio(&costs[0]), cost.megabytes()]);
    }
    console.line(format!(
        "`cargo check` of {PACKAGE} alone, CPU seconds and peak memory, median of {}. {}.",
        counted(arguments.runs.max(1), "run"),
        machine::line()?
    ));
    console.line("");
    console.out.push_str(&table.text());
    Ok(Exit::Done)
}

/// A command of cargo in a folder of its own, from which nothing is cleaned that others built.
fn cargo(place: &Place) -> Command {
    let mut cargo = place.cargo();
    cargo.env("CARGO_TARGET_DIR", place.target.join("bench/features"));
    cargo
}

fn check(place: &Place, features: &str) -> Command {
    let mut cargo = cargo(place);
    cargo.args([
        "check",
        "--quiet",
        "--offline",
        "--package",
        PACKAGE,
        "--no-default-features",
    ]);
    cargo.args(["--features", features]).env("CARGO_INCREMENTAL", "0");
    cargo
}

/// The features of APIs and tags: those that pass nothing on to the runtime, and that a user may name.
fn features(place: &Place) -> Result<Vec<String>, Error> {
    let metadata = succeed(
        place
            .cargo()
            .args(["metadata", "--no-deps", "--offline", "--format-version", "1"]),
    )?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata)
        .map_err(|cause| Error::usage(format!("bench: what `cargo metadata` prints is not JSON: {cause}")))?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let features = packages
        .filter(|it| it["name"] == PACKAGE)
        .filter_map(|it| it["features"].as_object())
        .flatten();
    let is_own = |values: &serde_json::Value| {
        let mut values = values.as_array().into_iter().flatten();
        values.all(|it| it.as_str().is_some_and(|it| !it.contains('/')))
    };
    let is_named = |name: &str| name != "default" && !name.starts_with('_');
    let own = features.filter(|(name, values)| is_named(name) && is_own(values));
    Ok(own.map(|(name, _)| name.clone()).collect())
}

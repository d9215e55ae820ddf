//! `cargo xtask bench instructions`: what each case executes, counted by valgrind.

mod recorded;

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use super::measure::{output, succeed};
use super::progress::Progress;
use super::table::{Table, grouped, ratio};
use super::{Place, machine};
use recorded::Recorded;
use tablature::Error;
use tablature::{Console, Exit};

/// Count the instructions that decoding, encoding, watches and requests take, beside peers
///
/// Runs each case of `cargo bench -p tablature-benches` under callgrind of valgrind, which has to be installed,
/// once and again: the difference is what one run takes. Counts hardly differ from one machine to the next, so
/// they are what to compare from commit to commit. Those of Tablature are recorded in benches/instructions.tsv.
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", super::EXIT_CODES))]
pub(super) struct Arguments {
    /// Only cases whose name holds this text
    #[arg(value_name = "TEXT", default_value = "")]
    only: String,

    /// Fail if a case takes over 3 % more than recorded; skipped without valgrind, or with another than the recorded
    /// compiler
    #[arg(long, conflicts_with = "only")]
    guard: bool,

    /// Record the counts of Tablature
    #[arg(long, conflicts_with_all = ["only", "guard"])]
    record: bool,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask bench instructions
  cargo xtask bench instructions watch
  cargo xtask bench instructions --guard";

/// A case, as the program of the benches lists it.
#[derive(Debug, PartialEq, Eq)]
struct Case {
    number: String,
    task: String,
    who: String,
    items: u64,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, console: &mut Console) -> Result<Exit, Error> {
    let place = Place::of()?;
    if arguments.guard || arguments.record {
        return guard(arguments.record, &place, console);
    }
    let progress = Progress::new();
    progress.say("looking for valgrind");
    let version = succeed(Command::new("valgrind").arg("--version"))?;
    progress.say("building the benches");
    let program = build(&place, true)?;
    let mut cases = cases(&succeed(&mut Command::new(&program))?);
    cases.retain(|case| case.task.contains(&arguments.only));
    let mut table = Table::new(&["task", "items", "who", "instructions", "for an item", "to tablature"]);
    let mut ours = 0;
    for (done, case) in cases.iter().enumerate() {
        progress.say(&format!(
            "{} of {}: {}, {} by {}",
            done + 1,
            cases.len(),
            case.task,
            case.items,
            case.who
        ));
        let count = count(&program, case)?;
        if case.who == "tablature" {
            ours = count;
        }
        table.row([
            case.task.clone(),
            grouped(case.items),
            case.who.clone(),
            grouped(count),
            grouped(count / case.items.max(1)),
            ratio(count as f64, ours as f64),
        ]);
    }
    drop(progress);
    console.line(format!(
        "Instructions of one run. {}, {}.",
        version.trim(),
        machine::line()?
    ));
    console.line("");
    console.out.push_str(&table.text());
    Ok(Exit::Done)
}

/// Compares the counts of Tablature with the recorded ones, or records them.
fn guard(record: bool, place: &Place, console: &mut Console) -> Result<Exit, Error> {
    let Ok(valgrind) = succeed(Command::new("valgrind").arg("--version")) else {
        console.line("skipped: instructions are counted with valgrind, which is not there");
        return Ok(Exit::Done);
    };
    let tools = recorded::tools(&valgrind)?;
    let before = (!record).then(|| Recorded::read(&place.root)).transpose()?;
    if let Some(Recorded { tools: before, .. }) = &before
        && *before != tools
    {
        console.line(format!(
            "skipped: counts are recorded with {before}, and this is {tools}"
        ));
        return Ok(Exit::Done);
    }
    let progress = Progress::new();
    progress.say("building the benches");
    let program = build(place, false)?;
    let mut cases = cases(&succeed(&mut Command::new(&program))?);
    cases.retain(recorded::is_recorded);
    let mut counts = Vec::new();
    for case in cases {
        progress.say(&case.task);
        let count = count(&program, &case)?;
        counts.push((case.task, case.items, count));
    }
    drop(progress);
    let now = Recorded { tools, counts };
    let Some(before) = before else {
        now.write(&place.root)?;
        console.line(format!("recorded: {}", tablature::counted(now.counts.len(), "count")));
        return Ok(Exit::Done);
    };
    let comparison = before.compare(&now.counts);
    comparison.lines.iter().for_each(|line| console.line(line));
    if comparison.failed {
        return Ok(Exit::Difference);
    }
    console.line(format!("{} as recorded", tablature::counted(now.counts.len(), "count")));
    Ok(Exit::Done)
}

/// Builds the program that runs cases, with or without the peers, and gives its path.
fn build(place: &Place, peers: bool) -> Result<PathBuf, Error> {
    let mut cargo = place.cargo();
    cargo.args(["bench", "--no-run", "--locked", "--package", "tablature-benches"]);
    cargo.args(["--bench", "instructions", "--color", "never"]);
    if !peers {
        cargo.arg("--no-default-features");
    }
    let said = output(&mut cargo)?;
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    executable(&said)
        .map(|it| place.root.join(it))
        .ok_or(Error::usage(format!("cargo bench --package tablature-benches: {said}")))
}

/// The program that cargo says to have built.
fn executable(said: &str) -> Option<PathBuf> {
    let line = said
        .lines()
        .rev()
        .find(|line| line.trim_start().starts_with("Executable"))?;
    let (_, path) = line.rsplit_once('(')?;
    Some(PathBuf::from(path.trim_end().strip_suffix(')')?))
}

fn cases(listed: &str) -> Vec<Case> {
    let case = |line: &str| {
        let mut parts = line.split('\t').map(str::to_owned);
        Some(Case {
            number: parts.next()?,
            task: parts.next()?,
            who: parts.next()?,
            items: parts.next()?.parse().ok()?,
        })
    };
    listed.lines().filter_map(case).collect()
}

/// How many instructions a run of the case takes.
fn count(program: &Path, case: &Case) -> Result<u64, Error> {
    // A request is built often, so that what is done once does not show.
    let more = if case.items == 1 { 100 } else { 1 };
    let once = collected(program, case, 1)?;
    let again = collected(program, case, 1 + more)?;
    Ok(again.saturating_sub(once) / more)
}

/// How many instructions the program takes to run the case so often.
fn collected(program: &Path, case: &Case, times: u64) -> Result<u64, Error> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    command.arg(program).args([&case.number, &times.to_string()]);
    let said = output(&mut command)?;
    let text = String::from_utf8_lossy(&said.stderr);
    let line = text.lines().find_map(|line| line.split_once("Collected :"));
    let number = line.and_then(|(_, number)| number.trim().parse().ok());
    number
        .filter(|_| said.status.success())
        .ok_or_else(|| Error::usage(format!("valgrind --tool=callgrind: {text}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_and_programs_are_read_from_what_cargo_says() {
        let said = "    Finished `bench` profile\n  Executable benches/instructions.rs (target/release/deps/i-1)\n";
        assert_eq!(executable(said), Some(PathBuf::from("target/release/deps/i-1")));
        let listed = "0\tdecode\ttablature\t1000\nrunning 0 tests\n";
        let expected = Case {
            number: "0".to_owned(),
            task: "decode".to_owned(),
            who: "tablature".to_owned(),
            items: 1000,
        };
        assert_eq!(cases(listed), [expected]);
    }
}

//! `cargo xtask bench load`: what a watch over many objects keeps in memory, and what many requests at once take.

use std::process::Command;

use clap::Args;

use super::measure::{Cost, in_turns, measured, succeed};
use super::program::crates::{LOADS, Program};
use super::progress::Progress;
use super::server::Server;
use super::table::{Table, grouped, ratio};
use super::{Place, machine};
use tablature::Error;
use tablature::{Console, Exit, counted};

/// Measure an idle watch over 10,000 Services and 1,000 requests at once, beside kube
///
/// Against a server on this machine, without TLS, with clients over reqwest and of kube; each program is built with
/// optimizations and runs in a process of its own. Ratios are to the emitted client. Works where there is /proc.
#[derive(Debug, Args)]
#[command(after_help = super::EXIT_CODES)]
pub(super) struct Arguments {
    /// How many objects the watch is over
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    objects: usize,

    /// How many requests are sent at once
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    requests: usize,

    /// How many runs to take the median of
    #[arg(long, value_name = "N", default_value_t = 5)]
    runs: usize,
}

/// What a program says of its memory when a watch is idle.
#[derive(Debug, PartialEq, Eq)]
struct Memory {
    /// The heap that is kept, in bytes.
    heap: u64,
    /// What is resident, in KiB.
    resident: u64,
    /// What was resident at most, in KiB.
    peak: u64,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, console: &mut Console) -> Result<Exit, Error> {
    let place = Place::of()?;
    let progress = Progress::new();
    for program in &LOADS {
        progress.say(&format!("building {} with optimizations", program.name));
        program.write(&place)?;
        succeed(
            program
                .cargo(&place, "build")
                .args(["--offline", "--quiet", "--release"]),
        )?;
    }
    let kubeconfig = place.folder("load")?.join("kubeconfig.json");
    let server = Server::start(arguments.objects)?;
    server.write_kubeconfig(&kubeconfig)?;
    let command = |program: &Program, what: &str, count: usize| {
        let mut command = Command::new(program.binary(&place));
        command.args([what, &count.to_string()]).env("KUBECONFIG", &kubeconfig);
        command
    };
    progress.say("watching");
    let watch = |program| succeed(&mut command(program, "watch", arguments.objects)).and_then(|it| memory(&it));
    let kept = LOADS.iter().map(watch).collect::<Result<Vec<_>, _>>()?;
    let costs = in_turns(&LOADS, arguments.runs, |run, program| {
        progress.say(&format!("requests {run} of {}: {}", arguments.runs, program.name));
        measured(&command(program, "burst", arguments.requests))
    })?;
    drop(progress);
    console.line(format!(
        "An idle watch over {} Services of 1.6 kB. {}.",
        grouped(arguments.objects as u64),
        machine::line()?
    ));
    console.line("");
    console.out.push_str(&watches(&kept));
    console.line("");
    console.line(format!(
        "{} requests at once for 10 Services each, median of {}, the start of the program with it.",
        grouped(arguments.requests as u64),
        counted(arguments.runs.max(1), "run")
    ));
    console.line("");
    console.out.push_str(&bursts(&costs));
    Ok(Exit::Done)
}

/// What a program prints of its memory.
fn memory(said: &str) -> Result<Memory, Error> {
    let numbers: Vec<u64> = said.split_whitespace().filter_map(|it| it.parse().ok()).collect();
    match numbers[..] {
        [heap, resident, peak] => Ok(Memory { heap, resident, peak }),
        _ => Err(Error::usage(format!("bench load: it gave no measurement: {said}"))),
    }
}

fn watches(kept: &[Memory]) -> String {
    let mut table = Table::new(&["client", "heap MB", "ratio", "resident MB", "ratio", "peak MB", "ratio"]);
    for (program, memory) in LOADS.iter().zip(kept) {
        let cells =
            |value: u64, to: u64, unit: f64| [format!("{:.1}", value as f64 / unit), ratio(value as f64, to as f64)];
        let heap = cells(memory.heap, kept[0].heap, 1e6);
        let resident = cells(memory.resident, kept[0].resident, 1024.0);
        let peak = cells(memory.peak, kept[0].peak, 1024.0);
        let cells = heap.into_iter().chain(resident).chain(peak);
        table.row([program.name.to_owned()].into_iter().chain(cells));
    }
    table.text()
}

fn bursts(costs: &[Cost]) -> String {
    let mut table = Table::new(&["client", "wall s", "ratio", "CPU s", "ratio", "peak MB", "ratio"]);
    for (program, cost) in LOADS.iter().zip(costs) {
        table.row([
            program.name.to_owned(),
            format!("{:.2}", cost.wall.as_secs_f64()),
            ratio(cost.wall.as_secs_f64(), costs[0].wall.as_secs_f64()),
            cost.seconds(),
            cost.ratio(&costs[0]),
            cost.megabytes(),
            ratio(cost.memory as f64, costs[0].memory as f64),
        ]);
    }
    table.text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_from_what_a_program_prints() {
        let memory = memory("48000000 65536 131072\n").ok();
        assert_eq!(
            memory,
            Some(Memory {
                heap: 48_000_000,
                resident: 65_536,
                peak: 131_072,
            })
        );
        assert!(super::memory("48000000\n").is_err());
    }

    #[test]
    fn rows_have_ratios_to_the_first() {
        let memory = |heap| Memory {
            heap,
            resident: 1024,
            peak: 2048,
        };
        let table = watches(&[memory(1_000_000), memory(2_500_000)]);
        let cells: Vec<_> = table
            .lines()
            .last()
            .into_iter()
            .flat_map(|it| it.split_whitespace())
            .collect();
        let expected = [
            "|", "kube", "|", "2.5", "|", "2.50", "|", "1.0", "|", "1.00", "|", "2.0", "|", "1.00", "|",
        ];
        assert_eq!(cells, expected);
    }
}

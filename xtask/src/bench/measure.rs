//! What a program costs: time, CPU time and peak memory, of it and of all programs that it runs.
//!
//! A system tells the peak memory of children only as the highest of all, so each is run by a process of its own:
//! this program, as `bench measure`.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use clap::Args;

use super::table::ratio;
use tablature::Error;
use tablature::{Console, Exit};

/// Run a program and print what it took: microseconds in all, of the CPU, of it in the system, and KiB at most
///
/// What the program prints is left out. Works where `getrusage` does.
#[derive(Debug, Args)]
#[command(hide = true)]
pub(crate) struct Arguments {
    /// The program and its arguments
    #[arg(trailing_var_arg = true, required = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

/// What a run of a program takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cost {
    /// From its start to its end.
    pub wall: Duration,
    /// The time of all its threads and of the programs that it runs, in the program and in the system.
    pub cpu: Duration,
    /// The part of that in the system, which for a generator is what the file system takes.
    pub system: Duration,
    /// The highest memory of any of them, in KiB.
    pub memory: u64,
}

impl Cost {
    /// The CPU time in seconds, with two digits.
    pub(super) fn seconds(&self) -> String {
        format!("{:.2}", self.cpu.as_secs_f64())
    }

    /// The peak memory in MB.
    pub(super) fn megabytes(&self) -> String {
        format!("{:.0}", self.memory as f64 / 1024.0)
    }

    /// The ratio of its CPU time to that of the other.
    pub(super) fn ratio(&self, to: &Self) -> String {
        ratio(self.cpu.as_secs_f64(), to.cpu.as_secs_f64())
    }
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, console: &mut Console) -> Result<Exit, Error> {
    let Some((program, rest)) = arguments.command.split_first() else {
        return Ok(Exit::Done);
    };
    let start = Instant::now();
    succeed(Command::new(program).args(rest))?;
    let (cpu, system, memory) = children()?;
    let [wall, cpu, system] = [start.elapsed(), cpu, system].map(|it| it.as_micros());
    console.line(format!("{wall} {cpu} {system} {memory}"));
    Ok(Exit::Done)
}

/// The CPU time, the part of it in the system, and the peak memory of the children that have ended.
#[cfg(unix)]
fn children() -> Result<(Duration, Duration, u64), Error> {
    use nix::sys::resource::{UsageWho, getrusage};

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|cause| Error::io("read", "the usage", cause.into()))?;
    let time = |it: nix::sys::time::TimeVal| {
        let seconds = u64::try_from(it.tv_sec()).unwrap_or_default();
        Duration::from_secs(seconds) + Duration::from_micros(u64::try_from(it.tv_usec()).unwrap_or_default())
    };
    let memory = u64::try_from(usage.max_rss()).unwrap_or_default();
    // Apple counts bytes.
    let memory = if cfg!(target_vendor = "apple") {
        memory / 1024
    } else {
        memory
    };
    let system = time(usage.system_time());
    Ok((time(usage.user_time()) + system, system, memory))
}

#[cfg(not(unix))]
fn children() -> Result<(Duration, Duration, u64), Error> {
    Err(Error::usage("bench: this system does not tell what a program takes"))
}

/// What a run of the command takes.
pub(super) fn measured(command: &Command) -> Result<Cost, Error> {
    let mut outer = Command::new(this_program()?);
    outer
        .args(["bench", "measure", "--"])
        .arg(command.get_program())
        .args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => outer.env(name, value),
            None => outer.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        outer.current_dir(folder);
    }
    let text = succeed(&mut outer)?;
    let numbers: Vec<u64> = text.split_whitespace().filter_map(|it| it.parse().ok()).collect();
    let [wall, cpu, system, memory] = numbers[..] else {
        return Err(Error::usage(format!(
            "{}: it gave no measurement: {text}",
            shown(command)
        )));
    };
    Ok(Cost {
        wall: Duration::from_micros(wall),
        cpu: Duration::from_micros(cpu),
        system: Duration::from_micros(system),
        memory,
    })
}

/// The medians of what each case costs in several runs.
///
/// The cases take turns, so that an hour when the machine is busy is the same for all.
pub(super) fn in_turns<T>(
    cases: &[T],
    runs: usize,
    mut run: impl FnMut(usize, &T) -> Result<Cost, Error>,
) -> Result<Vec<Cost>, Error> {
    let mut costs = vec![Vec::new(); cases.len()];
    for number in 1..=runs.max(1) {
        for (case, costs) in cases.iter().zip(&mut costs) {
            costs.push(run(number, case)?);
        }
    }
    Ok(costs.iter().map(|costs| median_of(costs)).collect())
}

/// The medians of several runs.
pub(super) fn median_of(costs: &[Cost]) -> Cost {
    Cost {
        wall: median(costs.iter().map(|it| it.wall)),
        cpu: median(costs.iter().map(|it| it.cpu)),
        system: median(costs.iter().map(|it| it.system)),
        memory: median(costs.iter().map(|it| it.memory)),
    }
}

fn median<T: Ord + Copy + Default>(values: impl Iterator<Item = T>) -> T {
    let mut values: Vec<T> = values.collect();
    values.sort();
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// The path of this program.
pub(crate) fn this_program() -> Result<PathBuf, Error> {
    std::env::current_exe().map_err(|cause| Error::io("read", "the path of this program", cause))
}

/// Runs the command to its end and gives what it prints.
///
/// # Errors
/// If it cannot be run, or fails: with the end of what it says.
pub(crate) fn succeed(command: &mut Command) -> Result<String, Error> {
    let Output { status, stdout, stderr } = output(command)?;
    if status.success() {
        return Ok(String::from_utf8_lossy(&stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&stderr);
    let lines: Vec<_> = said.lines().collect();
    let last = lines.get(lines.len().saturating_sub(12)..).unwrap_or_default();
    Err(Error::usage(format!(
        "{}: {status}\n{}",
        shown(command),
        last.join("\n")
    )))
}

/// Runs the command to its end, whatever it is.
pub(super) fn output(command: &mut Command) -> Result<Output, Error> {
    let output = command.stdin(Stdio::null()).output();
    output.map_err(|cause| Error::usage(format!("{}: {cause}", shown(command))))
}

/// The program and its first arguments, as a person would name it.
fn shown(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program()).file_name();
    let arguments = command.get_args().take(4).map(|it| it.to_string_lossy().into_owned());
    let words: Vec<_> = program
        .map(|it| it.to_string_lossy().into_owned())
        .into_iter()
        .chain(arguments)
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_are_of_the_middle() {
        assert_eq!(median([3, 1, 2].into_iter()), 2);
        assert_eq!(median([4, 1].into_iter()), 4);
        assert_eq!(median(std::iter::empty::<u64>()), 0);
    }

    #[test]
    fn cases_take_turns() {
        let mut order = Vec::new();
        let costs = in_turns(&[1, 2], 3, |run, case| {
            order.push((run, *case));
            Ok(Cost {
                memory: run as u64 * case,
                ..Cost::default()
            })
        });
        assert_eq!(
            costs.ok().map(|it| it.iter().map(|it| it.memory).collect()),
            Some(vec![2, 4])
        );
        assert_eq!(order, [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2)]);
    }

    #[test]
    fn what_fails_says_why() {
        let error = succeed(&mut Command::new("no-such-program-here"))
            .err()
            .map(|it| it.to_string());
        assert!(error.is_some_and(|it| it.starts_with("no-such-program-here: ")));
    }
}

//! Tries every reader of the workspace with inputs made up from the fixtures: `cargo run --release -p tablature-fuzz`.
//!
//! Each target runs in a process of its own, so that an overflow of the stack or an endless loop ends that process
//! alone. What it was trying then, or what made it panic or break a promise, is made as small as it can be and left in
//! `target/fuzz/`. An input that gives an outcome that none gave before is tried further: what an outcome is, the
//! target says, by the diagnostics of a document for example.

mod child;
mod finding;
mod mutate;
mod parent;
mod random;
mod seeds;
mod structure;
mod targets;

use std::process::ExitCode;

/// How to call it.
const USAGE: &str = "\
Usage: cargo run --release -p tablature-fuzz -- [--seconds N] [--seed N] [TARGET...]

Tries all targets, or those named, for N seconds together [default: 60].

Exit codes:
  0  nothing was found
  1  something was found
  2  wrong usage, or a file cannot be read or written";

/// What the command line asks for.
struct Asked {
    seconds: u64,
    seed: u64,
    targets: Vec<&'static targets::Target>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["--run", target, seed, milliseconds, current] => child::run(target, seed, milliseconds, current),
        ["--once", target, file] => child::once(target, file),
        _ => match asked(&words) {
            Some(asked) => parent::run(&asked),
            None => Err(USAGE.to_owned()),
        },
    };
    match outcome {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}

fn asked(words: &[&str]) -> Option<Asked> {
    let mut asked = Asked {
        seconds: 60,
        seed: 1,
        targets: Vec::new(),
    };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--seconds" => asked.seconds = words.next()?.parse().ok()?,
            "--seed" => asked.seed = words.next()?.parse().ok()?,
            name => asked.targets.push(targets::named(name)?),
        }
    }
    if asked.targets.is_empty() {
        asked.targets = targets::ALL.iter().collect();
    }
    Some(asked)
}

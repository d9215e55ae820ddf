//! The process that starts the others, ends those that hang, and reports.

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::Asked;
use crate::finding::{self, Finding};
use crate::targets::Target;

/// How long one try may take.
const SLOWEST: Duration = Duration::from_secs(10);
/// How long a finding is made smaller.
const SHRINKING: Duration = Duration::from_secs(20);

/// What came of a target.
#[derive(Default)]
struct Outcome {
    tries: u64,
    findings: Vec<Finding>,
}

/// Tries the targets one after the other and gives the number of findings.
pub(crate) fn run(asked: &Asked) -> Result<usize, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/fuzz");
    fs::create_dir_all(&folder).map_err(|error| format!("cannot write {}: {error}", folder.display()))?;
    let share = Duration::from_secs(asked.seconds) / u32::try_from(asked.targets.len()).unwrap_or(1);
    let (mut tries, mut count) = (0, 0);
    for target in &asked.targets {
        let outcome =
            attempt(target, asked.seed, share, &folder).map_err(|error| format!("{}: {error}", target.name))?;
        println!(
            "{:<12} {:>10} tries  {:>3} found",
            target.name,
            outcome.tries,
            outcome.findings.len()
        );
        tries += outcome.tries;
        count += outcome.findings.len();
        for (index, found) in outcome.findings.into_iter().enumerate() {
            let found = shrunk(target, found, &folder);
            let file = folder.join(format!("{}-{index}.input", target.name));
            fs::write(&file, &found.input).map_err(|error| format!("cannot write {}: {error}", file.display()))?;
            println!("  {}\n  {}", finding::key(&found.problem), file.display());
        }
    }
    println!("{:<12} {tries:>10} tries  {count:>3} found", "all");
    Ok(count)
}

/// Runs the target for a while, anew after each input that ended its process.
fn attempt(target: &Target, seed: u64, share: Duration, folder: &Path) -> std::io::Result<Outcome> {
    let mut outcome = Outcome::default();
    let end = Instant::now() + share;
    let mut seed = seed;
    let current = folder.join(format!("{}.current", target.name));
    loop {
        let left = end.saturating_duration_since(Instant::now());
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["--run", target.name, &seed.to_string(), &left.as_millis().to_string()]);
        let mut child = command
            .arg(&current)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let hangs = listen(&mut child, &mut outcome);
        if hangs {
            child.kill()?;
        }
        let status = child.wait()?;
        if status.success() {
            break;
        }
        let input = fs::read(&current)?;
        let problem = if hangs { "hangs".to_owned() } else { ended(status) };
        outcome.findings.push(Finding { input, problem });
        seed += 1;
        // The seeds alone may end it again and again.
        if left.is_zero() || outcome.findings.len() > 9 {
            break;
        }
    }
    let mut known = HashSet::new();
    outcome.findings.retain(|it| known.insert(finding::key(&it.problem)));
    let _ = fs::remove_file(&current);
    Ok(outcome)
}

fn ended(status: ExitStatus) -> String {
    format!("the process ended: {status}")
}

/// Takes what the process says, until it ends or has not said anything for too long.
fn listen(child: &mut Child, outcome: &mut Outcome) -> bool {
    let (sender, lines) = mpsc::channel();
    let output = child.stdout.take();
    thread::spawn(move || {
        let lines = output
            .into_iter()
            .flat_map(|it| BufReader::new(it).lines().map_while(Result::ok));
        for line in lines {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    let before = outcome.tries;
    loop {
        match lines.recv_timeout(SLOWEST) {
            Ok(line) => match line.strip_prefix("tries ") {
                Some(tries) => outcome.tries = before + tries.parse().unwrap_or(0),
                None => outcome.findings.extend(finding::read(&line)),
            },
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

/// The finding with as much left out of its input as can be.
fn shrunk(target: &Target, found: Finding, folder: &Path) -> Finding {
    let file = folder.join("shrinking");
    let end = Instant::now() + SHRINKING;
    let problem = verdict(target, &found.input, &file);
    let mut input = found.input.clone();
    let mut size = input.len().div_ceil(2);
    while problem.is_some() && size > 0 && Instant::now() < end {
        let mut at = 0;
        let mut smaller = false;
        while at < input.len() && Instant::now() < end {
            let mut rest = input.clone();
            rest.drain(at..(at + size).min(rest.len()));
            if verdict(target, &rest, &file) == problem {
                input = rest;
                smaller = true;
            } else {
                at += size;
            }
        }
        if !smaller || size > input.len() {
            size /= 2;
        }
    }
    let _ = fs::remove_file(&file);
    Finding {
        input,
        problem: found.problem,
    }
}

/// What is wrong with the input, if anything, tried by a process of its own.
fn verdict(target: &Target, input: &[u8], file: &Path) -> Option<String> {
    fs::write(file, input).ok()?;
    let mut command = Command::new(std::env::current_exe().ok()?);
    let mut child = command
        .args(["--once", target.name])
        .arg(file)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let (sender, said) = mpsc::channel();
    let output = child.stdout.take();
    thread::spawn(move || sender.send(output.map(|it| std::io::read_to_string(it).unwrap_or_default())));
    let Ok(text) = said.recv_timeout(SLOWEST) else {
        let _ = child.kill();
        let _ = child.wait();
        return Some("hangs".to_owned());
    };
    let status = child.wait().ok()?;
    match status.code() {
        Some(0) => None,
        Some(1) => text,
        _ => Some(ended(status)),
    }
}

//! `cargo xtask bench generate`: what it costs to emit a crate.

mod peers;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use super::measure::{Cost, measured, median_of, succeed};
use super::progress::Progress;
use super::table::{Table, grouped, ratio};
use super::{Place, empty, kubernetes, machine, synthetic};
use peers::Rows;
use tablature::Environment;
use tablature::Error;
use tablature::{Console, Exit};

/// Where outputs stand in the target folder until all are measured.
const OUTPUTS: &str = "bench/outputs";

/// Measure what it costs to emit crates: time, CPU time, memory, and how much is emitted
///
/// Runs `cargo xtask codegen`, built with optimizations, in a process of its own each time, into an empty folder.
/// Without --schema that is for schema/, for the documents of Kubernetes where they are at hand, and for a made-up
/// document of three sizes, which shows how cost grows. Of ploidy and oas3-gen, those that are installed are run on the
/// same documents.
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", super::EXIT_CODES))]
pub(super) struct Arguments {
    /// Only these documents, together as one crate
    #[arg(long, value_name = "FILE", num_args = 1..)]
    schema: Vec<PathBuf>,

    /// The folder with the documents of Kubernetes
    #[arg(long, value_name = "DIR", default_value = kubernetes::FOLDER)]
    kubernetes: PathBuf,

    /// How many runs to take the median of
    #[arg(long, value_name = "N", default_value_t = 5)]
    runs: usize,

    /// Say of what other generators emit for one document whether it compiles, too
    #[arg(long)]
    check: bool,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask bench generate
  cargo xtask bench generate --schema petstore.json --runs 9";

/// Documents that become a crate.
struct Subject {
    name: String,
    /// A name of it for folders.
    slug: String,
    documents: Vec<PathBuf>,
    only: Vec<String>,
    /// Whether its cost is to be held against that of the subject before it.
    grows: bool,
}

impl Subject {
    fn new(name: impl Into<String>, documents: Vec<PathBuf>) -> Self {
        let name = name.into();
        Self {
            slug: name.replace(|c: char| !c.is_ascii_alphanumeric(), "-"),
            name,
            documents,
            only: Vec::new(),
            grows: false,
        }
    }

    /// The folder of a run of a generator, which no run before has used: a file system may take many times as long to make
    /// files where others were removed a moment ago.
    fn output(&self, place: &Place, generator: &str, run: usize) -> PathBuf {
        let folder = format!("{generator}-{}-{run}", self.slug);
        place.target.join(OUTPUTS).join(folder)
    }
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    let place = Place::of()?;
    let progress = Progress::new();
    progress.say("building cargo xtask with optimizations");
    let program = place.optimized()?;
    let outputs = place.target.join(OUTPUTS);
    empty(&outputs)?;
    let mut table = Table::new(&[
        "input",
        "wall s",
        "CPU s",
        "of it system",
        "growth",
        "memory MB",
        "operations",
        "models",
        "lines",
        "bytes",
    ]);
    let mut peers = Rows::new(arguments.check);
    let mut before = None;
    for subject in subjects(arguments, &place, environment)? {
        progress.say(&format!("emitting {}", subject.name));
        let (cost, emitted) = measure(&program, &subject, arguments.runs, &place)?;
        let own = (cost.cpu - cost.system).as_secs_f64();
        let growth = match before {
            Some(before) if subject.grows => ratio(own, before),
            _ => "-".to_owned(),
        };
        before = Some(own);
        progress.say(&format!("emitting {} by other generators", subject.name));
        peers.add(&subject, cost, arguments.runs, &place)?;
        table.row([
            subject.name,
            format!("{:.3}", cost.wall.as_secs_f64()),
            format!("{:.3}", cost.cpu.as_secs_f64()),
            format!("{:.3}", cost.system.as_secs_f64()),
            growth,
            format!("{:.0}", cost.memory as f64 / 1024.0),
            emitted.operations.to_string(),
            emitted.models.to_string(),
            grouped(emitted.lines),
            grouped(emitted.bytes),
        ]);
    }
    drop(progress);
    empty(&outputs)?;
    console.line(format!(
        "Generating, median of {}, growth of the CPU time outside of the system, against the line before. {}.",
        tablature::counted(arguments.runs.max(1), "run"),
        machine::line()?
    ));
    console.line("");
    console.out.push_str(&table.text());
    console.out.push_str(&peers.text());
    Ok(Exit::Done)
}

fn subjects(arguments: &Arguments, place: &Place, environment: &Environment) -> Result<Vec<Subject>, Error> {
    if !arguments.schema.is_empty() {
        let documents = arguments.schema.iter().map(|it| environment.directory.join(it));
        return Ok(vec![Subject::new("the documents given", documents.collect())]);
    }
    let mut subjects = vec![Subject::new("schema/", curated(environment)?)];
    let folder = place.root.join(&arguments.kubernetes);
    let documents = kubernetes::documents(&folder);
    if !documents.is_empty() {
        let core = folder.join(kubernetes::CORE);
        let mut part = Subject::new("Service and Endpoints of Kubernetes", vec![core.clone()]);
        part.only = kubernetes::services_and_endpoints(&core)?;
        subjects.push(part);
        let name = format!("Kubernetes, {} documents", documents.len());
        subjects.push(Subject::new(name, documents));
    }
    let folder = place.folder("synthetic")?;
    for scale in [1, 10, 100] {
        let file = folder.join(format!("synthetic-{scale}.json"));
        fs::write(&file, synthetic::document(scale))
            .map_err(|cause| Error::io("write", file.to_string_lossy(), cause))?;
        let mut subject = Subject::new(format!("made up, {scale}x"), vec![file]);
        subject.grows = scale > 1;
        subjects.push(subject);
    }
    Ok(subjects)
}

/// The documents in `schema/`.
fn curated(environment: &Environment) -> Result<Vec<PathBuf>, Error> {
    let (root, names) = tablature::documents(environment)?;
    Ok(names.iter().map(|name| root.join(name)).collect())
}

/// How much a run emits.
#[derive(Clone, Copy, Debug, Default)]
struct Emitted {
    operations: u64,
    models: u64,
    lines: u64,
    bytes: u64,
}

fn measure(program: &Path, subject: &Subject, runs: usize, place: &Place) -> Result<(Cost, Emitted), Error> {
    let folder = |run| subject.output(place, "tablature", run).join("emitted");
    let command = |run| {
        let mut command = Command::new(program);
        command
            .current_dir(&place.root)
            .arg("codegen")
            .arg("--out")
            .arg(folder(run));
        command.arg("--schema").args(&subject.documents);
        command.args(subject.only.iter().flat_map(|name| ["--only", name]));
        command
    };
    let first = folder(0);
    let said = succeed(&mut command(0))?;
    let (operations, models) = counts(&said);
    let mut emitted = Emitted {
        operations,
        models,
        ..Emitted::default()
    };
    count(&first, &mut emitted).map_err(|cause| Error::io("read", first.to_string_lossy(), cause))?;
    let costs: Result<Vec<Cost>, Error> = (1..=runs.max(1)).map(|run| measured(&command(run))).collect();
    Ok((median_of(&costs?), emitted))
}

/// The operations and models that a run says to have emitted.
fn counts(said: &str) -> (u64, u64) {
    let number = |line: &str, noun: &str| {
        let words: Vec<_> = line.split([' ', ',', ':']).collect();
        let at = words.iter().position(|word| word.starts_with(noun))?;
        words.get(at.checked_sub(1)?)?.parse().ok()
    };
    let last = |noun| {
        said.lines()
            .rev()
            .find_map(|line| number(line, noun))
            .unwrap_or_default()
    };
    (last("operation"), last("model"))
}

/// Adds the lines and bytes of the files below the folder.
fn count(folder: &Path, to: &mut Emitted) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            count(&path, to)?;
        } else {
            let text = fs::read_to_string(&path)?;
            to.lines += text.lines().count() as u64;
            to.bytes += text.len() as u64;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_from_the_summary() {
        let said = "wrote      src/model.rs\n19 operations, 1 model, 3 files: 3 written, 0 removed, 0 unchanged\n";
        assert_eq!(counts(said), (19, 1));
    }
}

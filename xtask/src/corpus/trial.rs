//! Samples read and written by the types of emitted crates, in one program for many crates.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use tablature_openapi::{Report, json};

use super::compile::{BATCH, Workspace};
use super::outcome::{Outcome, Subject};
use super::probe::{MODULE, type_name};
use super::samples::{Reading, Sample};
use crate::bench::progress::Progress;
use tablature::Error;

/// The package of the program.
const PROGRAM: &str = "trial";

/// Reads the samples of all subjects that compile, be it with warnings.
///
/// # Errors
/// When the program cannot be built or run.
pub(super) fn run(subjects: &mut [Subject], folder: &Path, root: &Path) -> Result<(), Error> {
    let progress = Progress::new();
    let mut ready: Vec<_> = subjects
        .iter_mut()
        .filter(|it| {
            let compiles = matches!(
                it.outcome,
                Outcome::Emitted { .. } | Outcome::DoesNotCompile { error: false, .. }
            );
            compiles && !it.samples.is_empty()
        })
        .collect();
    let all = ready.len();
    for (index, batch) in ready.chunks_mut(BATCH).enumerate() {
        progress.say(&format!("reading samples: from crate {} of {all}", index * BATCH + 1));
        let mut workspace = Workspace::new(folder, batch.iter().map(|it| it.package.clone()).collect());
        write(&workspace, batch, root)?;
        workspace.members.push(PROGRAM.to_owned());
        workspace.write_manifest(root)?;
        workspace.build(PROGRAM)?;
        let lines: Vec<_> = batch.iter().flat_map(|it| lines(it)).collect();
        let mut readings = answers(&folder.join("target/debug").join(PROGRAM), &lines)?.into_iter();
        for subject in batch {
            let readings: Vec<_> = readings.by_ref().take(subject.samples.len()).collect();
            let samples = subject.samples.iter().zip(readings);
            subject.readings = samples.map(|(sample, line)| reading(sample, &line)).collect();
        }
    }
    Ok(())
}

/// What the program is asked: a package, a type and a text on each line.
fn lines(subject: &Subject) -> Vec<String> {
    let samples = &subject.samples;
    let line = |index: usize| {
        let ty = type_name(samples, index);
        format!("{}\t{ty}\t{}\n", subject.package, samples[index].text)
    };
    (0..samples.len()).map(line).collect()
}

/// What the program answers to each line; it is started again where it ended.
fn answers(program: &Path, lines: &[String]) -> Result<Vec<String>, Error> {
    let problem = |cause: std::io::Error| Error::usage(format!("{PROGRAM}: {cause}"));
    let mut answers = Vec::new();
    while answers.len() < lines.len() {
        let mut command = Command::new(program);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().map_err(problem)?;
        let input = child.stdin.take();
        let output = child.stdout.take();
        let rest = &lines[answers.len()..];
        std::thread::scope(|scope| {
            // A program that has ended takes no more lines: those without an answer are asked again.
            scope.spawn(|| input.map(|mut it| rest.iter().try_for_each(|line| it.write_all(line.as_bytes()))));
            answers.extend(
                output
                    .into_iter()
                    .flat_map(|it| BufReader::new(it).lines().map_while(Result::ok)),
            );
        });
        child.wait().map_err(problem)?;
        if answers.len() < lines.len() {
            answers.push("crashed\t\t".to_owned());
        }
    }
    Ok(answers)
}

/// What an answer means.
fn reading(sample: &Sample, line: &str) -> Reading {
    let mut fields = line.splitn(3, '\t');
    let [outcome, rules, text] = [(); 3].map(|()| fields.next().unwrap_or_default());
    match outcome {
        "read" => {
            let node = |text: &str| json::parse(0, text, &mut Report::new());
            let same = match (node(&sample.text), node(text)) {
                (Some(one), Some(other)) => one.same_value(&other),
                _ => false,
            };
            if same {
                Reading::Same(Some(rules.to_owned()).filter(|it| !it.is_empty()))
            } else {
                Reading::Changed(text.to_owned())
            }
        }
        "refused" => Reading::Refused(text.to_owned()),
        _ => Reading::Crashed,
    }
}

/// Writes the program.
fn write(workspace: &Workspace, subjects: &[&mut Subject], root: &Path) -> Result<(), Error> {
    let mut manifest = format!(
        "[package]\nname = \"{PROGRAM}\"\nedition = \"2024\"\n\n[dependencies]\n\
         tablature-runtime = {{ path = {:?}, features = [\"pattern\"] }}\n",
        root.join("runtime/core")
    );
    let mut source = SOURCE.to_owned();
    let mut arms = String::new();
    for subject in subjects {
        let package = &subject.package;
        let features = features(&workspace.crates.join(package))?;
        manifest.push_str(&format!(
            "{package} = {{ path = \"../{package}\", features = {features:?} }}\n"
        ));
        for index in 0..subject.samples.len() {
            let ty = type_name(&subject.samples, index);
            if ty == format!("Probe{index}") {
                let models = format!("{package}::{MODULE}::models");
                // A type without methods has a function that checks its values.
                let checks = format!("validate_probe{index}");
                let exports = workspace
                    .crates
                    .join(package)
                    .join(format!("src/{MODULE}/models/mod.rs"));
                let has_checks = fs::read_to_string(exports).is_ok_and(|it| it.contains(&format!("{checks}}}")));
                let checks = if has_checks {
                    format!(", {models}::{checks}")
                } else {
                    String::new()
                };
                arms.push_str(&format!(
                    "        ({package:?}, {ty:?}) => again!({models}::{ty}{checks}),\n"
                ));
            }
        }
    }
    source = source.replace("        // Arms\n", &arms);
    let folder = workspace.crates.join(PROGRAM);
    let io = |cause| Error::io("write", folder.to_string_lossy(), cause);
    fs::create_dir_all(folder.join("src")).map_err(io)?;
    fs::write(folder.join("Cargo.toml"), manifest).map_err(io)?;
    fs::write(folder.join("src/main.rs"), source).map_err(io)
}

/// The features of an emitted crate, but for those that it passes on to the runtime.
fn features(folder: &Path) -> Result<Vec<String>, Error> {
    let file = folder.join("Cargo.toml");
    let manifest = fs::read_to_string(&file).map_err(|cause| Error::io("read", file.to_string_lossy(), cause))?;
    let lines = manifest.lines().skip_while(|line| *line != "[features]").skip(1);
    let features = lines.map_while(|line| line.split_once(" = "));
    let own = features.filter(|(_, needs)| !needs.contains("tablature-") && !needs.contains("\"client\""));
    Ok(own.map(|(name, _)| name.to_owned()).collect())
}

/// The program: it answers each line of the standard input with one.
const SOURCE: &str = r#"//! Reads JSON texts as emitted types, and writes them again.

use std::convert::Infallible;
use std::io::{BufRead as _, Write as _};

use tablature_runtime::bytes::Bytes;
use tablature_runtime::serde::{Serialize, de::DeserializeOwned};
use tablature_runtime::{answer, body};

/// What a type without rules says to `validate()`: a method of its own is taken before that of a trait.
trait NoRules {
    fn validate(&self) -> Result<(), Infallible> {
        Ok(())
    }
}

impl<T> NoRules for T {}

/// Reads and writes the text as a type, whose rules `validate` asks.
fn again<T: DeserializeOwned + Serialize>(text: &str, validate: fn(&T) -> Option<String>) -> String {
    let read = answer::json::<T>(&Bytes::from(text.to_owned()));
    let written = read.map_err(|it| it.to_string()).and_then(|value| {
        let text = body::json(&value).map_err(|it| it.to_string())?;
        Ok((validate(&value).unwrap_or_default(), text))
    });
    match written {
        Ok((rules, text)) => format!("read\t{rules}\t{}", String::from_utf8_lossy(&text)),
        Err(error) => format!("refused\t\t{error:?}"),
    }
}

// A function for each type: rustc takes long for one that is very long.
macro_rules! again {
    ($ty:ty) => {
        again!($ty, |value: &$ty| value.validate())
    };
    ($ty:ty, $checks:expr) => {{
        fn validate(value: &$ty) -> Option<String> {
            $checks(value).err().map(|it| format!("{:?}", it.to_string()))
        }
        fn read(text: &str) -> String {
            again::<$ty>(text, validate)
        }
        read
    }};
}

fn reader(package: &str, ty: &str) -> fn(&str) -> String {
    match (package, ty) {
        // Arms
        _ => |_| String::new(),
    }
}

fn main() {
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let mut fields = line.splitn(3, '\t');
        let [package, ty, text] = [(); 3].map(|()| fields.next().unwrap_or_default());
        let answer = reader(package, ty)(text);
        // Told at once, so that it is known which line ended the program.
        if writeln!(std::io::stdout(), "{answer}").is_err() {
            break;
        }
    }
}
"#;

//! What became of samples, for people and for programs.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::outcome::{Outcome, Subject, is_lost};
use super::super::samples::{Reading, Sample};
use crate::bench::table::{Table, grouped};
use tablature::Console;

/// How much of a text is shown, in characters.
const SHOWN: usize = 240;

/// What became of a sample, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// It is written as it was read, or is invalid and told of.
    Right,
    /// It is lost, although it is valid or was read.
    Lost,
    /// It is not read, and nobody knows whether it is valid.
    Unread,
    /// It is invalid and `validate()` does not say so, but generating told of the schema.
    Warned,
    /// It is invalid, and nothing says so.
    Silent,
}

fn verdict(subject: &Subject, sample: &Sample, reading: &Reading) -> Verdict {
    let told = matches!(&subject.outcome, Outcome::Emitted { warnings } if !warnings.is_empty());
    match reading {
        _ if is_lost(sample, reading) => Verdict::Lost,
        Reading::Refused(_) if sample.valid.is_none() => Verdict::Unread,
        Reading::Same(None) | Reading::Changed(_) if sample.valid == Some(false) => {
            if told {
                Verdict::Warned
            } else {
                Verdict::Silent
            }
        }
        _ => Verdict::Right,
    }
}

fn verdicts(subject: &Subject) -> impl Iterator<Item = (&Sample, &Reading, Verdict)> {
    let samples = subject.samples.iter().zip(&subject.readings);
    samples.map(|(sample, reading)| (sample, reading, verdict(subject, sample, reading)))
}

/// Two lines for each sample that is not as it should be.
pub(super) fn say(subjects: &[&Subject], console: &mut Console) {
    for subject in subjects {
        for (sample, reading, verdict) in verdicts(subject) {
            let word = match verdict {
                Verdict::Right | Verdict::Warned => continue,
                Verdict::Lost => "lost",
                Verdict::Unread => "unread",
                Verdict::Silent => "silent",
            };
            let injected = if sample.injected { ", with unknown members" } else { "" };
            let said = match reading {
                Reading::Same(_) => "read and written, without a word",
                Reading::Changed(text) | Reading::Refused(text) => text,
                Reading::Crashed => "the program ended",
            };
            console.line(format!("{word:<9}  {}#{}{injected}", subject.file, sample.schema));
            console.line(format!("           {}", shown(&sample.text)));
            console.line(format!("           {}", shown(said)));
        }
    }
}

fn shown(text: &str) -> String {
    let begin: String = text.chars().take(SHOWN).collect();
    if begin.len() < text.len() { begin + "..." } else { begin }
}

/// How many samples came to what: of the examples of documents, and of each file of a suite.
pub(super) fn tables(subjects: &[&Subject], console: &mut Console) {
    let mut by_file: BTreeMap<&str, [u64; 6]> = BTreeMap::new();
    let mut plain = [[0; 4]; 2];
    for subject in subjects {
        let file = subject.file.split(": ").next().unwrap_or_default();
        let file = file.rsplit('/').next().unwrap_or_default();
        for (sample, _, verdict) in verdicts(subject) {
            let Some(valid) = sample.valid else {
                let row = &mut plain[usize::from(sample.injected)];
                row[0] += 1;
                row[1 + verdict as usize] += 1;
                continue;
            };
            let row = by_file.entry(file).or_default();
            row[if valid { 0 } else { 2 }] += 1;
            match verdict {
                Verdict::Right if !valid => row[3] += 1,
                Verdict::Lost if valid => row[1] += 1,
                Verdict::Warned => row[4] += 1,
                Verdict::Silent => row[5] += 1,
                _ => {}
            }
        }
    }
    if plain[0][0] > 0 {
        let mut table = Table::new(&["examples", "all", "written as read", "lost", "not read"]);
        for (what, row) in ["as they are", "with unknown members"].iter().zip(plain) {
            table.row([(*what).to_owned()].into_iter().chain(row.map(grouped)));
        }
        console.lines(&format!("\n{}", table.text()));
    }
    if !by_file.is_empty() {
        let mut table = Table::new(&["file", "valid", "lost", "invalid", "told", "warned of", "silent"]);
        let mut all = [0; 6];
        for (file, row) in by_file {
            all.iter_mut().zip(row).for_each(|(sum, count)| *sum += count);
            table.row([file.to_owned()].into_iter().chain(row.map(grouped)));
        }
        table.row(["all".to_owned()].into_iter().chain(all.map(grouped)));
        console.lines(&format!("\n{}", table.text()));
    }
}

/// The samples with what became of them.
pub(super) fn json(subject: &Subject) -> Value {
    let samples = verdicts(subject).map(|(sample, reading, _)| {
        let (outcome, said) = match reading {
            Reading::Same(rules) => ("same", json!(rules)),
            Reading::Changed(text) => ("changed", json!(text)),
            Reading::Refused(text) => ("refused", json!(text)),
            Reading::Crashed => ("crashed", json!(null)),
        };
        json!({
            "schema": sample.schema,
            "text": sample.text,
            "injected": sample.injected,
            "valid": sample.valid,
            "outcome": outcome,
            "said": said,
        })
    });
    samples.collect()
}

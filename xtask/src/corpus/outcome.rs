//! What became of a document.

use super::samples::{Reading, Sample};

/// A document and what became of it.
#[derive(Debug)]
pub(super) struct Subject {
    /// The document, as the command line leads to it.
    pub file: String,
    /// The package that it is emitted as.
    pub package: String,
    /// How long the generator took, in seconds.
    pub seconds: f64,
    /// What became of it.
    pub outcome: Outcome,
    /// What its types are to read.
    pub samples: Vec<Sample>,
    /// What became of each of the samples; empty until they are read.
    pub readings: Vec<Reading>,
}

impl Subject {
    /// Whether something became of it that may never be, whatever the document.
    pub(super) fn is_faulty(&self) -> bool {
        let samples = self.samples.iter().zip(&self.readings);
        self.outcome.is_fault() || samples.into_iter().any(|(sample, reading)| is_lost(sample, reading))
    }
}

/// Whether a value is lost that is valid, or that its type has read.
pub(super) fn is_lost(sample: &Sample, reading: &Reading) -> bool {
    match reading {
        Reading::Same(_) => false,
        Reading::Crashed => true,
        Reading::Changed(_) => sample.valid != Some(false),
        Reading::Refused(_) => sample.valid == Some(true),
    }
}

/// What became of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// A crate was written.
    Emitted {
        /// The warnings of the run.
        warnings: Vec<Finding>,
    },
    /// The run said what is wrong with the document.
    Refused(Vec<Finding>),
    /// The generator panicked, overflowed its stack, or was killed: the end of what it said.
    Panicked(String),
    /// The generator was stopped.
    TimedOut,
    /// The output could not be written: what the run said.
    Failed(String),
    /// What was emitted does not compile, or not without warnings: the first of what rustc said, and how much it said.
    DoesNotCompile {
        /// The first message.
        first: String,
        /// How many there are.
        count: usize,
        /// Whether one of them is an error.
        error: bool,
    },
}

/// A diagnostic of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// Its code.
    pub code: String,
    /// What it says.
    pub message: String,
    /// File, line and column.
    pub place: String,
}

impl Outcome {
    /// Whether this may never be, whatever the document.
    pub(super) fn is_fault(&self) -> bool {
        !matches!(self, Self::Emitted { .. } | Self::Refused(_))
    }

    /// What the run of the generator came to, by its exit code and what it wrote to the standard error.
    pub(super) fn of_run(code: Option<i32>, said: &str) -> Self {
        let last = |count: usize| {
            let lines: Vec<_> = said.lines().filter(|it| !it.trim().is_empty()).collect();
            lines[lines.len().saturating_sub(count)..].join("\n")
        };
        match code {
            Some(0 | 3) => Self::Emitted {
                warnings: findings(said, "warning"),
            },
            Some(1) => Self::Refused(findings(said, "error")),
            Some(2) => Self::Failed(last(1)),
            _ => Self::Panicked(last(3)),
        }
    }
}

/// The diagnostics of a severity, as the generator prints them: `error[code]: message` and ` --> place`.
fn findings(said: &str, severity: &str) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let mut open = false;
    for line in said.lines() {
        if let Some(title) = title(line) {
            open = title.0 == severity;
            if open {
                findings.push(Finding {
                    code: title.1.to_owned(),
                    message: title.2.to_owned(),
                    place: String::new(),
                });
            }
        } else if let Some((_, place)) = line.split_once("--> ")
            && line.trim_start().starts_with("-->")
            && let Some(last) = findings.last_mut().filter(|it| open && it.place.is_empty())
        {
            last.place = place.to_owned();
        }
    }
    findings
}

/// Severity, code and message of a line that begins a diagnostic.
fn title(line: &str) -> Option<(&str, &str, &str)> {
    let (head, message) = line.split_once("]: ")?;
    let (severity, code) = head.split_once('[')?;
    ["error", "warning"]
        .contains(&severity)
        .then_some((severity, code, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_has_codes_and_places() {
        let said = "\
warning[b-c]: maybe
 --> x.json:9:9

error[unknown-key]: no key `a`
 --> x.json:1:2
  |
1 | {\"a\": 1}
  |  ^^^

1 error, 1 warning
";
        let finding = Finding {
            code: "unknown-key".to_owned(),
            message: "no key `a`".to_owned(),
            place: "x.json:1:2".to_owned(),
        };
        assert_eq!(Outcome::of_run(Some(1), said), Outcome::Refused(vec![finding]));
        let emitted = Outcome::of_run(Some(0), said);
        assert!(matches!(emitted, Outcome::Emitted { warnings } if warnings.len() == 1 && warnings[0].code == "b-c"));
        assert!(Outcome::of_run(Some(101), "thread panicked\n").is_fault());
        assert_eq!(Outcome::of_run(None, ""), Outcome::Panicked(String::new()));
    }
}

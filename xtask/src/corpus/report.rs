//! What became of the documents, for people and for programs.

mod readings;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::outcome::{Outcome, Subject};
use crate::bench::table::{Table, grouped};
use tablature::Console;

/// How many lines of what a program says are shown.
const LINES: usize = 12;

/// What became of the documents.
pub(super) struct Report<'a> {
    /// The documents.
    pub subjects: &'a [Subject],
    /// Those with examples, again.
    pub examples: &'a [Subject],
    /// How many files were no documents.
    pub passed_over: usize,
    /// Whether what was emitted was compiled.
    pub compiled: bool,
}

impl Report<'_> {
    /// A line for each document that is not emitted, then the totals.
    pub(super) fn text(&self, console: &mut Console) {
        for subject in self.subjects {
            say(subject, console);
        }
        // What is wrong with a document has been said.
        for subject in self
            .examples
            .iter()
            .filter(|it| !matches!(it.outcome, Outcome::Emitted { .. }))
        {
            console.line(format!("examples of {}:", subject.file));
            say(subject, console);
        }
        let readings: Vec<_> = self.subjects.iter().chain(self.examples).collect();
        readings::say(&readings, console);
        console.lines(&format!("{}\n{}", self.codes(), self.totals()));
        readings::tables(&readings, console);
    }

    /// How many documents each code refuses, and how many it alone refuses.
    fn codes(&self) -> String {
        let mut counts: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
        for subject in self.subjects {
            let Outcome::Refused(findings) = &subject.outcome else {
                continue;
            };
            let mut codes: Vec<_> = findings.iter().map(|it| it.code.as_str()).collect();
            codes.sort_unstable();
            codes.dedup();
            for code in &codes {
                let count = counts.entry(code).or_default();
                count.0 += 1;
                count.1 += u64::from(codes.len() == 1);
            }
        }
        let mut rows: Vec<_> = counts.into_iter().collect();
        rows.sort_by_key(|(code, (all, _))| (Reverse(*all), *code));
        let mut table = Table::new(&["refused for", "documents", "for nothing else"]);
        for (code, (all, alone)) in rows {
            table.row([code.to_owned(), grouped(all), grouped(alone)]);
        }
        table.text()
    }

    fn totals(&self) -> String {
        let count = |of: &dyn Fn(&Outcome) -> bool| self.subjects.iter().filter(|it| of(&it.outcome)).count() as u64;
        let broken = |it: &Outcome| matches!(it, Outcome::DoesNotCompile { error: true, .. });
        let warned = |it: &Outcome| matches!(it, Outcome::DoesNotCompile { error: false, .. });
        let emitted = |it: &Outcome| matches!(it, Outcome::Emitted { .. });
        let mut rows = vec![
            ("documents", self.subjects.len() as u64),
            ("emitted", count(&|it| emitted(it) || broken(it) || warned(it))),
        ];
        if self.compiled {
            rows.push(("- compiled without a warning", count(&emitted)));
            rows.push(("- compiled with warnings", count(&warned)));
            rows.push(("- not compiled", count(&broken)));
        }
        rows.push(("refused", count(&|it| matches!(it, Outcome::Refused(_)))));
        rows.push(("panicked", count(&|it| matches!(it, Outcome::Panicked(_)))));
        rows.push(("timed out", count(&|it| matches!(it, Outcome::TimedOut))));
        rows.push(("not written", count(&|it| matches!(it, Outcome::Failed(_)))));
        rows.push(("other files, passed over", self.passed_over as u64));
        let mut table = Table::new(&["what", "count"]);
        for (what, count) in rows {
            table.row([what.to_owned(), grouped(count)]);
        }
        table.text()
    }

    /// All documents, as one object.
    pub(super) fn json(&self, console: &mut Console) {
        let documents: Vec<_> = self.subjects.iter().map(document).collect();
        let examples: Vec<_> = self.examples.iter().map(document).collect();
        let all = json!({ "documents": documents, "examples": examples, "passedOver": self.passed_over });
        console.line(all.to_string());
    }
}

/// What became of a document, unless it is emitted as it should be.
fn say(subject: &Subject, console: &mut Console) {
    let Subject { file, outcome, .. } = subject;
    match outcome {
        Outcome::Emitted { .. } => {}
        Outcome::Refused(findings) => {
            console.line(format!("refused    {file}"));
            for it in findings {
                console.line(format!("           {}: {}: {}", it.place, it.code, it.message));
            }
        }
        Outcome::Panicked(said) => console.lines(&format!("panicked   {file}\n{}", indented(said))),
        Outcome::TimedOut => console.line(format!("timed out  {file}")),
        Outcome::Failed(said) => console.lines(&format!("failed     {file}\n{}", indented(said))),
        Outcome::DoesNotCompile { first, count, error } => {
            let what = if *error { "broken" } else { "warned" };
            let package = &subject.package;
            console.line(format!("{what:<9}  {file}: {count} from rustc, of {package}"));
            console.lines(&indented(first));
        }
    }
}

fn indented(text: &str) -> String {
    let lines = text.lines().take(LINES).map(|line| format!("           {line}"));
    lines.collect::<Vec<_>>().join("\n")
}

fn document(subject: &Subject) -> Value {
    let finding = |it: &super::outcome::Finding| json!({ "code": it.code, "message": it.message, "place": it.place });
    let (outcome, said) = match &subject.outcome {
        Outcome::Emitted { warnings } => ("emitted", warnings.iter().map(finding).collect()),
        Outcome::Refused(findings) => ("refused", findings.iter().map(finding).collect()),
        Outcome::Panicked(said) => ("panicked", json!(said)),
        Outcome::TimedOut => ("timedOut", json!(null)),
        Outcome::Failed(said) => ("notWritten", json!(said)),
        Outcome::DoesNotCompile { first, count, error } => {
            let said = json!({ "first": first, "count": count });
            (if *error { "notCompiled" } else { "warned" }, said)
        }
    };
    json!({
        "file": subject.file,
        "package": subject.package,
        "seconds": subject.seconds,
        "outcome": outcome,
        "said": said,
        "samples": readings::json(subject),
    })
}

//! What a run says of a crate: lines for a person, or an object for a machine.

use serde_json::{Value, json};
use tablature_build::{Fingerprint, Outcome, Plan, State, package};
use tablature_codegen::Generated;

use super::target::Target;
use super::{Mode, diff};
use crate::console::{Console, Exit};
use crate::counted;

/// How many written files and how many renames are listed.
const MOST_LINES: usize = 20;

/// What was emitted, and what becomes of it.
pub(super) struct Report<'a> {
    /// Where it goes.
    pub target: &'a Target,
    /// What came of the build.
    pub outcome: &'a Outcome<Generated>,
    /// The files.
    pub generated: &'a Generated,
    /// What is done with them.
    pub plan: &'a Plan<'a>,
    /// Whether it is done.
    pub mode: Mode,
    /// What the user has to do beside.
    pub notes: &'a [String],
}

impl Report<'_> {
    /// Says it in lines.
    pub(super) fn say(&self, console: &mut Console) {
        match self.mode {
            Mode::Write | Mode::DryRun => self.say_done(console),
            Mode::Check => self.say_differences(console),
        }
    }

    /// What has been written, or would be.
    fn say_done(&self, console: &mut Console) {
        // Whoever asks what would be written is told all of it.
        let (verbs, participles, most) = match self.mode {
            Mode::Write => (["wrote", "removed"], ["written", "removed"], MOST_LINES),
            _ => (["to write", "to remove"], ["to write", "to remove"], usize::MAX),
        };
        let names = |takes: fn(&State) -> bool| {
            let entries = self.plan.entries.iter().filter(move |it| takes(&it.state));
            entries.map(|it| it.name.clone()).collect()
        };
        let written = names(|it| matches!(it, State::Missing { .. } | State::Stale { .. }));
        list(verbs[0], written, most, console);
        list(verbs[1], names(|it| matches!(it, State::LeftOver)), most, console);
        let renames = self.generated.renames.iter();
        let renames = renames.map(|it| format!("{} to {}", it.wire, it.rust)).collect();
        list("renamed", renames, MOST_LINES, console);
        for line in &self.outcome.left_out {
            console.status(format!("left out   {line}"));
        }
        let [unchanged, missing, stale, left_over] = self.counts();
        console.status(format!(
            "{}: {} {}, {left_over} {}, {unchanged} unchanged",
            summary(self.generated),
            missing + stale,
            participles[0],
            participles[1]
        ));
        self.notes.iter().for_each(|it| console.status(it));
        if let Some(next) = self.next() {
            console.status(next);
        }
    }

    /// What to do with a crate that was not there before.
    fn next(&self) -> Option<String> {
        let mut entries = self.plan.entries.iter();
        let is_new = entries.any(|it| it.name.ends_with("/Cargo.toml") && matches!(it.state, State::Missing { .. }));
        let folder = package::quoted(&self.target.folder.name);
        (is_new && self.mode == Mode::Write && self.generated.operations > 0).then(|| {
            format!(
                "next: `cargo add --path {folder} --features ureq` in a crate that calls it (`reqwest` for async), and \
                 the example at the top of {}/src/lib.rs",
                self.target.folder.name
            )
        })
    }

    /// What differs from what would be written.
    fn say_differences(&self, console: &mut Console) {
        let summary = summary(self.generated);
        if self.plan.is_met() {
            return console.status(format!("{summary}: up to date"));
        }
        let [_, missing, stale, left_over] = self.counts();
        console.out.push_str(&diff::differences(self.plan));
        console.line(format!(
            "{summary}: {stale} stale, {missing} missing, {left_over} left over"
        ));
        console.line(match &self.target.mend {
            Some(command) => format!("run `{command}` to mend this"),
            None => "run this again without `--check` to mend it".to_owned(),
        });
    }

    /// An object with all of it.
    pub(super) fn json(&self) -> Value {
        let Self {
            target,
            outcome,
            generated,
            plan,
            ..
        } = self;
        let files = plan.entries.iter().map(|it| {
            let state = match it.state {
                State::Unchanged => "unchanged",
                State::Missing { .. } => "missing",
                State::Stale { .. } => "stale",
                State::LeftOver => "left over",
            };
            json!({ "path": it.name, "state": state })
        });
        let renames = generated.renames.iter();
        json!({
            "package": target.build.config.package,
            "folder": target.folder.name,
            "operations": generated.operations,
            "webhooks": generated.webhooks,
            "models": generated.models,
            "files": files.collect::<Vec<_>>(),
            "renames": renames.map(|it| json!({ "wire": it.wire, "rust": it.rust })).collect::<Vec<_>>(),
            "left_out": outcome.left_out,
        })
    }

    /// How many files are unchanged, missing, stale and left over.
    fn counts(&self) -> [usize; 4] {
        [
            self.plan.count(|it| matches!(it, State::Unchanged)),
            self.plan.count(|it| matches!(it, State::Missing { .. })),
            self.plan.count(|it| matches!(it, State::Stale { .. })),
            self.plan.count(|it| matches!(it, State::LeftOver)),
        ]
    }
}

/// A line each for the first of what was done, and how many there are beyond.
fn list(done: &str, all: Vec<String>, most: usize, console: &mut Console) {
    for what in all.iter().take(most) {
        console.status(format!("{done:<9}  {what}"));
    }
    if let Some(more @ 1..) = all.len().checked_sub(most) {
        console.status(format!("{done:<9}  {more} more"));
    }
}

/// Says that nothing has changed since the last run.
pub(super) fn rest(last: &Fingerprint, console: &mut Console) -> Exit {
    console.status(format!("{}: up to date", last.summary));
    if last.warnings > 0 {
        let count = counted(last.warnings, "warning");
        console.status(format!("{count} as in the last run: `--force` shows them again"));
    }
    match last.is_partial {
        true => Exit::Partial,
        false => Exit::Done,
    }
}

/// `19 operations, 31 models, 45 files`, and webhooks where there are any.
pub(super) fn summary(generated: &Generated) -> String {
    let webhooks = (generated.webhooks > 0).then(|| counted(generated.webhooks, "webhook"));
    let rest = [
        counted(generated.models, "model"),
        counted(generated.files.len(), "file"),
    ];
    let all = [counted(generated.operations, "operation")].into_iter().chain(webhooks);
    all.chain(rest).collect::<Vec<_>>().join(", ")
}

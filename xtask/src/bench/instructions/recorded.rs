//! Compares counts of instructions with those that are recorded, and records them anew.

use std::fs;
use std::path::{Path, PathBuf};

use super::super::measure::succeed;
use super::super::table::grouped;
use super::Case;
use tablature::Error;

/// How much more than its recorded count a case may take, in percent.
const TOLERANCE: u64 = 3;

/// What cases took, and with which tools.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Recorded {
    /// The compiler, the platform and valgrind: with others, counts are others.
    pub tools: String,
    /// Task, items and instructions.
    pub counts: Vec<(String, u64, u64)>,
}

/// What compares with the recorded counts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Comparison {
    /// A line for each count that is not about what is recorded.
    pub lines: Vec<String>,
    /// Whether a case takes too much, or is recorded or counted alone.
    pub failed: bool,
}

/// Where counts are recorded.
pub(super) fn path(root: &Path) -> PathBuf {
    root.join("benches/instructions.tsv")
}

/// The tools that a count depends on: `rustc 1.95.0, x86_64-unknown-linux-gnu, valgrind-3.19.0`.
pub(super) fn tools(valgrind: &str) -> Result<String, Error> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let said = succeed(std::process::Command::new(rustc).arg("-vV"))?;
    let fact = |name: &str| {
        said.lines()
            .find_map(|line| line.strip_prefix(name))
            .unwrap_or_default()
    };
    Ok(format!(
        "rustc {}, {}, {}",
        fact("release: "),
        fact("host: "),
        valgrind.trim()
    ))
}

impl Recorded {
    /// Reads the recorded counts.
    pub(super) fn read(root: &Path) -> Result<Self, Error> {
        let path = path(root);
        let text = fs::read_to_string(&path).map_err(|cause| Error::io("read", path.to_string_lossy(), cause))?;
        Self::parse(&text).ok_or_else(|| {
            Error::usage(format!(
                "{}: it is not a line of tools and lines of task, items and count",
                path.to_string_lossy()
            ))
        })
    }

    /// Writes the counts in the place of those that are recorded.
    pub(super) fn write(&self, root: &Path) -> Result<(), Error> {
        let path = path(root);
        fs::write(&path, self.text()).map_err(|cause| Error::io("write", path.to_string_lossy(), cause))
    }

    fn parse(text: &str) -> Option<Self> {
        let (tools, rows) = text.split_once('\n')?;
        let count = |line: &str| {
            let mut cells = line.split('\t');
            let row = (
                cells.next()?.to_owned(),
                cells.next()?.parse().ok()?,
                cells.next()?.parse().ok()?,
            );
            cells.next().is_none().then_some(row)
        };
        Some(Self {
            tools: tools.to_owned(),
            counts: rows.lines().map(count).collect::<Option<_>>()?,
        })
    }

    fn text(&self) -> String {
        let rows = self.counts.iter();
        let rows = rows.map(|(task, items, count)| format!("{task}\t{items}\t{count}\n"));
        format!("{}\n{}", self.tools, rows.collect::<String>())
    }

    /// What differs in these counts.
    pub(super) fn compare(&self, counted: &[(String, u64, u64)]) -> Comparison {
        let (mut lines, mut failed) = (Vec::new(), false);
        let of = |counts: &[(String, u64, u64)], task: &str, items| {
            let same = |it: &&(String, u64, u64)| it.0 == task && it.1 == items;
            counts.iter().find(same).map(|it| it.2)
        };
        for (task, items, count) in counted {
            let Some(before) = of(&self.counts, task, *items) else {
                lines.push(format!("{task}, {items}: it is not recorded"));
                failed = true;
                continue;
            };
            let margin = before * TOLERANCE / 100;
            let (now, was) = (grouped(*count), grouped(before));
            if *count > before + margin {
                lines.push(format!(
                    "{task}, {items}: {now} instructions, more than {was} and {TOLERANCE} %"
                ));
                failed = true;
            } else if count + margin < before {
                lines.push(format!(
                    "{task}, {items}: {now} instructions, less than {was}: `--record` keeps it so"
                ));
            }
        }
        for (task, items, _) in &self.counts {
            if of(counted, task, *items).is_none() {
                lines.push(format!("{task}, {items}: it is recorded, and there is no such case"));
                failed = true;
            }
        }
        Comparison { lines, failed }
    }
}

/// Whether a case is one that is recorded: ours, and of the usual size.
pub(super) fn is_recorded(case: &Case) -> bool {
    case.who == "tablature" && case.items <= 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recorded(counts: &[(&str, u64)]) -> Recorded {
        let counts = counts.iter().map(|(task, count)| ((*task).to_owned(), 1_000, *count));
        Recorded {
            tools: "rustc 1.95.0, here, valgrind-3.19.0".to_owned(),
            counts: counts.collect(),
        }
    }

    #[test]
    fn counts_are_written_as_they_are_read() {
        let recorded = recorded(&[("decode", 62_742_127), ("encode", 20_346_588)]);
        assert_eq!(Recorded::parse(&recorded.text()), Some(recorded));
        assert_eq!(Recorded::parse("tools\ndecode\t1000\n"), None);
        assert_eq!(Recorded::parse("tools\ndecode\t1000\t2\t3\n"), None);
    }

    #[test]
    fn only_more_than_the_tolerance_fails() {
        let before = recorded(&[("decode", 1_000)]);
        let compare = |count| before.compare(&recorded(&[("decode", count)]).counts);
        let none = Comparison {
            lines: Vec::new(),
            failed: false,
        };
        assert_eq!(compare(1_030), none);
        assert_eq!(compare(970), none);
        assert!(compare(1_031).failed);
        let less = compare(969);
        assert!(!less.failed && less.lines.len() == 1);
    }

    #[test]
    fn cases_without_their_counterpart_fail() {
        let before = recorded(&[("decode", 1_000)]);
        let comparison = before.compare(&recorded(&[("encode", 1_000)]).counts);
        assert!(comparison.failed);
        assert_eq!(comparison.lines.len(), 2);
    }
}

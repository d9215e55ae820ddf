//! Other generators of Rust clients on the same documents, those of them that are installed.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::super::Place;
use super::super::measure::{Cost, measured, median_of, output};
use super::super::table::{Table, ratio};
use super::Subject;
use tablature::Error;

/// A generator that takes one document at a time.
#[derive(Debug)]
struct Peer {
    /// The command, which is the package, too.
    name: &'static str,
    version: &'static str,
    /// What stands before the document, before the folder to write to, and at the end.
    arguments: [&'static [&'static str]; 3],
}

const PEERS: [Peer; 2] = [
    Peer {
        name: "ploidy",
        version: "0.15.0",
        arguments: [&["generate", "rust"], &["--output"], &[]],
    },
    Peer {
        name: "oas3-gen",
        version: "0.29.0",
        arguments: [&["generate", "client-mod", "--input"], &["--output"], &["--workspace"]],
    },
];

/// The commands that install the peers that are missing, and rows of those that are there.
#[derive(Debug)]
pub(super) struct Rows {
    installed: Vec<&'static Peer>,
    /// Whether to compile what is emitted.
    check: bool,
    table: Table,
}

impl Rows {
    pub(super) fn new(check: bool) -> Self {
        let path = std::env::var_os("PATH").unwrap_or_default();
        Self {
            installed: PEERS.iter().filter(|peer| peer.is_in(&path)).collect(),
            check,
            table: Table::new(&[
                "input",
                "generator",
                "wall s",
                "CPU s",
                "ratio",
                "memory MB",
                "ratio",
                "compiles",
            ]),
        }
    }

    /// Adds the row of Tablature, and one of each peer. Several documents are several runs of a peer, one for each: their
    /// times add up.
    pub(super) fn add(&mut self, subject: &Subject, ours: Cost, runs: usize, place: &Place) -> Result<(), Error> {
        if self.installed.is_empty() || !subject.only.is_empty() {
            return Ok(());
        }
        self.row(&subject.name, "tablature", Some(ours), ours, "-");
        for peer in &self.installed.clone() {
            let folder = |run| subject.output(place, peer.name, run);
            let costs: Result<Vec<Option<Cost>>, Error> = (0..runs.max(1))
                .map(|run| peer.emit(&subject.documents, &folder(run)))
                .collect();
            let costs: Option<Vec<Cost>> = costs?.into_iter().collect();
            let compiles = match (&costs, &subject.documents[..]) {
                (None, _) => "-",
                (Some(_), [_]) if self.check => check(&folder(0).join("emitted-0"), place)?,
                _ => "not tried",
            };
            self.row(&subject.name, peer.name, costs.map(|it| median_of(&it)), ours, compiles);
        }
        Ok(())
    }

    /// A row; a generator that refuses a document has no cost.
    fn row(&mut self, input: &str, generator: &str, cost: Option<Cost>, ours: Cost, compiles: &str) {
        let cells = cost.map_or_else(
            || ["refused", "-", "-", "-", "-"].map(str::to_owned),
            |cost| {
                [
                    format!("{:.3}", cost.wall.as_secs_f64()),
                    format!("{:.3}", cost.cpu.as_secs_f64()),
                    cost.ratio(&ours),
                    cost.megabytes(),
                    ratio(cost.memory as f64, ours.memory as f64),
                ]
            },
        );
        let names = [input, generator].map(str::to_owned);
        self.table
            .row(names.into_iter().chain(cells).chain([compiles.to_owned()]));
    }

    /// The table, where a peer is installed, and how to install the others.
    pub(super) fn text(&self) -> String {
        let missing = PEERS
            .iter()
            .filter(|peer| !self.installed.iter().any(|it| it.name == peer.name));
        let missing: Vec<_> = missing.map(Peer::install).collect();
        let mut text = String::new();
        if !self.installed.is_empty() {
            text.push_str("\nBeside other generators, one run for each document:\n\n");
            text.push_str(&self.table.text());
        }
        if !missing.is_empty() {
            text.push_str(&format!(
                "\nMissing peers are installed by:\n\n{}\n",
                missing.join("\n")
            ));
        }
        text
    }
}

impl Peer {
    fn install(&self) -> String {
        format!("    cargo install {} --version {} --locked", self.name, self.version)
    }

    /// Whether a folder of the path holds the command.
    fn is_in(&self, path: &OsStr) -> bool {
        let file = format!("{}{}", self.name, std::env::consts::EXE_SUFFIX);
        std::env::split_paths(path).any(|folder| folder.join(&file).is_file())
    }

    /// What it costs to emit all documents, in one run each; nothing if one is refused.
    fn emit(&self, documents: &[PathBuf], folder: &Path) -> Result<Option<Cost>, Error> {
        let failed = |cause| Error::io("create", folder.to_string_lossy(), cause);
        fs::create_dir_all(folder).map_err(failed)?;
        let mut sum = Cost::default();
        for (number, document) in documents.iter().enumerate() {
            let [before, to, end] = self.arguments;
            let mut command = Command::new(self.name);
            command.args(before).arg(document);
            command.args(to).arg(folder.join(format!("emitted-{number}"))).args(end);
            let Ok(cost) = measured(&command) else {
                return Ok(None);
            };
            sum = added(sum, cost);
        }
        Ok(Some(sum))
    }
}

/// Both, one after the other.
fn added(one: Cost, other: Cost) -> Cost {
    let sum = |one: Duration, other: Duration| one.saturating_add(other);
    Cost {
        wall: sum(one.wall, other.wall),
        cpu: sum(one.cpu, other.cpu),
        system: sum(one.system, other.system),
        memory: one.memory.max(other.memory),
    }
}

/// Whether `cargo check` takes the crate, as a workspace of its own.
fn check(folder: &Path, place: &Place) -> Result<&'static str, Error> {
    let file = folder.join("Cargo.toml");
    let io = |action, cause| Error::io(action, file.to_string_lossy(), cause);
    let manifest = fs::read_to_string(&file).map_err(|cause| io("read", cause))?;
    if !manifest.lines().any(|line| line.trim() == "[workspace]") {
        fs::write(&file, manifest + "\n[workspace]\n").map_err(|cause| io("write", cause))?;
    }
    let mut cargo = place.cargo();
    cargo.current_dir(folder).args(["check", "--quiet"]);
    cargo.env("CARGO_TARGET_DIR", place.target.join("bench/peers/target"));
    cargo.env("CARGO_INCREMENTAL", "0");
    Ok(if output(&mut cargo)?.status.success() {
        "yes"
    } else {
        "no"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_peer_is_told_with_its_command() {
        let rows = Rows {
            installed: vec![&PEERS[0]],
            check: false,
            table: Table::new(&["input"]),
        };
        let text = rows.text();
        assert!(
            text.contains("cargo install oas3-gen --version 0.29.0 --locked"),
            "{text}"
        );
        assert!(!text.contains("cargo install ploidy"), "{text}");
        assert!(!PEERS[0].is_in(OsStr::new("/no/such/folder")));
    }

    #[test]
    fn runs_of_several_documents_add_up() {
        let cost = |seconds, memory| Cost {
            wall: Duration::from_secs(seconds),
            memory,
            ..Cost::default()
        };
        assert_eq!(added(cost(1, 30), cost(2, 20)), cost(3, 30));
    }

    #[test]
    fn what_is_refused_has_no_cost() {
        let mut rows = Rows::new(false);
        let ours = Cost {
            cpu: Duration::from_secs(1),
            ..Cost::default()
        };
        rows.row("petstore", "ploidy", None, ours, "-");
        rows.row("petstore", "oas3-gen", Some(ours), ours, "not tried");
        let text = rows.table.text();
        assert!(text.contains("refused"), "{text}");
        assert!(text.contains("| 1.000 |  1.00 |"), "{text}");
    }
}

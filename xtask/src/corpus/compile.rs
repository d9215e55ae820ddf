//! Emitted crates compiled, many in one run of cargo.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::outcome::{Outcome, Subject};
use crate::bench::measure::succeed;
use crate::bench::progress::Progress;
use tablature::Error;

/// How many crates are members of one workspace: cargo looks at all of them before it begins.
pub(super) const BATCH: usize = 50;

/// What rustc or cargo says of a crate.
#[derive(Debug, Default)]
struct Said {
    first: String,
    count: usize,
    error: bool,
}

/// Compiles the crates that were emitted, with all of their features.
///
/// # Errors
/// When cargo cannot be run, or does not come to compiling.
pub(super) fn check(subjects: &mut [Subject], folder: &Path, root: &Path) -> Result<(), Error> {
    let progress = Progress::new();
    let mut emitted: Vec<_> = subjects
        .iter_mut()
        .filter(|it| matches!(it.outcome, Outcome::Emitted { .. }))
        .collect();
    let all = emitted.len();
    for (index, batch) in emitted.chunks_mut(BATCH).enumerate() {
        let mut workspace = Workspace::new(folder, batch.iter().map(|it| it.package.clone()).collect());
        let mut done = index * BATCH;
        let mut compiled = |package: &str| {
            done += 1;
            progress.say(&format!("compiling {done} of {all}: {package}"));
        };
        workspace.join_members()?;
        // One manifest that cannot be read keeps cargo from all other crates.
        while !workspace.check(root, &mut compiled)? {}
        for subject in batch {
            if let Some(Said { first, count, error }) = workspace.said.remove(&subject.package) {
                subject.outcome = Outcome::DoesNotCompile { first, count, error };
            }
        }
    }
    Ok(())
}

/// Crates that are compiled together.
pub(super) struct Workspace {
    /// The folder of the workspace, with a folder for each member.
    pub crates: PathBuf,
    /// Where cargo builds.
    target: PathBuf,
    /// What cargo itself says.
    log: PathBuf,
    /// The packages.
    pub members: Vec<String>,
    /// What is wrong with them.
    said: BTreeMap<String, Said>,
}

impl Workspace {
    /// A workspace of emitted crates.
    pub(super) fn new(folder: &Path, members: Vec<String>) -> Self {
        Self {
            crates: folder.join("crates"),
            target: folder.join("target"),
            log: folder.join("cargo.log"),
            members,
            said: BTreeMap::new(),
        }
    }

    /// Takes from the manifests what makes each crate the root of a workspace of its own.
    fn join_members(&self) -> Result<(), Error> {
        for member in &self.members {
            let manifest = self.crates.join(member).join("Cargo.toml");
            let io = |action, cause| Error::io(action, manifest.to_string_lossy(), cause);
            let text = fs::read_to_string(&manifest).map_err(|cause| io("read", cause))?;
            let text = text.replacen("\n[workspace]\n", "\n", 1);
            fs::write(&manifest, text).map_err(|cause| io("write", cause))?;
        }
        Ok(())
    }

    /// Compiles all members; without the one whose manifest stops cargo, they have to be compiled again.
    fn check(&mut self, root: &Path, compiled: &mut dyn FnMut(&str)) -> Result<bool, Error> {
        self.write_manifest(root)?;
        let problem = |problem: String| Error::usage(format!("cargo check: {problem}"));
        let log = fs::File::create(&self.log);
        let log = log.map_err(|cause| Error::io("write", self.log.to_string_lossy(), cause))?;
        let mut cargo = self.cargo("check");
        cargo.args([
            "--workspace",
            "--all-features",
            "--keep-going",
            "--message-format",
            "json",
        ]);
        cargo.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        let mut child = cargo.spawn().map_err(|cause| problem(cause.to_string()))?;
        let mut finished = false;
        let lines = child
            .stdout
            .take()
            .into_iter()
            .flat_map(|it| BufReader::new(it).lines());
        for line in lines {
            let line = line.map_err(|cause| problem(cause.to_string()))?;
            let Ok(message) = serde_json::from_str::<Value>(&line) else {
                continue;
            };
            finished |= message["reason"] == "build-finished";
            if message["reason"] == "compiler-artifact" && message["target"]["kind"][0] == "lib" {
                compiled(message["target"]["name"].as_str().unwrap_or_default());
            }
            self.hear(&message);
        }
        child.wait().map_err(|cause| problem(cause.to_string()))?;
        if finished {
            return Ok(true);
        }
        let text = fs::read_to_string(&self.log).unwrap_or_default();
        let named = |it: &String| text.contains(&format!("workspace member `{}`", self.crates.join(it).display()));
        let Some(index) = self.members.iter().position(named) else {
            return Err(problem(text.lines().take(12).collect::<Vec<_>>().join("\n")));
        };
        let said = Said {
            first: text,
            count: 1,
            error: true,
        };
        self.said.insert(self.members.remove(index), said);
        Ok(false)
    }

    /// Writes the manifest of the workspace, with the versions of dependencies that ours has.
    pub(super) fn write_manifest(&self, root: &Path) -> Result<(), Error> {
        let write = |name: &str, text: &[u8]| {
            let file = self.crates.join(name);
            fs::write(&file, text).map_err(|cause| Error::io("write", file.to_string_lossy(), cause))
        };
        let members = format!("members = {:?}", self.members);
        let manifest = format!("[workspace]\nresolver = \"3\"\n{members}\n\n[profile.dev]\ndebug = false\n");
        write("Cargo.toml", manifest.as_bytes())?;
        let lock = fs::read(root.join("Cargo.lock")).map_err(|cause| Error::io("read", "Cargo.lock", cause))?;
        write("Cargo.lock", &lock)
    }

    /// Builds a member that is a program.
    pub(super) fn build(&self, program: &str) -> Result<(), Error> {
        succeed(self.cargo("build").args(["--package", program])).map(drop)
    }

    fn cargo(&self, command: &str) -> Command {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.crates).env("CARGO_TARGET_DIR", &self.target);
        // What is compiled once needs no state for the next time, which takes more room than all else.
        cargo.env("CARGO_INCREMENTAL", "0");
        cargo.args([command, "--quiet", "--offline"]);
        cargo
    }

    /// Takes what rustc says of a member.
    fn hear(&mut self, message: &Value) {
        let level = message["message"]["level"].as_str().unwrap_or_default();
        if message["reason"] != "compiler-message" || !["error", "warning"].contains(&level) {
            return;
        }
        let id = message["package_id"].as_str().unwrap_or_default();
        let Some(package) = self.members.iter().find(|it| id.contains(&format!("/{it}#"))) else {
            return;
        };
        let said = self.said.entry(package.clone()).or_default();
        let is_summary = message["message"]["spans"].as_array().is_none_or(Vec::is_empty);
        if is_summary && said.count > 0 {
            return;
        }
        if said.count == 0 || level == "error" && !said.error {
            said.first = message["message"]["rendered"].as_str().unwrap_or_default().to_owned();
        }
        said.error |= level == "error";
        said.count += 1;
    }
}

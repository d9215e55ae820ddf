//! Documents emitted, each by a process of its own.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::outcome::{Outcome, Subject};
use super::probe::Probe;
use crate::bench::measure::this_program;
use crate::bench::progress::Progress;
use tablature::Error;

/// How documents are emitted.
#[derive(Debug)]
pub(super) struct Runner {
    /// The folder that has a folder for each crate.
    pub folder: PathBuf,
    /// The runtime that the crates stand on.
    pub runtime: PathBuf,
    /// The current folder, which the names of documents are relative to.
    pub directory: PathBuf,
    /// Further options of `cargo xtask codegen`.
    pub options: Vec<String>,
    /// What the names of packages begin with.
    pub prefix: &'static str,
    /// How long a document may take.
    pub limit: Duration,
}

impl Runner {
    /// Emits all of the documents, some at once, and says what became of them in their order.
    ///
    /// # Errors
    /// When the generator cannot be started.
    pub(super) fn run(&self, probes: &[Probe], jobs: usize) -> Result<Vec<Subject>, Error> {
        let progress = Progress::new();
        let next = AtomicUsize::new(0);
        let subjects = Mutex::new(Vec::new());
        let work = || {
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(probe) = probes.get(index) else { break };
                progress.say(&format!("emitting {} of {}: {}", index + 1, probes.len(), probe.name));
                let subject = self.one(index, probe);
                let mut subjects = subjects.lock().unwrap_or_else(|it| it.into_inner());
                subjects.push((index, subject));
            }
        };
        thread::scope(|scope| (0..jobs.clamp(1, probes.len().max(1))).for_each(|_| drop(scope.spawn(work))));
        let mut subjects = subjects.into_inner().unwrap_or_else(|it| it.into_inner());
        subjects.sort_by_key(|(index, _)| *index);
        subjects.into_iter().map(|(_, subject)| subject).collect()
    }

    fn one(&self, index: usize, probe: &Probe) -> Result<Subject, Error> {
        let package = format!("{}{index:04}", self.prefix);
        let mut command = Command::new(this_program()?);
        command.current_dir(&self.directory).args(["codegen", "--schema"]);
        // Diagnostics name a document as the command line does; documents that refer to each other need one way.
        match probe.documents.as_slice() {
            [one] => command.arg(one.strip_prefix(&self.directory).unwrap_or(one)),
            all => command.args(all),
        };
        command.arg("--out").arg(self.folder.join(&package));
        command.arg("--runtime").arg(&self.runtime).args(&self.options);
        let log = self.folder.join(format!("{package}.log"));
        let begin = Instant::now();
        let status =
            limited(&mut command, &log, self.limit).map_err(|cause| Error::usage(format!("codegen: {cause}")))?;
        let said = std::fs::read(&log).map_err(|cause| Error::io("read", log.to_string_lossy(), cause))?;
        Ok(Subject {
            file: probe.name.clone(),
            package,
            seconds: begin.elapsed().as_secs_f64(),
            outcome: match status {
                None => Outcome::TimedOut,
                Some(status) => Outcome::of_run(status.code(), &String::from_utf8_lossy(&said)),
            },
            samples: probe.samples.clone(),
            readings: Vec::new(),
        })
    }
}

/// How long to wait before the process is looked at again.
const PAUSE: Duration = Duration::from_millis(5);

/// Runs the command, what it says going into a file; nothing if it is stopped at the limit.
pub(super) fn limited(command: &mut Command, log: &Path, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(log)?)
        .spawn()?;
    let begin = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if begin.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(PAUSE);
    }
}

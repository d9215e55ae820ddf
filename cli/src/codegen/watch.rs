//! `tablature codegen --watch`: emits again whenever something changes that the output depends on.
//!
//! Files are looked at a few times a second, in place of asking the system for events: that works on every system and
//! file system alike, also on those of containers, and a run has few files to look at.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use tablature_build::Error;

use super::{Arguments, once};
use crate::console::{Console, Exit};
use crate::environment::Environment;

/// How long there is between two looks at the files.
const PAUSE: Duration = Duration::from_millis(200);

/// Emits until Ctrl-C, which ends the process with 0, or until nobody reads what is said.
pub(super) fn run(arguments: &Arguments, environment: &Environment, console: &mut Console) -> Result<Exit, Error> {
    ctrlc::set_handler(|| std::process::exit(0))
        .map_err(|cause| Error::usage(format!("cannot wait for Ctrl-C: {cause}")))?;
    let mut files = Files::default();
    loop {
        let exit = match once(arguments, environment, console, &mut files) {
            Ok(exit) => exit.code(),
            Err(error) => console.fail(&error),
        };
        console.end(exit, &environment.directory);
        console.status("waiting for changes; Ctrl-C ends this");
        if console.flush().is_err() {
            return Ok(Exit::Done);
        }
        files.wait();
    }
}

/// The files that runs depended on, as they were when they were noted or last waited for, and the folders that they are
/// in.
#[derive(Debug, Default)]
pub(super) struct Files(BTreeMap<PathBuf, Stamp>);

/// What tells two states of a file or folder apart.
#[derive(Debug, PartialEq, Eq)]
enum Stamp {
    File(Option<(SystemTime, u64)>),
    /// The documents in a folder, which a pattern may name.
    Folder(Vec<OsString>),
}

impl Files {
    /// Notes a file before it is read.
    pub(super) fn add(&mut self, file: PathBuf) {
        if let Some(folder) = file.parent()
            && !self.0.contains_key(folder)
        {
            self.0.insert(folder.to_owned(), Stamp::Folder(documents(folder)));
        }
        self.0.entry(file).or_insert_with_key(|it| Stamp::of(it));
    }

    /// Waits until something differs, and then until nothing changes any more.
    fn wait(&mut self) {
        let mut has_changed = false;
        loop {
            thread::sleep(PAUSE);
            let mut is_changing = false;
            for (path, stamp) in &mut self.0 {
                let now = match stamp {
                    Stamp::File(_) => Stamp::of(path),
                    Stamp::Folder(_) => Stamp::Folder(documents(path)),
                };
                is_changing |= *stamp != now;
                *stamp = now;
            }
            if has_changed && !is_changing {
                return;
            }
            has_changed |= is_changing;
        }
    }
}

impl Stamp {
    fn of(file: &Path) -> Self {
        let metadata = fs::metadata(file).ok();
        Self::File(metadata.and_then(|it| Some((it.modified().ok()?, it.len()))))
    }
}

/// The names of documents in a folder, sorted.
fn documents(folder: &Path) -> Vec<OsString> {
    let is_document = |name: &OsString| {
        let extension = Path::new(name).extension().unwrap_or_default();
        ["json", "yaml", "yml"].iter().any(|it| extension == *it)
    };
    let names = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<OsString> = names.map(|it| it.file_name()).filter(is_document).collect();
    names.sort();
    names
}

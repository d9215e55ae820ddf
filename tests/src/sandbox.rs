//! A temporary folder that a command runs in.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use tablature::{Console, Environment};
use tempfile::TempDir;

use crate::workspace::files_below;

/// A repository as this one is.
const CONFIG: &str = r#"
[crate.tablature-apis]
documents = ["schema/*.json"]
curated = true
out = "generated"
runtime = "workspace"

[pages]
lock = "schema/pages.lock.json"
waivers = "schema/waivers.json"
"#;

/// A temporary folder with the files of a test; it goes when the test is done.
#[derive(Debug)]
pub struct Sandbox {
    folder: TempDir,
    /// The current folder of the commands, below the temporary one.
    pub directory: PathBuf,
}

/// What a command said, and its exit code.
#[derive(Debug)]
pub struct Outcome {
    /// The exit code.
    pub code: u8,
    /// The standard output.
    pub out: String,
    /// The standard error.
    pub err: String,
}

impl Sandbox {
    /// An empty folder.
    ///
    /// # Errors
    /// When there is no place for it.
    pub fn new() -> io::Result<Self> {
        let folder = TempDir::new()?;
        let directory = folder.path().canonicalize()?;
        Ok(Self { folder, directory })
    }

    /// A repository with these documents in `schema/` and a crate of them in `generated/`.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn workspace(documents: &[(&str, &str)]) -> io::Result<Self> {
        let sandbox = Self::new()?;
        sandbox.write("tablature.toml", CONFIG)?;
        for (name, text) in documents {
            sandbox.write(&format!("schema/{name}"), text)?;
        }
        Ok(sandbox)
    }

    /// Runs git with nothing of the machine's settings.
    ///
    /// # Errors
    /// When it cannot be run, or fails.
    pub fn git(&self, arguments: &[&str]) -> io::Result<()> {
        let settings = ["user.name=A", "user.email=a@example.com", "commit.gpgsign=false"];
        let output = Command::new("git")
            .args(settings.iter().flat_map(|it| ["-c", it]))
            .args(arguments)
            .current_dir(&self.directory)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()?;
        match output.status.success() {
            true => Ok(()),
            false => Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned())),
        }
    }

    /// The absolute path of a file.
    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    /// Writes a file and the folders above it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, file: &str, text: impl AsRef<[u8]>) -> io::Result<()> {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
        fs::write(path, text)
    }

    /// The text of a file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(&self, file: &str) -> io::Result<String> {
        fs::read_to_string(self.path(file))
    }

    /// The bytes of all files in a folder, by path below it.
    pub fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let folder = self.path(folder);
        let mut paths = Vec::new();
        files_below(&folder, &mut paths);
        let relative = |path: &Path| {
            path.strip_prefix(&folder)
                .unwrap_or(path)
                .to_string_lossy()
                .replace('\\', "/")
        };
        paths
            .iter()
            .map(|path| (relative(path), fs::read(path).unwrap_or_default()))
            .collect()
    }

    /// Runs a command of `tablature`.
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        run_in(&self.directory, arguments)
    }
}

/// Runs a command of `tablature` with this current folder.
pub fn run_in(directory: &Path, arguments: &[&str]) -> Outcome {
    let environment = Environment {
        directory: directory.to_owned(),
        config: None,
        color: false,
        is_terminal: false,
    };
    let mut console = Console::default();
    let arguments = std::iter::once("tablature")
        .chain(arguments.iter().copied())
        .map(Into::into);
    let code = tablature::run(arguments, &environment, &mut console);
    Outcome {
        code,
        out: console.out,
        err: console.err,
    }
}

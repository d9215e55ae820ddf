//! Where a command runs: the current folder, the workspace, the terminal.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use crate::Error;

/// What a command takes from its surroundings; a test makes its own.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The current folder, absolute: relative paths of the command line start here.
    pub directory: PathBuf,
    /// A folder of the workspace to look from first: cargo says where `xtask/` is.
    pub manifest_directory: Option<PathBuf>,
    /// Whether diagnostics may be coloured unless the command line says otherwise.
    pub color: bool,
}

impl Environment {
    /// The surroundings of this process.
    ///
    /// # Errors
    /// When the current folder cannot be told.
    pub fn of_process() -> Result<Self, Error> {
        let directory = std::env::current_dir().map_err(|cause| Error::io("read", "the current folder", cause))?;
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Ok(Self {
            directory,
            manifest_directory: std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from),
            color: std::io::stderr().is_terminal() && !no_color,
        })
    }

    /// The root of the workspace: the nearest folder upward that holds `xtask/` and `schema/`.
    pub(crate) fn workspace(&self) -> Result<&Path, Error> {
        self.manifest_directory
            .iter()
            .chain([&self.directory])
            .flat_map(|start| start.ancestors())
            .find(|folder| folder.join("xtask/Cargo.toml").is_file() && folder.join("schema").is_dir())
            .ok_or_else(|| {
                let from = self.directory.display();
                Error::usage(format!("no workspace with xtask/ and schema/ at or above {from}"))
            })
    }
}

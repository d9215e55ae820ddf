//! Where a command runs: the current folder, the configuration, the terminal.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use crate::Error;
use crate::config::Config;

/// What a command takes from its surroundings; a test makes its own.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The current folder, absolute: relative paths of the command line start here.
    pub directory: PathBuf,
    /// The configuration, where it is not the nearest `tablature.toml` at or above the current folder.
    pub config: Option<PathBuf>,
    /// Whether diagnostics may be coloured unless the command line says otherwise.
    pub color: bool,
    /// Whether the standard error is a terminal, on which progress is seen.
    pub is_terminal: bool,
}

impl Environment {
    /// The surroundings of this process.
    ///
    /// # Errors
    /// When the current folder cannot be told.
    pub fn of_process() -> Result<Self, Error> {
        let directory = std::env::current_dir().map_err(|cause| Error::io("read", "the current folder", cause))?;
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
        let is_terminal = std::io::stderr().is_terminal();
        Ok(Self {
            directory,
            config: None,
            color: !is_set("NO_COLOR") && (is_terminal || is_set("CLICOLOR_FORCE")),
            is_terminal,
        })
    }

    /// The file of the configuration, where there is one.
    pub(crate) fn config_file(&self) -> Option<PathBuf> {
        Config::file_for(self.config.as_deref(), &self.directory)
    }

    /// What the repository asks for.
    pub(crate) fn config(&self) -> Result<Config, Error> {
        Config::find(self.config.as_deref(), &self.directory)
    }
}

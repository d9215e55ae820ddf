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
            config: None,
            color: std::io::stderr().is_terminal() && !no_color,
        })
    }

    /// What the repository asks for.
    pub(crate) fn config(&self) -> Result<Config, Error> {
        Config::find(self.config.as_deref(), &self.directory)
    }
}

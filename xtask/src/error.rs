//! Why a command could not be carried out.

use std::fmt;
use std::io;

/// Why a command could not be carried out; its text names the file and the cause.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The current folder cannot be told.
    CurrentFolder {
        /// What the system says.
        cause: io::Error,
    },
    /// There is no workspace above the current folder.
    NoWorkspace {
        /// Where the search began.
        from: std::path::PathBuf,
    },
    /// The workspace's folder of documents holds none.
    NoDocuments {
        /// The folder.
        folder: String,
    },
    /// The file system refuses.
    Io {
        /// What was tried, as a verb: `read`, `write`, `remove`.
        action: &'static str,
        /// The file or folder.
        path: String,
        /// What the system says.
        cause: io::Error,
    },
    /// A document is no UTF-8.
    NotUtf8 {
        /// The file.
        path: String,
        /// The line of the first bad byte, from 1.
        line: usize,
        /// The column of the first bad byte, in characters from 1.
        column: usize,
    },
    /// The output folder is no folder, or has no name that a package can take.
    OutputFolder {
        /// The folder.
        path: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The value of `--runtime` is neither a version nor a folder of the runtime.
    Runtime {
        /// The value.
        value: String,
    },
    /// A revision cannot be read.
    Revision {
        /// The revision.
        revision: String,
        /// What git says.
        cause: String,
    },
    /// A program that is run fails.
    Program {
        /// The program and its first arguments.
        command: String,
        /// What it says.
        problem: String,
    },
    /// Files that were not generated stand where generated files would go.
    InTheWay(Vec<Obstacle>),
    /// The command line asks for what cannot be done.
    Usage {
        /// Why not.
        problem: String,
    },
    /// Several errors at once.
    Several(Vec<Error>),
}

/// Something that stands where a generated file would go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// What stands there.
    pub path: String,
    /// Why it is left alone.
    pub reason: &'static str,
}

impl Error {
    /// A file system error at `path`.
    pub(crate) fn io(action: &'static str, path: impl Into<String>, cause: io::Error) -> Self {
        Self::Io {
            action,
            path: path.into(),
            cause,
        }
    }

    /// The text, a line for each thing that is wrong.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Several(errors) => errors.iter().flat_map(Self::lines).collect(),
            Self::InTheWay(obstacles) => obstacles
                .iter()
                .map(|Obstacle { path, reason }| format!("{path} is in the way: {reason}"))
                .chain(["nothing was written; move these away or choose another folder".to_owned()])
                .collect(),
            other => vec![other.to_string()],
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CurrentFolder { cause } => write!(to, "cannot tell the current folder: {cause}"),
            Self::NoWorkspace { from } => write!(
                to,
                "no workspace with xtask/ and schema/ at or above {}",
                from.display()
            ),
            Self::NoDocuments { folder } => write!(to, "{folder} holds no OpenAPI document"),
            Self::Io { action, path, cause } => write!(to, "cannot {action} {path}: {cause}"),
            Self::NotUtf8 { path, line, column } => {
                write!(to, "{path}:{line}:{column}: the file is not UTF-8 from here on")
            }
            Self::OutputFolder { path, problem } => write!(to, "--out {path}: {problem}"),
            Self::Runtime { value } => write!(
                to,
                "--runtime {value}: neither a version (such as 0.1) nor a folder with core/Cargo.toml"
            ),
            Self::Usage { problem } => to.write_str(problem),
            Self::Revision { revision, cause } => write!(to, "cannot read revision {revision}: {cause}"),
            Self::Program { command, problem } => write!(to, "{command}: {problem}"),
            Self::InTheWay(_) | Self::Several(_) => to.write_str(&self.lines().join("\n")),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::CurrentFolder { cause } | Self::Io { cause, .. } => Some(cause),
            _ => None,
        }
    }
}

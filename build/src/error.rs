//! Why something could not be carried out.

use std::fmt;
use std::io;

use tablature_openapi::{Diagnostic, Sources};

/// Why something could not be carried out; its text names the file and the cause.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The file system refuses.
    Io {
        /// What was tried, as a verb: `read`, `write`, `remove`.
        action: &'static str,
        /// The file or folder.
        path: String,
        /// What the system says.
        cause: io::Error,
    },
    /// A file is no UTF-8.
    NotUtf8 {
        /// The file.
        path: String,
        /// The line of the first bad byte, from 1.
        line: usize,
        /// The column of the first bad byte, in characters from 1.
        column: usize,
    },
    /// Files that were not generated stand where generated files would go.
    InTheWay(Vec<Obstacle>),
    /// What is asked for cannot be done.
    Usage {
        /// Why not.
        problem: String,
    },
    /// A file that says what to do is wrong.
    Invalid {
        /// All that was found in it, by place.
        diagnostics: Vec<Diagnostic>,
        /// Its text.
        sources: Sources,
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
    pub fn io(action: &'static str, path: impl Into<String>, cause: io::Error) -> Self {
        Self::Io {
            action,
            path: path.into(),
            cause,
        }
    }

    /// What cannot be done, and why.
    pub fn usage(problem: impl Into<String>) -> Self {
        Self::Usage {
            problem: problem.into(),
        }
    }

    /// All of `errors`, or nothing where there is none.
    ///
    /// # Errors
    /// The one error, or several at once.
    pub fn all(mut errors: Vec<Self>) -> Result<(), Self> {
        match (errors.pop(), errors.is_empty()) {
            (None, _) => Ok(()),
            (Some(one), true) => Err(one),
            (Some(last), false) => {
                errors.push(last);
                Err(Self::Several(errors))
            }
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
            Self::Invalid { diagnostics, sources } => diagnostics
                .iter()
                .map(|it| {
                    let (line, column) = sources.line_column(it.span);
                    format!("{}:{line}:{column}: {}", sources.name(it.span), it.message)
                })
                .collect(),
            other => vec![other.to_string()],
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { action, path, cause } => write!(to, "cannot {action} {path}: {cause}"),
            Self::NotUtf8 { path, line, column } => {
                write!(to, "{path}:{line}:{column}: the file is not UTF-8 from here on")
            }
            Self::Usage { problem } => to.write_str(problem),
            Self::InTheWay(_) | Self::Invalid { .. } | Self::Several(_) => to.write_str(&self.lines().join("\n")),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { cause, .. } => Some(cause),
            _ => None,
        }
    }
}

//! What was found, for people and for machines: in the format and at the place that the command line asks for.

mod line;
mod sarif;

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use tablature_build::diagnostics::render;
use tablature_build::{Error, paths, replace};
use tablature_openapi::{Diagnostic, Sources};

use line::Finding;
pub(crate) use line::severity;

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With the lines that they are about
    #[default]
    Human,
    /// A JSON object a line
    Json,
    /// One SARIF 2.1.0 log, for code hosts
    Sarif,
}

/// The diagnostics of a run.
#[derive(Debug, Default)]
pub(crate) struct Diagnostics {
    /// How they are printed.
    pub format: Format,
    /// Whether they may be coloured.
    pub color: bool,
    /// The file that they go to, unless it is the standard error.
    pub file: Option<PathBuf>,
    findings: Vec<Finding>,
    text: String,
}

impl Diagnostics {
    /// None yet, to be printed in a format, and to a file where one is given.
    pub(crate) fn new(format: Format, file: Option<PathBuf>, color: bool) -> Self {
        Self {
            format,
            color,
            file,
            ..Self::default()
        }
    }

    /// Whether they are for a machine, or for later: then each run has to give all of them.
    pub(crate) fn are_kept(&self) -> bool {
        self.format != Format::Human || self.file.is_some()
    }

    /// Adds what was found in documents; gives what is to be said of it at once.
    pub(crate) fn add(&mut self, diagnostics: &[Diagnostic], sources: &Sources) -> String {
        match self.format {
            Format::Human => self.human(&render(diagnostics, sources, self.color)),
            _ => {
                self.findings
                    .extend(diagnostics.iter().map(|it| Finding::of(it, sources)));
                String::new()
            }
        }
    }

    /// Adds why the command could not be carried out; gives what is to be said of it at once.
    pub(crate) fn fail(&mut self, error: &Error) -> String {
        let lines = error.lines();
        match self.format {
            Format::Human => self.human(&lines.iter().map(|it| format!("error: {it}\n")).collect::<String>()),
            _ => {
                self.findings.extend(lines.into_iter().map(Finding::failure));
                String::new()
            }
        }
    }

    fn human(&mut self, text: &str) -> String {
        match self.file {
            Some(_) => self.text += text,
            None => return text.to_owned(),
        }
        String::new()
    }

    /// What is not said yet of all that was added since the last call; nothing where it goes to a file of its own.
    ///
    /// # Errors
    /// When that file cannot be written.
    pub(crate) fn take(&mut self, directory: &Path) -> Result<String, Error> {
        let mut text = std::mem::take(&mut self.text);
        let findings = std::mem::take(&mut self.findings);
        match self.format {
            Format::Human => {}
            Format::Json => text.extend(findings.iter().map(Finding::line)),
            Format::Sarif => text = sarif::log(&findings),
        }
        let Some(file) = &self.file else { return Ok(text) };
        replace(&directory.join(file), &text).map_err(|cause| Error::io("write", paths::slashed(file), cause))?;
        Ok(String::new())
    }
}

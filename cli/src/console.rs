//! What a command prints, and the exit code it ends with.

use std::io::{self, Write as _};
use std::path::Path;

use tablature_build::diagnostics::{render, render_all};
use tablature_openapi::{Diagnostic, Sources};

use crate::Error;
use crate::diagnostics::Diagnostics;

/// What a command has to say: results and errors apart, as the standard streams keep them.
#[derive(Debug, Default)]
pub struct Console {
    /// For the standard output.
    pub out: String,
    /// For the standard error.
    pub err: String,
    /// What was found in documents, where it is not said at once.
    pub(crate) diagnostics: Diagnostics,
    /// Whether to say nothing of what was done.
    pub(crate) is_quiet: bool,
}

/// How a command ended that could be carried out; of several, the last of these counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// All is well.
    Done,
    /// All is well but for what was left out since it could not be emitted.
    Partial,
    /// The documents hold errors, or a comparison found a difference.
    Difference,
}

impl Exit {
    /// The exit code of the process.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Difference => 1,
            Self::Partial => 3,
        }
    }
}

/// The exit code of a command that could not be carried out.
pub const FAILED: u8 = 2;

impl Console {
    /// Adds a line to the results.
    pub fn line(&mut self, line: impl AsRef<str>) {
        self.out.push_str(&printable(line.as_ref()));
        self.out.push('\n');
    }

    /// Adds each line of a text to the results.
    pub fn lines(&mut self, text: &str) {
        text.lines().for_each(|line| self.line(line));
    }

    /// Adds a line about what was done, which is no result that the command was asked for.
    pub fn status(&mut self, line: impl AsRef<str>) {
        if !self.is_quiet {
            self.line(line);
        }
    }

    /// Adds a line to what is said beside the results.
    pub fn note(&mut self, line: impl AsRef<str>) {
        self.err.push_str(&printable(line.as_ref()));
        self.err.push('\n');
    }

    /// Says what was found in documents.
    pub fn diagnose(&mut self, diagnostics: &[Diagnostic], sources: &Sources) {
        self.err += &self.diagnostics.add(diagnostics, sources, render);
    }

    /// As [`diagnose`](Self::diagnose), with every finding in full: a list to work through.
    pub fn diagnose_all(&mut self, diagnostics: &[Diagnostic], sources: &Sources) {
        self.err += &self.diagnostics.add(diagnostics, sources, render_all);
    }

    /// Says why a command could not be carried out, and gives its exit code.
    pub fn fail(&mut self, error: &Error) -> u8 {
        match error {
            Error::Several(errors) => {
                for error in errors {
                    self.fail(error);
                }
            }
            Error::Invalid { diagnostics, sources } => self.diagnose(diagnostics, sources),
            _ => self.err += &self.diagnostics.fail(error),
        }
        FAILED
    }

    /// Ends a run: says what was found in it, if that is not said yet, and gives the exit code.
    pub(crate) fn end(&mut self, exit: u8, directory: &Path) -> u8 {
        match self.diagnostics.take(directory) {
            Ok(text) => {
                self.err += &text;
                exit
            }
            Err(error) => {
                self.err += &format!("error: {error}\n");
                FAILED
            }
        }
    }

    /// Prints what was said so far on the streams of this process.
    ///
    /// # Errors
    /// When the standard output cannot be written.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        let _ = io::stderr().write_all(std::mem::take(&mut self.err).as_bytes());
        let mut out = io::stdout();
        out.write_all(std::mem::take(&mut self.out).as_bytes())?;
        out.flush()
    }

    /// Takes what the command line parser has to say: a help text or a misuse.
    pub(crate) fn usage(&mut self, usage: &clap::Error) -> u8 {
        let text = usage.to_string();
        if usage.use_stderr() {
            self.err.push_str(&text);
            FAILED
        } else {
            self.out.push_str(&text);
            Exit::Done.code()
        }
    }
}

/// A line as a terminal can show it: what would steer the terminal, or turn the text around, is escaped.
fn printable(line: &str) -> String {
    let steers = |it: char| {
        it.is_control() && it != '\t'
            || matches!(it, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut shown = String::with_capacity(line.len());
    for character in line.chars() {
        match steers(character) {
            true => shown.extend(character.escape_unicode()),
            false => shown.push(character),
        }
    }
    shown
}

//! Reads objects key by key: each problem is reported, and reading goes on.

mod inlined;
mod object;
mod value;

pub(crate) use inlined::Inlined;
pub use object::ObjectReader;
pub(crate) use value::repeated_keys;
pub use value::{as_bool, as_list, as_map, as_number, as_string, as_unsigned, expect_object};

use crate::diagnostic::{Diagnostic, Report};
use crate::document::Version;

/// What a reading goes by, and what it has found.
#[derive(Debug)]
pub struct Context {
    /// The rules that the text was written under.
    pub version: Version,
    /// What was found.
    pub report: Report,
    /// What is read in place of references.
    pub(crate) inlined: Inlined,
    /// How much of the text must be right.
    pub(crate) care: Care,
    /// Whether what is read now is for people only.
    documentation: bool,
}

/// How much of a document must be right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Care {
    /// All of it: the document is one's own, and whoever reads the finding can mend it.
    #[default]
    Curated,
    /// What says how requests are sent and responses are read: the document is a stranger's, and the rest of it is
    /// warned of.
    Foreign,
}

impl Context {
    /// A reading under the rules of a version, nothing found yet.
    pub fn new(version: Version) -> Self {
        Self {
            version,
            report: Report::new(),
            inlined: Inlined::default(),
            care: Care::Curated,
            documentation: false,
        }
    }

    /// Adds a finding. On what only people read it is a warning, unless the document is curated.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.report.push(match self.documentation && self.is_lenient() {
            true => diagnostic.as_warning(),
            false => diagnostic,
        });
    }

    /// Adds a finding on what is read in the way that the message tells, unless the document is curated.
    pub(crate) fn push_lenient(&mut self, diagnostic: Diagnostic) {
        self.report.push(match self.is_lenient() {
            true => diagnostic.as_warning(),
            false => diagnostic,
        });
    }

    /// Whether the document is a stranger's, so that only what is sent and read has to be right.
    pub(crate) fn is_lenient(&self) -> bool {
        self.care == Care::Foreign
    }

    /// Reads what is one's own, in a document that may be a stranger's.
    pub(crate) fn curated<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.care, Care::Curated);
        let value = read(self);
        self.care = outer;
        value
    }

    /// Reads what only people read.
    pub(crate) fn documentation<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.documentation, true);
        let value = read(self);
        self.documentation = outer;
        value
    }
}

#[cfg(test)]
mod tests;

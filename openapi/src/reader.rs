//! Objects read key by key, where each problem is reported and reading goes on.

mod inlined;
mod object;
mod value;

pub(crate) use inlined::Inlined;
pub use object::ObjectReader;
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
}

impl Context {
    /// A reading under the rules of a version, nothing found yet.
    pub fn new(version: Version) -> Self {
        Self {
            version,
            report: Report::new(),
            inlined: Inlined::default(),
        }
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.report.push(diagnostic);
    }
}

#[cfg(test)]
mod tests;

//! Kinds of findings, declared once: what the command line allows and explains comes from the same table.

use super::{Diagnostic, Severity};
use crate::span::Span;

/// A kind of finding.
#[derive(Debug)]
pub struct Code {
    /// The name in kebab case, as it stands in brackets behind the severity: `unknown-key`.
    pub name: &'static str,
    /// Whether a run may go on. Single places may be more lenient.
    pub severity: Severity,
    /// Whether a run may be told to go on in spite of the error, with something weaker in place of what is meant.
    pub allowable: bool,
    /// What to do about it, where that is the same at every place.
    pub help: Option<&'static str>,
    /// What was found and why it is reported, in two sentences.
    pub why: &'static str,
}

impl Code {
    /// A finding of this kind.
    pub fn at(&'static self, span: Span, message: impl Into<String>) -> Diagnostic {
        let found = Diagnostic::new(self.severity, self.name, span, message);
        found.maybe_help(self.help.map(str::to_owned))
    }
}

/// Declares the codes of a package: a static for each, and `ALL` of them.
///
/// The doc comment of a code is its explanation.
#[macro_export]
macro_rules! codes {
    ($(
        $(#[doc = $why:literal])+
        $item:ident = $severity:ident $($allowable:ident)? $name:literal $(help $help:literal)?;
    )+) => {
        $(
            $(#[doc = $why])+
            pub static $item: $crate::diagnostic::Code = $crate::diagnostic::Code {
                name: $name,
                severity: $crate::codes!(@severity $severity),
                allowable: $crate::codes!(@allowable $($allowable)?),
                help: $crate::codes!(@help $($help)?),
                why: concat!($($why),+),
            };
        )+

        /// All codes of this table, by name.
        pub static ALL: &[&$crate::diagnostic::Code] = &[$(&$item),+];

        /// The names of the diagnostics that a run may allow: each then is a warning, and what comes of it is weaker.
        pub fn allowable() -> impl Iterator<Item = &'static str> {
            ALL.iter().filter(|it| it.allowable).map(|it| it.name)
        }
    };
    (@severity error) => { $crate::diagnostic::Severity::Error };
    (@severity warning) => { $crate::diagnostic::Severity::Warning };
    (@allowable) => { false };
    (@allowable allowable) => { true };
    (@help) => { None };
    (@help $help:literal) => { Some($help) };
}

#[cfg(test)]
mod tests {
    use crate::codes::ALL;

    #[test]
    fn codes_are_sorted_and_explained_in_sentences() {
        let names: Vec<_> = ALL.iter().map(|it| it.name).collect();
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
        for code in ALL {
            assert!(
                code.why.trim_end().ends_with('.') && code.why.matches(". ").count() >= 1,
                "{}",
                code.name
            );
        }
    }
}

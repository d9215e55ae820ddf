//! Detects whether a text is JSON or YAML, and parses it.

use crate::diagnostic::Report;
use crate::node::Node;
use crate::source::SourceId;
use crate::{json, yaml};

/// A syntax that documents are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// JSON.
    Json,
    /// YAML 1.2.
    Yaml,
}

impl Syntax {
    /// The syntax of a text: the name of its file says it, or else what it begins with.
    pub fn of(name: &str, text: &str) -> Self {
        let suffix = name.rsplit_once('.').map(|(_, suffix)| suffix.to_ascii_lowercase());
        match suffix.as_deref() {
            Some("json") => Self::Json,
            Some("yaml" | "yml") => Self::Yaml,
            _ if text.trim_start().starts_with(['{', '[']) => Self::Json,
            _ => Self::Yaml,
        }
    }

    /// Reads a text. `None` means that it does not follow the syntax, and the report says where.
    pub fn parse(self, source: SourceId, text: &str, report: &mut Report) -> Option<Node> {
        match self {
            Self::Json => json::parse(source, text, report),
            Self::Yaml => yaml::parse(source, text, report),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_before_contents() {
        for (name, text, syntax) in [
            ("a.json", "a: 1", Syntax::Json),
            ("x.json/a.YML", "{}", Syntax::Yaml),
            ("a.yaml", "[]", Syntax::Yaml),
            ("a", "\n {}", Syntax::Json),
            ("a.txt", "[]", Syntax::Json),
            ("a.txt", "# c\n{}", Syntax::Yaml),
            ("a", "", Syntax::Yaml),
        ] {
            assert_eq!(Syntax::of(name, text), syntax, "{name} {text:?}");
        }
    }
}

//! Turns errors of the YAML parser into what was expected and what was found.

use crate::codes;
use granit_parser::{ErrorKind as Kind, Marker, ScanError};

use crate::diagnostic::Diagnostic;
use crate::json::MAXIMUM_DEPTH;
use crate::source::SourceId;
use crate::span::Span;

/// The finding on a text that is not YAML.
pub(super) fn syntax(source: SourceId, text: &str, error: &ScanError) -> Diagnostic {
    if *error.kind() == Kind::RecursionLimitExceeded {
        return too_deep(span(source, text, error.marker()));
    }
    let (message, help) = words(error.kind());
    let message = message.map_or_else(|| format!("this is not YAML: {}", error.info()), str::to_owned);
    let mut at = span(source, text, error.marker());
    if message == TABULATOR {
        at = tabulator(text, at);
    }
    codes::INVALID_YAML.at(at, message).maybe_help(help.map(str::to_owned))
}

/// The finding on nesting that goes on and on.
pub(super) fn too_deep(span: Span) -> Diagnostic {
    let message = format!("expected at most {MAXIMUM_DEPTH} arrays and objects within each other");
    codes::INVALID_YAML.at(span, message)
}

const TABULATOR: &str = "expected spaces, found a tabulator";

/// The character at a mark.
fn span(source: SourceId, text: &str, mark: &Marker) -> Span {
    let start = mark.byte_offset().unwrap_or(0).min(text.len());
    let width = text
        .get(start..)
        .and_then(|it| it.chars().next())
        .map_or(0, char::len_utf8);
    let byte = |index| u32::try_from(index).unwrap_or(u32::MAX);
    Span::new(source, byte(start), byte(start + width))
}

/// The tabulator that a mark means: the parser may have passed it.
fn tabulator(text: &str, at: Span) -> Span {
    let before = text.get(..at.end as usize).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |it| it + 1);
    match before.get(line..).and_then(|it| it.rfind('\t')) {
        Some(column) => Span {
            start: u32::try_from(line + column).unwrap_or(at.start),
            end: u32::try_from(line + column + 1).unwrap_or(at.end),
            ..at
        },
        None => at,
    }
}

/// The message, where the parser's own does not serve, and the help.
fn words(kind: &Kind) -> (Option<&'static str>, Option<&'static str>) {
    let (message, help) = match kind {
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabInIndentation
        | Kind::TabAtBlockScalarStart
        | Kind::TabInPlainScalar => (TABULATOR, Some("lines are indented with spaces in YAML")),
        Kind::InvalidIndentation
        | Kind::ExpectedBlockMappingKey
        | Kind::InvalidFlowScalarIndent
        | Kind::InvalidBlockScalarIndent
        | Kind::InvalidQuotedScalarIndent => (
            "expected a line that is indented as those that it belongs to",
            Some("the keys of an object stand in one column, and what is within it further to the right"),
        ),
        Kind::ExpectedBlockSequenceEntry | Kind::BlockSequenceEntryNotAllowed => (
            "expected an item that begins with `- ` in the column of the items before",
            None,
        ),
        Kind::MappingValueNotAllowed | Kind::InvalidColonPlacement => (
            "expected no `:` here",
            Some("a text with a colon and a space in it stands in quotes, and so does a key of several lines"),
        ),
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => ("expected `:` after the key", None),
        Kind::UnexpectedCharacter { .. } => (
            "expected a value, found a character that begins none",
            Some("a text that begins with a special character, such as `@`, a backtick or `%`, stands in quotes"),
        ),
        Kind::UnclosedQuotedScalar => ("this string has no end", None),
        Kind::UnclosedFlowCollection { .. } => ("this array or object has no end", None),
        Kind::UnknownAnchor => ("this alias has no anchor before it", None),
        Kind::UnknownQuotedScalarEscape => (
            "expected an escape that YAML knows after the backslash",
            Some("a backslash stands for itself in single quotes"),
        ),
        Kind::UnsupportedYamlMajorVersion => ("expected YAML 1.2", None),
        _ => return (None, None),
    };
    (Some(message), help)
}

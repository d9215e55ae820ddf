//! Turns errors of the JSON parser into what was expected and what was found.

use jsonc_parser::ParseStringErrorKind;
use jsonc_parser::common::Range;
use jsonc_parser::errors::{ParseError, ParseErrorKind};

use super::Fault;

/// The fault of a text that holds no value.
pub(super) fn no_value(text: &str) -> Fault {
    Fault {
        range: Range::new(text.len(), text.len()),
        message: "expected a JSON value, found the end of the text".to_owned(),
        help: None,
    }
}

/// The fault that the parser found.
pub(super) fn fault(error: &ParseError, text: &str) -> Fault {
    use ParseErrorKind as Kind;
    let (expected, help) = match error.kind() {
        Kind::CommentsNotAllowed | Kind::UnterminatedCommentBlock => {
            return whole("expected JSON, found a comment", error, text);
        }
        Kind::ExpectedComma => {
            return whole("expected `,` or the end of the array or object", error, text);
        }
        Kind::TrailingCommasNotAllowed => return trailing_comma(error.range(), text),
        Kind::UnterminatedArray => return whole("this array has no end", error, text),
        Kind::UnterminatedObject => return whole("this object has no end", error, text),
        Kind::NestingDepthExceeded => return whole("this is nested too deep", error, text),
        Kind::String(kind) => return whole(string_message(kind), error, text),
        Kind::ExpectedColonAfterObjectKey => ("`:` after the key", None),
        Kind::ExpectedStringObjectProperty | Kind::UnexpectedTokenInObject => {
            ("a key in double quotes or the end of the object", None)
        }
        Kind::SingleQuotedStringsNotAllowed => ("a value", Some("strings stand in double quotes in JSON")),
        Kind::MultipleRootJsonValues => ("the end of the text", None),
        kind if is_number(kind) => (
            "a number as JSON writes it",
            Some(
                "digits without leading zeros, after `-` if negative, and at least one digit on both sides of a point",
            ),
        ),
        _ => ("a value", None),
    };
    let range = token(error.range(), text);
    Fault {
        range,
        message: format!("expected {expected}, found {}", found(range, text)),
        help,
    }
}

fn is_number(kind: &ParseErrorKind) -> bool {
    use ParseErrorKind as Kind;
    matches!(
        kind,
        Kind::BareDecimalPointNumbersNotAllowed
            | Kind::ExpectedDigit
            | Kind::ExpectedDigitFollowingNegativeSign
            | Kind::ExpectedPlusMinusOrDigitInNumberLiteral
            | Kind::HexadecimalNumbersNotAllowed
            | Kind::NonFiniteNumbersNotAllowed
            | Kind::UnaryPlusNumbersNotAllowed
    )
}

fn string_message(kind: &ParseStringErrorKind) -> &'static str {
    use ParseStringErrorKind as Kind;
    match kind {
        Kind::ExpectedFourHexDigits => "expected four hexadecimal digits after `\\u`",
        Kind::InvalidUnicodeEscapeSequence(_) => "expected a pair of surrogates, found one without the other",
        Kind::UnterminatedStringLiteral => "this string has no end",
        _ => "expected one of `\"\\/bfnrtu` after a backslash",
    }
}

fn trailing_comma(range: Range, text: &str) -> Fault {
    let after = text.get(range.end..).unwrap_or_default().trim_start();
    let closing = after
        .chars()
        .next()
        .map_or_else(String::new, |it| format!(", found `{it}`"));
    Fault {
        range,
        message: format!("expected another value after the comma{closing}"),
        help: Some("the last value has no comma after it in JSON"),
    }
}

/// A fault at the start of the range, where the range may be as long as the text.
fn whole(message: &str, error: &ParseError, text: &str) -> Fault {
    let Range { start, end } = error.range();
    let first = text.get(start..).and_then(|rest| rest.chars().next());
    let width = first.map_or(0, char::len_utf8);
    Fault {
        range: Range::new(start, end.min(start + width)),
        message: message.to_owned(),
        help: None,
    }
}

/// The word at the start of a range: the parser's own range may end in the middle of it.
fn token(range: Range, text: &str) -> Range {
    let rest = text.get(range.start..).unwrap_or_default();
    let is_word = |it: char| it.is_alphanumeric() || matches!(it, '_' | '$' | '+' | '-' | '.');
    let word: usize = rest.chars().take_while(|it| is_word(*it)).map(char::len_utf8).sum();
    let first = rest.chars().next().map_or(0, char::len_utf8);
    Range::new(range.start, range.start + word.max(first))
}

/// What stands at a range, in words.
fn found(range: Range, text: &str) -> String {
    match text.get(range.start..range.end).unwrap_or_default() {
        "" => "the end of the text".to_owned(),
        "\"" => "a string".to_owned(),
        word if word.len() > 40 => "a long word".to_owned(),
        word => format!("`{word}`"),
    }
}

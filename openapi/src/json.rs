//! Parses JSON text, strictly as in RFC 8259, into nodes with byte ranges.

mod message;
mod reader;
mod strict;
mod write;

use crate::codes;
use jsonc_parser::common::Range;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::diagnostic::Report;
use crate::node::Node;
use crate::source::SourceId;
use crate::span::Span;

/// How many arrays and objects may stand within each other.
pub const MAXIMUM_DEPTH: usize = 128;

/// Where a text is not JSON, and why.
#[derive(Debug)]
struct Fault {
    range: Range,
    message: String,
    help: Option<&'static str>,
}

/// Reads a JSON text. `None` means that it is not JSON, and the report says where.
pub fn parse(source: SourceId, text: &str, report: &mut Report) -> Option<Node> {
    let node = reader::read(source, text);
    if node.is_none() {
        let fault = fault(text);
        let span = span(source, fault.range);
        let finding = codes::INVALID_JSON.at(span, fault.message);
        let is_page = text.trim_start().starts_with('<');
        let help = is_page.then_some("this is a web page: save the document that it shows or links to");
        report.push(finding.maybe_help(fault.help.or(help).map(str::to_owned)));
    }
    node
}

/// What is wrong in a text that is not JSON, by a parser that says so.
fn fault(text: &str) -> Fault {
    let whole = |message: &str| Fault {
        range: Range::new(0, 0),
        message: message.to_owned(),
        help: None,
    };
    if u32::try_from(text.len()).is_err() {
        return whole("expected a text of at most 4 GiB");
    }
    let parsed = match parse_to_ast(text, &CollectOptions::default(), &options()) {
        Err(error) => Some(message::fault(&error, text)),
        Ok(parsed) => parsed.value.is_none().then(|| message::no_value(text)),
    };
    // The parser takes a little more than JSON; of two faults the first one is the cause.
    let faults = [strict::first_fault(text), parsed].into_iter().flatten();
    faults
        .min_by_key(|it| it.range.start)
        .unwrap_or_else(|| whole("expected JSON"))
}

/// Everything that is not JSON is off.
fn options() -> ParseOptions {
    ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

fn span(source: SourceId, range: Range) -> Span {
    let byte = |index| u32::try_from(index).unwrap_or(u32::MAX);
    Span::new(source, byte(range.start), byte(range.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        let fault = match reader::read(0, text) {
            Some(_) => return "no fault".to_owned(),
            None => fault(text),
        };
        assert_ne!(fault.message, "expected JSON", "{text:?}");
        format!("{}..{} {}", fault.range.start, fault.range.end, fault.message)
    }

    #[test]
    fn places_are_exact() {
        let mut report = Report::new();
        let text = " {\"ü\": [1, \"x\\n\"], \"ü\" :null}\n";
        let node = parse(3, text, &mut report);
        let entries = node.as_ref().and_then(Node::as_object).unwrap_or_default();
        let texts: Vec<_> = entries
            .iter()
            .flat_map(|(key, value)| [key.span, value.span])
            .filter_map(|span| text.get(span.start as usize..span.end as usize))
            .collect();
        assert_eq!(texts, ["\"ü\"", "[1, \"x\\n\"]", "\"ü\"", "null"]);
        assert_eq!(node.map(|it| it.span), Some(Span::new(3, 1, text.len() as u32 - 1)));
    }

    #[test]
    fn only_json_is_json() {
        for text in [
            "",
            " ",
            "{",
            "[1",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":}",
            "{\"a\" 1}",
            "[1,]",
            "{\"a\":1,}",
            "[1 2]",
            "[[1][2]]",
            "{\"a\":1 \"b\":2}",
            "[,]",
            "[1,,2]",
            "{,}",
            "{a:1}",
            "{1:1}",
            "{'a':1}",
            "'a'",
            "// x\n1",
            "1 /* x */",
            "1 // x",
            "#",
            "01",
            "-",
            "-01",
            "+1",
            ".5",
            "5.",
            "1.e1",
            "1e",
            "1e+",
            "0x1F",
            "Infinity",
            "-Infinity",
            "NaN",
            "tru",
            "True",
            "nulll",
            "undefined",
            "1 2",
            "{} {}",
            "{}]",
            "\"",
            "\"a",
            "\"\\\"",
            "\"\\x41\"",
            "\"\\v\"",
            "\"\\'\"",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\\ud800\\u0041\"",
            "\"\\udc00\"",
            "\"a\nb\"",
            "\"a\tb\"",
            "\"a\0b\"",
            "\"a\\\nb\"",
            "\u{feff}1",
            "1\u{a0}",
            "\u{2028}1",
            "\u{b}1",
            "\u{c}1",
            "\u{0}",
            "[\u{e9}]",
            "$",
            "_",
            "[1}",
            "{\"a\":1]",
        ] {
            assert_ne!(message(text), "no fault", "{text:?}");
        }
    }

    #[test]
    fn all_json_is_json() {
        for text in [
            "0",
            "-0",
            "-0.0e-0",
            "1E+9",
            "0.1",
            "123456789012345678901234567890",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud83d\\ude00\"",
            "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
            "\"//'\u{7f}\u{a0}\u{2028}\"",
            "[]",
            "{}",
            "\t\r\n [ ] ",
            "{\"\":{\"a\":[true,false,null]},\"\":0}",
            "\"\u{10ffff}\"",
        ] {
            assert_eq!(message(text), "no fault", "{text:?}");
        }
    }

    #[test]
    fn a_text_is_refused_where_a_fault_is_found_in_it() {
        let seeds = [
            r#"{"a": [1, -0.5e+3, true], "b\n": {"": null}}"#,
            r#"["\ud83d\ude00\u00e9", "ü", 10E-2, false, [], {}]"#,
        ];
        let edits = [
            "", "\"", "\\", "/", "{", "}", "[", "]", ",", ":", "-", "+", ".", "0", "1", "e", "u", "d", "\u{1}", "é",
            " ",
        ];
        let mut refused = 0;
        for seed in seeds {
            for (at, old) in seed.char_indices() {
                for (edit, end) in edits.iter().flat_map(|it| [(it, at), (it, at + old.len_utf8())]) {
                    let text = format!("{}{edit}{}", &seed[..at], &seed[end..]);
                    let is_read = reader::read(0, &text).is_some();
                    assert_eq!(is_read, fault(&text).message == "expected JSON", "{text}");
                    refused += usize::from(!is_read);
                }
            }
        }
        assert!(refused > 1_000, "{refused}");
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(message(&nested(MAXIMUM_DEPTH)), "no fault");
        let objects = "{\"a\":".repeat(MAXIMUM_DEPTH) + "1" + &"}".repeat(MAXIMUM_DEPTH);
        assert_eq!(message(&objects), "no fault");
        let too_deep = "128..129 expected at most 128 arrays and objects within each other";
        assert_eq!(message(&nested(MAXIMUM_DEPTH + 1)), too_deep);
        assert_eq!(message(&nested(100_000)), too_deep);
        assert_eq!(message(&"[".repeat(100_000)), too_deep);
    }

    #[test]
    fn a_web_page_is_told_from_a_document() {
        let mut report = Report::new();
        assert!(parse(0, "\n<!DOCTYPE html><html></html>", &mut report).is_none());
        let found = report.into_diagnostics();
        assert_eq!(
            found[0].help.as_deref(),
            Some("this is a web page: save the document that it shows or links to")
        );
    }

    #[test]
    fn the_first_fault_is_told() {
        for (text, expected) in [
            (
                "{\"a\": \"b\n\", \"c\": 1}",
                "8..9 expected the end of the string, found a line break",
            ),
            ("{\"a\" 1, \"b\": \"\t\"}", "5..6 expected `:` after the key, found `1`"),
            ("[1,]", "2..3 expected another value after the comma, found `]`"),
            ("[1 2]", "2..2 expected `,` or the end of the array or object"),
            ("", "0..0 expected a JSON value, found the end of the text"),
            ("{\"a\": tru}", "6..9 expected a value, found `tru`"),
            ("{} x", "3..4 expected the end of the text, found `x`"),
        ] {
            assert_eq!(message(text), expected, "{text:?}");
        }
    }
}

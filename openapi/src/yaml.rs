//! Parses YAML 1.2 in the core schema, where every value is a JSON value.

mod anchor;
mod build;
mod message;
mod node;
mod place;
mod scalar;

#[cfg(test)]
mod tests;

use crate::codes;
use granit_parser::{Event, Options, Parser};

use crate::diagnostic::{Diagnostic, Report};
use crate::json::MAXIMUM_DEPTH;
use crate::node::Node;
use crate::source::SourceId;
use crate::span::Span;

/// Reads a YAML text. `None` means that it is not YAML, and the report says where.
///
/// Aliases and merge keys (`<<`) are resolved: what an alias gives has the place of the alias,
/// and what is within it has its own. Keys are strings, in the letters of the text.
pub fn parse(source: SourceId, text: &str, report: &mut Report) -> Option<Node> {
    if u32::try_from(text.len()).is_err() {
        let message = "expected a text of at most 4 GiB";
        report.push(codes::INVALID_YAML.at(Span::new(source, 0, 0), message));
        return None;
    }
    let mut builder = build::Builder::new(source, text);
    let mut documents = 0_usize;
    for event in Parser::new_from_str_with_options(text, options()) {
        let (event, at) = match event {
            Ok(event) => event,
            Err(error) => {
                report.extend(builder.report);
                report.push(message::syntax(source, text, &error));
                return None;
            }
        };
        let span = place::span(source, &at);
        if let Event::DocumentStart(_, version) = &event {
            documents += 1;
            if documents > 1 {
                builder.report.push(second_document(span));
                break;
            }
            if let Some(version) = version.as_ref().filter(|it| it.minor < 2) {
                builder.report.push(old_version(span, version.minor));
            }
        }
        if let Err(fault) = builder.take(event, &at) {
            report.extend(builder.report);
            report.push(*fault);
            return None;
        }
    }
    report.extend(builder.report);
    if builder.root.is_none() {
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let message = "expected a YAML value, found the end of the text";
        report.push(codes::INVALID_YAML.at(Span::new(source, end, end), message));
    }
    builder.root
}

fn options() -> Options {
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.flow_nesting_limit = MAXIMUM_DEPTH;
    options.block_nesting_limit = MAXIMUM_DEPTH;
    options
}

fn second_document(span: Span) -> Diagnostic {
    let message = "expected one YAML document in the file, found the start of another one";
    codes::YAML_DOCUMENTS.at(span, message)
}

fn old_version(span: Span, minor: u32) -> Diagnostic {
    let message = format!("this text says that it is YAML 1.{minor}, and it is read as YAML 1.2");
    codes::YAML_VERSION.at(span, message)
}

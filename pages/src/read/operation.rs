//! Operations: a method and a path on a line, or a method below the heading of its path.

use tablature_openapi::{Diagnostic, Span};

use crate::facts::{Operation, Status};
use crate::read::{PathItem, Reader};
use crate::vocabulary::Section;

const METHODS: [&str; 8] = ["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"];

/// Reads `GET /path` or `GET https://host/path`; whether the text is that.
pub(super) fn read(reader: &mut Reader<'_>, span: Span, text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (Some(method), Some(target), None) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let example = matches!(
        reader.at.section,
        Some(Section::RequestExample | Section::ResponseExample)
    );
    if example || !METHODS.contains(&method) {
        return false;
    }
    let target = target.replace("\\", "");
    let (server, path) = match target.split_once("://") {
        Some((scheme, rest)) => {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            (Some(format!("{scheme}://{host}")), format!("/{path}"))
        }
        None => (None, target),
    };
    if !path.starts_with('/') {
        return false;
    }
    let path = path.split_once('?').map_or(path.as_str(), |(path, _)| path);
    if !is_whole(path) || span.end >= reader.end.start {
        let message = format!("the path `{path}` is cut");
        reader.report.push(Diagnostic::error("cut-path", span, message));
        return true;
    }
    push(reader, span, method, path, server);
    true
}

/// Begins the operation of a method below the heading of its path.
pub(super) fn begin(reader: &mut Reader<'_>, span: Span, method: &str) {
    let method = method.trim();
    let Some(path) = reader.at.path.as_ref().map(|it| it.template.clone()) else {
        let message = format!("the method `{method}` stands below no path");
        reader.report.push(Diagnostic::error("no-path", span, message));
        return;
    };
    if !METHODS.contains(&method) || !is_whole(&path) {
        let message = format!("`{method} {path}` is not an operation");
        reader.report.push(Diagnostic::error("no-operation", span, message));
        return;
    }
    push(reader, span, method, &path, None);
    reader.at.summary = true;
}

fn push(reader: &mut Reader<'_>, span: Span, method: &str, path: &str, server: Option<String>) {
    reader.at.operation = Some(reader.page.operations.len());
    reader.at.part = None;
    reader.at.caption = None;
    reader.page.operations.push(Operation {
        span,
        method: method.to_owned(),
        path: path.to_owned(),
        server,
        content_types: Vec::new(),
        statuses: Vec::new(),
        summary: String::new(),
    });
}

/// Whether each brace of a path template is closed.
fn is_whole(path: &str) -> bool {
    let mut open = false;
    for byte in path.bytes() {
        match byte {
            b'{' if open => return false,
            b'{' => open = true,
            b'}' if !open => return false,
            b'}' => open = false,
            _ => {}
        }
    }
    !open
}

/// Takes a line of the list of operations at the beginning of a chapter; whether it is one.
pub(super) fn listed(reader: &mut Reader<'_>, span: Span, text: &str) -> bool {
    if text.starts_with('/') {
        reader.at.path = Some(PathItem {
            template: text.to_owned(),
            first: reader.page.operations.len(),
            shared: Vec::new(),
        });
        return true;
    }
    let method = text
        .split_once(':')
        .map_or(text, |(method, _)| method)
        .trim_start_matches("- ")
        .trim();
    if let (Some(path), true) = (&reader.at.path, METHODS.contains(&method)) {
        reader
            .chapter
            .listed
            .push((span, method.to_owned(), path.template.clone()));
        return true;
    }
    false
}

/// Notes a status code that stands in a heading.
pub(super) fn status(reader: &mut Reader<'_>, span: Span, code: &str) {
    let operation = reader.at.operation.and_then(|it| reader.page.operations.get_mut(it));
    let Some(operation) = operation else { return };
    if operation.statuses.iter().all(|it| it.code != code) {
        operation.statuses.push(Status {
            span,
            code: code.to_owned(),
        });
    }
}

impl Reader<'_> {
    /// Gives the tables of a path to all its operations.
    pub(super) fn close_path(&mut self) {
        let Some(path) = self.at.path.take() else { return };
        let operations = self.page.operations.iter().enumerate().skip(path.first);
        let here: Vec<_> = operations
            .filter(|(_, it)| it.path == path.template)
            .map(|(index, _)| index)
            .collect();
        for table in path.shared {
            if let Some(table) = self.page.tables.get_mut(table) {
                table.operations.clone_from(&here);
            }
        }
    }
}

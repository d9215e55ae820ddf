//! Operations: a method and a path on a line, or a method below the heading of its path.

use tablature_openapi::Span;

use crate::block::Grid;
use crate::codes;
use crate::facts::{Operation, Status};
use crate::read::{PathItem, Reader, example};
use crate::vocabulary::{Column, METHODS, Section};

/// Reads `GET /path`, `GET https://host/path` or `GET /path (deprecated)`; whether the text is that.
pub(super) fn read(reader: &mut Reader<'_>, span: Span, text: &str) -> bool {
    let told = reader
        .words
        .operation(text)
        .map(|(method, path)| format!("{method} {path}"));
    let mut parts = told.as_deref().unwrap_or(text).split_whitespace();
    let (Some(method), Some(target)) = (parts.next(), parts.next()) else {
        return false;
    };
    let rest = parts.collect::<Vec<_>>().join(" ");
    if is_example(reader) || !METHODS.contains(&method) || !may_follow(target, &rest) {
        return false;
    }
    let target = target.replace('\\', "");
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
    let path = template(path.split_once('?').map_or(path.as_str(), |(path, _)| path));
    if !is_whole(&path) || span.end >= reader.end.start {
        let message = format!("the path `{path}` is cut");
        reader.report.push(codes::CUT_PATH.at(span, message));
        return true;
    }
    push(reader, span, method, &path, server);
    if let Some(operation) = reader.page.operations.last_mut() {
        operation.deprecated = DEPRECATED.iter().any(|it| rest.to_lowercase().contains(it));
    }
    true
}

/// Words that say that an operation is not to be used any more.
const DEPRECATED: [&str; 3] = ["deprecated", "废弃", "已下线"];

/// Whether the reader is among examples, where a line with a method is none of the operations of the page.
pub(super) fn is_example(reader: &Reader<'_>) -> bool {
    matches!(
        reader.at.section,
        Some(Section::RequestExample | Section::ResponseExample)
    )
}

/// Whether words can stand after a target: the rest of its query, a remark in brackets, the version of HTTP.
fn may_follow(target: &str, rest: &str) -> bool {
    let bracketed = rest.starts_with(['(', '（', '[']) && rest.ends_with([')', '）', ']']);
    rest.is_empty() || target.contains('?') || bracketed || rest.starts_with("HTTP/")
}

/// A path with its variables in braces: `/lamps/:id` and `/lamps/<id>` are `/lamps/{id}`.
fn template(path: &str) -> String {
    let variable = |part: &str| {
        let name = part
            .strip_prefix(':')
            .or_else(|| part.strip_prefix('<')?.strip_suffix('>'))?;
        let fits = !name.is_empty()
            && name
                .chars()
                .all(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '-'));
        fits.then(|| format!("{{{name}}}"))
    };
    let parts = path.split('/').map(|it| variable(it).unwrap_or_else(|| it.to_owned()));
    parts.collect::<Vec<_>>().join("/")
}

/// Reads preformatted text outside of examples whose lines are all operations; whether it is that.
pub(super) fn code(reader: &mut Reader<'_>, span: Span, text: &str) -> bool {
    let lines: Vec<_> = text.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
    let is_operation = |line: &&str| {
        let (method, target) = line.split_once(' ').unwrap_or_default();
        METHODS.contains(&method) && (target.trim_start().starts_with('/') || target.contains("://"))
    };
    if is_example(reader) || lines.is_empty() || !lines.iter().all(is_operation) {
        return false;
    }
    let mut all = true;
    for line in lines {
        all &= read(reader, span, line);
    }
    all
}

/// Reads a table of operations: a column of methods, or one for each method, and a column of paths. Whether it is that.
pub(super) fn table(reader: &mut Reader<'_>, columns: &[Option<Column>], grid: &Grid) -> bool {
    let Some(uri) = columns.iter().position(|it| *it == Some(Column::Uri)) else {
        return false;
    };
    let method = columns.iter().position(|it| *it == Some(Column::Method));
    let each: Vec<_> = grid
        .header
        .iter()
        .enumerate()
        .filter(|(_, it)| METHODS.contains(&it.as_str()))
        .collect();
    if is_example(reader) || (method.is_none() && each.is_empty()) {
        return false;
    }
    let described = columns.iter().position(|it| *it == Some(Column::Description));
    for line in &grid.rows {
        let cells = match &line.cells {
            Ok(cells) => cells.iter().map(|it| it.text().unwrap_or_default().trim()).collect(),
            Err(_) => Vec::new(),
        };
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let marked = each
            .iter()
            .filter(|(at, _)| !cell(*at).is_empty())
            .map(|(_, it)| it.as_str());
        let methods: Vec<_> = method.map(cell).into_iter().chain(marked).collect();
        // A cell may have several paths, a line each.
        let paths: Vec<_> = cell(uri).lines().filter(|it| !it.trim().is_empty()).collect();
        let pairs = paths
            .iter()
            .flat_map(|path| methods.iter().map(move |method| (method, path)));
        let read = pairs
            .filter(|(method, path)| read(reader, line.span, &format!("{method} {path}")))
            .count();
        if read == 0 || read < methods.len() * paths.len() {
            let message = "a row of a table of operations has no method or no path that is understood";
            reader.report.push(codes::UNREAD_ROW.at(line.span, message));
        }
        let count = reader.page.operations.len();
        let description = described.map(cell).unwrap_or_default();
        example::in_description(reader, line.span, description, count - read..count);
    }
    true
}

/// Begins the operation of a method below the heading of its path.
pub(super) fn begin(reader: &mut Reader<'_>, span: Span, method: &str) {
    let method = method.trim();
    let Some(path) = reader.at.path.as_ref().map(|it| it.template.clone()) else {
        let message = format!("the method `{method}` stands below no path");
        reader.report.push(codes::NO_PATH.at(span, message));
        return;
    };
    if !METHODS.contains(&method) || !is_whole(&path) {
        let message = format!("`{method} {path}` is not an operation");
        reader.report.push(codes::NO_OPERATION.at(span, message));
        return;
    }
    push(reader, span, method, &path, None);
}

pub(super) fn push(reader: &mut Reader<'_>, span: Span, method: &str, path: &str, server: Option<String>) {
    let index = reader.page.operations.len();
    let heading = own_heading(reader, index);
    reader.at.operation = Some(index);
    reader.at.part = None;
    reader.at.caption = None;
    reader.at.unknown = None;
    let headings = reader.at.headings.iter_mut().map(|it| &mut it.section);
    for section in headings.chain([&mut reader.at.section]) {
        section.take_if(|it| it.ends_at_operation());
    }
    reader.page.operations.push(Operation {
        span,
        method: method.to_owned(),
        path: path.to_owned(),
        server,
        content_types: Vec::new(),
        statuses: Vec::new(),
        heading,
        name: None,
        group: None,
        deprecated: false,
    });
}

/// The nearest title above, unless another operation stands below it, too, which then loses it.
fn own_heading(reader: &mut Reader<'_>, operation: usize) -> Option<String> {
    let mut own = None;
    for heading in &mut reader.at.headings {
        let first = *heading.operation.get_or_insert(operation);
        if first != operation {
            let first = reader.page.operations.get_mut(first).map(|it| &mut it.heading);
            first.and_then(|it| it.take_if(|it| *it == heading.text));
            own = None;
        } else if heading.is_title {
            own = Some(heading.text.clone());
        }
    }
    own
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

//! The directives of Sphinx's HTTP domain: `.. http:get:: /lamps/(int:id)` with its fields.

use tablature_openapi::Span;

use super::{Raw, inline};
use crate::block::{Block, CellText, Grid, Kind, Line};
use crate::vocabulary::{METHODS, Section};

/// The fields of each kind, and what they are: parameters, members or status codes.
const FIELDS: [(&[&str], Section); 7] = [
    (&["param", "parameter", "arg", "argument"], Section::Path),
    (&["query", "queryparameter", "queryparam", "qparam"], Section::Query),
    (&["reqheader", "<header", "requestheader"], Section::Header),
    (&["form", "formparameter", "formparam", "fparam"], Section::Form),
    (&["<json", "reqjson", "reqjsonobj", "<jsonobj"], Section::RequestBody),
    (&[">json", "resjson", "resjsonobj", ">jsonobj"], Section::ResponseBody),
    (&["statuscode", "status", "code"], Section::Statuses),
];

/// The method of a directive, if it is one of an operation.
pub(super) fn method(directive: &str) -> Option<&'static str> {
    let name = directive.strip_prefix("http:")?;
    METHODS.into_iter().find(|it| it.eq_ignore_ascii_case(name))
}

/// The line of the operation: `(id)` and `(int:id)` in the path are the variable `id`.
pub(super) fn operation(method: &str, route: &str) -> String {
    let mut path = String::new();
    for piece in route.trim().split_inclusive(')') {
        match piece.strip_suffix(')').and_then(|it| it.split_once('(')) {
            Some((before, name)) => {
                let name = name.rsplit(':').next().unwrap_or(name);
                path.extend([before, "{", name.trim(), "}"]);
            }
            None => path.push_str(piece),
        }
    }
    format!("{method} {path}")
}

/// The fields of a directive as tables, and the lines that are none.
pub(super) fn fields<'a>(lines: &[Raw<'a>]) -> (Vec<Block>, Vec<Raw<'a>>) {
    let mut rest = Vec::new();
    let mut tables: Vec<(Section, Span, Vec<Line>)> = Vec::new();
    let mut lines = lines.iter().peekable();
    while let Some(line) = lines.next() {
        let Some((kind, name, first)) = field(line.trimmed()) else {
            rest.push(*line);
            continue;
        };
        let mut text = vec![first];
        while let Some(more) = lines.next_if(|it| !it.is_empty() && it.indent > line.indent) {
            text.push(more.trimmed());
        }
        let (type_text, name) = name.rsplit_once(' ').unwrap_or(("", name));
        let cells = [name, type_text, &inline::text(&text.join("\n"))].map(|it| CellText::Text(it.to_owned()));
        let row = Line {
            span: line.span,
            cells: Ok(cells.into()),
        };
        match tables.iter_mut().find(|(it, _, _)| *it == kind) {
            Some((_, _, rows)) => rows.push(row),
            None => tables.push((kind, line.span, vec![row])),
        }
    }
    (
        tables
            .into_iter()
            .flat_map(|(kind, span, rows)| table(kind, span, rows))
            .collect(),
        rest,
    )
}

/// `:query string room: where it is` as its kind, its words and the description.
fn field(line: &str) -> Option<(Section, &str, &str)> {
    let (label, text) = line.strip_prefix(':')?.split_once(':')?;
    let (kind, name) = label.split_once(' ')?;
    let (_, section) = FIELDS.into_iter().find(|(kinds, _)| kinds.contains(&kind))?;
    Some((section, name.trim(), text.trim()))
}

fn table(section: Section, span: Span, mut rows: Vec<Line>) -> [Block; 2] {
    let mut header = ["name", "type", "description"].map(str::to_owned).to_vec();
    if section == Section::Statuses {
        header = ["status code", "description"].map(str::to_owned).to_vec();
        for cells in rows.iter_mut().filter_map(|it| it.cells.as_mut().ok()) {
            cells.remove(1);
        }
    }
    let grid = Kind::Table(Grid { header, rows });
    [Kind::Section(section), grid].map(|kind| Block { span, kind })
}

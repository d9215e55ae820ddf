//! Waivers: rows that the documents in `schema/` deviate from, each with a reason.

use tablature_openapi::codes::WRONG_VALUE;
use tablature_openapi::document::Version;
use tablature_openapi::node::Node;
use tablature_openapi::reader::{Context, ObjectReader, as_string};
use tablature_openapi::{Report, SourceId, Span, json};

/// The cells that can be waived.
const CELLS: [&str; 10] = [
    "name", "type", "required", "values", "default", "range", "model", "example", "row", "in",
];

/// A waiver.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// The place.
    pub span: Span,
    /// The pages or tables that it is for: `openshift/service-v1`, `openshift/service-v1#21`.
    pub at: Vec<String>,
    /// The names of the rows, or `#3` for the third one of a table; all rows where it is empty.
    pub rows: Vec<String>,
    /// The cells.
    pub cells: Vec<String>,
    /// Why.
    pub reason: String,
}

/// What a waiver is asked about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject<'a> {
    /// The key of the page.
    pub(crate) page: &'a str,
    /// The ordinal of the table, from 1; 0 for what stands in none.
    pub(crate) table: usize,
    /// The ordinal of the row, from 1; 0 for the table itself.
    pub(crate) row: usize,
    /// Its name, if that is known.
    pub(crate) name: Option<&'a str>,
    /// The cell.
    pub(crate) cell: &'static str,
}

impl Waiver {
    /// Reads the text of the waivers. What is wrong with it is in the report.
    pub fn read(source: SourceId, text: &str, report: &mut Report) -> Vec<Self> {
        let Some(node) = json::parse(source, text, report) else {
            return Vec::new();
        };
        let mut cx = Context::new(Version::V3_2);
        let mut waivers = Vec::new();
        if let Some(mut object) = ObjectReader::new(&node, "list of waivers", &mut cx) {
            waivers = object.list("waivers", waiver);
            object.finish();
        }
        report.extend(cx.report);
        waivers
    }

    pub(crate) fn covers(&self, subject: &Subject<'_>) -> bool {
        let place = self.at.iter().any(|it| match it.rsplit_once('#') {
            Some((page, table)) => page == subject.page && table.parse() == Ok(subject.table),
            None => it == subject.page,
        });
        let row = self.rows.is_empty()
            || self.rows.iter().any(|it| match it.strip_prefix('#') {
                Some(ordinal) => ordinal.parse() == Ok(subject.row),
                None => Some(it.as_str()) == subject.name,
            });
        place && row && self.cells.iter().any(|it| it == subject.cell)
    }
}

fn waiver(node: &Node, cx: &mut Context) -> Option<Waiver> {
    let mut object = ObjectReader::new(node, "waiver", cx)?;
    let strings = |it: Vec<tablature_openapi::Spanned<String>>| it.into_iter().map(|it| it.value).collect();
    let at = strings(object.strings("at"));
    let rows = strings(object.strings("rows"));
    let cells = object.list("cells", |it, cx| {
        let cell = as_string(it, format_args!("an item of `cells`"), cx)?;
        if !CELLS.contains(&cell.value.as_str()) {
            let message = format!("`{}` is not a cell that can be waived", cell.value);
            let help = format!("one of {}", CELLS.join(", "));
            cx.push(WRONG_VALUE.at(cell.span, message).help(help));
        }
        Some(cell.value)
    });
    let reason = object.required_string("reason");
    object.finish();
    if reason.value.trim().is_empty() {
        cx.push(WRONG_VALUE.at(reason.span, "a waiver must have a reason"));
    }
    Some(Waiver {
        span: node.span.first_byte(),
        at,
        rows,
        cells,
        reason: reason.value,
    })
}

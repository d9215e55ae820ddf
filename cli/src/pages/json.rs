//! The changes of pages as JSON, for machines.

use tablature_openapi::Sources;
use tablature_pages::json::{Json, Layout};

use crate::pages::checked::Checked;

/// The text of the report.
pub(super) fn text(checked: &[Checked<'_>], sources: &Sources) -> String {
    let pages = checked.iter().map(|it| page(it, sources)).collect();
    object([("pages", Json::Array(pages))]).file(Layout::Rows)
}

fn page(checked: &Checked<'_>, sources: &Sources) -> Json {
    let counts = checked.page.counts();
    let changes = checked.changes.iter().map(|(change, schema)| {
        let lines = change.places.iter().map(|it| number(sources.line_column(it.span).0));
        let place = schema.map_or(Json::Null, |it| {
            let (line, column) = sources.line_column(it);
            let file = Json::String(sources.name(it).to_owned());
            object([("file", file), ("line", number(line)), ("column", number(column))])
        });
        object([
            ("change", Json::String(change.verdict.name().to_owned())),
            ("subject", Json::String(change.subject.clone())),
            ("detail", Json::String(change.detail.clone())),
            ("lines", Json::Array(lines.collect())),
            ("schema", place),
        ])
    });
    object([
        ("page", Json::String(checked.file.name.clone())),
        ("against", Json::String(checked.with.clone())),
        ("compared", Json::Bool(checked.is_page)),
        ("changes", Json::Array(changes.collect())),
        (
            "read",
            object([("tables", number(counts.tables)), ("rows", number(counts.rows))]),
        ),
        (
            "unread",
            object([
                ("tables", number(counts.unread_tables)),
                ("rows", number(counts.unread_rows)),
            ]),
        ),
    ])
}

fn number(number: usize) -> Json {
    Json::Number(number.to_string())
}

fn object<const N: usize>(entries: [(&str, Json); N]) -> Json {
    Json::Object(
        entries
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}

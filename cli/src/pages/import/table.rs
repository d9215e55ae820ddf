//! The table that an import ends with: of each page what was read, and what is left to do.

use std::collections::BTreeMap;

use tablature_openapi::{Report, SourceId};

use crate::counted;
use crate::pages::import::batch::{Batch, source_of};

/// The table, a line for each page.
pub(super) fn text(batch: &Batch, report: &Report) -> String {
    let mut found: BTreeMap<SourceId, BTreeMap<&str, usize>> = BTreeMap::new();
    for it in report.iter() {
        *found.entry(it.span.source).or_default().entry(it.code).or_default() += 1;
    }
    let mut lines = vec![["page", "operations", "rows", "unread", "to do"].map(str::to_owned)];
    let mut all = (0, 0, 0, 0);
    for (page, left_out) in &batch.all {
        if let Some(code) = left_out {
            lines.push([&page.key, "-", "-", "-", &format!("left out: {code}")].map(str::to_owned));
            continue;
        }
        let counts = page.counts();
        let codes = found.get(&source_of(page)).cloned().unwrap_or_default();
        let todo = codes
            .iter()
            .map(|(code, count)| format!("{count} {code}"))
            .collect::<Vec<_>>();
        let numbers = [page.operations.len(), counts.rows, counts.unread_rows];
        all = (
            all.0 + numbers[0],
            all.1 + numbers[1],
            all.2 + numbers[2],
            all.3 + codes.values().sum::<usize>(),
        );
        let [operations, rows, unread] = numbers.map(|it| it.to_string());
        lines.push([page.key.clone(), operations, rows, unread, todo.join(", ")]);
    }
    for (address, why) in &batch.missing {
        lines.push([address, "-", "-", "-", &format!("left out: {why}")].map(str::to_owned));
    }
    let [operations, rows, unread] = [all.0, all.1, all.2].map(|it| it.to_string());
    let pages = counted(batch.pages.len(), "page");
    lines.push([pages, operations, rows, unread, format!("{} to look at", all.3)]);
    laid_out(&lines)
}

/// Columns below each other: names to the left, numbers to the right.
fn laid_out(lines: &[[String; 5]]) -> String {
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|it| it.get(column));
        cells.map(|it| it.chars().count()).max().unwrap_or_default()
    };
    let [name, operations, rows, unread] = [0, 1, 2, 3].map(width);
    let line = |[page, a, b, c, todo]: &[String; 5]| {
        let line = format!("{page:<name$}  {a:>operations$}  {b:>rows$}  {c:>unread$}  {todo}");
        format!("{}\n", line.trim_end())
    };
    lines.iter().map(line).collect()
}

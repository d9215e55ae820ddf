//! Two editions of a page side by side: each change with the words that differ.

use minijinja::context;
use minijinja::value::Value;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::compare::compare;
use crate::facts::{Location, Page};
use crate::report::rows::{self, Changed};

/// What changed from the recorded edition to another one.
pub(super) fn changes(recorded: &Page, now: &Page) -> (Vec<Value>, Changed) {
    let (mut shown, mut changed) = (Vec::new(), Changed::new());
    for change in compare(recorded, now) {
        changed.extend(change.places.iter().filter_map(|it| Some((it.old_table?, it.old_row?))));
        let place = change.places.first();
        let before = place.and_then(|it| words(recorded, it.old_table, it.old_row));
        let after = place.and_then(|it| words(now, it.new_table, it.new_row));
        let (before, after) = differing(&before.unwrap_or_default(), &after.unwrap_or_default());
        shown.push(context! {
            verdict => change.verdict.name(),
            subject => change.subject,
            detail => change.detail,
            before => before,
            now => after,
        });
    }
    (shown, changed)
}

/// A row in words, or the names of a whole table; both ordinals are from 1. The lock has no sentences, so that a
/// recorded row may lack them.
fn words(page: &Page, table: Option<usize>, row: Option<usize>) -> Option<Vec<String>> {
    let table = page.table(table?)?;
    let Some(row) = row else {
        return Some(table.rows.iter().map(|it| it.shown().to_owned()).collect());
    };
    let row = table.rows.get(row.checked_sub(1)?)?;
    let kind = row.type_text.known().map_or("", String::as_str);
    let place = row.location.known().copied().map_or("", Location::name);
    let limits = rows::limits(&row.limits);
    let parts = [row.shown(), place, kind, rows::required(row), &limits, &row.text];
    let words = parts.iter().flat_map(|it| it.split_whitespace());
    Some(words.map(str::to_owned).collect())
}

/// The words of both, each marked if the other one does not have it there.
fn differing(before: &[String], after: &[String]) -> (Vec<Value>, Vec<Value>) {
    let mark = |words: &[String], is_other: bool| -> Vec<Value> {
        words
            .iter()
            .map(|it| context! { text => it, other => is_other })
            .collect()
    };
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for step in capture_diff_slices(Algorithm::Myers, before, after) {
        let is_other = step.tag() != DiffTag::Equal;
        old.extend(mark(before.get(step.old_range()).unwrap_or_default(), is_other));
        new.extend(mark(after.get(step.new_range()).unwrap_or_default(), is_other));
    }
    (old, new)
}

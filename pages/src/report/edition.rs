//! Two editions of a page side by side: each change with the words that differ.

use minijinja::context;
use minijinja::value::Value;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::compare::{Verdict, compare};
use crate::facts::{Location, Page};
use crate::report::rows::{self, Changed};

/// What changed from the recorded edition to another one.
pub(super) fn changes(recorded: &Page, now: &Page) -> (Vec<Value>, Changed) {
    let (mut shown, mut changed) = (Vec::new(), Changed::new());
    for change in compare(recorded, now) {
        changed.extend(change.places.iter().filter_map(|it| Some((it.old_table?, it.old_row?))));
        let place = change.places.first();
        let is = |verdict| change.verdict == verdict;
        let before = place.filter(|_| !is(Verdict::Added));
        let before = before.and_then(|it| words(recorded, it.old_table, it.old_row));
        let after = place.filter(|_| !is(Verdict::Removed));
        let after = after.and_then(|it| words(now, it.new_table, it.new_row));
        let (before, after) = side_by_side(before, after);
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

/// What stands on a page, in words.
struct Words {
    /// The cells of a row, or the names of a table.
    facts: Vec<String>,
    /// The description.
    text: Vec<String>,
}

/// A row in words, or the names of a whole table; both ordinals are from 1.
fn words(page: &Page, table: Option<usize>, row: Option<usize>) -> Option<Words> {
    let table = page.table(table?)?;
    let Some(row) = row else {
        return Some(Words {
            facts: table.rows.iter().map(|it| it.shown().to_owned()).collect(),
            text: Vec::new(),
        });
    };
    let row = table.rows.get(row.checked_sub(1)?)?;
    let kind = row.type_text.known().map_or("", String::as_str);
    let place = row.location.known().copied().map_or("", Location::name);
    let limits = rows::limits(&row.limits);
    let parts = [row.shown(), place, kind, rows::required(row), &limits];
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    Some(Words {
        facts: parts.into_iter().flat_map(words).collect(),
        text: words(&row.text),
    })
}

/// Both sides with their words marked. The lock has no sentences: where one side lacks the description, that of the
/// other is shown as it is, since nobody knows which words are new.
fn side_by_side(before: Option<Words>, after: Option<Words>) -> (Vec<Value>, Vec<Value>) {
    let is_compared = match (&before, &after) {
        (Some(before), Some(after)) => before.text.is_empty() == after.text.is_empty(),
        _ => true,
    };
    let split = |it: Option<Words>| {
        let mut words = it.map_or((Vec::new(), Vec::new()), |it| (it.facts, it.text));
        if is_compared {
            words.0.append(&mut words.1);
        }
        words
    };
    let ((before, old_text), (after, new_text)) = (split(before), split(after));
    let (mut old, mut new) = differing(&before, &after);
    old.extend(marked(&old_text, false));
    new.extend(marked(&new_text, false));
    (old, new)
}

fn marked(words: &[String], is_other: bool) -> Vec<Value> {
    let word = |it: &String| context! { text => it, other => is_other };
    words.iter().map(word).collect()
}

/// The words of both, each marked if the other one does not have it there.
fn differing(before: &[String], after: &[String]) -> (Vec<Value>, Vec<Value>) {
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for step in capture_diff_slices(Algorithm::Myers, before, after) {
        let is_other = step.tag() != DiffTag::Equal;
        old.extend(marked(before.get(step.old_range()).unwrap_or_default(), is_other));
        new.extend(marked(after.get(step.new_range()).unwrap_or_default(), is_other));
    }
    (old, new)
}

//! Since which edition each row stands as it does, from one record of a page to the next.

use crate::align;
use crate::facts::{Page, Row};

/// Carries the history of the recorded edition over to the one that is recorded now: a row that did not change stands
/// since the edition that it stood since, any other one since this edition.
pub fn carry(recorded: &Page, now: &mut Page) {
    let pairs = align::tables(now, recorded);
    let edition = now.edition.clone();
    // A page that is recorded again in the same edition has no history yet.
    let earlier = recorded.edition.clone().filter(|it| Some(it) != edition.as_ref());
    for (index, table) in now.tables.iter_mut().enumerate() {
        let before = pairs.iter().find(|it| it.left == index);
        let before = before.and_then(|it| recorded.tables.get(it.right));
        let rows = before.map(|it| align::rows(table, it)).unwrap_or_default();
        for (index, row) in table.rows.iter_mut().enumerate() {
            let pair = rows.iter().find(|it| it.left == index);
            let same = pair
                .and_then(|it| before?.rows.get(it.right))
                .filter(|it| is_same(it, row));
            row.since = match same {
                Some(it) => it.since.clone().or_else(|| earlier.clone()),
                None => edition.clone(),
            };
        }
    }
}

/// Whether two editions of a row say the same.
fn is_same(a: &Row, b: &Row) -> bool {
    let facts = |it: &Row| {
        (
            it.name.clone(),
            it.location.clone(),
            it.type_text.clone(),
            it.required.clone(),
            it.label.clone(),
        )
    };
    facts(a) == facts(b) && a.limits == b.limits && a.hash == b.hash
}

//! The rows of a table in two editions.

use crate::align;
use crate::compare::{ChangePlace, Changes, Verdict, subject};
use crate::facts::{Cell, Kind, Limits, Row, Table};
use crate::similarity::{Shape, is_remnant};
use crate::{text, types};

/// Descriptions of a renamed row are this much alike, in percent.
const ALIKE: usize = 85;

/// Compares the rows of two tables, given as indices.
pub(super) fn compare(changes: &mut Changes<'_>, old: usize, new: usize) {
    let (Some(before), Some(after)) = (changes.old.tables.get(old), changes.new.tables.get(new)) else {
        return;
    };
    if before.kind == Kind::Other {
        return;
    }
    let mut tables = Tables {
        changes,
        before,
        after,
        old,
        new,
    };
    let pairs = align::rows(after, before);
    let mut renamed = Vec::new();
    for (index, row) in after.rows.iter().enumerate() {
        match pairs
            .iter()
            .find(|it| it.left == index)
            .and_then(|it| Some((it.right, before.rows.get(it.right)?)))
        {
            Some((other, from)) => tables.row(other, from, index, row),
            None => {
                let gone = |it: &usize| pairs.iter().all(|pair| pair.right != *it) && !renamed.contains(it);
                let found = (0..before.rows.len())
                    .filter(gone)
                    .find(|it| before.rows.get(*it).is_some_and(|it| is_renamed(it, row)));
                tables.added(found, index, row);
                renamed.extend(found);
            }
        }
    }
    for (index, row) in before.rows.iter().enumerate() {
        if pairs.iter().all(|it| it.right != index) && !renamed.contains(&index) {
            tables.removed(index, row);
        }
    }
}

struct Tables<'a, 'p> {
    changes: &'a mut Changes<'p>,
    before: &'p Table,
    after: &'p Table,
    old: usize,
    new: usize,
}

impl Tables<'_, '_> {
    fn place(&self, old: Option<usize>, new: Option<usize>) -> ChangePlace {
        let row = new.and_then(|it| self.after.rows.get(it)).map(|it| it.span);
        ChangePlace {
            old_table: Some(self.old + 1),
            old_row: old.map(|it| it + 1),
            new_table: Some(self.new + 1),
            new_row: new.map(|it| it + 1),
            span: row.unwrap_or(self.after.span),
        }
    }

    fn added(&mut self, from: Option<usize>, index: usize, row: &Row) {
        let subject = subject::row(self.changes.new, self.after, row);
        let place = self.place(from, Some(index));
        if let Some(before) = from.and_then(|it| self.before.rows.get(it)) {
            self.changes.push(
                Verdict::Renamed,
                subject,
                format!("likely from `{}`", before.shown()),
                place,
            );
            return;
        }
        let kind = row.type_text.known().map(|it| format!("of type {it}"));
        let words = row
            .name
            .is_lost()
            .then(|| format!("\"{}\"", text::first_words(&row.text)));
        let detail = kind.into_iter().chain(words).collect::<Vec<_>>().join(", ");
        self.changes.push(Verdict::Added, subject, detail, place);
    }

    fn removed(&mut self, index: usize, row: &Row) {
        let subject = subject::row(self.changes.old, self.before, row);
        let place = self.place(Some(index), None);
        self.changes.push(Verdict::Removed, subject, String::new(), place);
    }

    /// A row that both editions have.
    fn row(&mut self, old: usize, before: &Row, new: usize, after: &Row) {
        let place = self.place(Some(old), Some(new));
        // Where the newer rendering lost the name, the older edition knows it.
        let named = if after.name.is_lost() { before } else { after };
        let subject = subject::row(self.changes.new, self.after, named);
        let response = self.after.kind == Kind::Responses;
        let required = self.required(before, after);
        let mut push = |verdict, detail: String| self.changes.push(verdict, subject.clone(), detail, place);
        if let (Some(a), Some(b)) = (before.type_text.known(), after.type_text.known())
            && !same_type(a, b)
        {
            push(
                if response { Verdict::Model } else { Verdict::Type },
                format!("from {a} to {b}"),
            );
        }
        if let (Some(a), Some(b)) = required
            && a != b
        {
            push(
                Verdict::Required,
                if b {
                    "is required now".to_owned()
                } else {
                    "is optional now".to_owned()
                },
            );
        }
        limits(&before.limits, &after.limits, &mut push);
        if let (Some(a), Some(b)) = (&before.label, &after.label)
            && a != b
        {
            push(Verdict::Wording, format!("is called `{b}`, was `{a}`"));
        }
        if self.wording(before, after) {
            let words = text::first_words;
            let detail = if before.text.is_empty() {
                format!("read it again: \"{}\"", words(&after.text))
            } else {
                let (old, new) = text::difference(&before.text, &after.text);
                format!("from \"{old}\" to \"{new}\"")
            };
            self.changes.push(Verdict::Wording, subject.clone(), detail, place);
        }
    }

    /// Whether a member is required in either edition. Where a list beside the table says so, none that is not in it is.
    fn required(&self, before: &Row, after: &Row) -> (Option<bool>, Option<bool>) {
        let lists = !self.before.required.is_empty() || !self.after.required.is_empty();
        let whole = |format: crate::format::Format| !format.0.loses_cells;
        let members = self.after.model().is_some() && whole(self.changes.old.format) && whole(self.changes.new.format);
        let of = |cell: &Cell<bool>| match cell {
            Cell::Known(required) => Some(*required),
            Cell::Absent => (lists && members).then_some(false),
            Cell::Lost => None,
        };
        (of(&before.required), of(&after.required))
    }

    /// Whether the description says something else: what a rendering lost does not count.
    fn wording(&self, before: &Row, after: &Row) -> bool {
        if before.hash == after.hash || (before.label.is_some() && after.label.is_some()) {
            return false;
        }
        let (old, new) = (self.changes.old.format, self.changes.new.format);
        let remnant = (new.0.loses_cells && is_remnant(&after.text, &before.text))
            || (old.0.loses_cells && is_remnant(&before.text, &after.text));
        !remnant
    }
}

fn same_type(a: &str, b: &str) -> bool {
    let same = || types::parse(a).is_some_and(|it| Some(it) == types::parse(b));
    // `Eviction policy/v1beta1` and `Eviction policy/v1` are two models, where both say the version.
    let version = |text: &str| {
        text.split([' ', '(', ')'])
            .find(|it| it.contains('/'))
            .map(str::to_owned)
    };
    let moved = matches!((version(a), version(b)), (Some(a), Some(b)) if a != b);
    a == b || (same() && !moved)
}

fn limits(before: &Limits, after: &Limits, push: &mut impl FnMut(Verdict, String)) {
    let list = |it: &Cell<Vec<String>>| it.known().map_or_else(|| "none".to_owned(), |it| it.join(", "));
    let sorted = |it: &Cell<Vec<String>>| {
        let mut values = it.known().cloned().unwrap_or_default();
        values.sort();
        values
    };
    let lost = before.values.is_lost() || after.values.is_lost();
    if !lost && sorted(&before.values) != sorted(&after.values) {
        push(
            Verdict::Values,
            format!("from {} to {}", list(&before.values), list(&after.values)),
        );
    }
    let text = |it: &Option<String>| it.clone().unwrap_or_else(|| "none".to_owned());
    if before.default != after.default {
        push(
            Verdict::Default,
            format!("from {} to {}", text(&before.default), text(&after.default)),
        );
    }
    let range = |it: &Limits| {
        let ends = [&it.minimum, &it.maximum].map(|it| it.clone().unwrap_or_default());
        let lengths = [it.min_length, it.max_length].map(|it| it.map(|it| it.to_string()).unwrap_or_default());
        format!("values {}..{}, length {}..{}", ends[0], ends[1], lengths[0], lengths[1])
    };
    if range(before) != range(after) {
        push(Verdict::Range, format!("from {} to {}", range(before), range(after)));
    }
}

/// Whether a row that is gone is likely one that came: the same type, and the same description.
fn is_renamed(before: &Row, after: &Row) -> bool {
    let types = match (before.type_text.known(), after.type_text.known()) {
        (Some(a), Some(b)) => same_type(a, b),
        _ => true,
    };
    let named = before.name.known().is_some() && after.name.known().is_some();
    let words = match (&before.hash, &after.hash) {
        (Some(a), Some(b)) if a == b => true,
        (Some(_), Some(_)) => Shape::of(&before.text).likeness(&Shape::of(&after.text)) >= ALIKE,
        _ => false,
    };
    named && types && words && before.location == after.location
}

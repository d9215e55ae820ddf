//! Simple tables: columns below lines of `=====`.

use super::{Raw, inline};
use crate::front::spans::{SpanCell, SpanRow};

/// Whether a line is a border: `=====  =====`.
pub(super) fn is_border(line: &str) -> bool {
    line.contains("= =") && line.bytes().all(|it| matches!(it, b'=' | b' '))
}

/// Reads the table that begins at the first line; says how many lines it takes.
pub(super) fn read(lines: &[Raw<'_>]) -> (Vec<SpanRow>, usize) {
    let Some(first) = lines.first() else {
        return (Vec::new(), 1);
    };
    // Where each column begins, in characters from the start of the line.
    let border: Vec<char> = first.text.chars().collect();
    let is_start =
        |at: &usize| border.get(*at) == Some(&'=') && at.checked_sub(1).is_none_or(|it| border.get(it) != Some(&'='));
    let starts: Vec<usize> = (0..border.len()).filter(is_start).collect();
    let mut borders = 1;
    let mut rows: Vec<(SpanRow, Vec<Vec<String>>)> = Vec::new();
    let mut headings = 0;
    let mut taken = 1;
    for (index, line) in lines.iter().enumerate().skip(1) {
        taken = index + 1;
        if is_border(line.trimmed()) {
            borders += 1;
            // The border after the heading is followed by rows, the last one by an empty line or nothing.
            let ends = lines.get(index + 1).is_none_or(Raw::is_empty) || borders > 2;
            if ends && (borders > 2 || !has_border(lines, index + 1)) {
                break;
            }
            headings = rows.len();
            continue;
        }
        if !line.is_empty() && line.indent < first.indent {
            taken = index;
            borders = 0;
            break;
        }
        let cells = split(line.text, &starts);
        let goes_on = cells.first().is_none_or(String::is_empty);
        if line.is_empty() || line.trimmed().bytes().all(|it| matches!(it, b'-' | b' ')) {
            continue;
        }
        match rows.last_mut().filter(|_| goes_on) {
            Some((_, before)) => before.iter_mut().zip(cells).for_each(|(cell, more)| cell.push(more)),
            None => {
                let row = SpanRow {
                    span: line.span,
                    ..SpanRow::default()
                };
                rows.push((row, cells.into_iter().map(|it| vec![it]).collect()));
            }
        }
    }
    (finish(rows, headings, borders > 1), taken)
}

/// The rows with the text of their cells.
fn finish(rows: Vec<(SpanRow, Vec<Vec<String>>)>, headings: usize, is_complete: bool) -> Vec<SpanRow> {
    let count = rows.len();
    let text = |lines: Vec<String>| SpanCell {
        text: inline::text(lines.join("\n").trim()),
        rows: 1,
        columns: 1,
    };
    let finish = |(index, (mut row, cells)): (usize, (SpanRow, Vec<Vec<String>>))| {
        row.is_header = index < headings;
        row.broken = (!is_complete && index + 1 == count).then_some("the table is cut: it has no end");
        row.cells = cells.into_iter().map(text).collect();
        row
    };
    rows.into_iter().enumerate().map(finish).collect()
}

/// Whether another border stands before the text goes back to the margin.
fn has_border(lines: &[Raw<'_>], from: usize) -> bool {
    let mut rest = lines.iter().skip(from).skip_while(|it| it.is_empty());
    let mut empty = false;
    rest.find_map(|it| {
        let ends = std::mem::replace(&mut empty, it.is_empty()) && it.is_empty();
        if is_border(it.trimmed()) {
            Some(true)
        } else {
            ends.then_some(false)
        }
    })
    .unwrap_or(false)
}

/// The text of each column; that of the last one goes on to the end of the line.
fn split(line: &str, starts: &[usize]) -> Vec<String> {
    let characters: Vec<char> = line.chars().collect();
    let cell = |(index, start): (usize, &usize)| {
        let end = starts
            .get(index + 1)
            .copied()
            .unwrap_or(characters.len())
            .min(characters.len());
        let text: String = characters.get(*start..end).unwrap_or_default().iter().collect();
        text.trim().to_owned()
    };
    starts.iter().enumerate().map(cell).collect()
}

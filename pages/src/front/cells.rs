//! Plain text with a cell on each line: rows are found by what stands in their cells.

use tablature_openapi::SourceId;

use crate::block::{Block, CellText, Grid, Kind, Line as GridLine};
use crate::facts::Location;
use crate::format::FrontEnd;
use crate::front::lines::{Line, json, lines, prose};
use crate::types;
use crate::vocabulary::{Column, Vocabulary, is_status, without_number};

/// The front end.
pub(super) const FRONT_END: FrontEnd = FrontEnd {
    name: "text: cells",
    loses_cells: true,
    ends_with_example: false,
    marks: |_| 0,
    blocks,
};

fn blocks(source: SourceId, text: &str, words: &Vocabulary) -> Vec<Block> {
    // Empty lines stand between all cells and tell nothing.
    let lines: Vec<_> = lines(source, text)
        .into_iter()
        .filter(|it| !it.text.is_empty())
        .collect();
    let is_cut = !text.is_empty() && !text.ends_with('\n');
    let mut blocks = Vec::new();
    let mut index = 0;
    while let Some(rest) = lines.get(index..).filter(|rest| !rest.is_empty()) {
        let (block, taken) = block(rest, is_cut, words);
        blocks.push(block);
        index += taken.max(1);
    }
    blocks
}

fn block(lines: &[Line<'_>], is_cut: bool, words: &Vocabulary) -> (Block, usize) {
    let Some(first) = lines.first() else {
        return (
            prose(
                Line {
                    span: Default::default(),
                    text: "",
                },
                words,
            ),
            1,
        );
    };
    if let Some(columns) = header(lines, words) {
        let body = lines.get(columns.len()..).unwrap_or_default();
        let (rows, taken) = rows(&columns, body, is_cut, words);
        let header = lines.iter().take(columns.len()).map(|it| it.text.to_owned()).collect();
        let block = Block {
            span: first.span,
            kind: Kind::Table(Grid { header, rows }),
        };
        return (block, columns.len() + taken);
    }
    if first.text.starts_with(['{', '['])
        && let Some(found) = json(lines, words)
    {
        return found;
    }
    (prose(*first, words), 1)
}

/// The columns of the table whose heading begins at the first line: it ends with the description.
fn header(lines: &[Line<'_>], words: &Vocabulary) -> Option<Vec<Column>> {
    let mut columns = Vec::new();
    for line in lines.iter().take(8) {
        let column = words.column(line.text)?;
        if columns.contains(&column) {
            return None;
        }
        columns.push(column);
        if matches!(column, Column::Description | Column::Body) {
            let begins = matches!(columns.first(), Some(Column::Name | Column::Status));
            return (begins && columns.len() > 1).then_some(columns);
        }
    }
    None
}

/// Where a row begins: its cells before the description, and how many lines they take.
type Start = (Vec<CellText>, usize);

fn rows(columns: &[Column], body: &[Line<'_>], is_cut: bool, words: &Vocabulary) -> (Vec<GridLine>, usize) {
    let mut rows: Vec<GridLine> = Vec::new();
    let mut description: Vec<&str> = Vec::new();
    let mut index = 0;
    let mut ended = false;
    while let Some(rest) = body.get(index..).filter(|rest| !rest.is_empty()) {
        let Some(line) = rest.first() else { break };
        if let Some((cells, taken)) = start(columns, rest, words) {
            finish(&mut rows, &mut description);
            rows.push(GridLine {
                span: line.span,
                cells: Ok(cells),
            });
            index += taken;
            continue;
        }
        if ends(rest, words) {
            ended = true;
            break;
        }
        let listed = description.iter().any(|it| it.ends_with([':', '：']));
        let in_row = rows.last().is_some_and(|it| it.cells.is_ok());
        if (!in_row && rows.is_empty()) || (in_row && !listed && is_name(line.text, words) && !description.is_empty()) {
            finish(&mut rows, &mut description);
            rows.push(GridLine {
                span: line.span,
                cells: Err("no row could be told from this cell"),
            });
        } else {
            description.push(line.text);
        }
        index += 1;
    }
    // A page never ends with a row that says nothing.
    let is_cut = is_cut || description.is_empty();
    finish(&mut rows, &mut description);
    if let Some(last) = rows.last_mut().filter(|_| is_cut && !ended) {
        last.cells = Err("the row is cut: the page ends within it");
    }
    (rows, index)
}

/// Gives the last row its description.
fn finish(rows: &mut [GridLine], description: &mut Vec<&str>) {
    if let Some(Ok(cells)) = rows.last_mut().map(|it| it.cells.as_mut()) {
        cells.push(CellText::Text(description.join("\n")));
    }
    description.clear();
}

/// The row that begins at the first line, if its cells tell that one does.
fn start(columns: &[Column], lines: &[Line<'_>], words: &Vocabulary) -> Option<Start> {
    let first = lines.first()?;
    match columns.first()? {
        Column::Status => is_status(first.text).then(|| (vec![CellText::Text(first.text.to_owned())], 1)),
        _ if is_name(first.text, words) => middle(columns, lines.get(1..)?, words).map(|(mut cells, taken)| {
            cells.insert(0, CellText::Text(first.text.to_owned()));
            (cells, taken + 1)
        }),
        _ => None,
    }
    .or_else(|| {
        // A row whose name was lost begins with its type.
        let (mut cells, taken) = middle(columns, lines, words)?;
        cells.insert(0, CellText::Lost);
        Some((cells, taken))
    })
}

/// The cells between name and description. The type must be there, or else whether it is required.
fn middle(columns: &[Column], lines: &[Line<'_>], words: &Vocabulary) -> Option<Start> {
    let mut cells = Vec::new();
    let mut taken = 0;
    let mut anchored = false;
    for column in columns.get(1..columns.len().checked_sub(1)?)? {
        let text = lines.get(taken).map_or("", |it| it.text);
        let fits = match column {
            Column::Type => types::parse(text).is_some(),
            Column::Required => words.required(text).is_some(),
            Column::Location => Location::of(text).is_some(),
            _ => return None,
        };
        if *column == Column::Type && !fits {
            return None;
        }
        anchored |= fits;
        cells.push(if fits {
            CellText::Text(text.to_owned())
        } else {
            CellText::Lost
        });
        taken += usize::from(fits);
    }
    anchored.then_some((cells, taken))
}

/// Whether a line alone can be the name of a parameter or member.
fn is_name(text: &str, words: &Vocabulary) -> bool {
    types::is_wire_name(text) && !text.ends_with(['.', ':']) && words.required(text).is_none() && !text.contains("://")
}

/// Whether the table ends before the first line.
fn ends(lines: &[Line<'_>], words: &Vocabulary) -> bool {
    let Some(line) = lines.first() else { return true };
    without_number(line.text).0
        || words.section(line.text).is_some()
        || words.status(line.text).is_some()
        || header(lines, words).is_some()
        || matches!(line.text.as_bytes().first(), Some(b'{' | b'['))
}

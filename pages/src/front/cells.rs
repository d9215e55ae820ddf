//! Plain text with a cell on each line: rows are found by what stands in their cells.

use tablature_openapi::SourceId;

use crate::block::{Block, Content, Grid, Kind, Line as GridLine};
use crate::facts::Place;
use crate::front::lines::{Line, json, lines, prose};
use crate::terms::{self, Column};
use crate::types;

/// The pieces of a text with a cell per line.
pub(super) fn blocks(source: SourceId, text: &str) -> Vec<Block> {
    // Empty lines stand between all cells and tell nothing.
    let lines: Vec<_> = lines(source, text)
        .into_iter()
        .filter(|it| !it.text.is_empty())
        .collect();
    let is_cut = !text.is_empty() && !text.ends_with('\n');
    let mut blocks = Vec::new();
    let mut index = 0;
    while let Some(rest) = lines.get(index..).filter(|rest| !rest.is_empty()) {
        let (block, taken) = block(rest, is_cut);
        blocks.push(block);
        index += taken.max(1);
    }
    blocks
}

fn block(lines: &[Line<'_>], is_cut: bool) -> (Block, usize) {
    let Some(first) = lines.first() else {
        return (
            prose(Line {
                span: Default::default(),
                text: "",
            }),
            1,
        );
    };
    if let Some(columns) = header(lines) {
        let body = lines.get(columns.len()..).unwrap_or_default();
        let (rows, taken) = rows(&columns, body, is_cut);
        let header = lines.iter().take(columns.len()).map(|it| it.text.to_owned()).collect();
        let block = Block {
            span: first.span,
            kind: Kind::Table(Grid { header, rows }),
        };
        return (block, columns.len() + taken);
    }
    if first.text.starts_with(['{', '['])
        && let Some(found) = json(lines)
    {
        return found;
    }
    (prose(*first), 1)
}

/// The columns of the table whose heading begins at the first line: it ends with the description.
fn header(lines: &[Line<'_>]) -> Option<Vec<Column>> {
    let mut columns = Vec::new();
    for line in lines.iter().take(8) {
        let column = terms::column(line.text)?;
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
type Start = (Vec<Content>, usize);

fn rows(columns: &[Column], body: &[Line<'_>], is_cut: bool) -> (Vec<GridLine>, usize) {
    let mut rows: Vec<GridLine> = Vec::new();
    let mut description: Vec<&str> = Vec::new();
    let mut index = 0;
    let mut ended = false;
    while let Some(rest) = body.get(index..).filter(|rest| !rest.is_empty()) {
        let Some(line) = rest.first() else { break };
        if let Some((cells, taken)) = start(columns, rest) {
            finish(&mut rows, &mut description);
            rows.push(GridLine {
                span: line.span,
                cells: Ok(cells),
            });
            index += taken;
            continue;
        }
        if ends(rest) {
            ended = true;
            break;
        }
        let listed = description.iter().any(|it| it.ends_with([':', '：']));
        let in_row = rows.last().is_some_and(|it| it.cells.is_ok());
        if (!in_row && rows.is_empty()) || (in_row && !listed && is_name(line.text) && !description.is_empty()) {
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
        cells.push(Content::Text(description.join("\n")));
    }
    description.clear();
}

/// The row that begins at the first line, if its cells tell that one does.
fn start(columns: &[Column], lines: &[Line<'_>]) -> Option<Start> {
    let first = lines.first()?;
    match columns.first()? {
        Column::Status => terms::is_status(first.text).then(|| (vec![Content::Text(first.text.to_owned())], 1)),
        _ if is_name(first.text) => middle(columns, lines.get(1..)?).map(|(mut cells, taken)| {
            cells.insert(0, Content::Text(first.text.to_owned()));
            (cells, taken + 1)
        }),
        _ => None,
    }
    .or_else(|| {
        // A row whose name was lost begins with its type.
        let (mut cells, taken) = middle(columns, lines)?;
        cells.insert(0, Content::Lost);
        Some((cells, taken))
    })
}

/// The cells between name and description. The type must be there, or else whether it is required.
fn middle(columns: &[Column], lines: &[Line<'_>]) -> Option<Start> {
    let mut cells = Vec::new();
    let mut taken = 0;
    let mut anchored = false;
    for column in columns.get(1..columns.len().checked_sub(1)?)? {
        let text = lines.get(taken).map_or("", |it| it.text);
        let fits = match column {
            Column::Type => types::parse(text).is_some(),
            Column::Required => terms::required(text).is_some(),
            Column::Place => Place::of(text).is_some(),
            _ => return None,
        };
        if *column == Column::Type && !fits {
            return None;
        }
        anchored |= fits;
        cells.push(if fits {
            Content::Text(text.to_owned())
        } else {
            Content::Lost
        });
        taken += usize::from(fits);
    }
    anchored.then_some((cells, taken))
}

/// Whether a line alone can be the name of a parameter or member.
fn is_name(text: &str) -> bool {
    types::is_wire_name(text) && !text.ends_with(['.', ':']) && terms::required(text).is_none() && !text.contains("://")
}

/// Whether the table ends before the first line.
fn ends(lines: &[Line<'_>]) -> bool {
    let Some(line) = lines.first() else { return true };
    terms::without_number(line.text).0
        || terms::section(line.text).is_some()
        || terms::status(line.text).is_some()
        || header(lines).is_some()
        || matches!(line.text.as_bytes().first(), Some(b'{' | b'['))
}

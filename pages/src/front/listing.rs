//! Plain text of an API console: type and place of a row on one line, its description below.

use tablature_openapi::SourceId;

use crate::block::{Block, Content, Grid, Kind, Line as GridLine};
use crate::facts::Place;
use crate::front::lines::{Line, json, lines, prose};
use crate::terms::{self, Column};
use crate::types;

/// The pieces of such a text.
pub(super) fn blocks(source: SourceId, text: &str) -> Vec<Block> {
    let lines = lines(source, text);
    let mut blocks: Vec<Block> = Vec::new();
    let mut examples = 0;
    let mut answered = false;
    let mut index = 0;
    while let Some(rest) = lines.get(index..).filter(|rest| !rest.is_empty()) {
        let (block, taken) = block(rest, &mut examples);
        answered |= rest.first().is_some_and(|it| terms::status(it.text).is_some());
        if let Some(block) = block {
            // Rows without a place before the first answer are those of the body.
            let body = matches!(&block.kind, Kind::Table(grid) if !has_place(grid)) && !answered;
            let caption = Block {
                span: block.span,
                kind: Kind::Caption("请求Body参数".to_owned()),
            };
            blocks.extend(body.then_some(caption));
            blocks.push(block);
        }
        index += taken.max(1);
    }
    blocks
}

fn has_place(grid: &Grid) -> bool {
    grid.header.iter().any(|it| terms::column(it) == Some(Column::Place))
}

fn block(lines: &[Line<'_>], examples: &mut usize) -> (Option<Block>, usize) {
    let Some(first) = lines.first().filter(|it| !it.text.is_empty()) else {
        return (None, 1);
    };
    let of = |kind| Some(Block { span: first.span, kind });
    if let Some(columns) = header(first.text) {
        let (rows, taken) = rows(&columns, lines.get(1..).unwrap_or_default());
        let header = first.text.split_whitespace().map(str::to_owned).collect();
        return (of(Kind::Table(Grid { header, rows })), taken + 1);
    }
    if is_example(first.text) {
        // The examples of the request are numbered from 1, then those of the answer.
        *examples += usize::from(first.text.ends_with(" 1"));
        let text = if *examples > 1 { "响应示例" } else { "请求示例" };
        return (
            of(Kind::Heading {
                level: 0,
                text: text.to_owned(),
            }),
            1,
        );
    }
    if is_part(first.text) {
        return (of(Kind::Caption(first.text.to_owned())), 1);
    }
    if *examples > 0
        && let Some((block, taken)) = json(lines)
    {
        return (Some(block), taken);
    }
    (Some(prose(*first)), 1)
}

/// The columns of a table by its heading, which is one line.
fn header(line: &str) -> Option<Vec<Column>> {
    let columns: Option<Vec<_>> = line.split_whitespace().map(terms::column).collect();
    columns.filter(|it| it.len() > 2 && it.first() == Some(&Column::Name) && it.last() == Some(&Column::Description))
}

/// `示例 1`
fn is_example(line: &str) -> bool {
    let number = line.strip_prefix("示例 ").or_else(|| line.strip_prefix("Example "));
    number.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
}

/// `200 spec.ports`: the part of a body that a table has.
fn is_part(line: &str) -> bool {
    line.split_once(' ')
        .is_some_and(|(code, path)| terms::is_status(code) && types::is_wire_name(path))
}

fn rows(columns: &[Column], body: &[Line<'_>]) -> (Vec<GridLine>, usize) {
    let placed = columns.contains(&Column::Place);
    let mut rows: Vec<GridLine> = Vec::new();
    let mut text: Vec<&str> = Vec::new();
    let mut name = None;
    let mut empty = 0;
    let mut index = 0;
    for line in body {
        if line.text.is_empty() {
            empty += 1;
            index += 1;
            continue;
        }
        let ends = header(line.text).is_some()
            || is_example(line.text)
            || is_part(line.text)
            || terms::status(line.text).is_some()
            || terms::section(line.text).is_some();
        if ends {
            break;
        }
        // Where the rendering kept it, the name stands alone on the line before.
        if is_name(line.text) && next_begins(columns, body.get(index + 1..).unwrap_or_default()) {
            name = Some(*line);
            index += 1;
            continue;
        }
        let begun = start(columns, line.text);
        // Without a line for the type, two empty lines part a row from the one before.
        let parted = !placed && (rows.is_empty() || (empty > 1 && !text.is_empty()));
        if begun.is_some() || parted {
            finish(&mut rows, &mut text);
            let mut cells = begun.clone().unwrap_or_else(|| lost(columns));
            let named = name.take();
            if let (Some(name), Some(first)) = (&named, cells.first_mut()) {
                *first = Content::Text(name.text.to_owned());
            }
            rows.push(GridLine {
                span: named.map_or(line.span, |it: Line<'_>| it.span),
                cells: Ok(cells),
            });
        }
        if begun.is_none() {
            if rows.is_empty() {
                rows.push(GridLine {
                    span: line.span,
                    cells: Err("no row could be told from this line"),
                });
            }
            text.push(line.text);
        }
        empty = 0;
        index += 1;
    }
    finish(&mut rows, &mut text);
    (rows, index)
}

fn is_name(line: &str) -> bool {
    types::is_wire_name(line) && types::parse(line).is_none()
}

/// Whether the next line that is not empty begins a row.
fn next_begins(columns: &[Column], lines: &[Line<'_>]) -> bool {
    let next = lines.iter().take(3).find(|it| !it.text.is_empty());
    next.is_some_and(|it| start(columns, it.text).is_some())
}

/// Gives the last row its description.
fn finish(rows: &mut [GridLine], text: &mut Vec<&str>) {
    if let Some(Ok(cells)) = rows.last_mut().map(|it| it.cells.as_mut())
        && let Some(last) = cells.last_mut()
    {
        *last = Content::Text(text.join("\n"));
    }
    text.clear();
}

fn lost(columns: &[Column]) -> Vec<Content> {
    vec![Content::Lost; columns.len()]
}

/// The cells of a line that begins a row: a type, with a place where there is such a column, and
/// with a name before it and whether it is required after it where the rendering kept them.
fn start(columns: &[Column], line: &str) -> Option<Vec<Content>> {
    let mut words: Vec<&str> = line.split_whitespace().collect();
    let required = words.last().copied().filter(|it| terms::required(it).is_some());
    words.truncate(words.len() - usize::from(required.is_some()));
    let placed = columns.contains(&Column::Place);
    let place = words.last().copied().filter(|it| placed && Place::of(it).is_some());
    if placed {
        place?;
        words.pop();
    }
    let whole = words.join(" ");
    let (name, type_text) = if types::parse(&whole).is_some() {
        (None, whole)
    } else {
        let (name, rest) = whole.split_once(' ')?;
        (
            types::is_wire_name(name).then_some(name)?.into(),
            types::parse(rest).map(|_| rest.to_owned())?,
        )
    };
    let cell = |text: Option<&str>| text.map_or(Content::Lost, |it| Content::Text(it.to_owned()));
    let of = |column: &Column| match column {
        Column::Name => cell(name),
        Column::Type => cell(Some(&type_text)),
        Column::Place => cell(place),
        Column::Required => cell(required),
        _ => Content::Lost,
    };
    Some(columns.iter().map(of).collect())
}

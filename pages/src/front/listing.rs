//! Plain text of an API console: type and place of a row on one line, its description below.

use tablature_openapi::SourceId;

use crate::block::{Block, CellText, Grid, Kind, Line as GridLine};
use crate::facts::Location;
use crate::format::{FrontEnd, count_lines};
use crate::front::lines::{Line, json, lines, prose};
use crate::types;
use crate::vocabulary::{Column, Section, Vocabulary, is_status};

/// The front end.
pub(super) const FRONT_END: FrontEnd = FrontEnd {
    name: "text: listing",
    loses_cells: true,
    ends_with_example: true,
    marks: |text| {
        count_lines(text, |line| {
            matches!(line, "名称 类型 IN 必选 描述" | "名称 类型 必选 描述")
        })
    },
    blocks,
};

fn blocks(source: SourceId, text: &str, words: &Vocabulary) -> Vec<Block> {
    let lines = lines(source, text);
    let mut blocks: Vec<Block> = Vec::new();
    let mut examples = 0;
    let mut answered = false;
    let mut index = 0;
    while let Some(rest) = lines.get(index..).filter(|rest| !rest.is_empty()) {
        let (block, taken) = block(rest, &mut examples, words);
        answered |= rest.first().is_some_and(|it| words.status(it.text).is_some());
        if let Some(block) = block {
            // Rows without a place before the first response are those of the body.
            let body = matches!(&block.kind, Kind::Table(grid) if !has_place(grid, words)) && !answered;
            let caption = Block {
                span: block.span,
                kind: Kind::Section(Section::RequestBody),
            };
            blocks.extend(body.then_some(caption));
            blocks.push(block);
        }
        index += taken.max(1);
    }
    blocks
}

fn has_place(grid: &Grid, words: &Vocabulary) -> bool {
    grid.header.iter().any(|it| words.column(it) == Some(Column::Location))
}

fn block(lines: &[Line<'_>], examples: &mut usize, words: &Vocabulary) -> (Option<Block>, usize) {
    let Some(first) = lines.first().filter(|it| !it.text.is_empty()) else {
        return (None, 1);
    };
    let of = |kind| Some(Block { span: first.span, kind });
    if let Some(columns) = header(first.text, words) {
        let (rows, taken) = rows(&columns, lines.get(1..).unwrap_or_default(), words);
        let header = first.text.split_whitespace().map(str::to_owned).collect();
        return (of(Kind::Table(Grid { header, rows })), taken + 1);
    }
    if is_example(first.text) {
        // The examples of the request are numbered from 1, then those of the response.
        *examples += usize::from(first.text.ends_with(" 1"));
        let section = if *examples > 1 {
            Section::ResponseExample
        } else {
            Section::RequestExample
        };
        return (of(Kind::Section(section)), 1);
    }
    if is_part(first.text) {
        return (of(Kind::Caption(first.text.to_owned())), 1);
    }
    if *examples > 0
        && let Some((block, taken)) = json(lines, words)
    {
        return (Some(block), taken);
    }
    (Some(prose(*first, words)), 1)
}

/// The columns of a table by its heading, which is one line.
fn header(line: &str, words: &Vocabulary) -> Option<Vec<Column>> {
    let columns: Option<Vec<_>> = line.split_whitespace().map(|it| words.column(it)).collect();
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
        .is_some_and(|(code, path)| is_status(code) && types::is_wire_name(path))
}

fn rows(columns: &[Column], body: &[Line<'_>], words: &Vocabulary) -> (Vec<GridLine>, usize) {
    let placed = columns.contains(&Column::Location);
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
        let ends = header(line.text, words).is_some()
            || is_example(line.text)
            || is_part(line.text)
            || words.status(line.text).is_some()
            || words.section(line.text).is_some();
        if ends {
            break;
        }
        // Where the rendering kept it, the name stands alone on the line before.
        if is_name(line.text) && next_begins(columns, body.get(index + 1..).unwrap_or_default(), words) {
            name = Some(*line);
            index += 1;
            continue;
        }
        let begun = start(columns, line.text, words);
        // Without a line for the type, two empty lines part a row from the one before.
        let parted = !placed && (rows.is_empty() || (empty > 1 && !text.is_empty()));
        if begun.is_some() || parted {
            finish(&mut rows, &mut text);
            let mut cells = begun.clone().unwrap_or_else(|| lost(columns));
            let named = name.take();
            if let (Some(name), Some(first)) = (&named, cells.first_mut()) {
                *first = CellText::Text(name.text.to_owned());
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
fn next_begins(columns: &[Column], lines: &[Line<'_>], words: &Vocabulary) -> bool {
    let next = lines.iter().take(3).find(|it| !it.text.is_empty());
    next.is_some_and(|it| start(columns, it.text, words).is_some())
}

/// Gives the last row its description.
fn finish(rows: &mut [GridLine], text: &mut Vec<&str>) {
    if let Some(Ok(cells)) = rows.last_mut().map(|it| it.cells.as_mut())
        && let Some(last) = cells.last_mut()
    {
        *last = CellText::Text(text.join("\n"));
    }
    text.clear();
}

fn lost(columns: &[Column]) -> Vec<CellText> {
    vec![CellText::Lost; columns.len()]
}

/// The cells of a line that begins a row: a type, with a place where there is such a column, and
/// with a name before it and whether it is required after it where the rendering kept them.
fn start(columns: &[Column], line: &str, words: &Vocabulary) -> Option<Vec<CellText>> {
    let mut parts: Vec<&str> = line.split_whitespace().collect();
    let required = parts.last().copied().filter(|it| words.required(it).is_some());
    parts.truncate(parts.len() - usize::from(required.is_some()));
    let placed = columns.contains(&Column::Location);
    let place = parts.last().copied().filter(|it| placed && Location::of(it).is_some());
    if placed {
        place?;
        parts.pop();
    }
    let whole = parts.join(" ");
    let (name, type_text) = if types::parse(&whole).is_some() {
        (None, whole)
    } else {
        let (name, rest) = whole.split_once(' ')?;
        (
            types::is_wire_name(name).then_some(name)?.into(),
            types::parse(rest).map(|_| rest.to_owned())?,
        )
    };
    let cell = |text: Option<&str>| text.map_or(CellText::Lost, |it| CellText::Text(it.to_owned()));
    let of = |column: &Column| match column {
        Column::Name => cell(name),
        Column::Type => cell(Some(&type_text)),
        Column::Location => cell(place),
        Column::Required => cell(required),
        _ => CellText::Lost,
    };
    Some(columns.iter().map(of).collect())
}

//! The cells of a row to its facts.

use crate::block::CellText;
use crate::facts::{Cell, Kind, Location, Row};
use crate::limits::limits;
use crate::text;
use crate::types::{self, Type};
use crate::vocabulary::{Column, Vocabulary, is_status};

/// How long a text may be that stands in a column of types and is none that is known.
const LONGEST_TYPE: usize = 60;

/// Reads a row, or says why it cannot be.
pub(super) fn row(
    words: &Vocabulary,
    kind: &Kind,
    place: Option<Location>,
    columns: &[Option<Column>],
    cells: &[CellText],
) -> Result<Row, String> {
    let mut row = Row {
        location: Cell::of(place),
        ..Row::default()
    };
    let mut default = None;
    for (column, cell) in columns.iter().zip(cells) {
        match column {
            Some(Column::Name) => row.name = name(kind, cell)?,
            Some(Column::Status) => (row.name, row.label) = status(cell)?,
            Some(Column::Type) => {
                row.type_text = type_text(words, cell)?;
                row.full_type = words.type_text(&cell.text().map(text::one_line).unwrap_or_default());
            }
            Some(Column::Body) => row.type_text = body(cell),
            Some(Column::Required) => row.required = required(cell, words)?,
            Some(Column::Location) => row.location = cell.text().and_then(Location::of).map_or(Cell::Lost, Cell::Known),
            Some(Column::Default) => default = cell.text().map(str::trim).filter(|it| !words.is_nothing(it)),
            Some(Column::Description) => row.text = cell.text().unwrap_or_default().trim().to_owned(),
            Some(Column::Method | Column::Uri) | None => {}
        }
    }
    if matches!(kind, Kind::Model(_)) && row.required == Cell::Absent {
        row.required = Cell::of(words.required_by_text(&row.text));
    }
    if matches!(kind, Kind::Responses) {
        if row.label.is_none() {
            row.label = Some(text::first_words(&row.text)).filter(|it| !it.is_empty());
            // A name is a fact; a sentence is described by its hash.
            row.label = row.label.filter(|it| it.split_whitespace().count() <= 4);
        }
    } else {
        row.limits = limits(&row.text);
        // The least and the greatest of a text are its lengths: one edition of the generator has one label for both.
        if row.type_text.known().and_then(|it| types::parse(it)) == Some(Type::String) {
            let length = |it: &mut Option<String>| it.take().and_then(|it| it.parse().ok());
            row.limits.min_length = row.limits.min_length.or(length(&mut row.limits.minimum));
            row.limits.max_length = row.limits.max_length.or(length(&mut row.limits.maximum));
        }
        row.limits.default = default.map(str::to_owned).or(std::mem::take(&mut row.limits.default));
        row.limits.default.take_if(|it| words.is_nothing(it));
    }
    row.hash = text::hash(&row.text).filter(|_| row.label.is_none());
    Ok(row)
}

fn name(kind: &Kind, cell: &CellText) -> Result<Cell<String>, String> {
    let Some(text) = cell.text() else { return Ok(Cell::Lost) };
    let name = text.trim();
    // One edition of OpenShift puts a full stop before each member.
    let name = if matches!(kind, Kind::Model(_)) {
        name.strip_prefix('.').unwrap_or(name)
    } else {
        name
    };
    if name.is_empty() {
        return Err("the row has no name".to_owned());
    }
    if !types::is_wire_name(name) {
        return Err(format!("`{}` is not a name", text::first_words(name)));
    }
    Ok(Cell::Known(name.to_owned()))
}

/// `200`, `200 - OK`
fn status(cell: &CellText) -> Result<(Cell<String>, Option<String>), String> {
    let Some(text) = cell.text() else {
        return Ok((Cell::Lost, None));
    };
    let (code, label) = match text.split_once([' ', '-']) {
        Some((code, label)) => (code, label.trim_start_matches([' ', '-']).trim()),
        None => (text, ""),
    };
    if !is_status(code.trim()) {
        return Err(format!("`{}` is not a status code", text::first_words(text)));
    }
    Ok((
        Cell::Known(code.trim().to_owned()),
        Some(label.to_owned()).filter(|it| !it.is_empty()),
    ))
}

fn type_text(words: &Vocabulary, cell: &CellText) -> Result<Cell<String>, String> {
    let Some(text) = cell.text() else { return Ok(Cell::Lost) };
    let recorded = words.type_text(&types::recorded(text));
    if words.is_nothing(&recorded) {
        return Ok(Cell::Absent);
    }
    if types::parse(&recorded).is_none() && recorded.len() > LONGEST_TYPE {
        return Err(format!("`{}` is not a type", text::first_words(text)));
    }
    Ok(Cell::Known(recorded))
}

/// The model in the body of a response; `Empty` says that there is none.
fn body(cell: &CellText) -> Cell<String> {
    match cell.text().map(types::recorded) {
        None => Cell::Lost,
        Some(text) if text.eq_ignore_ascii_case("empty") || text.is_empty() => Cell::Absent,
        Some(text) => Cell::Known(text),
    }
}

fn required(cell: &CellText, words: &Vocabulary) -> Result<Cell<bool>, String> {
    let Some(text) = cell.text().filter(|it| !matches!(it.trim(), "" | "-")) else {
        return Ok(Cell::Lost);
    };
    match words.required(text) {
        Some(required) => Ok(Cell::Known(required)),
        None if text.len() > LONGEST_TYPE || types::parse(text).is_some() => Err(format!(
            "`{}` does not say whether it is required",
            text::first_words(text)
        )),
        None => Ok(Cell::Lost),
    }
}

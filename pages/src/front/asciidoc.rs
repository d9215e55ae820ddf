//! AsciiDoc as OpenShift's reference is written: `|===` tables, labelled lists, block titles.

mod inline;
mod table;

use tablature_openapi::SourceId;

use crate::block::{Block, Grid, Kind};
use crate::format::{FrontEnd, count_lines, is_heading};
use crate::front::lines::{Line, lines};
use crate::vocabulary::Vocabulary;

/// The front end.
pub(super) const FRONT_END: FrontEnd = FrontEnd {
    name: "asciidoc",
    loses_cells: false,
    ends_with_example: false,
    marks,
    blocks,
};

fn marks(text: &str) -> usize {
    count_lines(text, |line| {
        // What ends so and begins with two dots is a directive of reStructuredText.
        let label = line.ends_with("::") && !line.starts_with("..");
        label || line == "|===" || line.starts_with("[cols=") || is_heading(line, '=')
    })
}

fn blocks(source: SourceId, text: &str, words: &Vocabulary) -> Vec<Block> {
    let lines = lines(source, text);
    let mut blocks = Vec::new();
    let mut index = 0;
    while let Some(rest) = lines.get(index..).filter(|rest| !rest.is_empty()) {
        let (block, taken) = block(rest, source, text, words);
        blocks.extend(block);
        index += taken.max(1);
    }
    blocks
}

/// The piece that begins at the first line, and how many lines it takes.
fn block(lines: &[Line<'_>], source: SourceId, text: &str, words: &Vocabulary) -> (Option<Block>, usize) {
    let Some(first) = lines.first() else { return (None, 1) };
    let of = |kind| Some(Block { span: first.span, kind });
    let line = first.text;
    if line == "|===" {
        let (grid, taken) = table::read(lines, words);
        let is_empty = grid.header.is_empty() && grid.rows.is_empty();
        return (of(Kind::Table(grid)).filter(|_| !is_empty), taken);
    }
    if matches!(line, "----" | "...." | "```") {
        return code(lines, source, text);
    }
    if line.starts_with("////") {
        let end = lines.iter().skip(1).position(|it| it.text == line);
        return (None, end.map_or(1, |end| end + 2));
    }
    if is_markup(line) {
        return (None, 1);
    }
    if let Some((level, heading)) = heading(line) {
        return (
            of(Kind::Heading {
                level,
                text: inline::text(heading),
            }),
            1,
        );
    }
    if let Some(title) = block_title(line) {
        return (of(Kind::Caption(inline::text(title))), 1);
    }
    if let Some((label, value)) = label(line) {
        let (values, taken) = values(lines, value);
        return (
            of(Kind::Field {
                label: label.to_owned(),
                values,
            }),
            taken,
        );
    }
    if table::begins_cell(line) {
        let rows = vec![table::stray(first)];
        return (
            of(Kind::Table(Grid {
                header: Vec::new(),
                rows,
            })),
            1,
        );
    }
    let item = line.strip_prefix("* ").or_else(|| line.strip_prefix("- "));
    (of(Kind::Text(inline::text(item.unwrap_or(line)))), 1)
}

/// Preformatted text between two equal lines.
fn code(lines: &[Line<'_>], source: SourceId, text: &str) -> (Option<Block>, usize) {
    let Some(first) = lines.first() else { return (None, 1) };
    let inner = lines.iter().skip(1);
    let length = inner.clone().position(|it| it.text == first.text);
    let count = length.unwrap_or(lines.len() - 1);
    let last = inner.clone().take(count).next_back().map_or(first.span, |it| it.span);
    let begin = lines.get(1).map_or(first.span.end, |it| it.span.start);
    let span = crate::front::lines::span(source, first.span.start as usize, last.end as usize);
    let text = text
        .get(begin as usize..last.end.max(begin) as usize)
        .unwrap_or_default()
        .to_owned();
    let block = Block {
        span,
        kind: Kind::Code {
            text,
            complete: length.is_some(),
        },
    };
    (Some(block), count + 2)
}

/// Lines that are neither text nor structure that matters here.
fn is_markup(line: &str) -> bool {
    let attribute = line.starts_with('[') && line.ends_with(']');
    let entry = line.len() > 2 && line.starts_with(':') && line.get(1..).is_some_and(|it| it.contains(':'));
    let macros = ["ifdef::", "ifndef::", "endif::", "include::", "toc::", "ifeval::"];
    line.is_empty()
        || line.starts_with("//")
        || matches!(line, "+" | "--")
        || attribute
        || entry
        || macros.iter().any(|it| line.starts_with(it))
}

/// `== Title` and its level.
pub(super) fn heading(line: &str) -> Option<(u8, &str)> {
    let title = line.trim_start_matches('=');
    let level = line.len() - title.len();
    (1..=6)
        .contains(&level)
        .then(|| title.strip_prefix(' '))
        .flatten()
        .map(|title| (level as u8, title.trim()))
}

/// `.Title`, and `..spec` whose title is `.spec`.
pub(super) fn block_title(line: &str) -> Option<&str> {
    let title = line.strip_prefix('.')?;
    let first = title.strip_prefix('.').unwrap_or(title).chars().next()?;
    (first.is_alphanumeric()).then_some(title)
}

/// `Label::` or `Label:: value`.
fn label(line: &str) -> Option<(&str, &str)> {
    let (label, value) = match line.strip_suffix("::") {
        Some(label) => (label, ""),
        None => line.split_once(":: ")?,
    };
    let fits = !label.is_empty() && label.len() < 60 && label.chars().all(|it| it.is_alphanumeric() || it == ' ');
    fits.then_some((label, value))
}

/// What stands under a label: the lines up to an empty one, or the block after a `+`.
fn values(lines: &[Line<'_>], first: &str) -> (Vec<String>, usize) {
    let mut values: Vec<String> = Vec::new();
    if !first.is_empty() {
        values.push(inline::text(first));
    }
    let mut index = 1;
    while let Some(line) = lines.get(index).filter(|line| !line.text.is_empty()) {
        let next = lines.get(index + 1).map(|it| it.text);
        if line.text == "+" && next == Some("--") {
            let (text, taken) = open_block(lines.get(index + 2..).unwrap_or_default());
            values.push(text);
            return (values, index + 2 + taken);
        }
        let structure = line.text == "|===" || heading(line.text).is_some() || label(line.text).is_some();
        if structure {
            break;
        }
        let item = line.text.strip_prefix("- ").or_else(|| line.text.strip_prefix("* "));
        if line.text != "+" {
            values.push(inline::text(item.unwrap_or(line.text)));
        }
        index += 1;
    }
    (values, index)
}

/// The text up to `--`, or up to what cannot stand in it.
fn open_block(lines: &[Line<'_>]) -> (String, usize) {
    let end = lines.iter().position(|line| {
        matches!(line.text, "--" | "|===")
            || line.text.starts_with("=== ")
            || matches!(line.text, "Type::" | "HTTP method::")
    });
    let count = end.unwrap_or(lines.len());
    let text: Vec<_> = lines.iter().take(count).map(|it| inline::text(it.text)).collect();
    let closed = lines.get(count).is_some_and(|it| it.text == "--");
    (text.join("\n").trim().to_owned(), count + usize::from(closed))
}

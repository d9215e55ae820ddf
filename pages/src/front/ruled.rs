//! Plain text with a ruler `|` at the end of each cell, as renderings of HTML tables have it.

mod table;

use tablature_openapi::SourceId;

use crate::block::{Block, Kind};
use crate::format::{FrontEnd, count_lines, is_ruler};
use crate::front::lines::{Line, json, lines, prose};
use crate::vocabulary::Vocabulary;

/// The front end.
pub(super) const FRONT_END: FrontEnd = FrontEnd {
    name: "text: ruled",
    loses_cells: true,
    ends_with_example: false,
    marks,
    blocks,
};

fn marks(text: &str) -> usize {
    // No rendering has fences: tables without outer bars are Markdown as well.
    if count_lines(text, |line| line.starts_with("```")) > 1 {
        return 0;
    }
    let rulers = count_lines(text, |line| is_ruler(line) && !line.starts_with('|'));
    let other_rulers = count_lines(text, |line| is_ruler(line) && line.starts_with('|'));
    // Where rulers begin with `|`, more lines must end with one than Markdown has marks.
    let ends = text
        .lines()
        .filter(|it| it.ends_with(" |") && !it.trim_start().starts_with('|'));
    let ends = if rulers + other_rulers > 0 { ends.count() } else { 0 };
    rulers.max(ends.saturating_sub(1))
}

fn blocks(source: SourceId, text: &str, words: &Vocabulary) -> Vec<Block> {
    let lines: Vec<_> = lines(source, text)
        .into_iter()
        .filter(|it| !it.text.is_empty())
        .collect();
    let mut blocks = Vec::new();
    let mut index = 0;
    while let Some(rest) = lines.get(index..).filter(|rest| !rest.is_empty()) {
        let (block, taken) = block(rest, words);
        blocks.push(block);
        index += taken.max(1);
    }
    blocks
}

fn block(lines: &[Line<'_>], words: &Vocabulary) -> (Block, usize) {
    if let Some(found) = table::read(lines, words) {
        return found;
    }
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
    if let Some(label) = label(first.text) {
        let (values, taken) = values(lines);
        return (
            Block {
                span: first.span,
                kind: Kind::Field {
                    label: label.to_owned(),
                    values,
                },
            },
            taken,
        );
    }
    if let Some((level, text)) = heading(first.text) {
        return (
            Block {
                span: first.span,
                kind: Kind::Heading {
                    level,
                    text: text.to_owned(),
                },
            },
            1,
        );
    }
    if first.text.starts_with(['{', '['])
        && let Some(found) = json(lines, words)
    {
        return found;
    }
    (prose(*first, words), 1)
}

/// `Chapter 17. Service [v1]`, `17.1.1. .spec`: the level and the title.
fn heading(line: &str) -> Option<(u8, &str)> {
    let chapter = line.strip_prefix("Chapter ");
    let (number, title) = chapter.unwrap_or(line).split_once(". ")?;
    let digits = number
        .split('.')
        .all(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
    // An item of a numbered list has one number only.
    let level = number.split('.').count();
    (digits && (chapter.is_some() || level > 1)).then(|| (u8::try_from(level).unwrap_or(u8::MAX), title.trim()))
}

/// The label of a labelled list: `- Required`.
fn label(line: &str) -> Option<&str> {
    let label = line.strip_prefix("- ")?;
    matches!(label, "Description" | "Type" | "Required" | "HTTP method").then_some(label)
}

/// What stands under the label on the first line, and how many lines both take.
fn values(lines: &[Line<'_>]) -> (Vec<String>, usize) {
    let mut values = Vec::new();
    let mut taken = 1;
    while let Some(rest) = lines.get(taken..).filter(|rest| !rest.is_empty()) {
        let Some(line) = rest.first() else { break };
        if label(line.text).is_some() || heading(line.text).is_some() || table::begins(rest) {
            break;
        }
        let value = line.text.strip_prefix("- ").unwrap_or(line.text);
        if value != "-" {
            values.push(value.to_owned());
        }
        taken += 1;
    }
    (values, taken)
}

/// Whether a line is a heading or a label, which no cell is.
fn is_structure(line: &str, words: &Vocabulary) -> bool {
    heading(line).is_some() || label(line).is_some() || words.section(line).is_some()
}

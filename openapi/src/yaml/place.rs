//! Completes the byte ranges of YAML nodes from the marks of the parser.

use granit_parser::ScalarStyle;

use crate::source::SourceId;
use crate::span::Span;

/// The place that the parser marks.
pub(super) fn span(source: SourceId, at: &granit_parser::Span) -> Span {
    let byte = |mark: &granit_parser::Marker| mark.byte_offset().and_then(|it| u32::try_from(it).ok());
    let start = byte(&at.start).unwrap_or(0);
    Span::new(source, start, byte(&at.end).unwrap_or(start).max(start))
}

/// The place of a scalar. The parser marks the lines of a block scalar only; here it begins with
/// its `|` or `>`, which stands after `before`, and ends with its last line that is not blank.
pub(super) fn scalar(text: &str, marked: Span, style: ScalarStyle, before: u32) -> Span {
    if !matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
        return marked;
    }
    let header = text.get(before as usize..marked.start as usize).and_then(header);
    let Some((start, end)) = header else { return marked };
    let lines = text.get(marked.start as usize..marked.end as usize).unwrap_or_default();
    let length = u32::try_from(lines.trim_end().len()).unwrap_or(0);
    Span {
        start: before + start,
        end: if length > 0 {
            marked.start + length
        } else {
            before + end
        },
        ..marked
    }
}

/// Where the `|` or `>` with its indicators begins and ends, past properties and comments.
fn header(text: &str) -> Option<(u32, u32)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let mut column = 0;
        for word in line.split_inclusive([' ', '\t', '\n', '\r']) {
            let bare = word.trim_end();
            if bare.starts_with('#') {
                break;
            }
            if bare.starts_with(['|', '>']) {
                let start = u32::try_from(at + column).ok()?;
                return Some((start, start + u32::try_from(bare.len()).ok()?));
            }
            column += word.len();
        }
        at += line.len();
    }
    None
}

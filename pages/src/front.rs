//! The front ends: a page's text to [blocks](crate::block), one file per format.

mod asciidoc;
mod cells;
mod html;
mod lines;
mod listing;
mod markdown;
mod ruled;

use tablature_openapi::{SourceId, Span};

use crate::block::Block;
use crate::format::Format;

/// The pieces of a page.
pub(crate) fn blocks(format: Format, source: SourceId, text: &str) -> Vec<Block> {
    match format {
        Format::Markdown => markdown::blocks(source, text),
        Format::AsciiDoc => asciidoc::blocks(source, text),
        Format::Cells => cells::blocks(source, text),
        Format::Ruled => ruled::blocks(source, text),
        Format::Listing => listing::blocks(source, text),
    }
}

/// The place after the last word of a text.
pub(crate) fn end(source: SourceId, text: &str) -> Span {
    let end = text.trim_end().len();
    lines::span(source, end, end)
}

//! The front ends: a page's text to [blocks](crate::block), one file per format.

mod asciidoc;
mod cells;
mod html;
mod lines;
mod listing;
mod markdown;
mod restructured;
mod ruled;
mod spans;

use tablature_openapi::{SourceId, Span};

use crate::format::{Format, FrontEnd};

/// All formats. Where texts have as many marks of two of them, the first one counts; the last one has none.
const FRONT_ENDS: [&FrontEnd; 7] = [
    &html::FRONT_END,
    &restructured::FRONT_END,
    &asciidoc::FRONT_END,
    &listing::FRONT_END,
    &ruled::FRONT_END,
    &markdown::FRONT_END,
    &cells::FRONT_END,
];

impl Format {
    /// The format with this name.
    pub fn of(name: &str) -> Option<Self> {
        FRONT_ENDS.into_iter().find(|it| it.name == name).map(Self)
    }

    /// The format of a text: that which most of its marks belong to.
    pub(crate) fn detect(text: &str) -> Self {
        let mut best = (0, &cells::FRONT_END);
        for front_end in FRONT_ENDS {
            let marks = (front_end.marks)(text);
            if marks > best.0 {
                best = (marks, front_end);
            }
        }
        Self(best.1)
    }
}

impl Default for Format {
    fn default() -> Self {
        Self(&markdown::FRONT_END)
    }
}

/// The place after the last word of a text.
pub(crate) fn end(source: SourceId, text: &str) -> Span {
    let end = text.trim_end().len();
    lines::span(source, end, end)
}

//! What parameters, bodies and members have in common: whether they are required.

use tablature_openapi::Span;

use crate::coverage::{At, Judge};
use crate::facts::Cell;

/// Compares whether something is required.
pub(super) fn required(at: &At<'_>, required: bool, span: Span, judge: &mut Judge<'_>) {
    let Cell::Known(documented) = at.facts.required else {
        return;
    };
    if documented != required {
        let word = |it| if it { "required" } else { "optional" };
        let message = format!("the page says {}, the document {}", word(documented), word(required));
        judge.row(at, "required", message, Some(span));
    }
}

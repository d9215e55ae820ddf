//! Reports keywords that only OpenAPI 3.0 has.

use crate::codes;
use crate::reader::ObjectReader;
use crate::span::Span;

/// Reports a keyword of OpenAPI 3.0 in a later document: it can only mean what it meant.
pub(super) fn report(key: &str, span: Span, help: &str, object: &mut ObjectReader<'_, '_>) {
    let message = format!("`{key}` in this form is of OpenAPI 3.0, and is read as it was there");
    object.context().push(codes::OLD_KEYWORD.at(span, message).help(help));
}

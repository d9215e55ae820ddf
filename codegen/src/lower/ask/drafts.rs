//! Reports drafts, which are not emitted until somebody has described them, and what is no draft any more without a word.

use tablature_openapi::document::{Extensions, Operation, Parameter, RefOr, Schema};
use tablature_openapi::{Span, extension};

use crate::codes;
use crate::lower::ask::input::Input;

/// Reports an operation, a parameter or a schema that is a draft, unless drafts are tried.
pub fn check(input: &Input<'_>, extensions: &Extensions) {
    let is_draft = extension::draft(extensions).is_some_and(|it| it.value) && !input.options.drafts;
    if let Some(draft) = extensions.get("x-draft").filter(|_| is_draft) {
        input.refuse(codes::DRAFT.at(draft.key, "a draft cannot be emitted"));
    }
}

/// Warns of an operation of a page that has no description, or whose parameters have none.
pub fn check_operation(input: &Input<'_>, operation: &Operation) {
    let is_described = operation.summary.is_some() || operation.description.is_some();
    let parameters = operation.parameters.iter().filter_map(|it| match it {
        RefOr::Item(it) => Some(it),
        RefOr::Ref(_) => None,
    });
    let lacks = |it: &&Parameter| it.description.is_none();
    let missing = parameters.filter(lacks).map(|it| it.name.value.as_str());
    undescribed(
        input,
        &operation.extensions,
        operation.span,
        "operation",
        is_described,
        missing.collect(),
    );
}

/// Warns of a model of a page that has no description, or whose members have none.
pub fn check_model(input: &Input<'_>, schema: &Schema) {
    let lacks = |it: &Schema| it.description.is_none();
    let members = schema.properties.iter().filter(|(_, it)| lacks(&it.item));
    let missing = members.map(|(name, _)| name.as_str()).collect();
    undescribed(input, &schema.extensions, schema.span, "model", !lacks(schema), missing);
}

/// Warns of a thing that names the page it is documented in, where words are missing. Other documents may do without.
fn undescribed(
    input: &Input<'_>,
    extensions: &Extensions,
    span: Span,
    what: &str,
    is_described: bool,
    missing: Vec<&str>,
) {
    let is_draft = extension::draft(extensions).is_some_and(|it| it.value);
    if is_draft || extension::documented_in(extensions).is_empty() || (is_described && missing.is_empty()) {
        return;
    }
    let parts: Vec<_> = missing.iter().map(|it| format!("`{it}`")).collect();
    let message = match (is_described, parts.is_empty()) {
        (false, true) => format!("the {what} has no description"),
        (false, false) => format!("the {what} has no description, nor have {}", parts.join(", ")),
        (true, _) => format!("parts of the {what} have no description: {}", parts.join(", ")),
    };
    input.report(codes::UNDESCRIBED.at(span.first_byte(), message));
}

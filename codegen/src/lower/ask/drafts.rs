//! Reports drafts, which are not emitted until somebody has described them.

use tablature_openapi::document::Schema;

use crate::codes;
use crate::lower::ask::input::Input;
use crate::lower::ask::operation_site::Site;

/// Reports what would be lost of a request, whoever sends it.
pub fn check_as_request(input: &Input<'_>, site: Site<'_>) {
    let operation = site.operation;
    if let Some(draft) = operation.extensions.get("x-draft") {
        input.report(codes::DRAFT.at(draft.key, "a draft cannot be emitted"));
    }
}

/// A draft is not emitted: somebody has yet to write down what it means.
pub fn check_draft(input: &Input<'_>, schema: &Schema) {
    if let Some(draft) = schema.extensions.get("x-draft") {
        let message = "a draft cannot be emitted";
        input.refuse(codes::DRAFT.at(draft.key, message));
    }
}

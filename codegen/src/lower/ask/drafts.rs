//! Reports drafts, which are never emitted: somebody has yet to write down what they mean.

use tablature_openapi::Diagnostic;
use tablature_openapi::document::Schema;

use crate::lower::ask::operation_site::Site;
use crate::lower::context::Context;

/// Reports what would be lost of a request, whoever sends it.
pub fn check_as_request(context: &mut Context<'_>, site: Site<'_>) {
    let operation = site.operation;
    if let Some(draft) = operation.extensions.get("x-draft") {
        context.report.push(
            Diagnostic::error("draft", draft.key, "a draft cannot be emitted")
                .help("write the description and take `x-draft` away"),
        );
    }
}

/// A draft is not emitted: somebody has yet to write down what it means.
pub fn check_draft(context: &mut Context<'_>, schema: &Schema) {
    if let Some(draft) = schema.extensions.get("x-draft") {
        let message = "a draft cannot be emitted";
        context.unsupported(
            "draft",
            draft.key,
            message,
            "write the description and take `x-draft` away",
        );
    }
}

//! Reports drafts, which are not emitted until somebody has described them.

use tablature_openapi::document::Extensions;
use tablature_openapi::extension;

use crate::codes;
use crate::lower::ask::input::Input;

/// Reports an operation, a parameter or a schema that is a draft.
pub fn check(input: &Input<'_>, extensions: &Extensions) {
    let is_draft = extension::draft(extensions).is_some_and(|it| it.value);
    if let Some(draft) = extensions.get("x-draft").filter(|_| is_draft) {
        input.refuse(codes::DRAFT.at(draft.key, "a draft cannot be emitted"));
    }
}

//! Selects the operations that a run asks for.

use tablature_openapi::document::Operation;
use tablature_openapi::extension;

use crate::codes;
use crate::lower::ask::input::Input;
use crate::lower::ask::operation_site::{Site, sites};
use crate::lower::ask::webhook_site;
use crate::lower::ask::webhook_site::Sent;

/// The operations of a document that the run asks for.
pub fn wanted<'d>(input: &Input<'d>, document: usize) -> impl Iterator<Item = Site<'d>> {
    let only = &input.options.only;
    sites(input, document).filter(move |site| only.is_empty() || only.iter().any(|it| is_called(site.operation, it)))
}

/// The webhooks of a document that the run asks for.
pub fn webhooks<'d>(input: &Input<'d>, document: usize) -> Vec<Sent<'d>> {
    let only = &input.options.only;
    let mut all = webhook_site::of_document(input, document);
    all.retain(|sent| {
        let is_asked_for = |name: &String| sent.id == *name || is_called(sent.site.operation, name);
        only.is_empty() || only.iter().any(is_asked_for)
    });
    all
}

/// Whether a name means an operation: it is its id, its name in Rust, or its tag.
fn is_called(operation: &Operation, name: &str) -> bool {
    let id = operation.operation_id.as_ref().is_some_and(|it| it.value == name);
    let rust = extension::rust_name(&operation.extensions).is_some_and(|it| it.value == name);
    id || rust || operation.tags.first().is_some_and(|it| it.value == name)
}

/// Reports names in the run's selection that no tag and no operation has.
pub fn check(input: &Input<'_>) {
    let options = input.options;
    for name in &options.only {
        let is_known = |document| {
            let mut webhooks = webhook_site::of_document(input, document).into_iter();
            webhooks.any(|it| it.id == *name || is_called(it.site.operation, name))
                || sites(input, document).any(|it| is_called(it.operation, name))
        };
        if !(0..input.document_count()).any(is_known) {
            let message = format!("no tag, no operation and no webhook is called `{name}`");
            let documents = input.documents.documents();
            let place = documents.first().map_or_else(Default::default, |it| it.span);
            input.report(codes::UNKNOWN_SELECTION.at(place, message));
        }
    }
}

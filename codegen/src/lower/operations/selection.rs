//! Selects the operations that a run asks for.

use tablature_openapi::documents::Part;

use crate::codes;
use crate::lower::ask::input::Input;
use crate::lower::ask::operation_site::{Site, sites};
use crate::lower::ask::webhook_site;
use crate::lower::ask::webhook_site::Sent;

/// The operations of a document that the run asks for.
pub fn wanted<'d>(input: &Input<'d>, document: usize) -> impl Iterator<Item = Site<'d>> {
    let only = &input.options.only;
    sites(input, document).filter(move |site| only.is_empty() || is_called(*site, false, only))
}

/// The webhooks of a document that the run asks for.
pub fn webhooks<'d>(input: &Input<'d>, document: usize) -> Vec<Sent<'d>> {
    let only = &input.options.only;
    let mut all = webhook_site::of_document(input, document);
    all.retain(|sent| only.is_empty() || is_called(sent.site, true, only));
    all
}

/// Whether one of the names means an operation.
fn is_called(site: Site<'_>, is_webhook: bool, names: &[String]) -> bool {
    let part = Part::of_operation(site.method, site.path, site.operation, is_webhook);
    names.iter().any(|it| part.is_called(it))
}

/// Reports names in the run's selection that no tag and no operation has.
pub fn check(input: &Input<'_>) {
    let options = input.options;
    for name in &options.only {
        let is_known = |document| {
            let names = std::slice::from_ref(name);
            let mut webhooks = webhook_site::of_document(input, document).into_iter();
            webhooks.any(|it| is_called(it.site, true, names))
                || sites(input, document).any(|it| is_called(it, false, names))
        };
        if !(0..input.document_count()).any(is_known) {
            let message = format!("no tag, no operation and no webhook is called `{name}`");
            let documents = input.documents.documents();
            let place = documents.first().map_or_else(Default::default, |it| it.span);
            input.report(codes::UNKNOWN_SELECTION.at(place, message));
        }
    }
}

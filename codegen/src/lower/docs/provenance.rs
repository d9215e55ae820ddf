//! Writes where a thing is documented, with links to the pages.

use tablature_openapi::document::Extensions;
use tablature_openapi::extension;

use crate::lower::ask::input::Input;
use crate::markdown::code;

/// Where an item is documented, as a sentence with a link to each page; empty where it says nothing itself.
pub fn provenance(input: &Input<'_>, extensions: &Extensions) -> String {
    let mut pages: Vec<String> = Vec::new();
    for it in extension::documented_in(extensions) {
        let page = it.value.split_once('#').map_or(it.value.as_str(), |(page, _)| page);
        if !pages.iter().any(|it| it == page) {
            pages.push(page.to_owned());
        }
    }
    if pages.is_empty() {
        return stated_source(extensions);
    }
    let links: Vec<String> = pages
        .iter()
        .map(|page| match address(input, page) {
            Some(address) => format!("[{page}]({address})"),
            None => code(page),
        })
        .collect();
    format!("Documented in {}.", links.join(", "))
}

/// The web address of a page, which one of the documents has.
fn address(input: &Input<'_>, page: &str) -> Option<String> {
    let documents = input.documents.documents().iter();
    let mut pages = documents.flat_map(|it| extension::documented_pages(&it.extensions));
    pages.find(|(name, _)| name == page).map(|(_, address)| address.value)
}

/// What else a thing is from that no page documents. Members say nothing of pages: those of their model hold.
pub fn stated_source(extensions: &Extensions) -> String {
    extension::source(extensions)
        .map(|it| format!("Source: {}.", it.value))
        .unwrap_or_default()
}

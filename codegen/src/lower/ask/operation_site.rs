//! Finds the operations of a document, each with the place where it stands.

use tablature_openapi::Documents;
use tablature_openapi::document::{Operation, PathItem, RefOr};

use crate::lower::ask::input::Input;

/// An operation in its place.
#[derive(Clone, Copy)]
pub struct Site<'d> {
    /// The document.
    pub document: usize,
    /// The route template.
    pub path: &'d str,
    /// The path item.
    pub item: &'d PathItem,
    /// The method, upper case.
    pub method: &'d str,
    /// The operation.
    pub operation: &'d Operation,
}

/// The operations of a document.
pub fn sites<'d>(input: &Input<'d>, document: usize) -> impl Iterator<Item = Site<'d>> {
    let documents = input.documents;
    let paths = input.document(document).paths.iter();
    let items = paths.filter_map(move |(path, item)| Some((path, path_item(documents, item)?)));
    items.flat_map(move |(path, item)| {
        item.operations.iter().map(move |(method, operation)| Site {
            document,
            path: &path.value,
            item,
            method: &method.value,
            operation,
        })
    })
}

/// A path item, or what its reference leads to.
pub fn path_item<'d>(documents: &'d Documents, item: &'d RefOr<PathItem>) -> Option<&'d PathItem> {
    match item {
        RefOr::Item(item) => Some(item),
        RefOr::Ref(it) => documents
            .resolve_path_item(&it.target.span, &it.target.value)
            .map(|(_, it)| it),
    }
}

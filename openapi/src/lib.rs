//! OpenAPI documents with the place of every value.

pub mod document;
pub mod node;
pub mod span;

/// Placeholder until the sources are read.
#[derive(Clone, Debug, Default)]
pub struct Sources;

/// Placeholder until the documents are read.
#[derive(Clone, Debug, Default)]
pub struct Documents;

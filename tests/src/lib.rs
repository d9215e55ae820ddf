//! What the tests share: the workspace as files, manifests and syntax trees, and folders to run in.

pub mod emitted;
pub mod json;
pub mod manifest;
pub mod sandbox;
pub mod source;
pub mod workspace;

/// The Rust code in the documents, which so is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
#[doc = include_str!("../../docs/client.md")]
pub struct Documents;

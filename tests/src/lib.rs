//! What the tests share: the workspace as files, manifests and syntax trees, and folders to run in.

pub mod emitted;
pub mod json;
pub mod manifest;
pub mod sandbox;
pub mod source;
pub mod workspace;

/// The Rust code in the README, which so is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

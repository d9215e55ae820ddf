//! A small API, written by hand in the style of emitted code, for the tests to use.
#![allow(dead_code, missing_docs, clippy::enum_variant_names)]

pub use tablature_runtime as runtime;

pub mod call;
pub mod models;
pub mod services;

//! What is tried: every reader of the workspace, with what it promises.

mod documents;
mod pages;
mod runtime;

use std::hash::{DefaultHasher, Hash, Hasher as _};

/// A reader that takes any bytes.
pub(crate) struct Target {
    /// Its name.
    pub name: &'static str,
    /// The inputs that others are made of.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Whether most inputs are JSON.
    pub is_json: bool,
    /// Reads the input: what came of it, as a number that is another for another kind of outcome; or which promise
    /// is broken.
    pub run: fn(&[u8]) -> Result<u64, String>,
}

/// All targets.
pub(crate) const ALL: &[Target] = &[
    documents::JSON,
    documents::YAML,
    documents::LOAD,
    documents::GENERATE,
    documents::OVERLAY,
    pages::READ,
    runtime::VALUE,
    runtime::MODELS,
    runtime::ANSWER,
    runtime::LINES,
    runtime::EVENTS,
    runtime::RECORDS,
    runtime::WEBHOOK,
    runtime::HEADERS,
    runtime::SERVER,
    runtime::PATCHES,
    runtime::KUBECONFIG,
    runtime::BASE64,
];

/// The target of that name.
pub(crate) fn named(name: &str) -> Option<&'static Target> {
    ALL.iter().find(|it| it.name == name)
}

/// A number for an outcome.
fn outcome(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

//! What a run asks of the generator.

/// Diagnostics that a run may allow, each with what is emitted then: nothing of a construct that clients can do
/// without, or any JSON where the document does not say enough.
pub const ALLOWABLE: &[&str] = &[
    "all-of-conflict",
    "mapping-target",
    "schema-false",
    "undefined-style",
    "unsupported-callbacks",
    "unsupported-encoding",
    "unsupported-keyword",
    "unsupported-servers",
    "unsupported-webhook-body",
    "value-type",
];

/// What a run asks for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Codes of [`ALLOWABLE`] diagnostics that are warnings in this run: what they are about is emitted in a
    /// weaker form, which the warning tells of.
    pub allow_unsupported: Vec<String>,
    /// Tags and operations, by name, that alone are emitted with what they need; all where there is none.
    pub only: Vec<String>,
    /// Whether each tag has a cargo feature of its own.
    pub tag_features: bool,
}

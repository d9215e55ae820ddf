//! What a run asks of the generator.

/// What a run asks for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Codes of [allowable](crate::codes::allowable) diagnostics that are warnings in this run: what they are about
    /// is emitted in a weaker form, which the warning tells of.
    pub allow_unsupported: Vec<String>,
    /// Packages that documents may name in `x-rust-crates`, so that what is emitted depends on them. Those of curated
    /// documents, of overlays and of the workspace around are taken anyway.
    pub allow_crates: Vec<String>,
    /// Tags and operations, by name, that alone are emitted with what they need; all where there is none.
    pub only: Vec<String>,
    /// Whether each tag has a cargo feature of its own.
    pub tag_features: bool,
    /// Whether the features of all APIs are defaults. That of an only one is.
    pub default_features: bool,
    /// Whether drafts are emitted, too, to be tried.
    pub drafts: bool,
}

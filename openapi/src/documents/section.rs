//! The component maps.

use std::fmt;

use crate::document::Components;

/// A map of the Components Object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// `schemas`.
    Schemas,
    /// `responses`.
    Responses,
    /// `parameters`.
    Parameters,
    /// `examples`.
    Examples,
    /// `requestBodies`.
    RequestBodies,
    /// `headers`.
    Headers,
    /// `securitySchemes`.
    SecuritySchemes,
    /// `callbacks`.
    Callbacks,
    /// `pathItems`.
    PathItems,
}

impl Section {
    /// All sections that can be referred to.
    pub const ALL: [Self; 9] = [
        Self::Schemas,
        Self::Responses,
        Self::Parameters,
        Self::Examples,
        Self::RequestBodies,
        Self::Headers,
        Self::SecuritySchemes,
        Self::Callbacks,
        Self::PathItems,
    ];

    /// The key in the Components Object.
    pub fn key(self) -> &'static str {
        match self {
            Self::Schemas => "schemas",
            Self::Responses => "responses",
            Self::Parameters => "parameters",
            Self::Examples => "examples",
            Self::RequestBodies => "requestBodies",
            Self::Headers => "headers",
            Self::SecuritySchemes => "securitySchemes",
            Self::Callbacks => "callbacks",
            Self::PathItems => "pathItems",
        }
    }

    /// The section with this key in the Components Object.
    pub(super) fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }

    /// What stands in the section, with its article.
    pub(super) fn thing(self) -> &'static str {
        match self {
            Self::Schemas => "a schema",
            Self::Responses => "a response",
            Self::Parameters => "a parameter",
            Self::Examples => "an example",
            Self::RequestBodies => "a request body",
            Self::Headers => "a header",
            Self::SecuritySchemes => "a security scheme",
            Self::Callbacks => "a callback",
            Self::PathItems => "a path item",
        }
    }

    /// The names that a document has in this section.
    pub(super) fn names(self, components: &Components) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            Self::Schemas => Box::new(components.schemas.keys().map(String::as_str)),
            Self::Responses => Box::new(components.responses.keys().map(String::as_str)),
            Self::Parameters => Box::new(components.parameters.keys().map(String::as_str)),
            Self::Examples => Box::new(components.examples.keys().map(String::as_str)),
            Self::RequestBodies => Box::new(components.request_bodies.keys().map(String::as_str)),
            Self::Headers => Box::new(components.headers.keys().map(String::as_str)),
            Self::SecuritySchemes => Box::new(components.security_schemes.keys().map(String::as_str)),
            Self::Callbacks => Box::new(components.callbacks.keys().map(String::as_str)),
            Self::PathItems => Box::new(components.path_items.keys().map(String::as_str)),
        }
    }

    /// Whether a document has the name in this section.
    pub(super) fn contains(self, components: &Components, name: &str) -> bool {
        match self {
            Self::Schemas => components.schemas.contains_key(name),
            Self::Responses => components.responses.contains_key(name),
            Self::Parameters => components.parameters.contains_key(name),
            Self::Examples => components.examples.contains_key(name),
            Self::RequestBodies => components.request_bodies.contains_key(name),
            Self::Headers => components.headers.contains_key(name),
            Self::SecuritySchemes => components.security_schemes.contains_key(name),
            Self::Callbacks => components.callbacks.contains_key(name),
            Self::PathItems => components.path_items.contains_key(name),
        }
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "components/{}", self.key())
    }
}

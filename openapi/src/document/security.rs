//! The Security Scheme Object as it was written.

use super::{Extensions, ParameterLocation};
use crate::span::{Span, Spanned};

/// The Security Scheme Object.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// The whole object.
    pub span: Span,
    /// `type` with what belongs to it.
    pub kind: SecuritySchemeKind,
    /// `description`.
    pub description: Option<Spanned<String>>,
    /// `deprecated` (3.2).
    pub deprecated: bool,
    /// Keys that begin with `x-`.
    pub extensions: Extensions,
}

/// The kinds of security scheme.
#[derive(Clone, Debug)]
pub enum SecuritySchemeKind {
    /// `apiKey`: `name` and `in` (header, query or cookie).
    ApiKey {
        /// `name`.
        name: Spanned<String>,
        /// `in`.
        location: Spanned<ParameterLocation>,
    },
    /// `http` with its `scheme`, lower case.
    Http {
        /// `scheme`.
        scheme: Spanned<String>,
    },
    /// `oauth2`, of whose flows only the token URL is read.
    OAuth2 {
        /// `tokenUrl` of the flow `clientCredentials`, else of another.
        token_url: Option<Spanned<String>>,
    },
    /// `openIdConnect`.
    OpenIdConnect {
        /// `openIdConnectUrl`.
        url: Spanned<String>,
    },
    /// `mutualTLS`.
    MutualTls,
}

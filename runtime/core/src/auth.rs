//! Credentials, and how they get onto a request.

mod apply;
mod authenticate;
mod credential;
mod scheme;

pub use apply::{AuthError, apply, check_encrypted};
pub use authenticate::{AuthContext, Authenticate};
pub use credential::Credential;

/// A documented way to show a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecurityScheme {
    /// A token in a parameter of its own.
    ApiKey {
        /// The name of the scheme.
        name: &'static str,
        /// Where the parameter is.
        location: Location,
        /// The name of the parameter.
        parameter: &'static str,
    },
    /// The header `Authorization`.
    Http {
        /// The name of the scheme.
        name: &'static str,
        /// The scheme of the header: `basic`, `bearer` or another.
        scheme: &'static str,
    },
    /// A bearer token from OAuth 2.
    OAuth2 {
        /// The name of the scheme.
        name: &'static str,
        /// Where the server issues tokens, as documented.
        token_url: Option<&'static str>,
        /// What the token must allow.
        scopes: &'static [&'static str],
    },
    /// A bearer token from OpenID Connect.
    OpenIdConnect {
        /// The name of the scheme.
        name: &'static str,
        /// What the token must allow.
        scopes: &'static [&'static str],
    },
    /// A client certificate, which belongs to the connection.
    MutualTls {
        /// The name of the scheme.
        name: &'static str,
    },
}

/// Where a parameter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// A header.
    Header,
    /// The query.
    Query,
    /// A cookie.
    Cookie,
}

//! Servers and security schemes as they will be emitted.

use serde::Serialize;

use crate::names::Ident;

/// Where operations are served that are not served where their API is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OwnServers {
    /// The constant.
    pub name: Ident,
    /// The servers.
    pub servers: Vec<Server>,
}

/// Where an API is served.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Server {
    /// The URL with its variables.
    pub url: String,
    /// What it is.
    pub description: String,
    /// The variables, in the order of the document.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server's URL.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ServerVariable {
    /// Its name.
    pub name: String,
    /// Its default.
    pub default: String,
    /// The values it may have; any where there are none.
    pub values: Vec<String>,
    /// What it is.
    pub description: String,
}

/// A documented way to say who asks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum SecurityScheme {
    /// A key in a header, the query or a cookie.
    ApiKey {
        /// The scheme's name.
        name: String,
        /// Where the key stands.
        location: KeyLocation,
        /// The parameter.
        parameter: String,
    },
    /// An HTTP authentication scheme.
    Http {
        /// The scheme's name.
        name: String,
        /// `bearer`, `basic`...
        scheme: String,
    },
    /// OAuth 2: a bearer token with scopes.
    OAuth2 {
        /// The scheme's name.
        name: String,
        /// Where tokens are issued.
        token_url: Option<String>,
        /// The scopes.
        scopes: Vec<String>,
    },
    /// OpenID Connect: a bearer token with scopes.
    OpenIdConnect {
        /// The scheme's name.
        name: String,
        /// The scopes.
        scopes: Vec<String>,
    },
    /// A client certificate.
    MutualTls {
        /// The scheme's name.
        name: String,
    },
}

/// Where an API key stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum KeyLocation {
    /// In a header.
    Header,
    /// In the query.
    Query,
    /// In a cookie.
    Cookie,
}

//! A secret, and how it is shown.

use std::fmt;

use secrecy::SecretString;

/// A credential. Its secret is never printed, and is overwritten when it is dropped.
#[derive(Clone)]
pub struct Credential {
    pub(super) kind: Kind,
    pub(super) plain_http: bool,
}

#[derive(Clone)]
pub(super) enum Kind {
    Bearer(SecretString),
    Basic { user: String, password: SecretString },
    Header { name: String, value: SecretString },
    Token(SecretString),
    Schemes(Vec<(String, Credential)>),
}

impl Credential {
    /// A token for the header `Authorization: Bearer`.
    pub fn bearer(token: impl Into<SecretString>) -> Self {
        Self::new(Kind::Bearer(token.into()))
    }

    /// A user and a password for the header `Authorization: Basic`.
    pub fn basic(user: impl Into<String>, password: impl Into<SecretString>) -> Self {
        Self::new(Kind::Basic {
            user: user.into(),
            password: password.into(),
        })
    }

    /// The value of a header of your choice.
    pub fn header(name: impl Into<String>, value: impl Into<SecretString>) -> Self {
        Self::new(Kind::Header {
            name: name.into(),
            value: value.into(),
        })
    }

    /// A token that goes where the operation's first documented scheme for a token says: a header,
    /// a query parameter, a cookie, or `Authorization: Bearer`, as it also does where none is
    /// documented. It is refused where every documented scheme takes something else, or needs another beside it.
    pub fn token(token: impl Into<SecretString>) -> Self {
        Self::new(Kind::Token(token.into()))
    }

    /// A credential for each scheme, by the names that the API's description gives them. The first documented alternative
    /// is sent whose schemes all have one; what the connection shows, such as a client certificate, needs none.
    ///
    /// ```
    /// use tablature_runtime::Credential;
    ///
    /// let both = Credential::for_schemes([
    ///     ("apiKey", Credential::token("key")),
    ///     ("appId", Credential::token("id")),
    /// ]);
    /// ```
    pub fn for_schemes<N: Into<String>>(credentials: impl IntoIterator<Item = (N, Self)>) -> Self {
        let named = credentials.into_iter().map(|(name, it)| (name.into(), it));
        Self::new(Kind::Schemes(named.collect()))
    }

    /// Allows the credential to be sent without encryption to any host, not only to loopback.
    #[must_use]
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    fn new(kind: Kind) -> Self {
        Self {
            kind,
            plain_http: false,
        }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Bearer(_) => f.write_str("Credential::bearer(<redacted>)"),
            Kind::Basic { .. } => f.write_str("Credential::basic(<redacted>)"),
            Kind::Header { name, .. } => write!(f, "Credential::header({name:?}, <redacted>)"),
            Kind::Token(_) => f.write_str("Credential::token(<redacted>)"),
            Kind::Schemes(named) => f
                .debug_map()
                .entries(named.iter().map(|(name, it)| (name, it)))
                .finish(),
        }
    }
}

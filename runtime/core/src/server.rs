//! Where requests go.

use std::fmt;
use std::str::FromStr;

use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};

/// The address of a server: `http` or `https`, a host, a port if it is not the usual one, and a
/// prefix of all paths if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    scheme: Scheme,
    authority: Authority,
    prefix: String,
}

impl Server {
    /// The server at `url`, such as `https://host:6443/prefix`.
    ///
    /// # Errors
    /// If `url` is not an `http` or `https` URL with a host, or has a user, a query or a fragment.
    pub fn new(url: &str) -> Result<Self, ServerError> {
        // `Uri` drops a fragment without a word.
        if url.contains('#') {
            return Err(ServerError::new("it has a fragment"));
        }
        if url.contains('?') {
            return Err(ServerError::new("it has a query"));
        }
        let uri = Uri::from_str(url).map_err(|error| ServerError::new(&error))?;
        let parts = uri.into_parts();
        let scheme = match parts.scheme {
            Some(scheme) if scheme == Scheme::HTTP || scheme == Scheme::HTTPS => scheme,
            Some(_) => return Err(ServerError::new("its scheme is neither http nor https")),
            None => return Err(ServerError::new("it has no scheme, http:// or https://")),
        };
        let authority = parts.authority.ok_or_else(|| ServerError::new("it has no host"))?;
        check_authority(&authority)?;
        let path = parts.path_and_query.as_ref().map_or("", PathAndQuery::path);
        let prefix = path.trim_end_matches('/');
        if !prefix.is_ascii() || prefix.split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(ServerError::new("its path has a segment `.` or `..`, or is not ASCII"));
        }
        Ok(Self {
            scheme,
            authority,
            prefix: prefix.to_owned(),
        })
    }

    /// Whether the connection is encrypted.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.scheme == Scheme::HTTPS
    }

    /// The host: a name or an address, an IPv6 address in brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        self.authority.host()
    }

    /// The port, also where it is the usual one of the scheme.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.authority
            .port_u16()
            .unwrap_or(if self.is_https() { 443 } else { 80 })
    }

    /// What all paths begin with: empty, or with a `/` first and none last.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The URL of a path and query on this server. Nothing is put before the path: see
    /// [`prefix`](Self::prefix).
    ///
    /// # Errors
    /// If the whole is not a URL.
    pub fn uri(&self, target: PathAndQuery) -> Result<Uri, http::uri::InvalidUriParts> {
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(target);
        Uri::from_parts(parts)
    }
}

fn check_authority(authority: &Authority) -> Result<(), ServerError> {
    let text = authority.as_str();
    if text.contains('@') {
        return Err(ServerError::new("it has a user"));
    }
    let host = authority.host();
    let odd = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']' | '~'));
    if host.is_empty() || host == "[]" || host.contains(odd) {
        return Err(ServerError::new("it has no valid host"));
    }
    match text.strip_prefix(host) {
        Some("") => Ok(()),
        Some(_) if authority.port_u16().is_some_and(|port| port > 0) => Ok(()),
        _ => Err(ServerError::new("it has no valid port")),
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.authority, self.prefix)
    }
}

impl FromStr for Server {
    type Err = ServerError;

    fn from_str(url: &str) -> Result<Self, ServerError> {
        Self::new(url)
    }
}

/// Why a URL is not a server's. The URL is not told, since it may hold a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerError(String);

impl ServerError {
    fn new(reason: &(impl fmt::Display + ?Sized)) -> Self {
        Self(reason.to_string())
    }
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the URL cannot be a server's: {}", self.0)
    }
}

impl std::error::Error for ServerError {}

/// A documented server, whose URL may have variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerTemplate {
    /// The URL, with `{name}` in each place where a variable goes.
    pub url: &'static str,
    /// What the server is.
    pub description: &'static str,
    /// The variables.
    pub variables: &'static [ServerVariable],
}

/// A variable of a server's URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// The name.
    pub name: &'static str,
    /// The value unless another is given.
    pub default: &'static str,
    /// The allowed values; empty if any is.
    pub values: &'static [&'static str],
    /// What it means.
    pub description: &'static str,
}

impl ServerTemplate {
    /// The server with the defaults of all variables.
    ///
    /// # Errors
    /// If the documented URL is not one of a server, such as a relative one: see [`at`](Self::at).
    pub fn server(&self) -> Result<Server, ServerError> {
        self.with(&[])
    }

    /// The server with these variables and the defaults of the others.
    ///
    /// # Errors
    /// If there is no such variable, if the value is not an allowed one, or if it has other
    /// characters than letters, digits, `-`, `.`, `_` and `~`, which could make it another host.
    pub fn with(&self, values: &[(&str, &str)]) -> Result<Server, ServerError> {
        Server::new(&self.url_with(values)?)
    }

    /// The server that a relative URL, such as `/api/v3`, leads to from `base`, with these variables. The base is the
    /// address that the API's description was had from; an absolute URL needs none.
    ///
    /// # Errors
    /// See [`with`](Self::with).
    pub fn at(&self, base: &Server, values: &[(&str, &str)]) -> Result<Server, ServerError> {
        let url = self.url_with(values)?;
        let (scheme, authority) = (&base.scheme, &base.authority);
        if url.contains("://") {
            Server::new(&url)
        } else if url.starts_with("//") {
            Server::new(&format!("{scheme}:{url}"))
        } else if url.starts_with('/') {
            Server::new(&format!("{scheme}://{authority}{url}"))
        } else {
            // What stands behind the last `/` of the base is the description's own name.
            let folder = base.prefix.rsplit_once('/').map_or("", |(folder, _)| folder);
            let url = url.trim_start_matches("./");
            Server::new(&format!("{scheme}://{authority}{folder}/{url}"))
        }
    }

    fn url_with(&self, values: &[(&str, &str)]) -> Result<String, ServerError> {
        for (name, value) in values {
            self.check(name, value)?;
        }
        let mut url = String::with_capacity(self.url.len());
        let mut rest = self.url;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                break;
            };
            url.push_str(before);
            let given = values
                .iter()
                .rev()
                .find(|(other, _)| *other == name)
                .map(|(_, value)| *value);
            let value = given.or_else(|| self.variable(name).map(|variable| variable.default));
            url.push_str(value.ok_or_else(|| ServerError::new(&format_args!("variable `{name}` has no value")))?);
            rest = after;
        }
        url.push_str(rest);
        Ok(url)
    }

    fn variable(&self, name: &str) -> Option<&'static ServerVariable> {
        self.variables.iter().find(|variable| variable.name == name)
    }

    fn check(&self, name: &str, value: &str) -> Result<(), ServerError> {
        let Some(variable) = self.variable(name) else {
            return Err(ServerError::new(&format_args!("there is no variable `{name}`")));
        };
        if value == variable.default || variable.values.contains(&value) {
            return Ok(());
        }
        if !variable.values.is_empty() {
            let values = variable.values.join(", ");
            return Err(ServerError::new(&format_args!(
                "variable `{name}` must be one of {values}"
            )));
        }
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        if value.is_empty() || !value.bytes().all(plain) {
            return Err(ServerError::new(&format_args!(
                "variable `{name}` is empty or has characters other than letters, digits, `-`, `.`, `_` and `~`"
            )));
        }
        Ok(())
    }
}

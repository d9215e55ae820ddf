//! The proxy that connections go through.

#[cfg(any(feature = "reqwest", feature = "ureq"))]
pub(crate) mod route;

use std::fmt;
use std::sync::Arc;

use http::Uri;
use secrecy::SecretString;

/// The proxy that connections go through.
///
/// It sees only encrypted connections, unless [plain HTTP is allowed](crate::ClientBuilder::allow_plain_http), since it
/// could read the credentials of others.
///
/// ```
/// use tablature_client::transport::Proxy;
///
/// let proxy = Proxy::new("http://user:password@proxy.example.com:3128")?;
/// assert_eq!(proxy.to_string(), "http://proxy.example.com:3128");
/// # Ok::<(), tablature_client::transport::ProxyError>(())
/// ```
#[derive(Clone)]
pub struct Proxy {
    /// The URL as the adapters take it.
    url: SecretString,
    /// The URL without user and password.
    shown: Arc<str>,
}

impl Proxy {
    /// The proxy at `url`: an HTTP proxy where it begins with `http://` or `https://`, and SOCKS 5, which finds the
    /// address of the server itself, where it begins with `socks5://`. It may have a user and a password.
    ///
    /// # Errors
    /// If it is another URL.
    pub fn new(url: &str) -> Result<Self, ProxyError> {
        let uri: Uri = url.parse().map_err(|_| ProxyError::Url)?;
        let authority = uri.authority().ok_or(ProxyError::Url)?;
        if authority.host().is_empty() {
            return Err(ProxyError::Url);
        }
        let scheme = uri.scheme_str().unwrap_or_default();
        // To the adapters, `socks5` is a proxy that is given addresses and not names.
        let taken = match scheme {
            "http" | "https" => scheme,
            "socks5" | "socks5h" => "socks5h",
            _ => return Err(ProxyError::Scheme),
        };
        let address = authority.as_str().rsplit('@').next().unwrap_or_default();
        Ok(Self {
            url: SecretString::from(format!("{taken}://{authority}")),
            shown: format!("{scheme}://{address}").into(),
        })
    }

    /// The URL with user and password, for a transport of your own. Its scheme is `socks5h` for SOCKS 5.
    #[must_use]
    pub fn url(&self) -> &SecretString {
        &self.url
    }

    /// The proxy that the environment names for encrypted connections. The error is the name of a variable that names
    /// none.
    #[cfg(any(feature = "reqwest", feature = "ureq"))]
    pub(crate) fn of_environment() -> Result<Option<Self>, &'static str> {
        for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
            if let Some(url) = std::env::var(name).ok().filter(|url| !url.is_empty()) {
                let url = if url.contains("://") {
                    url
                } else {
                    format!("http://{url}")
                };
                return Self::new(&url).map(Some).map_err(|_| name);
            }
        }
        Ok(None)
    }
}

impl fmt::Display for Proxy {
    /// Without user and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for Proxy {
    /// Without user and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({:?})", self.shown)
    }
}

/// Why a URL names no proxy. The URL is not told, since it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProxyError {
    /// It is no URL with a host.
    Url,
    /// Its scheme is none of `http`, `https` and `socks5`.
    Scheme,
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Url => "it is not the URL of a proxy",
            Self::Scheme => "the scheme of a proxy is one of http, https and socks5",
        })
    }
}

impl std::error::Error for ProxyError {}

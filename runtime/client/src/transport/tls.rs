//! Whom to trust, and who we are, at the connection.

#[cfg(any(feature = "reqwest", feature = "ureq"))]
mod pem;
#[cfg(any(feature = "reqwest", feature = "ureq"))]
pub(crate) mod renewed;
#[cfg(any(feature = "reqwest", feature = "ureq"))]
pub(crate) mod server_name;
#[cfg(feature = "reqwest")]
pub(crate) mod unverified;

use std::fmt;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretSlice};

/// Whom to trust, and who we are, at the connection.
///
/// Unless told otherwise, the certificates that the operating system trusts are trusted.
#[derive(Clone, Default)]
pub struct Tls {
    ca: Option<Vec<u8>>,
    ca_file: Option<PathBuf>,
    identity: Option<Arc<Identity>>,
    identity_files: Option<(PathBuf, PathBuf)>,
    server_name: Option<ServerName>,
    unverified: bool,
}

/// A client certificate.
pub(crate) struct Identity {
    certificates: Vec<u8>,
    key: SecretSlice<u8>,
}

/// The name in the certificate of a host that has another.
#[derive(Clone, Debug)]
#[cfg_attr(
    not(any(feature = "reqwest", feature = "ureq")),
    expect(dead_code, reason = "only adapters ask")
)]
pub(crate) struct ServerName {
    pub(crate) host: String,
    pub(crate) name: String,
}

impl Tls {
    /// The certificates of the operating system, and no client certificate.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Trusts these certificates of authorities, in PEM, and no others.
    #[must_use]
    pub fn ca_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.ca = Some(pem.into());
        self.ca_file = None;
        self
    }

    /// Trusts the certificates of authorities in this file, in PEM, and no others. New connections follow the file when
    /// it changes.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn ca_file(mut self, path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        self.ca = Some(fs::read(&path)?);
        self.ca_file = Some(path);
        Ok(self)
    }

    /// Shows a client certificate, in PEM with those that vouch for it, and its private key, in PEM.
    /// The key is overwritten when it is no longer needed.
    #[must_use]
    pub fn client_pem(mut self, certificates: impl Into<Vec<u8>>, key: impl Into<Vec<u8>>) -> Self {
        self.identity = Some(Arc::new(Identity::new(certificates.into(), key.into())));
        self.identity_files = None;
        self
    }

    /// Shows the client certificate in these files, in PEM. New connections follow the files when they change.
    ///
    /// # Errors
    /// If one cannot be read.
    pub fn client_files(mut self, certificates: impl Into<PathBuf>, key: impl Into<PathBuf>) -> io::Result<Self> {
        let (certificates, key) = (certificates.into(), key.into());
        self.identity = Some(Arc::new(Identity::new(fs::read(&certificates)?, fs::read(&key)?)));
        self.identity_files = Some((certificates, key));
        Ok(self)
    }

    /// Asks `host` for the certificate of `name`, a name of DNS, and trusts no other of it.
    #[must_use]
    pub fn server_name(mut self, host: impl Into<String>, name: impl Into<String>) -> Self {
        self.server_name = Some(ServerName {
            host: host.into(),
            name: name.into(),
        });
        self
    }

    /// Takes whatever certificate a server shows, so that **anybody on the way can read and change all that is sent**.
    /// With the feature `tracing`, a client that is built so warns of it.
    #[must_use]
    pub fn dangerously_skip_verification(mut self) -> Self {
        self.unverified = true;
        self
    }

    /// Whether the certificates of servers are verified.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        !self.unverified
    }

    /// The certificates of authorities to trust, in PEM; none if they are those of the operating
    /// system.
    #[must_use]
    pub fn ca(&self) -> Option<&[u8]> {
        self.ca.as_deref()
    }

    /// The client certificate and its private key, in PEM.
    #[must_use]
    pub fn client(&self) -> Option<(&[u8], &[u8])> {
        let identity = self.identity.as_ref()?;
        Some((&identity.certificates, identity.key.expose_secret()))
    }
}

impl Identity {
    pub(crate) fn new(certificates: Vec<u8>, key: Vec<u8>) -> Self {
        Self {
            certificates,
            key: SecretSlice::from(key),
        }
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls")
            .field("ca", &self.ca.as_ref().map(|_| "private"))
            .field("client", &self.identity.as_ref().map(|_| "<redacted>"))
            .field("server_name", &self.server_name)
            .field("is_verified", &self.is_verified())
            .finish()
    }
}

/// Certificates or a key that cannot be used. The key is not told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsError(String);

impl TlsError {
    #[cfg(any(feature = "reqwest", feature = "ureq"))]
    pub(crate) fn new(problem: impl fmt::Display) -> Self {
        Self(problem.to_string())
    }

    #[cfg(any(feature = "reqwest", feature = "ureq"))]
    pub(crate) fn environment_proxy(variable: &str) -> Self {
        Self::new(format_args!(
            "the environment variable `{variable}` is not the URL of a proxy"
        ))
    }

    #[cfg(any(feature = "reqwest", feature = "ureq"))]
    pub(crate) fn server_name_and_proxy() -> Self {
        Self::new("a server whose certificate has another name is not reached through a proxy")
    }
}

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TLS cannot be set up: {}", self.0)
    }
}

impl std::error::Error for TlsError {}

//! Whom to trust, and who we are, at the connection.

#[cfg(any(feature = "reqwest", feature = "ureq"))]
mod pem;

use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretSlice};

/// Whom to trust, and who we are, at the connection.
///
/// Unless told otherwise, the certificates that the operating system trusts are trusted.
#[derive(Clone, Default)]
pub struct Tls {
    ca: Option<Vec<u8>>,
    identity: Option<Arc<Identity>>,
}

struct Identity {
    certificates: Vec<u8>,
    key: SecretSlice<u8>,
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
        self
    }

    /// Shows a client certificate, in PEM with those that vouch for it, and its private key, in PEM.
    /// The key is overwritten when it is no longer needed.
    #[must_use]
    pub fn client_pem(mut self, certificates: impl Into<Vec<u8>>, key: impl Into<Vec<u8>>) -> Self {
        self.identity = Some(Arc::new(Identity {
            certificates: certificates.into(),
            key: SecretSlice::from(key.into()),
        }));
        self
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

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls")
            .field("ca", &self.ca.as_ref().map(|_| "private"))
            .field("client", &self.identity.as_ref().map(|_| "<redacted>"))
            .finish()
    }
}

/// Certificates or a key that can't be used. The key isn't told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsError(String);

impl TlsError {
    #[cfg(any(feature = "reqwest", feature = "ureq"))]
    pub(crate) fn new(problem: impl fmt::Display) -> Self {
        Self(problem.to_string())
    }
}

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TLS can't be set up: {}", self.0)
    }
}

impl std::error::Error for TlsError {}

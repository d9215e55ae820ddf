//! A client certificate as a credential that can be renewed.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use tablature_runtime::Credential;
use tablature_runtime::auth::{AuthContext, AuthError, Authenticate};

use crate::transport::Identity;

/// A client certificate that is shown in place of that of [`Tls`](crate::transport::Tls): connections are made anew for
/// it, so that a [source](super::CredentialSource) can renew it. A transport of your own does not see it; a
/// `reqwest::Client` of your own cannot show it, which is an error.
#[derive(Clone)]
pub struct ClientCertificate {
    identity: Arc<Identity>,
    beside: Option<Credential>,
}

impl ClientCertificate {
    /// A certificate, in PEM with those that vouch for it, and its private key, in PEM. The key is overwritten when it
    /// is no longer needed.
    pub fn from_pem(certificates: impl Into<Vec<u8>>, key: impl Into<Vec<u8>>) -> Self {
        Self {
            identity: Arc::new(Identity::new(certificates.into(), key.into())),
            beside: None,
        }
    }

    /// Sends a credential over the connection, too.
    #[must_use]
    pub fn with(mut self, credential: Credential) -> Self {
        self.beside = Some(credential);
        self
    }
}

impl Authenticate for ClientCertificate {
    fn authenticate(&self, request: &mut Request<Bytes>, context: &AuthContext<'_>) -> Result<(), AuthError> {
        request.extensions_mut().insert(Arc::clone(&self.identity));
        match &self.beside {
            Some(credential) => credential.authenticate(request, context),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for ClientCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientCertificate(<redacted>)")
    }
}

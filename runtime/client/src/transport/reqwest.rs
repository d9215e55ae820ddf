//! The adapter for `reqwest`.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::redirect::Policy;
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;

use super::error::kind_of;
use super::{Tls, TlsError, Transport, TransportError, TransportErrorKind};

/// The adapter for `reqwest`: HTTP/1.1 and HTTP/2, with rustls. It needs a runtime of tokio.
#[derive(Clone, Debug)]
pub struct Reqwest(reqwest::Client);

impl Reqwest {
    /// The adapter for a client of your own. That should follow no redirects
    /// (`redirect::Policy::none()`), since it would do so with the credential.
    #[must_use]
    pub fn new(client: reqwest::Client) -> Self {
        Self(client)
    }

    /// A client that gives up on a connection after `connect_timeout`. Without `https` it needs no
    /// certificates.
    ///
    /// # Errors
    /// If the certificates or the key can't be used.
    pub fn with(tls: &Tls, https: bool, connect_timeout: Duration) -> Result<Self, TlsError> {
        let config = config(tls, https)?;
        reqwest::Client::builder()
            .redirect(Policy::none())
            .connect_timeout(connect_timeout)
            .tls_backend_preconfigured(config)
            .build()
            .map(Self)
            .map_err(TlsError::new)
    }
}

fn config(tls: &Tls, https: bool) -> Result<ClientConfig, TlsError> {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(TlsError::new)?;
    let builder = match tls.authorities()? {
        Some(authorities) => {
            let mut roots = RootCertStore::empty();
            for certificate in authorities {
                roots.add(certificate).map_err(TlsError::new)?;
            }
            builder.with_root_certificates(roots)
        }
        // To read those of the operating system takes its time.
        None if !https => builder.with_root_certificates(RootCertStore::empty()),
        None => builder.with_platform_verifier().map_err(TlsError::new)?,
    };
    let mut config = match tls.shown()? {
        Some((certificates, key)) => builder
            .with_client_auth_cert(certificates, key)
            .map_err(TlsError::new)?,
        None => builder.with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

impl Transport for Reqwest {
    type Body = reqwest::Body;

    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Self::Body>, TransportError> {
        let request = reqwest::Request::try_from(request)?;
        Ok(self.0.execute(request).await?.into())
    }
}

impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        // The URL may have a credential in its query.
        let error = error.without_url();
        Self::new(kind(&error), error)
    }
}

fn kind(error: &reqwest::Error) -> TransportErrorKind {
    if error.is_connect() {
        return match kind_of(error) {
            _ if error.is_timeout() => TransportErrorKind::ConnectTimeout,
            Some(TransportErrorKind::Tls) => TransportErrorKind::Tls,
            _ => TransportErrorKind::Connect,
        };
    }
    if error.is_timeout() {
        return TransportErrorKind::Timeout;
    }
    let known = kind_of(error);
    match hyper_error(error) {
        Some(error) if error.is_parse() => TransportErrorKind::Protocol,
        Some(error) if error.is_user() => TransportErrorKind::Other,
        // What is left is the connection, or a stream of HTTP/2 that was given up with it.
        Some(_) => known.unwrap_or(TransportErrorKind::Closed),
        None => known.unwrap_or(TransportErrorKind::Other),
    }
}

fn hyper_error(error: &reqwest::Error) -> Option<&hyper::Error> {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref() {
            return Some(error);
        }
        cause = error.source();
    }
    None
}

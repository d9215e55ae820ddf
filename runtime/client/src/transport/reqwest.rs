//! The adapter for `reqwest`.

mod pools;

use std::env;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::redirect::Policy;
use reqwest::{NoProxy, Proxy};
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;

use self::pools::{Counted, Pools};
use super::error::kind_of;
use super::{Tls, TlsError, Transport, TransportError, TransportErrorKind};

/// How often a connection of HTTP/2 is asked whether its server is still there.
const PING: Duration = Duration::from_secs(30);
/// How long the server may take to say so.
const PONG: Duration = Duration::from_secs(20);

/// The adapter for `reqwest`: HTTP/1.1 and HTTP/2, with rustls. It needs a runtime of tokio.
///
/// A connection of HTTP/2 whose server falls silent is given up within a minute. Where more requests are under way than
/// servers usually take over one connection of HTTP/2, further connections are made.
#[derive(Clone, Debug)]
pub struct Reqwest(Pools);

impl Reqwest {
    /// The adapter for a client of your own. That should follow no redirects
    /// (`redirect::Policy::none()`), since it would do so with the credential.
    #[must_use]
    pub fn new(client: reqwest::Client) -> Self {
        Self(Pools::one(client))
    }

    /// A client that gives up on a connection after `connect_timeout`. Without `https` it needs no
    /// certificates.
    ///
    /// # Errors
    /// If the certificates or the key can't be used, or the environment names a proxy that is none.
    pub fn with(tls: &Tls, https: bool, connect_timeout: Duration) -> Result<Self, TlsError> {
        let config = config(tls, https)?;
        let proxy = environment_proxy().map_err(|name| {
            TlsError::new(format_args!(
                "the environment variable `{name}` is not the URL of a proxy"
            ))
        })?;
        let make = move || {
            let builder = reqwest::Client::builder().no_proxy();
            let builder = match &proxy {
                Some(proxy) => builder.proxy(proxy.clone()),
                None => builder,
            };
            builder
                .redirect(Policy::none())
                .connect_timeout(connect_timeout)
                .http2_keep_alive_interval(PING)
                .http2_keep_alive_timeout(PONG)
                .tls_backend_preconfigured(config.clone())
                .build()
        };
        let first = make().map_err(TlsError::new)?;
        Ok(Self(Pools::new(first, make)))
    }
}

/// The proxy that the environment names for encrypted connections. What goes over plain HTTP goes to no proxy, since its
/// credential could be read there. The error is the name of a variable that names none.
pub(crate) fn environment_proxy() -> Result<Option<Proxy>, &'static str> {
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        if let Some(url) = env::var(name).ok().filter(|url| !url.is_empty()) {
            let proxy = Proxy::https(url).map_err(|_| name)?;
            return Ok(Some(proxy.no_proxy(NoProxy::from_env())));
        }
    }
    Ok(None)
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
    type Body = Counted;

    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Self::Body>, TransportError> {
        let request = reqwest::Request::try_from(request)?;
        let pool = self.0.pool();
        let answer: http::Response<reqwest::Body> = pool.client.execute(request).await?.into();
        Ok(answer.map(|body| Counted::new(body, pool)))
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
    kind_of(error).unwrap_or(TransportErrorKind::Other)
}

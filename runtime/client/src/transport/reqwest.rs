//! The adapter for `reqwest`.

mod pools;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::Proxy;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;
use secrecy::ExposeSecret;

use self::pools::{Counted, Pools};
use super::error::kind_of;
use super::proxy::route::Route;
use super::tls::ServerName;
use super::tls::renewed::Renewed;
use super::tls::unverified::Unverified;
use super::{Connect, Identity, TlsError, Transport, TransportError, TransportErrorKind};

/// How often a connection of HTTP/2 is asked whether its server is still there.
const PING: Duration = Duration::from_secs(30);
/// How long the server may take to say so.
const PONG: Duration = Duration::from_secs(20);

/// The adapter for `reqwest`: HTTP/1.1 and HTTP/2, with rustls. It needs a runtime of tokio.
///
/// A connection of HTTP/2 whose server falls silent is given up within a minute. Where more requests are under way than
/// servers usually take over one connection of HTTP/2, further connections are made.
#[derive(Clone)]
pub struct Reqwest(Kind);

#[derive(Clone)]
enum Kind {
    /// A client of the caller.
    Given(Pools),
    Made(Arc<Made>),
}

struct Made {
    pools: Renewed<Pools>,
    route: Route,
    name: Option<ServerName>,
}

impl Reqwest {
    /// Begins a client of your own, for what [`Connect`] has no setting for. Its TLS is set up: `reqwest::Client::new()`
    /// panics where no crypto provider of rustls is installed.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// use tablature_client::transport::{Connect, Reqwest};
    ///
    /// let client = Reqwest::builder(&Connect::default())?.tcp_nodelay(false).build()?;
    /// let transport = Reqwest::new(client);
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the certificates or the key cannot be used, or the environment names a proxy that is none.
    pub fn builder(connect: &Connect) -> Result<reqwest::ClientBuilder, TlsError> {
        let route = Route::new(connect).map_err(TlsError::environment_proxy)?;
        Ok(builder(connect, &route, config(connect)?))
    }

    /// The adapter for a client of your own, as [`builder`](Self::builder) begins it. It should follow no redirects
    /// (`redirect::Policy::none()`), since it would do so with the credential.
    #[must_use]
    pub fn new(client: reqwest::Client) -> Self {
        Self(Kind::Given(Pools::one(client)))
    }

    /// A client that makes its connections so.
    ///
    /// # Errors
    /// If the certificates or the key cannot be used, or the environment names a proxy that is none.
    pub fn with(connect: &Connect) -> Result<Self, TlsError> {
        let route = Route::new(connect).map_err(TlsError::environment_proxy)?;
        let name = connect.tls.named().cloned();
        if name.is_some() && route.has_proxy() {
            return Err(TlsError::server_name_and_proxy());
        }
        let of_pools = route.clone();
        let pools = Renewed::new(connect, move |connect| pools(connect, &of_pools))?;
        Ok(Self(Kind::Made(Arc::new(Made { pools, route, name }))))
    }
}

impl std::fmt::Debug for Reqwest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reqwest")
    }
}

fn pools(connect: &Connect, route: &Route) -> Result<Pools, TlsError> {
    let config = config(connect)?;
    let (route, connect) = (route.clone(), connect.clone());
    let make = move || builder(&connect, &route, config.clone()).build();
    let first = make().map_err(TlsError::new)?;
    Ok(Pools::new(first, make))
}

fn builder(connect: &Connect, route: &Route, config: ClientConfig) -> reqwest::ClientBuilder {
    let route = route.clone();
    let proxy = Proxy::custom(move |url| Some(route.to(&url.as_str().parse().ok()?)?.url().expose_secret().to_owned()));
    let builder = reqwest::Client::builder()
        .no_proxy()
        .proxy(proxy)
        .redirect(Policy::none())
        .connect_timeout(connect.timeout)
        .http2_keep_alive_interval(PING)
        .http2_keep_alive_timeout(PONG)
        .tls_backend_preconfigured(config);
    let builder = match connect.tls.named() {
        Some(name) => builder.dns_resolver(name.clone()),
        None => builder,
    };
    if connect.http1_only {
        builder.http1_only()
    } else {
        builder
    }
}

fn config(connect: &Connect) -> Result<ClientConfig, TlsError> {
    let tls = &connect.tls;
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(TlsError::new)?;
    let builder = match tls.authorities()? {
        _ if !tls.is_verified() => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Unverified(provider))),
        Some(authorities) => {
            let mut roots = RootCertStore::empty();
            for certificate in authorities {
                roots.add(certificate).map_err(TlsError::new)?;
            }
            builder.with_root_certificates(roots)
        }
        // To read those of the operating system takes its time.
        None if !connect.https => builder.with_root_certificates(RootCertStore::empty()),
        None => builder.with_platform_verifier().map_err(TlsError::new)?,
    };
    let mut config = match tls.shown()? {
        Some((certificates, key)) => builder
            .with_client_auth_cert(certificates, key)
            .map_err(TlsError::new)?,
        None => builder.with_no_client_auth(),
    };
    if !connect.http1_only {
        config.alpn_protocols.push(b"h2".to_vec());
    }
    config.alpn_protocols.push(b"http/1.1".to_vec());
    Ok(config)
}

impl Resolve for ServerName {
    fn resolve(&self, name: Name) -> Resolving {
        let host = self.host_of(name.as_str()).to_owned();
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host, 0)).await?.collect();
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

impl Transport for Reqwest {
    type Body = Counted;

    async fn send(&self, mut request: http::Request<Bytes>) -> Result<http::Response<Self::Body>, TransportError> {
        let shown = request.extensions_mut().remove::<Arc<Identity>>();
        let (pools, proxy) = match &self.0 {
            // Its connections are made, and without the certificate somebody else would be calling.
            Kind::Given(_) if shown.is_some() => {
                let error = TlsError::new("a client of your own shows no client certificate of a credential");
                return Err(TransportError::new(TransportErrorKind::Tls, error));
            }
            Kind::Given(pools) => (pools.clone(), None),
            Kind::Made(made) => {
                if let Some(name) = &made.name {
                    name.apply(&mut request);
                }
                (made.pools.get(shown.as_ref())?, made.route.to(request.uri()))
            }
        };
        let request = reqwest::Request::try_from(request)?;
        let pool = pools.pool();
        match pool.client.execute(request).await {
            Ok(answer) => {
                let answer: http::Response<reqwest::Body> = answer.into();
                Ok(answer.map(|body| Counted::new(body, pool)))
            }
            Err(error) => Err(TransportError::from(error).through(proxy)),
        }
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

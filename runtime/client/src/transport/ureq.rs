//! The adapter for `ureq`.

use std::fmt;
use std::io::Read;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use http_body::{Body, Frame};
use rustls::crypto::ring;
use secrecy::ExposeSecret;
use ureq::config::Config;
use ureq::tls::{Certificate, ClientCert, PrivateKey, RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, BodyReader};

use super::error::kind_of;
use super::proxy::route::Route;
use super::tls::ServerName;
use super::tls::renewed::Renewed;
use super::{BlockingTransport, Connect, Identity, Limits, Proxy, TlsError, TransportError, TransportErrorKind};

/// How much of a body is read at once, in bytes.
const PIECE: usize = 64 << 10;
/// How long the request for a stream may take to be sent, at most.
const SEND: Duration = Duration::from_secs(5);

/// The adapter for `ureq`: HTTP/1.1 with rustls, and no runtime.
///
/// At the level TRACE, `ureq` writes each byte that is sent into the [`log`](https://docs.rs/log), **credentials
/// included**: a logger of that level has to leave out the target `ureq_proto::util`.
#[derive(Clone)]
pub struct Ureq(Arc<Made>);

struct Made {
    agent: Renewed<Agent>,
    route: Route,
    name: Option<ServerName>,
    connect_timeout: Duration,
}

impl Ureq {
    /// An agent that makes its connections so.
    ///
    /// # Errors
    /// If the certificates or the key cannot be used, or the environment names a proxy that is none.
    pub fn with(connect: &Connect) -> Result<Self, TlsError> {
        let route = Route::new(connect).map_err(TlsError::environment_proxy)?;
        let name = connect.tls.named().cloned();
        if name.is_some() && route.has_proxy() {
            return Err(TlsError::server_name_and_proxy());
        }
        Ok(Self(Arc::new(Made {
            agent: Renewed::new(connect, agent)?,
            route,
            name,
            connect_timeout: connect.timeout,
        })))
    }
}

fn agent(connect: &Connect) -> Result<Agent, TlsError> {
    let tls = &connect.tls;
    let roots = match tls.authorities()? {
        Some(authorities) => authorities
            .iter()
            .map(|certificate| Certificate::from_der(certificate).to_owned())
            .into(),
        None => RootCerts::PlatformVerifier,
    };
    let shown = match tls.shown()? {
        Some((certificates, _)) => {
            let chain: Vec<_> = certificates
                .iter()
                .map(|certificate| Certificate::from_der(certificate).to_owned())
                .collect();
            let key_pem = tls.client().map_or(&[][..], |(_, key)| key);
            let key = PrivateKey::from_pem(key_pem).map_err(|_| TlsError::key())?;
            Some(ClientCert::new_with_certs(&chain, key))
        }
        None => None,
    };
    let config = TlsConfig::builder()
        .unversioned_rustls_crypto_provider(Arc::new(ring::default_provider()))
        .root_certs(roots)
        .client_cert(shown)
        .disable_verification(!tls.is_verified())
        .build();
    let config = Agent::config_builder()
        .tls_config(config)
        .proxy(None)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent("")
        .accept("")
        .accept_encoding("")
        .build();
    Ok(match tls.named() {
        Some(name) => Agent::with_parts(
            config,
            DefaultConnector::new(),
            Named(name.clone(), DefaultResolver::default()),
        ),
        None => config.new_agent(),
    })
}

/// A resolver that leads the name of a certificate to the address of its server.
#[derive(Debug)]
struct Named(ServerName, DefaultResolver);

impl Resolver for Named {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = self.0.host_of(uri.host().unwrap_or_default());
        let host = if host.contains(':') {
            format!("[{host}]")
        } else {
            host.to_owned()
        };
        let authority = match uri.port() {
            Some(port) => format!("{host}:{port}"),
            None => host,
        };
        let uri = Uri::builder()
            .scheme(uri.scheme_str().unwrap_or("https"))
            .authority(authority)
            .path_and_query("/")
            .build()?;
        self.1.resolve(&uri, config, timeout)
    }
}

impl fmt::Debug for Ureq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ureq")
    }
}

impl BlockingTransport for Ureq {
    type Body = UreqBody;

    fn send(
        &self,
        mut request: http::Request<Bytes>,
        limits: Limits,
    ) -> Result<http::Response<UreqBody>, TransportError> {
        let connect = match limits.idle {
            // Each phase up to the head of a stream has its part of the whole; see below.
            Some(_) => self.0.connect_timeout.min(limits.whole / 4),
            None => self.0.connect_timeout,
        };
        let shown = request.extensions_mut().remove::<Arc<Identity>>();
        if let Some(name) = &self.0.name {
            name.apply(&mut request);
        }
        let agent = self.0.agent.get(shown.as_ref())?;
        let proxy = self.0.route.to(request.uri()).cloned();
        let answer = if request.body().is_empty() {
            run(&agent, proxy.as_ref(), request.map(|_| ()), limits, connect)
        } else {
            run(
                &agent,
                proxy.as_ref(),
                request.map(|body| body.to_vec()),
                limits,
                connect,
            )
        };
        let answer = answer.map_err(|error| TransportError::from(error).through(proxy.as_ref()))?;
        Ok(answer.map(|body| UreqBody {
            reader: body.into_with_config().limit(u64::MAX).reader(),
            piece: vec![0; PIECE].into(),
        }))
    }
}

fn run<S: ureq::AsSendBody>(
    agent: &Agent,
    proxy: Option<&Proxy>,
    request: http::Request<S>,
    limits: Limits,
    connect: Duration,
) -> Result<http::Response<ureq::Body>, ureq::Error> {
    let config = agent
        .configure_request(request)
        .allow_non_standard_methods(true)
        .timeout_connect(Some(connect))
        .timeout_resolve(Some(connect))
        .proxy(
            proxy
                .map(|proxy| ureq::Proxy::new(proxy.url().expose_secret()))
                .transpose()?,
        );
    let config = match limits.idle {
        // A limit of the whole would end the body, too: so each phase up to the head has its part of it.
        Some(idle) => {
            let send = (limits.whole / 8).min(SEND);
            let receive = limits.whole.saturating_sub(connect * 2 + send * 2);
            config
                .timeout_send_request(Some(send))
                .timeout_send_body(Some(send))
                .timeout_recv_response(Some(receive))
                .timeout_per_read(Some(idle))
        }
        None => config.timeout_global(Some(limits.whole)),
    };
    agent.run(config.build())
}

/// The body of an answer. It is read where it is polled, and is always ready.
pub struct UreqBody {
    reader: BodyReader<'static>,
    piece: Box<[u8]>,
}

impl Body for UreqBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let Self { reader, piece } = &mut *self;
        Poll::Ready(match reader.read(piece) {
            Ok(0) => None,
            Ok(length) => {
                let read = piece.get(..length).unwrap_or_default();
                Some(Ok(Frame::data(Bytes::copy_from_slice(read))))
            }
            Err(error) => Some(Err(from_io(error))),
        })
    }
}

impl fmt::Debug for UreqBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UreqBody")
    }
}

fn from_io(error: std::io::Error) -> TransportError {
    match error.downcast::<ureq::Error>() {
        Ok(error) => error.into(),
        Err(error) => error.into(),
    }
}

impl From<ureq::Error> for TransportError {
    fn from(error: ureq::Error) -> Self {
        let kind = match &error {
            ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => TransportErrorKind::ConnectTimeout,
            ureq::Error::Timeout(_) => TransportErrorKind::Timeout,
            ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => TransportErrorKind::Connect,
            ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::Pem(_) => TransportErrorKind::Tls,
            ureq::Error::Protocol(_) | ureq::Error::Http(_) | ureq::Error::LargeResponseHeader(..) => {
                TransportErrorKind::Protocol
            }
            ureq::Error::Io(error) => kind_of(error).unwrap_or(TransportErrorKind::Other),
            _ => TransportErrorKind::Other,
        };
        Self::new(kind, error)
    }
}

//! TLS with a private authority, HTTP/1.1 and HTTP/2, and client certificates.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body::Frame;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::crypto::ring::default_provider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tablature_client::Error;
use tablature_client::Execute;
use tablature_client::credentials::{ClientCertificate, Lease, Provider};
use tablature_client::retry::RetryPolicy;
use tablature_client::time::TokioTime;
use tablature_client::transport::{Connect, Reqwest, Tls, TransportErrorKind};
use tablature_client::{Attempt, BuildError, Client, ClientBuilder, Hook};
use tablature_kubernetes::ExecuteWatch;
use tablature_kubernetes::kubeconfig::Kubeconfig;
use tablature_kubernetes::watch::Update;
use tablature_runtime::http::{HeaderMap, HeaderValue, Request, Response};
use tablature_runtime::{Credential, Server, bytes};
use tokio_rustls::TlsAcceptor;

use crate::emitted::services::ListServices;
use crate::send::{run, time};

/// An authority of our own.
pub struct Authority {
    certificate: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

pub fn pem(label: &str, der: &[u8]) -> String {
    format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        STANDARD.encode(der)
    )
}

impl Authority {
    pub fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).unwrap().der().clone();
        Self {
            certificate,
            issuer: Issuer::new(params, key),
        }
    }

    pub fn pem(&self) -> String {
        pem("CERTIFICATE", &self.certificate)
    }

    /// A certificate and its key.
    pub fn issue(&self, name: &str) -> (CertificateDer<'static>, Vec<u8>) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        (certificate.der().clone(), key.serialize_der())
    }

    pub fn issue_pem(&self, name: &str) -> (String, String) {
        let (certificate, key) = self.issue(name);
        (pem("CERTIFICATE", &certificate), pem("PRIVATE KEY", &key))
    }

    /// The settings of a server of this name, which may ask for a client certificate, or insist on it.
    pub fn server(&self, name: &str, ask: Option<bool>) -> ServerConfig {
        let (certificate, key) = self.issue(name);
        let builder = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap();
        let builder = match ask {
            Some(insist) => {
                let mut roots = RootCertStore::empty();
                roots.add(self.certificate.clone()).unwrap();
                let provider = Arc::new(default_provider());
                let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
                let verifier = if insist {
                    verifier
                } else {
                    verifier.allow_unauthenticated()
                };
                builder.with_client_cert_verifier(verifier.build().unwrap())
            }
            None => builder.with_no_client_auth(),
        };
        let key = PrivateKeyDer::try_from(key).unwrap();
        builder.with_single_cert(vec![certificate], key).unwrap()
    }

    /// A server that answers with the version of HTTP and the number of client certificates in
    /// headers, and with an empty list.
    pub fn serve(&self, protocols: &[&str], ask: bool) -> SocketAddr {
        let mut config = self.server("localhost", ask.then_some(true));
        config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || run(accept(listener, TlsAcceptor::from(Arc::new(config)))));
        address
    }
}

const EVENT: &str = "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"resourceVersion\":\"2\"}}}\n";

/// The body of an answer, which does not end if it is held.
struct Sent {
    next: Option<&'static str>,
    is_held: bool,
}

impl http_body::Body for Sent {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match self.next.take() {
            Some(text) => Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(text.as_bytes()))))),
            None if self.is_held => Poll::Pending,
            None => Poll::Ready(None),
        }
    }
}

async fn accept(listener: std::net::TcpListener, acceptor: TlsAcceptor) {
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            let Ok(stream) = acceptor.accept(stream).await else {
                return;
            };
            let (_, connection) = stream.get_ref();
            let h2 = connection.alpn_protocol() == Some(b"h2");
            let shown = connection.peer_certificates().map_or(0, <[_]>::len);
            let service = service_fn(move |request: Request<hyper::body::Incoming>| async move {
                let answer = Response::builder()
                    .header("x-version", format!("{:?}", request.version()))
                    .header("x-certificates", shown)
                    .header("x-token", request.headers().contains_key("authorization").to_string());
                // A first attempt on this path is given up, as a server does that is shutting down.
                if request.uri().path().ends_with("/given-up/services") && !request.headers().contains_key("x-again") {
                    return Err(std::io::Error::other("shutting down"));
                }
                let is_held = request.uri().path().ends_with("/held/services");
                let body = if is_held { EVENT } else { r#"{"items":[]}"# };
                Ok(answer
                    .body(Sent {
                        next: Some(body),
                        is_held,
                    })
                    .unwrap())
            });
            let stream = TokioIo::new(stream);
            if h2 {
                let mut builder = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
                builder.max_concurrent_streams(100);
                let _ended = builder.serve_connection(stream, service).await;
            } else {
                let builder = hyper::server::conn::http1::Builder::new();
                let _ended = builder.serve_connection(stream, service).await;
            }
        });
    }
}

fn client(address: SocketAddr, tls: Tls) -> ClientBuilder {
    let server = Server::new(&format!("https://localhost:{}", address.port())).unwrap();
    Client::builder(server).tls(tls).retry(RetryPolicy::none())
}

fn list() -> ListServices {
    ListServices::new("shop")
}

/// The headers of an answer, or the error, by each client.
fn by_each(address: SocketAddr, tls: &Tls) -> [Result<HeaderMap, Error>; 2] {
    let set = |tls: &Tls| client(address, tls.clone()).credential(Credential::bearer("t"));
    let by_ureq = list().send_blocking(&set(tls).ureq().unwrap());
    let by_reqwest = run(async { list().send(&set(tls).reqwest().unwrap()).await });
    [by_reqwest, by_ureq].map(|answer| answer.map(|answer| answer.headers().clone()))
}

#[test]
fn a_private_authority_is_trusted_when_it_is_named() {
    let authority = Authority::new();
    let address = authority.serve(&["http/1.1"], false);
    for headers in by_each(address, &Tls::new().ca_pem(authority.pem())) {
        let headers = headers.unwrap();
        assert_eq!(headers["x-version"], "HTTP/1.1");
        assert_eq!(headers["x-token"], "true");
    }
}

#[test]
fn an_authority_that_is_not_named_is_not_trusted() {
    let authority = Authority::new();
    let address = authority.serve(&["http/1.1"], false);
    for outcome in by_each(address, &Tls::new().ca_pem(Authority::new().pem())) {
        let error = outcome.unwrap_err();
        let Error::Transport(failed) = &error else {
            unreachable!("{error:?}")
        };
        assert_eq!(failed.cause().kind(), TransportErrorKind::Tls, "{error}");
        assert!(error.to_string().contains("the connection is not trusted: "), "{error}");
    }
}

#[test]
fn http_2_is_spoken_where_the_server_does() {
    let authority = Authority::new();
    let address = authority.serve(&["h2", "http/1.1"], false);
    let [by_reqwest, by_ureq] = by_each(address, &Tls::new().ca_pem(authority.pem()));
    assert_eq!(by_reqwest.unwrap()["x-version"], "HTTP/2.0");
    assert_eq!(by_ureq.unwrap()["x-version"], "HTTP/1.1");
}

#[test]
fn a_stream_of_http_2_that_is_given_up_is_a_closed_connection() {
    struct Again;
    impl Hook for Again {
        fn before(&self, attempt: &Attempt, request: &mut Request<Bytes>) {
            if attempt.number() > 1 {
                request.headers_mut().insert("x-again", HeaderValue::from_static("yes"));
            }
        }
    }
    let authority = Authority::new();
    let address = authority.serve(&["h2"], false);
    let builder = || client(address, Tls::new().ca_pem(authority.pem()));
    let list = ListServices::new("given-up");
    run(async {
        let error = list.send(&builder().reqwest().unwrap()).await.unwrap_err();
        let Error::Transport(failed) = &error else {
            unreachable!("{error:?}")
        };
        assert_eq!(failed.cause().kind(), TransportErrorKind::Closed, "{error}");
        let patient = builder()
            .retry(RetryPolicy::default())
            .hook(Again)
            .reqwest_with(time())
            .unwrap();
        list.send(&patient).await.unwrap();
    });
}

#[test]
fn more_watches_than_a_connection_takes_do_not_keep_others_waiting() {
    let authority = Authority::new();
    let address = authority.serve(&["h2"], false);
    let builder = client(address, Tls::new().ca_pem(authority.pem())).timeout(Duration::from_secs(20));
    run(async {
        let client = builder.reqwest().unwrap();
        let watch = ListServices::new("held").watch().query("resourceVersion", "1");
        let mut watches = Vec::new();
        for _ in 0..130 {
            let mut events = watch.events(&client);
            assert!(matches!(events.next().await, Some(Ok(Update::Event(_)))));
            watches.push(events);
        }
        assert_eq!(list().send(&client).await.unwrap().headers()["x-version"], "HTTP/2.0");
    });
}

#[test]
fn a_client_certificate_is_shown() {
    let authority = Authority::new();
    let address = authority.serve(&["h2", "http/1.1"], true);
    let (certificate, key) = authority.issue_pem("client");
    let trusting = Tls::new().ca_pem(authority.pem());
    for headers in by_each(address, &trusting.clone().client_pem(certificate, key)) {
        assert_eq!(headers.unwrap()["x-certificates"], "1");
    }
    for outcome in by_each(address, &trusting) {
        let error = outcome.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
    }
}

#[test]
fn a_client_certificate_comes_from_a_kubeconfig() {
    let authority = Authority::new();
    let address = authority.serve(&["http/1.1"], true);
    let (certificate, key) = authority.issue_pem("client");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("key.pem"), key).unwrap();
    let text = format!(
        "current-context: x\ncontexts: [{{name: x, context: {{cluster: c, user: u}}}}]\n\
         clusters: [{{name: c, cluster: {{server: 'https://localhost:{}', certificate-authority-data: {}}}}}]\n\
         users: [{{name: u, user: {{client-certificate-data: {}, client-key: key.pem}}}}]\n",
        address.port(),
        STANDARD.encode(authority.pem()),
        STANDARD.encode(certificate),
    );
    let connection = Kubeconfig::parse(&text, folder.path()).unwrap().connection().unwrap();
    let client = connection.builder().ureq().unwrap();
    assert_eq!(list().send_blocking(&client).unwrap().headers()["x-certificates"], "1");
}

#[test]
fn certificates_that_are_none_are_refused_when_the_client_is_built() {
    let address: SocketAddr = "127.0.0.1:1".parse().unwrap();
    let (certificate, _) = Authority::new().issue_pem("client");
    for (tls, message) in [
        (
            Tls::new().ca_pem("x"),
            "TLS cannot be set up: the certificates of the authorities are not PEM",
        ),
        (
            Tls::new().client_pem(certificate, "s3cret"),
            "TLS cannot be set up: the private key of the client is not one in PEM",
        ),
    ] {
        let by_reqwest = client(address, tls.clone()).reqwest().unwrap_err();
        let by_ureq = client(address, tls).ureq().unwrap_err();
        for error in [by_reqwest, by_ureq] {
            assert!(matches!(error, BuildError::Tls(_)));
            assert_eq!(error.to_string(), message);
        }
    }
}

#[test]
fn new_connections_follow_the_authorities_in_a_file() {
    let (authority, other) = (Authority::new(), Authority::new());
    let address = authority.serve(&["http/1.1"], false);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ca.crt");
    std::fs::write(&path, other.pem()).unwrap();
    let builder = || client(address, Tls::new().ca_file(&path).unwrap());
    let by_ureq = builder().ureq().unwrap();
    run(async {
        let by_reqwest = builder().reqwest().unwrap();
        assert!(list().send(&by_reqwest).await.is_err());
        assert!(list().send_blocking(&by_ureq).is_err());
        // A file that is being written changes nothing.
        std::fs::write(&path, "-----BEGIN").unwrap();
        assert!(list().send(&by_reqwest).await.is_err());
        std::fs::write(&path, authority.pem() + &other.pem()).unwrap();
        assert!(list().send(&by_reqwest).await.is_ok());
        assert!(list().send_blocking(&by_ureq).is_ok());
    });
}

#[test]
fn a_client_of_ones_own_begins_with_tls_set_up() {
    let authority = Authority::new();
    let address = authority.serve(&["h2", "http/1.1"], false);
    let mut connect = Connect::default();
    connect.tls = Tls::new().ca_pem(authority.pem());
    connect.http1_only = true;
    run(async {
        let own = Reqwest::builder(&connect).unwrap().tcp_nodelay(false).build().unwrap();
        let own = Reqwest::new(own);
        let by_own = client(address, Tls::new()).transport(own.clone(), TokioTime).unwrap();
        assert_eq!(list().send(&by_own).await.unwrap().headers()["x-version"], "HTTP/1.1");
        let (certificate, key) = authority.issue_pem("client");
        let shown = Provider::new(move || {
            let shown = ClientCertificate::from_pem(certificate.as_str(), key.as_str());
            std::future::ready(Ok(Lease::new(shown)))
        });
        let by_own = client(address, Tls::new())
            .credential(shown)
            .transport(own, TokioTime)
            .unwrap();
        let error = list().send(&by_own).await.unwrap_err().to_string();
        assert!(
            error.contains("a client of your own shows no client certificate"),
            "{error}"
        );
    });
}

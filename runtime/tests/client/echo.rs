//! A server behind TLS that answers with who is calling.

use std::convert::Infallible;
use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;

use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rustls::ServerConfig;
use rustls::pki_types::CertificateDer;
use tablature_runtime::http::{HeaderMap, Request, Response, StatusCode};
use tokio_rustls::TlsAcceptor;

use crate::send::run;

/// Serves on a port of 127.0.0.1, for as long as the tests run. The answer says, in its member `seen`, for which name
/// the client asked, whether it showed a certificate, and what it sent of credentials.
pub fn serve(config: ServerConfig) -> SocketAddr {
    serve_to(config, None)
}

/// Serves only who shows this certificate: all others are answered with 401.
pub fn serve_to(config: ServerConfig, certificate: Option<CertificateDer<'static>>) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || run(accept(listener, TlsAcceptor::from(Arc::new(config)), certificate)));
    address
}

async fn accept(listener: std::net::TcpListener, acceptor: TlsAcceptor, certificate: Option<CertificateDer<'static>>) {
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let (acceptor, certificate) = (acceptor.clone(), certificate.clone());
        tokio::spawn(async move {
            let Ok(stream) = acceptor.accept(stream).await else {
                return;
            };
            let (_, connection) = stream.get_ref();
            let name = connection.server_name().unwrap_or("no name").to_owned();
            let shown = connection.peer_certificates().and_then(<[_]>::first);
            let status = if certificate.is_none() || shown == certificate.as_ref() {
                StatusCode::OK
            } else {
                StatusCode::UNAUTHORIZED
            };
            let shown = shown.is_some();
            let service = service_fn(move |request: Request<Incoming>| {
                let seen = seen(&name, shown, request.headers());
                let body = serde_json::json!({"items": [], "seen": seen}).to_string();
                let answer = Response::builder()
                    .status(status)
                    .header("content-type", "application/json")
                    .body(body);
                async { Ok::<_, Infallible>(answer.unwrap()) }
            });
            let stream = TokioIo::new(stream);
            let _ended = hyper::server::conn::http1::Builder::new()
                .serve_connection(stream, service)
                .await;
        });
    }
}

fn seen(name: &str, shown: bool, headers: &HeaderMap) -> String {
    let mut seen = name.to_owned();
    if shown {
        seen.push_str(", certificate");
    }
    let mut sent: Vec<_> = headers
        .iter()
        .filter(|(name, _)| *name == "authorization" || name.as_str().starts_with("impersonate-"))
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
        .collect();
    sent.sort_unstable();
    for (name, value) in sent {
        let name = name.strip_prefix("impersonate-").map_or("", |name| name);
        write!(seen, ", {name}{}{value}", if name.is_empty() { "" } else { "=" }).unwrap();
    }
    seen
}

//! Any service of tower as the transport.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper_util::rt::TokioIo;
use tablature_client::Client;
use tablature_client::Error;
use tablature_client::Execute;
use tablature_client::transport::{Tower, TransportErrorKind};
use tablature_runtime::http::{Request, Response};
use tablature_runtime::{Credential, Server, bytes};
use tower_service::Service as _;

use crate::emitted::models::Service;
use crate::emitted::services::{ListServices, ReplaceService};
use crate::send::{run, time};

#[derive(Clone, Default)]
struct Echo(Arc<Mutex<Vec<Request<Bytes>>>>);

impl tower_service::Service<Request<Bytes>> for Echo {
    type Response = Response<String>;
    type Error = Infallible;
    type Future = Ready<Result<Response<String>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let body = String::from_utf8(request.body().to_vec()).unwrap();
        self.0.lock().unwrap().push(request);
        let body = if body.is_empty() {
            r#"{"items":[{}]}"#.to_owned()
        } else {
            body
        };
        ready(Ok(Response::new(body)))
    }
}

#[test]
fn a_service_is_a_transport() {
    let echo = Echo::default();
    let server = Server::new("https://example.com/prefix").unwrap();
    let client = Client::builder(server).credential(Credential::token("t0ken"));
    let client = client.transport(Tower::new(echo.clone()), time()).unwrap();
    run(async {
        let list = ListServices::new("shop").send(&client).await.unwrap();
        assert_eq!(list.body().items.len(), 1);
        let mut service = Service::default();
        let replaced = ReplaceService::new("shop", "web", &service)
            .send(&client)
            .await
            .unwrap();
        service.kind = Some("Service".to_owned());
        service.api_version = Some("v1".to_owned());
        assert_eq!(*replaced.body(), service);
    });
    let seen = echo.0.lock().unwrap();
    assert_eq!(
        seen[0].uri(),
        "https://example.com/prefix/api/v1/namespaces/shop/services"
    );
    assert_eq!(seen[0].headers()["x-auth-token"], "t0ken");
    assert!(seen[0].headers()["x-auth-token"].is_sensitive());
}

/// A connection of HTTP/1.1 whose task has ended, as it does when its server gives it up.
#[derive(Clone)]
struct Abandoned;

impl tower_service::Service<Request<Bytes>> for Abandoned {
    type Response = Response<hyper::body::Incoming>;
    type Error = hyper::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, hyper::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        Box::pin(async move {
            let (near, _far) = tokio::io::duplex(1024);
            let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(near)).await?;
            let answer = sender.send_request(request.map(|_| String::new()));
            drop(connection);
            answer.await
        })
    }
}

#[test]
fn a_connection_whose_task_is_gone_is_a_closed_one_and_made_again() {
    let server = Server::new("https://example.com").unwrap();
    let clock = time();
    let client = Client::builder(server)
        .transport(Tower::new(Abandoned), clock.clone())
        .unwrap();
    let error = run(ListServices::new("shop").send(&client)).unwrap_err();
    let Error::Transport(failed) = &error else {
        unreachable!("{error:?}")
    };
    assert_eq!(failed.cause().kind(), TransportErrorKind::Closed, "{error}");
    assert_eq!((failed.attempts(), clock.slept().len()), (5, 4));
}

#[derive(Clone)]
struct Refusing;

impl tower_service::Service<Request<Bytes>> for Refusing {
    type Response = Response<String>;
    type Error = Box<dyn std::error::Error + Send + Sync>;
    type Future = Ready<Result<Response<String>, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Err("the layer is full".into()))
    }

    fn call(&mut self, _: Request<Bytes>) -> Self::Future {
        unreachable!("called without being ready")
    }
}

#[test]
fn an_error_of_a_service_is_told() {
    assert!(
        Refusing
            .poll_ready(&mut Context::from_waker(std::task::Waker::noop()))
            .is_ready()
    );
    let server = Server::new("https://example.com").unwrap();
    let client = Client::builder(server).transport(Tower::new(Refusing), time()).unwrap();
    let error = run(ListServices::new("shop").send(&client)).unwrap_err();
    let Error::Transport(failed) = &error else {
        unreachable!("{error:?}")
    };
    assert_eq!(failed.cause().kind(), TransportErrorKind::Other);
    assert!(
        error
            .to_string()
            .ends_with("the request or its answer was lost: the layer is full"),
        "{error}"
    );
}

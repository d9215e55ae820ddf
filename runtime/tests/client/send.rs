//! One operation, each client: what is sent, and what comes back.

use std::future::Future;
use std::time::SystemTime;

use tablature_client::ClientBuilder;
use tablature_client::Error;
use tablature_client::Execute;
use tablature_client::time::ManualTime;
use tablature_kubernetes::ExecuteWatch;
use tablature_runtime::Error as CallError;
use tablature_runtime::{Credential, Json, Operation, Response};

use crate::emitted::models::Service;
use crate::emitted::services::{ListServices, ReplaceService};
use crate::server::{Server, json};

/// Runs a future with the sockets and the time of tokio.
pub fn run<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.unwrap().block_on(future)
}

pub fn time() -> ManualTime {
    ManualTime::new(SystemTime::UNIX_EPOCH)
}

/// How an operation ends.
type Outcome<O> = Result<Response<<O as Operation>::Output>, Error>;

/// What an operation gives by `reqwest` and by `ureq`, and what each server has seen of it.
pub fn by_each<O: Operation>(
    operation: &O,
    server: impl Fn() -> Server,
    set: impl Fn(ClientBuilder) -> ClientBuilder,
) -> Vec<(Outcome<O>, Server)> {
    let one = server();
    let client = set(one.client()).reqwest_with(time()).unwrap();
    let by_reqwest = run(operation.send(&client));
    let other = server();
    let client = set(other.client()).ureq_with(time()).unwrap();
    vec![(by_reqwest, one), (operation.send_blocking(&client), other)]
}

/// The errors of [`by_each`], which are alike.
pub fn errors<O: Operation>(
    operation: &O,
    server: impl Fn() -> Server,
    set: impl Fn(ClientBuilder) -> ClientBuilder,
) -> Vec<(Error, Server)> {
    let outcomes = by_each(operation, server, set).into_iter();
    outcomes
        .map(|(outcome, server)| match outcome {
            Ok(_) => unreachable!("a fault was told as a success"),
            Err(error) => (error, server),
        })
        .collect()
}

#[test]
fn the_same_operation_goes_by_each_client() {
    let list = ListServices::new("shop").limit(5);
    let server = || Server::new(|_| json(200, r#"{"items":[{"metadata":{"name":"web"}}]}"#));
    let set = |builder: ClientBuilder| {
        builder
            .credential(Credential::token("t0ken"))
            .user_agent("shop/1")
            .header("X-Team", "web")
    };
    for (outcome, server) in by_each(&list, server, set) {
        let answer = outcome.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers().get("content-type").unwrap(), "application/json");
        assert_eq!(answer.body().items.len(), 1);
        let seen = server.seen();
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].method, "GET");
        assert_eq!(seen[0].target, "/api/v1/namespaces/shop/services?limit=5");
        for (name, value) in [
            ("accept", "application/json"),
            ("x-auth-token", "t0ken"),
            ("user-agent", "shop/1"),
            ("x-team", "web"),
        ] {
            assert_eq!(seen[0].header(name), Some(value), "{name}");
        }
        for name in ["accept-encoding", "authorization", "content-type"] {
            assert_eq!(seen[0].header(name), None, "{name}");
        }
    }
}

#[test]
fn a_body_is_sent_as_it_is() {
    let service = r#"{"apiVersion":"v2","kind":"Service","metadata":{"name":"naïve"}}"#;
    let service: Service = service.parse::<Json>().unwrap().decode().unwrap();
    let replace = ReplaceService::new("shop", "web", &service);
    let server = || {
        Server::new(|seen| {
            let body = String::from_utf8(seen.body.clone()).unwrap();
            crate::server::answer(201, &[("Warning", "299 - \"careful\"")], body)
        })
    };
    for (outcome, server) in by_each(&replace, server, |builder| builder) {
        let answer = outcome.unwrap();
        assert_eq!(answer.status(), 201);
        assert_eq!(answer.warnings()[0].text(), "careful");
        assert_eq!(*answer.body(), service);
        assert_eq!(*answer, service);
        assert_eq!(answer.kind.as_deref(), Some("Service"));
        let seen = &server.seen()[0];
        assert_eq!(seen.method, "PUT");
        assert_eq!(seen.header("content-type"), Some("application/json"));
        assert_eq!(
            String::from_utf8_lossy(&seen.body),
            r#"{"apiVersion":"v2","kind":"Service","metadata":{"name":"naïve"}}"#
        );
    }
}

#[test]
fn a_refused_request_reaches_no_server() {
    for (error, server) in errors(
        &ListServices::new(".."),
        || Server::new(|_| json(200, "{}")),
        |builder| builder,
    ) {
        assert!(matches!(error, Error::Call(CallError::Request(_))), "{error}");
        assert_eq!(server.seen().len(), 0);
    }
}

#[test]
fn connections_are_shared_and_used_again() {
    let server = Server::new(|_| json(200, r#"{"items":[]}"#));
    let client = server.client().ureq().unwrap();
    let copy = client.clone();
    for client in [&client, &copy, &client] {
        ListServices::new("shop").send_blocking(client).unwrap();
    }
    assert_eq!(server.seen().len(), 3);
    assert_eq!(server.connections(), 1);
}

#[test]
fn futures_of_calls_are_send() {
    fn is_send<T: Send>(_: &T) {}
    let server = Server::new(|_| json(200, r#"{"items":[]}"#));
    let client = server.client().reqwest_with(time()).unwrap();
    let list = ListServices::new("shop");
    // None borrows from what it is made of.
    let sending = ListServices::new("shop").send(&server.client().reqwest_with(time()).unwrap());
    run(async { tokio::spawn(sending).await.unwrap() }).unwrap();
    is_send(&list.send(&client));
    is_send(&list.pages(&client));
    is_send(&list.items(&client));
    is_send(&list.watch().events(&client));
}

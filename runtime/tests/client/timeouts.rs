//! A stuck server hangs no call.

use std::time::{Duration, Instant};

use tablature_client::Error;
use tablature_client::Execute;
use tablature_client::error::TimeoutKind;
use tablature_client::retry::RetryPolicy;
use tablature_client::time::ManualTime;
use tablature_runtime::Credential;

use crate::emitted::services::ListServices;
use crate::send::{run, time};
use crate::server::{Act, Server, chunk, chunked, json};

fn kind(error: &Error) -> TimeoutKind {
    match error {
        Error::Timeout(error) => error.cause().kind(),
        other => unreachable!("no time-out: {other:?}"),
    }
}

/// A server that lets all the time of a call pass once it is asked, and then sends no more.
fn stuck(time: &ManualTime, begin: fn() -> Vec<Act>) -> Server {
    let time = time.clone();
    Server::new(move |_| {
        time.advance(Duration::from_secs(60));
        begin().into_iter().chain([Act::Hold]).collect()
    })
}

fn begins() -> [fn() -> Vec<Act>; 3] {
    [
        Vec::new,
        || vec![Act::Send(b"HTTP/1.1 200".to_vec())],
        || vec![chunked(), chunk("{")],
    ]
}

#[test]
fn a_server_that_answers_late_is_a_time_out() {
    for begin in begins() {
        let time = time();
        let server = stuck(&time, begin);
        let client = server.client().reqwest_with(time).unwrap();
        let error = run(ListServices::new("shop").send(&client)).unwrap_err();
        assert_eq!(kind(&error), TimeoutKind::Whole);
        assert!(
            error.to_string().ends_with("there was no whole answer within 60s"),
            "{error}"
        );
    }
}

#[test]
fn a_blocking_call_ends_in_time_too() {
    for begin in begins() {
        let server = Server::new(move |_| begin().into_iter().chain([Act::Hold]).collect());
        let builder = server.client().timeout(Duration::from_millis(150));
        let client = builder.ureq().unwrap();
        let began = Instant::now();
        let error = ListServices::new("shop").send_blocking(&client).unwrap_err();
        assert_eq!(kind(&error), TimeoutKind::Whole);
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    }
}

#[test]
fn a_server_that_trickles_does_not_gain_time() {
    let server = Server::new(|_| vec![chunked(), Act::SendForEver(b"1\r\n \r\n".to_vec())]);
    let builder = || server.client().timeout(Duration::from_millis(150)).max_body(usize::MAX);
    let error = ListServices::new("shop")
        .send_blocking(&builder().ureq().unwrap())
        .unwrap_err();
    assert_eq!(kind(&error), TimeoutKind::Whole);
    let error = run(async { ListServices::new("shop").send(&builder().reqwest().unwrap()).await }).unwrap_err();
    assert_eq!(kind(&error), TimeoutKind::Whole);
}

#[test]
fn a_connection_that_is_not_made_is_a_time_out() {
    // Addresses for documentation, which no packet comes back from; where the network says so at
    // once, there is nothing to wait for.
    let server = tablature_runtime::Server::new("http://192.0.2.1:81").unwrap();
    let builder = || {
        let builder = tablature_client::Client::builder(server.clone()).retry(RetryPolicy::none());
        builder.connect_timeout(Duration::from_millis(100))
    };
    let by_ureq = ListServices::new("shop")
        .send_blocking(&builder().ureq().unwrap())
        .unwrap_err();
    let by_reqwest = run(async { ListServices::new("shop").send(&builder().reqwest().unwrap()).await }).unwrap_err();
    for error in [by_ureq, by_reqwest] {
        match &error {
            Error::Timeout(timeout) => assert_eq!(timeout.cause().kind(), TimeoutKind::Connect),
            Error::Transport(failed) => assert!(failed.cause().is_connection(), "{error}"),
            other => unreachable!("{other:?}"),
        }
    }
}

#[test]
fn a_stuck_source_of_credentials_does_not_hang_a_call() {
    let clock = time();
    let server = Server::new(|_| json(200, r#"{"items":[]}"#));
    let passing = clock.clone();
    let never = tablature_client::credentials::Provider::new(move || {
        passing.advance(Duration::from_secs(60));
        std::future::pending()
    });
    let client = server.client().credential(never).reqwest_with(clock).unwrap();
    let error = run(ListServices::new("shop").send(&client)).unwrap_err();
    assert_eq!(kind(&error), TimeoutKind::Whole);
    assert_eq!(server.seen().len(), 0);
    // What was given up holds nobody else up.
    let client = server
        .client()
        .credential(Credential::bearer("x"))
        .reqwest_with(time())
        .unwrap();
    run(ListServices::new("shop").send(&client)).unwrap();
}

//! What is tried again, when, and how often.

use std::time::{Duration, SystemTime};

use tablature_client::Client;
use tablature_client::Error;
use tablature_client::Execute;
use tablature_client::Raw;
use tablature_client::retry::{Jitter, RetryPolicy};
use tablature_client::time::ManualTime;
use tablature_kubernetes::retry_after;
use tablature_runtime::Error as CallError;
use tablature_runtime::Server as Address;
use tablature_runtime::http::Method;

use crate::emitted::models::Service;
use crate::emitted::services::{DeleteService, ListServices, ReplaceService};
use crate::send::{run, time};
use crate::server::{Act, Seen, Server, answer, chunk, chunked, json};

const LIST: &str = r#"{"items":[]}"#;

fn policy() -> RetryPolicy {
    RetryPolicy::default().jitter(Jitter::None)
}

/// A server that answers so the first `times`, and then with a list.
fn failing(times: usize, fault: impl Fn() -> Vec<Act> + Send + Sync + 'static) -> Server {
    Server::new(move |seen| if seen.number < times { fault() } else { json(200, LIST) })
}

/// The waits between the attempts of a list, by each client with the policy of these tests.
fn waits(server: impl Fn() -> Server) -> Vec<Duration> {
    waits_by(&policy(), server)
}

/// The waits between the attempts of a list, by each client.
fn waits_by(policy: &RetryPolicy, server: impl Fn() -> Server) -> Vec<Duration> {
    let one = server();
    let by_reqwest = time();
    let client = one
        .client()
        .retry(policy.clone())
        .reqwest_with(by_reqwest.clone())
        .unwrap();
    run(ListServices::new("shop").send(&client)).unwrap();
    let other = server();
    let by_ureq = time();
    let client = other.client().retry(policy.clone()).ureq_with(by_ureq.clone()).unwrap();
    ListServices::new("shop").send_blocking(&client).unwrap();
    assert_eq!(one.seen().len(), other.seen().len());
    assert_eq!(by_reqwest.slept().len(), by_ureq.slept().len());
    by_reqwest.slept()
}

#[test]
fn a_busy_server_is_asked_again_with_longer_waits() {
    for status in [429, 503, 504] {
        let waits = waits(|| failing(3, move || json(status, "{}")));
        assert_eq!(waits, [200, 400, 800].map(Duration::from_millis), "{status}");
    }
}

#[test]
fn a_connection_that_fails_before_the_answer_is_made_again() {
    let waits = waits(|| failing(2, || vec![Act::Close]));
    assert_eq!(waits, [200, 400].map(Duration::from_millis));
}

#[test]
fn retry_after_in_seconds_is_waited_for() {
    let waits = waits(|| failing(1, || answer(429, &[("Retry-After", "7")], "")));
    assert_eq!(waits, [Duration::from_secs(7)]);
}

#[test]
fn retry_after_as_a_date_is_waited_for() {
    let waits = waits(|| {
        failing(1, || {
            answer(503, &[("Retry-After", "Thu, 01 Jan 1970 00:00:09 GMT")], "")
        })
    });
    assert_eq!(waits, [Duration::from_secs(9)]);
}

#[test]
fn retry_after_seconds_of_a_status_is_waited_for() {
    let status = r#"{"kind":"Status","status":"Failure","code":504,"details":{"retryAfterSeconds":3}}"#;
    let waits = waits_by(&policy().asked(retry_after), || failing(1, move || json(504, status)));
    assert_eq!(waits, [Duration::from_secs(3)]);
}

#[test]
fn retries_are_bounded_in_number() {
    let server = failing(usize::MAX, || json(503, "{}"));
    let client = server.client().reqwest_with(time()).unwrap();
    let error = run(ListServices::new("shop").send(&client)).unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(server.seen().len(), 5);
}

#[test]
fn retries_are_bounded_in_time() {
    let clock = time();
    let server = failing(usize::MAX, || answer(503, &[("Retry-After", "25")], ""));
    let policy = policy().max_elapsed(Duration::from_secs(60));
    let client = server
        .client()
        .timeout(Duration::from_secs(600))
        .retry(policy)
        .reqwest_with(clock.clone())
        .unwrap();
    let error = run(ListServices::new("shop").send(&client)).unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(clock.slept(), [Duration::from_secs(25); 2]);
}

#[test]
fn a_wait_that_the_time_out_would_cut_is_not_begun() {
    let clock = time();
    let server = failing(usize::MAX, || answer(503, &[("Retry-After", "25")], ""));
    let client = server
        .client()
        .timeout(Duration::from_secs(20))
        .ureq_with(clock.clone())
        .unwrap();
    let error = ListServices::new("shop").send_blocking(&client).unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert!(clock.slept().is_empty());
}

#[test]
fn put_and_delete_are_tried_again() {
    let server = failing(1, || json(503, "{}"));
    let client = server.client().ureq_with(time()).unwrap();
    ReplaceService::new("shop", "web", Service::default())
        .send_blocking(&client)
        .unwrap();
    let server = failing(1, || json(503, "{}"));
    let client = server.client().ureq_with(time()).unwrap();
    DeleteService::new("shop", "web").send_blocking(&client).unwrap();
    assert_eq!(server.seen().len(), 2);
}

#[test]
fn post_and_patch_are_not_tried_again_unless_asked() {
    for method in [Method::POST, Method::PATCH] {
        for fault in [json as fn(u16, &str) -> Vec<Act>, |_, _| vec![Act::Close]] {
            let server = failing(1, move || fault(503, "{}"));
            let client = server.client().reqwest_with(time()).unwrap();
            let raw = Raw::new(method.clone(), "/x").json("body");
            assert!(run(raw.send(&client)).is_err());
            assert_eq!(server.seen().len(), 1);
            let server = failing(1, move || fault(503, "{}"));
            let client = server.client().retry(RetryPolicy::default().every_method());
            run(raw.send(&client.reqwest_with(time()).unwrap())).unwrap();
            assert_eq!(server.seen().len(), 2);
        }
    }
}

#[test]
fn other_errors_are_not_tried_again() {
    for status in [400, 401, 403, 404, 408, 409, 410, 422, 500, 502] {
        let server = failing(1, move || json(status, "{}"));
        let client = server.client().ureq_with(time()).unwrap();
        let error = ListServices::new("shop").send_blocking(&client).unwrap_err();
        assert!(matches!(error, Error::Call(CallError::Api(_))));
        assert_eq!(server.seen().len(), 1, "{status}");
    }
}

#[test]
fn the_last_attempt_is_counted_in_the_error() {
    let server = failing(usize::MAX, || vec![Act::Close]);
    let client = server
        .client()
        .reqwest_with(ManualTime::new(SystemTime::now()))
        .unwrap();
    let error = run(ListServices::new("shop").send(&client)).unwrap_err();
    let Error::Transport(failed) = &error else {
        unreachable!("{error:?}")
    };
    assert_eq!(failed.attempts(), 5);
    assert!(error.to_string().ends_with("(attempt 5)"), "{error}");
}

#[test]
fn a_call_that_is_dropped_while_it_waits_leaves_nothing_behind() {
    run(async {
        let server = failing(usize::MAX, || answer(503, &[("Retry-After", "30")], ""));
        let client = server.client().reqwest().unwrap();
        let list = ListServices::new("shop");
        let call = list.send(&client);
        let cut = tokio::time::timeout(Duration::from_millis(300), call).await;
        assert!(cut.is_err());
        assert_eq!(server.seen().len(), 1);
    });
}

#[test]
fn what_had_no_effect_is_tried_again_whatever_the_method() {
    let create = || Raw::post("/x").json("body");
    let server = failing(3, || json(429, "{}"));
    let client = server.client().reqwest_with(time()).unwrap();
    run(create().send(&client)).unwrap();
    assert_eq!(server.seen().len(), 4);

    // Nobody listens there any more.
    let gone = Server::new(|_| json(200, "{}")).url();
    let address = Address::new(&gone).unwrap();
    let clock = time();
    let client = Client::builder(address.clone()).reqwest_with(clock.clone()).unwrap();
    let error = run(create().send(&client)).unwrap_err();
    assert_eq!(
        (error.attempts(), error.may_be_done(), clock.slept().len()),
        (5, false, 4)
    );
    let clock = time();
    let client = Client::builder(address).ureq_with(clock.clone()).unwrap();
    let error = create().send_blocking(&client).unwrap_err();
    assert_eq!(
        (error.attempts(), error.may_be_done(), clock.slept().len()),
        (5, false, 4)
    );
}

#[test]
fn only_what_reads_is_tried_again_where_the_body_breaks_off() {
    let cut = || failing(1, || vec![chunked(), chunk(r#"{"items":"#), Act::Close]);
    let server = cut();
    run(ListServices::new("shop").send(&server.client().reqwest_with(time()).unwrap())).unwrap();
    assert_eq!(server.seen().len(), 2);
    let server = cut();
    let client = server.client().ureq_with(time()).unwrap();
    ListServices::new("shop").send_blocking(&client).unwrap();
    assert_eq!(server.seen().len(), 2);
    for method in [Method::POST, Method::PUT] {
        let server = cut();
        let client = server.client().reqwest_with(time()).unwrap();
        let error = run(Raw::new(method, "/x").send(&client)).unwrap_err();
        assert!(error.may_be_done(), "{error}");
        assert_eq!(server.seen().len(), 1);
    }
}

#[test]
fn an_error_after_a_lost_answer_says_that_it_may_have_been_done() {
    let lost = |status| {
        Server::new(move |seen: &Seen| match seen.number {
            0 => vec![Act::Close],
            _ => json(status, "{}"),
        })
    };
    let server = lost(404);
    let client = server.client().ureq_with(time()).unwrap();
    let error = DeleteService::new("shop", "web").send_blocking(&client).unwrap_err();
    assert!(error.is_not_found() && error.may_be_done());
    assert_eq!(error.attempts(), 2);
    // What only reads has nothing to be done.
    let server = lost(404);
    let client = server.client().ureq_with(time()).unwrap();
    let error = ListServices::new("shop").send_blocking(&client).unwrap_err();
    assert!(!error.may_be_done());
}

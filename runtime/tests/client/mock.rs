//! The transport for tests, and options of single calls.

use std::time::{Duration, SystemTime};

use tablature_client::retry::RetryPolicy;
use tablature_client::time::{ManualTime, Time};
use tablature_client::transport::{MockReply, MockTransport, TransportErrorKind};
use tablature_client::{BlockingClient, BuildError, CallOptions, Client, Error, Execute, Raw};
use tablature_kubernetes::ExecuteWatch;
use tablature_kubernetes::watch::{Event, Update};
use tablature_runtime::{Credential, Server};

use crate::emitted::services::ListServices;
use crate::send::{run, time};

const LIST: &str = r#"{"items":[{"metadata":{"name":"web"}}],"metadata":{"resourceVersion":"7"}}"#;

fn server() -> Server {
    Server::new("https://api.example.com").unwrap()
}

fn client(mock: &MockTransport, time: ManualTime) -> Client {
    Client::builder(server()).transport(mock.clone(), time).unwrap()
}

fn list() -> ListServices {
    ListServices::new("shop")
}

#[test]
fn replies_come_in_order_and_requests_are_recorded() {
    let replies = || {
        [
            MockReply::status(503).header("Retry-After", "7"),
            MockReply::json(200, LIST),
        ]
    };
    let (one, other) = (MockTransport::in_order(replies()), MockTransport::in_order(replies()));
    let clock = time();
    let builder = || Client::builder(server()).credential(Credential::bearer("t"));
    let client = builder().transport(one.clone(), clock.clone()).unwrap();
    assert_eq!(run(list().send(&client)).unwrap().body().items.len(), 1);
    assert_eq!(clock.slept(), [Duration::from_secs(7)]);
    let client = builder().blocking_transport(other.clone(), time()).unwrap();
    assert_eq!(list().send_blocking(&client).unwrap().body().items.len(), 1);
    for mock in [one, other] {
        let requests = mock.requests();
        assert_eq!(requests.len(), 2);
        assert_eq!(requests[1].headers()["authorization"], "Bearer t");
        assert_eq!(
            requests[1].uri(),
            "https://api.example.com/api/v1/namespaces/shop/services"
        );
        // A request beyond the replies fails.
        assert!(
            list()
                .send_blocking(
                    &BlockingClient::builder(server())
                        .blocking_transport(mock, time())
                        .unwrap()
                )
                .is_err()
        );
    }
}

#[test]
fn replies_are_computed_and_bodies_come_in_pieces() {
    let event = r#"{"type":"ADDED","object":{"metadata":{"name":"db","resourceVersion":"8"}}}"#;
    let mock = MockTransport::new(move |request| {
        if request.uri().query().unwrap_or_default().contains("watch=true") {
            let (begin, end) = event.split_at(20);
            MockReply::json(200, begin).piece(format!("{end}\n")).then_never()
        } else {
            MockReply::json(200, LIST)
        }
    });
    run(async {
        let mut watch = list().watch().events(&client(&mock, time()));
        let mut told = Vec::new();
        for _ in 0..4 {
            told.push(watch.next().await.unwrap().unwrap());
        }
        assert!(matches!(told[1], Update::Listed(_)) && matches!(told[2], Update::Synced { .. }));
        assert!(matches!(told[3], Update::Event(Event::Added(_))));
    });
}

#[test]
fn faults_and_delays_are_as_told() {
    let clock = ManualTime::new(SystemTime::UNIX_EPOCH);
    let slow = clock.clone();
    let mock = MockTransport::new(move |request| match request.uri().path() {
        "/closed" => MockReply::fault(TransportErrorKind::Closed),
        "/cut" => MockReply::json(200, "{").then_fault(TransportErrorKind::Closed),
        "/slow" => MockReply::json(200, "{}").after(slow.sleep(Duration::from_secs(3))),
        _ => MockReply::never(),
    });
    let builder = || Client::builder(server()).retry(RetryPolicy::none());
    let client = builder().blocking_transport(mock.clone(), clock.clone()).unwrap();
    for (path, kind) in [
        ("/closed", TransportErrorKind::Closed),
        ("/cut", TransportErrorKind::Body),
    ] {
        let Err(Error::Transport(failed)) = Raw::get(path).send_blocking(&client) else {
            unreachable!("{path}")
        };
        assert_eq!(failed.cause().kind(), kind);
    }
    Raw::get("/slow").send_blocking(&client).unwrap();
    assert_eq!(clock.slept(), [Duration::from_secs(3)]);
    assert!(matches!(
        Raw::get("/never").send_blocking(&client),
        Err(Error::Timeout(_))
    ));
    let client = builder().transport(mock, clock.clone()).unwrap();
    run(async {
        let (sent, ()) = tokio::join!(Raw::get("/never").send(&client), async {
            clock.advance(Duration::from_secs(61));
        });
        assert!(matches!(sent, Err(Error::Timeout(_))));
    });
}

#[test]
fn a_call_has_options_of_its_own() {
    let mock = MockTransport::new(|_| MockReply::status(503));
    let client = client(&mock, time());
    let post = Raw::post("/orders").json("{}");
    let sent = |client: &Client| {
        let before = mock.requests().len();
        run(post.send(client)).unwrap_err();
        mock.requests().split_off(before)
    };
    assert_eq!(sent(&client).len(), 1);
    let keyed = CallOptions::new()
        .idempotency_key("Idempotency-Key", "k1")
        .header("User-Agent", "me");
    let requests = sent(&client.with(&keyed).unwrap());
    assert_eq!(requests.len(), 5);
    for request in requests {
        assert_eq!(
            (&request.headers()["idempotency-key"], &request.headers()["user-agent"]),
            (&"k1".parse().unwrap(), &"me".parse().unwrap())
        );
    }
    let once = keyed.clone().retry(RetryPolicy::default().max_retries(1));
    assert_eq!(sent(&client.with(&once).unwrap()).len(), 2);
    // The client is as it was.
    assert_eq!(sent(&client).len(), 1);
    assert!(!format!("{keyed:?}").contains("k1"));
    let wrong = client.with(&CallOptions::new().header("a b", "c")).unwrap_err();
    assert_eq!(wrong, BuildError::Header { name: "a b".to_owned() });
}

#[test]
fn a_call_has_a_time_out_of_its_own() {
    let mock = MockTransport::new(|_| MockReply::never());
    let clock = time();
    let client = client(&mock, clock.clone());
    let hasty = client
        .with(&CallOptions::new().timeout(Duration::from_secs(1)))
        .unwrap();
    run(async {
        let list = list();
        let (sent, ()) = tokio::join!(list.send(&hasty), async { clock.advance(Duration::from_secs(2)) });
        let error = sent.unwrap_err();
        assert_eq!(error.as_timeout().unwrap().after(), Duration::from_secs(1), "{error}");
    });
}

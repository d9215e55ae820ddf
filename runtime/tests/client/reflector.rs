//! The objects of a watch as they are now, and waiting for one.

use std::time::Duration;

use tablature_client::transport::{MockReply, MockTransport};
use tablature_client::{BlockingClient, Client};
use tablature_kubernetes::ExecuteWatch;
use tablature_kubernetes::watch::{Store, WaitError};
use tablature_runtime::Server;

use crate::emitted::models::Service;
use crate::emitted::services::{ListServices, WatchServices};
use crate::send::{run, time};

fn watch() -> WatchServices {
    ListServices::new("shop").watch()
}

fn object(name: &str, version: usize, colour: &str) -> String {
    format!(
        r#"{{"metadata":{{"name":"{name}","namespace":"shop","resourceVersion":"{version}","labels":{{"colour":"{colour}"}}}}}}"#
    )
}

fn event(kind: &str, object: &str) -> String {
    format!("{{\"type\":\"{kind}\",\"object\":{object}}}\n")
}

fn list(version: usize, objects: &[String]) -> MockReply {
    let items = objects.join(",");
    MockReply::json(
        200,
        format!(r#"{{"metadata":{{"resourceVersion":"{version}"}},"items":[{items}]}}"#),
    )
}

/// A list of `a` and `b`, events that change both, an end by expiry, and another list, in which `c` is new.
fn replies() -> MockTransport {
    let expired = r#"{"kind":"Status","code":410,"reason":"Expired"}"#;
    MockTransport::in_order([
        list(1, &[object("a", 1, "red"), object("b", 1, "red")]),
        MockReply::json(200, event("MODIFIED", &object("b", 2, "blue")))
            .piece(event("DELETED", &object("a", 3, "red")))
            .piece(event("ERROR", expired)),
        list(9, &[object("b", 2, "blue"), object("c", 8, "red")]),
        MockReply::json(200, "").then_never(),
    ])
}

fn client(mock: MockTransport) -> Client {
    let server = Server::new("https://api.example.com").unwrap();
    Client::builder(server).transport(mock, time()).unwrap()
}

/// The names and colours of a store.
fn shown(store: &Store<Service>) -> String {
    let one = |service: &Service| {
        let metadata = service.metadata.clone().unwrap();
        format!("{} {}", metadata.name.unwrap(), metadata.labels.unwrap()["colour"])
    };
    store.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_store_follows_the_watch_and_keeps_the_old_list_until_the_new_is_complete() {
    let client = client(replies());
    run(async {
        let mut services = watch().reflect(&client);
        let mut told = vec![(services.store().is_complete(), shown(services.store()))];
        while told.last().is_none_or(|(_, objects)| !objects.contains('c')) {
            let store = services.next().await.unwrap().unwrap();
            let now = (store.is_complete(), shown(store));
            if told.last() != Some(&now) {
                told.push(now);
            }
        }
        let expected = [
            (false, ""),
            (true, "a red, b red"),
            (true, "a red, b blue"),
            (true, "b blue"),
            (true, "b blue, c red"),
        ];
        assert_eq!(told, expected.map(|(complete, objects)| (complete, objects.to_owned())));
        assert!(services.store().get("shop", "c").is_some() && services.store().get("", "c").is_none());
    });
}

#[test]
fn what_is_waited_for_comes_or_the_deadline_does() {
    let is_blue = |service: &Service| {
        let labels = service.metadata.as_ref().and_then(|metadata| metadata.labels.as_ref());
        labels.is_some_and(|labels| labels["colour"] == "blue")
    };
    let minute = Duration::from_secs(60);
    run(async {
        let client = client(replies());
        let blue = watch().wait_for(&client, minute, is_blue).await.unwrap();
        assert_eq!(blue.metadata.unwrap().name.as_deref(), Some("b"));
    });
    run(async {
        let client = client(replies());
        let mut services = watch().reflect(&client);
        let gone = services.wait_until(minute, |services| services.get("shop", "a").is_none());
        assert_eq!(shown(gone.await.unwrap()), "b blue");
    });
    run(async {
        let clock = time();
        let server = Server::new("https://api.example.com").unwrap();
        let client = Client::builder(server).transport(replies(), clock.clone()).unwrap();
        let watch = watch();
        let (waited, ()) = tokio::join!(watch.wait_for(&client, minute, |_| false), async {
            clock.advance(Duration::from_secs(61));
        });
        assert!(matches!(waited, Err(WaitError::Deadline(after)) if after == minute));
    });
}

#[test]
fn a_watch_that_is_refused_ends_the_wait_of_a_blocking_client() {
    let mock = MockTransport::new(|_| MockReply::status(403));
    let server = Server::new("https://api.example.com").unwrap();
    let client = BlockingClient::builder(server)
        .blocking_transport(mock, time())
        .unwrap();
    let waited = watch().wait_for_blocking(&client, Duration::from_secs(60), |_| true);
    assert!(matches!(waited, Err(WaitError::Watch(_))));
}

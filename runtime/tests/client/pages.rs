//! Lists in pages.

use tablature_client::Error;
use tablature_client::Execute;
use tablature_client::pages::{Expired, Items};

use crate::emitted::models::Service;
use crate::emitted::services::ListServices;
use crate::send::{run, time};
use crate::server::{Act, Seen, Server, json};

const GONE: &str = include_str!("../../../tests/wire/recordings/48-list-services-expired-continue.json");

/// Pages of `0..count`, by tokens that say where they begin.
fn numbers(seen: &Seen, count: usize) -> Vec<Act> {
    let begin: usize = seen
        .query("continue")
        .map_or(0, |token| token.trim_start_matches("from-").parse().unwrap());
    let limit: usize = seen.query("limit").unwrap().parse().unwrap();
    let end = count.min(begin + limit);
    let items: Vec<_> = (begin..end)
        .map(|number| format!(r#"{{"metadata":{{"name":"s{number}"}}}}"#))
        .collect();
    let token = if end < count {
        format!("from-{end}")
    } else {
        String::new()
    };
    json(
        200,
        &format!(
            r#"{{"items":[{}],"metadata":{{"continue":"{token}","resourceVersion":"7"}}}}"#,
            items.join(",")
        ),
    )
}

/// An expired token, with the fresh one that a real server sends.
fn gone() -> Vec<Act> {
    let recorded: serde_json::Value = serde_json::from_str(GONE).unwrap();
    json(410, recorded["response"]["body"].as_str().unwrap())
}

fn fresh() -> String {
    let recorded: serde_json::Value = serde_json::from_str(GONE).unwrap();
    let body: serde_json::Value = serde_json::from_str(recorded["response"]["body"].as_str().unwrap()).unwrap();
    body["metadata"]["continue"].as_str().unwrap().to_owned()
}

async fn names(mut items: Items<Service>) -> (Vec<String>, Option<Error>, bool) {
    let mut names = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(service) => names.push(service.metadata.unwrap().name.unwrap()),
            Err(error) => {
                assert!(items.next().await.is_none());
                return (names, Some(error), items.is_consistent());
            }
        }
    }
    (names, None, items.is_consistent())
}

#[test]
fn ten_thousand_items_come_in_order_and_each_once() {
    let server = Server::new(|seen| numbers(seen, 10_000));
    let client = server.client().reqwest_with(time()).unwrap();
    let (names, error, consistent) = run(names(ListServices::new("shop").items(&client)));
    assert!(error.is_none() && consistent);
    assert_eq!(
        names,
        (0..10_000).map(|number| format!("s{number}")).collect::<Vec<_>>()
    );
    let seen = server.seen();
    assert_eq!(seen.len(), 20);
    assert_eq!(seen[0].target, "/api/v1/namespaces/shop/services?limit=500");
    assert_eq!(
        seen[1].target,
        "/api/v1/namespaces/shop/services?limit=500&continue=from-500"
    );
}

#[test]
fn pages_are_whole_answers() {
    let server = Server::new(|seen| numbers(seen, 5));
    let client = server.client().ureq_with(time()).unwrap();
    let list = ListServices::new("shop").limit(2).label_selector("a=b");
    let sizes: Vec<_> = list
        .pages_blocking(&client)
        .map(|page| {
            let page = page.unwrap();
            assert!(page.consistent);
            assert_eq!(page.response.status(), 200);
            page.response.into_body().items.len()
        })
        .collect();
    assert_eq!(sizes, [2, 2, 1]);
    assert!(
        server
            .seen()
            .iter()
            .all(|seen| seen.query("labelSelector") == Some("a%3Db"))
    );
    let items = list.items_blocking(&client);
    assert_eq!(items.map(Result::unwrap).count(), 5);
}

#[test]
fn what_a_token_replaces_is_sent_for_the_first_page_only() {
    let server = Server::new(|seen| numbers(seen, 3));
    let client = server.client().ureq_with(time()).unwrap();
    let list = ListServices::new("shop").limit(2).label_selector("a=b");
    let list = list
        .query("resourceVersion", "5")
        .query("resourceVersionMatch", "Exact");
    assert_eq!(list.items_blocking(&client).map(Result::unwrap).count(), 3);
    let asked = |seen: &Seen| {
        let names = ["labelSelector", "resourceVersion", "resourceVersionMatch", "continue"];
        names.map(|name| seen.query(name).map(str::to_owned))
    };
    let [a, version, exact, token] = ["a%3Db", "5", "Exact", "from-2"].map(|it| Some(it.to_owned()));
    let asked: Vec<_> = server.seen().iter().map(asked).collect();
    assert_eq!(asked, [[a.clone(), version, exact, None], [a, None, None, token]]);
}

#[test]
fn an_expired_token_ends_the_list() {
    let server = Server::new(|seen| if seen.number == 1 { gone() } else { numbers(seen, 5) });
    let client = server.client().reqwest_with(time()).unwrap();
    let (names, error, _) = run(names(ListServices::new("shop").limit(2).items(&client)));
    assert_eq!(names, ["s0", "s1"]);
    assert!(error.unwrap().is_gone());
}

#[test]
fn an_expired_token_is_exchanged_for_the_fresh_one_if_asked_for() {
    let server = Server::new(|seen| match seen.number {
        1 => gone(),
        2 => json(200, r#"{"items":[{"metadata":{"name":"newer"}}],"metadata":{}}"#),
        _ => numbers(seen, 5),
    });
    let client = server.client().reqwest_with(time()).unwrap();
    let list = ListServices::new("shop").limit(2);
    let (names, error, consistent) = run(names(list.items(&client).on_expired(Expired::Continue)));
    assert!(error.is_none() && !consistent);
    assert_eq!(names, ["s0", "s1", "newer"]);
    assert_eq!(server.seen()[2].query("continue"), Some(fresh().as_str()));
    let server = Server::new(|seen| {
        if seen.number == 1 {
            gone()
        } else {
            json(200, r#"{"items":[],"metadata":{"continue":"x"}}"#)
        }
    });
    let client = server.client().ureq_with(time()).unwrap();
    let pages = list.pages_blocking(&client).on_expired(Expired::Continue).take(2);
    let consistent: Vec<_> = pages.map(|page| page.unwrap().consistent).collect();
    assert_eq!(consistent, [true, false]);
}

#[test]
fn a_token_that_expires_without_a_fresh_one_ends_the_list() {
    let server = Server::new(|seen| {
        if seen.number == 1 {
            json(410, "{}")
        } else {
            numbers(seen, 5)
        }
    });
    let client = server.client().ureq_with(time()).unwrap();
    let items = ListServices::new("shop").limit(2).items_blocking(&client);
    let outcomes: Vec<_> = items.on_expired(Expired::Continue).collect();
    assert_eq!(outcomes.len(), 3);
    assert!(outcomes[2].as_ref().unwrap_err().is_gone());
}

#[test]
fn items_that_are_not_what_they_should_be_are_named() {
    for (body, message) in [
        (
            r#"{"items":[{},{"spec":{"ports":[{"port":"x"}]}}]}"#,
            "items[1].spec.ports[0].port: ",
        ),
        (r#"{"metadata":{}}"#, "there is no list `items`"),
        ("<html>", "expected JSON, found something else"),
    ] {
        let server = Server::new(move |_| json(200, body));
        let client = server.client().ureq_with(time()).unwrap();
        let mut items = ListServices::new("shop").items_blocking(&client);
        let error = items.next().unwrap().unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
        assert!(items.next().is_none());
    }
    let server = Server::new(|_| json(200, r#"{"items":null}"#));
    let client = server.client().ureq_with(time()).unwrap();
    assert!(ListServices::new("shop").items_blocking(&client).next().is_none());
}

#[test]
fn a_next_that_is_dropped_loses_nothing() {
    run(async {
        let server = Server::new(|seen| numbers(seen, 3));
        let client = server.client().reqwest().unwrap();
        let mut items = ListServices::new("shop").limit(1).items(&client);
        let mut names = Vec::new();
        loop {
            // Polled once, then dropped, over and over.
            tokio::select! {
                biased;
                item = items.next() => match item {
                    Some(item) => names.push(item.unwrap().metadata.unwrap().name.unwrap()),
                    None => break,
                },
                () = tokio::task::yield_now() => {}
            }
        }
        assert_eq!(names, ["s0", "s1", "s2"]);
        assert_eq!(server.seen().len(), 3);
    });
}

//! Read, modify, replace.

use std::sync::{Arc, Mutex};

use tablature_client::Execute;
use tablature_client::retry::RetryPolicy;

use crate::emitted::models::{ObjectMeta, Service};
use crate::emitted::services::{ReadService, ReplaceService};
use crate::send::{run, time};
use crate::server::{Act, Seen, Server, json};

const CONFLICT: &str = r#"{"kind":"Status","reason":"Conflict","message":"the object has been modified","code":409}"#;

/// A server with one Service, which somebody else changes `times` times right after it was read.
fn contested(times: usize) -> (Server, Arc<Mutex<serde_json::Value>>) {
    let object = Arc::new(Mutex::new(serde_json::json!({
        "metadata": {"name": "web", "resourceVersion": "1", "new": [1.0]}, "later": {"x": null},
    })));
    let stored = Arc::clone(&object);
    let server = Server::new(move |seen: &Seen| {
        let mut stored = stored.lock().unwrap();
        if seen.method == "GET" {
            let body = stored.to_string();
            if seen.number / 2 < times {
                stored["metadata"]["resourceVersion"] = (seen.number + 2).to_string().into();
            }
            return json(200, &body);
        }
        let body: serde_json::Value = serde_json::from_slice(&seen.body).unwrap();
        if body["metadata"]["resourceVersion"] != stored["metadata"]["resourceVersion"] {
            return json(409, CONFLICT);
        }
        *stored = body;
        json(200, &stored.to_string())
    });
    (server, object)
}

fn rename(service: Service) -> ReplaceService {
    let metadata = service.metadata.clone().unwrap_or_default().name("renamed");
    ReplaceService::new("shop", "web", service.metadata(metadata))
}

#[test]
fn a_conflict_is_read_again_and_nothing_is_lost() {
    let (server, object) = contested(2);
    let client = server.client().reqwest_with(time()).unwrap();
    let read = ReadService::new("shop", "web");
    let answer = run(read.modify(&client, rename)).unwrap();
    assert_eq!(
        answer.body().metadata.as_ref().unwrap().name.as_deref(),
        Some("renamed")
    );
    assert_eq!(server.seen().len(), 6);
    assert_eq!(
        *object.lock().unwrap(),
        serde_json::json!({
            "apiVersion": "v1", "kind": "Service",
            "metadata": {"name": "renamed", "resourceVersion": "4", "new": [1.0]}, "later": {"x": null},
        })
    );
}

#[test]
fn conflicts_without_end_are_told() {
    let (server, _) = contested(usize::MAX);
    let client = server.client().ureq_with(time()).unwrap();
    let error = ReadService::new("shop", "web")
        .modify_blocking(&client, rename)
        .unwrap_err();
    assert!(error.is_conflict());
    assert_eq!(server.seen().len(), 34);
    assert_eq!(error.attempts(), 17);
    assert!(error.to_string().contains("(attempt 17)"), "{error}");
}

#[test]
fn other_errors_end_it_at_once() {
    let server = Server::new(|seen| json(if seen.method == "GET" { 200 } else { 422 }, "{}"));
    let client = server.client().ureq_with(time()).unwrap();
    let service = |_| ReplaceService::new("shop", "web", Service::default().metadata(ObjectMeta::default()));
    let error = ReadService::new("shop", "web")
        .modify_blocking(&client, service)
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 422);
    assert_eq!(server.seen().len(), 2);
}

#[test]
fn how_many_conflicts_are_borne_is_the_callers_choice() {
    let (server, _) = contested(usize::MAX);
    let client = server.client().retry(RetryPolicy::default().max_conflicts(2));
    let error = ReadService::new("shop", "web")
        .modify_blocking(&client.ureq_with(time()).unwrap(), rename)
        .unwrap_err();
    assert_eq!((error.attempts(), server.seen().len()), (3, 6));
}

/// A server with a Service that loses its answers to the first replacements, which it does if `does`. Whether somebody
/// else changes the same member in between.
fn losing(does: bool, meddled: bool) -> Server {
    let object = Mutex::new(serde_json::json!({"metadata": {"name": "0", "resourceVersion": "1"}}));
    let lost = Mutex::new(0);
    Server::new(move |seen: &Seen| {
        let (mut stored, mut lost) = (object.lock().unwrap(), lost.lock().unwrap());
        if seen.method == "GET" {
            return json(200, &stored.to_string());
        }
        let mut body: serde_json::Value = serde_json::from_slice(&seen.body).unwrap();
        if body["metadata"]["resourceVersion"] != stored["metadata"]["resourceVersion"] {
            return json(409, CONFLICT);
        }
        *lost += 1;
        if does || *lost > 5 {
            body["metadata"]["resourceVersion"] = (seen.number + 2).to_string().into();
            if meddled {
                body["metadata"]["name"] = "other".into();
            }
            *stored = body;
        }
        if *lost > 5 {
            json(200, &stored.to_string())
        } else {
            vec![Act::Close]
        }
    })
}

/// Counts one up in the name.
fn count(service: Service) -> ReplaceService {
    let metadata = service.metadata.clone().unwrap_or_default();
    let number: u32 = metadata.name.as_deref().unwrap_or_default().parse().unwrap();
    ReplaceService::new("shop", "web", service.metadata(metadata.name((number + 1).to_string())))
}

#[test]
fn a_change_whose_answer_is_lost_is_not_made_twice() {
    for does in [true, false] {
        let server = losing(does, false);
        let client = server.client().reqwest_with(time()).unwrap();
        let read = ReadService::new("shop", "web");
        let answer = run(read.modify(&client, count)).unwrap();
        assert_eq!(
            answer.body().metadata.as_ref().unwrap().name.as_deref(),
            Some("1"),
            "{does}"
        );
    }
}

#[test]
fn a_change_of_which_nobody_knows_whether_it_was_made_is_told() {
    let server = losing(true, true);
    let client = server.client().ureq_with(time()).unwrap();
    let error = ReadService::new("shop", "web")
        .modify_blocking(&client, count)
        .unwrap_err();
    assert!(error.is_conflict() && error.may_be_done());
    assert!(
        error
            .to_string()
            .contains("(attempt 2; an earlier one may have been done)"),
        "{error}"
    );
}

//! Read, modify, replace.

use std::sync::{Arc, Mutex};

use tablature_client::Execute;

use crate::emitted::models::{ObjectMeta, Service};
use crate::emitted::services::{ReadService, ReplaceService};
use crate::send::{run, time};
use crate::server::{Seen, Server, json};

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
    assert_eq!(server.seen().len(), 12);
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

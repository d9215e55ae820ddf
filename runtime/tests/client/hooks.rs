//! Hooks: what they see and what they may change.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use tablature_client::Error;
use tablature_client::Execute;
use tablature_client::{Attempt, Hook};
use tablature_runtime::http::{HeaderValue, Request, Uri, response};
use tablature_runtime::{Credential, bytes};

use crate::emitted::services::ListServices;
use crate::send::time;
use crate::server::{Act, Server, json};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }
}

impl Hook for Log {
    fn before(&self, attempt: &Attempt, request: &mut Request<Bytes>) {
        assert!(!request.headers().contains_key("authorization"));
        request
            .headers_mut()
            .insert("x-attempt", HeaderValue::from(attempt.number()));
        self.add(format!("before {attempt:?}"));
    }

    fn answered(&self, attempt: &Attempt, head: &response::Parts) {
        self.add(format!("answered {}: {}", attempt.number(), head.status));
    }

    fn failed(&self, attempt: &Attempt, error: &Error) {
        assert!(matches!(error, Error::Transport(_)));
        self.add(format!("failed {}", attempt.number()));
    }
}

#[test]
fn each_attempt_is_seen_before_and_after() {
    let server = Server::new(|seen| match seen.number {
        0 => vec![Act::Close],
        1 => json(503, "{}"),
        _ => json(200, r#"{"items":[]}"#),
    });
    let log = Log::default();
    let client = server
        .client()
        .credential(Credential::bearer("x"))
        .hook(log.clone())
        .ureq_with(time())
        .unwrap();
    ListServices::new("shop").send_blocking(&client).unwrap();
    let line = |number| {
        format!("before listCoreV1NamespacedService: GET /api/v1/namespaces/{{namespace}}/services ({number})")
    };
    assert_eq!(
        *log.0.lock().unwrap(),
        [
            line(1),
            "failed 1".to_owned(),
            line(2),
            "answered 2: 503 Service Unavailable".to_owned(),
            line(3),
            "answered 3: 200 OK".to_owned(),
        ]
    );
    let attempts: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.header("x-attempt").unwrap().to_owned())
        .collect();
    assert_eq!(attempts, ["1", "2", "3"]);
}

struct Elsewhere(Uri);

impl Hook for Elsewhere {
    fn before(&self, _: &Attempt, request: &mut Request<Bytes>) {
        *request.uri_mut() = self.0.clone();
    }
}

#[test]
fn a_hook_cannot_lead_the_credential_elsewhere() {
    let server = Server::new(|_| json(200, r#"{"items":[]}"#));
    let other = Server::new(|_| json(200, r#"{"items":[]}"#));
    let hook = Elsewhere(format!("{}/x", other.url()).parse().unwrap());
    let client = server
        .client()
        .credential(Credential::bearer("x"))
        .hook(hook)
        .ureq_with(time())
        .unwrap();
    let error = ListServices::new("shop").send_blocking(&client).unwrap_err();
    assert!(matches!(error, Error::Credential(_)), "{error:?}");
    assert_eq!((server.seen().len(), other.connections()), (0, 0));
}

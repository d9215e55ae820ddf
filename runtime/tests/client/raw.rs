//! Requests that no operation is for.

use tablature_client::Error;
use tablature_client::Raw;
use tablature_runtime::Error as CallError;
use tablature_runtime::Json;

use crate::send::{run, time};
use crate::server::{Server, json};

#[test]
fn anything_can_be_sent() {
    let server = Server::new(|seen| json(201, std::str::from_utf8(&seen.body).unwrap()));
    let client = server.client().ureq_with(time()).unwrap();
    let create = Raw::post("/api/v1/namespaces")
        .query("fieldManager", "a b")
        .header("X-A", "b");
    let answer = create
        .json(&serde_json::json!({"kind": "Namespace"}))
        .send_blocking_as::<Json>(&client)
        .unwrap();
    assert_eq!(answer.status(), 201);
    assert_eq!(answer.body().tag("kind").as_deref(), Some("Namespace"));
    let seen = &server.seen()[0];
    assert_eq!(
        (seen.method.as_str(), seen.target.as_str()),
        ("POST", "/api/v1/namespaces?fieldManager=a%20b")
    );
    assert_eq!(seen.header("content-type"), Some("application/json"));
    assert_eq!(seen.header("x-a"), Some("b"));
    let patch = Raw::patch("/x?y=1")
        .query("z", 2)
        .json_as("application/merge-patch+json", &[1]);
    let bytes = run(patch.send(&server.client().reqwest_with(time()).unwrap())).unwrap();
    assert_eq!(bytes.body().as_ref(), b"[1]");
    let seen = &server.seen()[1];
    assert_eq!(seen.target, "/x?y=1&z=2");
    assert_eq!(seen.header("content-type"), Some("application/merge-patch+json"));
}

#[test]
fn errors_are_those_of_operations() {
    let server = Server::new(|seen| {
        if seen.target == "/gone" {
            json(410, "{}")
        } else {
            json(200, "[1]")
        }
    });
    let client = server.client().ureq_with(time()).unwrap();
    let error = Raw::get("/gone").send_blocking(&client).unwrap_err();
    assert!(error.is_gone());
    assert!(
        error
            .to_string()
            .starts_with(&format!("raw: GET {}/gone: 410 Gone", server.url())),
        "{error}"
    );
    let error = Raw::get("/list").send_blocking_as::<String>(&client).unwrap_err();
    assert!(matches!(error, Error::Call(CallError::Decode(_))));
    let error = Raw::get("list").header("a b", "\n").send_blocking(&client).unwrap_err();
    assert_eq!(
        error.to_string(),
        "raw: GET raw cannot be sent: `a b` is not the name of a header; \
         the URL cannot be used: its path does not begin with `/`"
    );
}

//! What the `Status` of an error says.

use std::time::Duration;

use tablature_kubernetes::{Reason, StatusOf, retry_after};
use tablature_runtime::bytes::Bytes;
use tablature_runtime::{ApiError, Error, Json, Operation, http};

use crate::emitted::services::ReplaceService;

fn failed(status: u16, body: &str) -> Error {
    let answer = http::Response::builder().status(status);
    let answer = answer.body(Bytes::copy_from_slice(body.as_bytes())).unwrap();
    ReplaceService::decode(answer).unwrap_err()
}

fn api(status: u16, body: &str) -> ApiError {
    failed(status, body).as_api().unwrap().clone()
}

#[test]
fn statuses() {
    let body = r#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Apply failed with 1 conflict: conflict with \"first\": .spec.selector","reason":"Conflict","details":{"causes":[{"reason":"FieldManagerConflict","message":"conflict with \"first\"","field":".spec.selector"}]},"code":409}"#;
    let error = api(409, body);
    assert_eq!(error.reason(), Some(Reason::Conflict));
    assert!(error.is_conflict() && !error.is_already_exists() && !error.is_expired());
    assert_eq!(error.causes().len(), 1);
    assert_eq!(error.causes().first().unwrap().field.as_deref(), Some(".spec.selector"));
    assert_eq!(
        error.to_string(),
        "replaceCoreV1NamespacedService: PUT /api/v1/namespaces/{namespace}/services/{name}: 409 Conflict: \
         Apply failed with 1 conflict: conflict with \"first\": .spec.selector"
    );
    let status = error.kubernetes_status().unwrap();
    assert_eq!(Json::from_serialize(&status).unwrap(), body.parse().unwrap());

    let gone = r#"{"kind":"Status","metadata":{"continue":"abc"},"reason":"Expired","code":410,"x":1}"#;
    let gone = failed(410, gone);
    assert!(gone.is_gone() && gone.is_expired());
    let status = gone.kubernetes_status().unwrap();
    assert_eq!(status.unknown().get("x"), Some(&Json::from(1)));
    assert_eq!(status.metadata.unwrap().continue_.as_deref(), Some("abc"));

    let bare = api(500, r#"{"status":"Failure","message":"no","code":500}"#);
    assert_eq!(bare.message().as_deref(), Some("no"));
    assert_eq!(bare.kubernetes_status().unwrap().code, Some(500));
    assert_eq!(bare.reason(), None);
}

#[test]
fn reasons_tell_apart_what_shares_a_status() {
    let with = |status: u16, reason: &str| api(status, &format!(r#"{{"kind":"Status","reason":"{reason}"}}"#));
    assert!(with(409, "AlreadyExists").is_already_exists());
    assert!(!with(409, "SomethingNew").is_already_exists());
    assert!(with(400, "Expired").is_expired() && with(410, "Gone").is_expired());
    assert!(!with(404, "NotFound").is_expired());
    assert_eq!(with(400, "SomethingNew").reason().unwrap().as_str(), "SomethingNew");
}

#[test]
fn bodies_that_are_no_status() {
    for body in [
        "404 page not found",
        "[]",
        r#"{"kind":"Status","code":"x"}"#,
        r#"{"kind":"Pod","status":"Failure"}"#,
        r#"{"status":"Success"}"#,
    ] {
        let error = failed(410, body);
        assert_eq!(error.kubernetes_status(), None, "{body}");
        assert!(error.reason().is_none() && error.causes().is_empty() && error.is_expired());
    }
}

#[test]
fn a_status_asks_to_wait() {
    let asked = |details: &str| retry_after(&api(429, &format!(r#"{{"kind":"Status","details":{details}}}"#)));
    assert_eq!(asked(r#"{"retryAfterSeconds":7}"#), Some(Duration::from_secs(7)));
    assert_eq!(asked(r#"{"retryAfterSeconds":0}"#), None);
    assert_eq!(asked(r#"{"retryAfterSeconds":-1}"#), None);
    assert_eq!(asked("{}"), None);
    assert_eq!(retry_after(&api(429, "")), None);
}

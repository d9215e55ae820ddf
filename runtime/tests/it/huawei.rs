//! The codes and messages of errors of Huawei Cloud.

use tablature_huawei::ErrorCode;
use tablature_runtime::bytes::Bytes;
use tablature_runtime::{Error, Json, Operation, http};

use crate::emitted::services::ReplaceService;

fn failed(status: u16, body: &str) -> Error {
    let answer = http::Response::builder().status(status);
    let answer = answer.body(Bytes::copy_from_slice(body.as_bytes())).unwrap();
    ReplaceService::decode(answer).unwrap_err()
}

#[test]
fn errors_of_the_gateway() {
    let body = r#"{"error_code":"APIG.0301","error_msg":"Incorrect IAM authentication information","request_id":"1"}"#;
    let error = failed(401, body);
    assert_eq!(error.error_code().as_deref(), Some("APIG.0301"));
    let gateway = error.gateway_error().unwrap();
    assert_eq!(
        gateway.error_msg.as_deref(),
        Some("Incorrect IAM authentication information")
    );
    assert_eq!(gateway.unknown().get("request_id"), Some(&Json::from("1")));
    assert!(
        error
            .to_string()
            .ends_with(&format!("401 Unauthorized (the body: {body})")),
        "{error}"
    );
}

#[test]
fn errors_of_services() {
    let body = r#"{"kind":"Status","message":"no","code":404,"errorCode":"CCI.01"}"#;
    let error = failed(404, body);
    assert_eq!(error.error_code().as_deref(), Some("CCI.01"));
    assert_eq!(error.gateway_error(), None);
}

#[test]
fn bodies_without_a_code() {
    for body in ["", "<html>", "[]", r#"{"error_code":5}"#, r#"{"message":"no"}"#] {
        let error = failed(500, body);
        assert!(
            error.error_code().is_none() && error.gateway_error().is_none(),
            "{body}"
        );
    }
}

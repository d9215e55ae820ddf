//! Answers: decoded by their status, with every fact kept where that fails.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use tablature_kubernetes::watch::Event;
use tablature_runtime::auth::{Location, SecurityScheme};
use tablature_runtime::bytes::Bytes;
use tablature_runtime::error::ErrorBody;
use tablature_runtime::http;
use tablature_runtime::http::{Method, StatusCode, Uri};
use tablature_runtime::{Answer, ApiError, Builder, Documented, Endpoint, Error, Operation, Parts, answer, json};

use crate::emitted::models::{ServiceList, ServiceOrStatus};
use crate::emitted::services::{DeleteService, ListServices, ReplaceService, WatchServices};

fn http(status: u16, headers: &[(&str, &str)], body: &str) -> http::Response<Bytes> {
    let mut builder = http::Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(Bytes::copy_from_slice(body.as_bytes())).unwrap()
}

fn failed(status: u16, headers: &[(&str, &str)], body: &str) -> Error {
    ReplaceService::decode(http(status, headers, body)).unwrap_err()
}

fn api(status: u16, headers: &[(&str, &str)], body: &str) -> ApiError {
    match failed(status, headers, body) {
        Error::Api(error) => error,
        other => unreachable!("{other}"),
    }
}

#[test]
fn success_has_status_headers_and_body() {
    let warning = r#"299 - "unknown field \"spec.noSuchField\"""#;
    let answer = ReplaceService::decode(http(201, &[("Warning", warning)], r#"{"kind":"Service"}"#)).unwrap();
    assert_eq!(answer.status(), 201);
    assert_eq!(answer.headers().len(), 1);
    assert_eq!(answer.body().kind.as_deref(), Some("Service"));
    let warnings = answer.warnings();
    let only = warnings.first().unwrap();
    assert_eq!(
        (only.code(), only.agent(), only.text()),
        (299, "-", r#"unknown field "spec.noSuchField""#)
    );
    assert_eq!(
        answer.map(|service| service.kind).into_body().as_deref(),
        Some("Service")
    );
    // An undocumented 2xx is the same model.
    assert!(ReplaceService::decode(http(203, &[], "{}")).is_ok());
}

#[test]
fn a_success_that_is_something_else_is_told_from_a_failure() {
    let other = ReplaceService::decode(http(200, &[], r#"["done"]"#)).unwrap_err();
    assert!(other.is_done());
    assert_eq!(other.decode::<Vec<String>>().unwrap(), ["done"]);
    assert!(!failed(409, &[], r#"["done"]"#).is_done());
}

#[test]
fn one_bad_item_does_not_lose_the_others() {
    let body =
        r#" {"items": [{"kind": "a"}, null, {"kind": "b", "x": 1.50}, {"kind": 7}], "metadata": {"continue": "c"}}"#;
    let error = ListServices::decode(http(200, &[], body)).unwrap_err();
    let lenient = error.decode_lenient::<ServiceList>("/items").unwrap();
    assert_eq!(
        serde_json::to_string(&lenient.value).unwrap(),
        r#"{"items":[{"kind":"a"},{"kind":"b","x":1.50}],"metadata":{"continue":"c"}}"#
    );
    let skipped = lenient.skipped.iter();
    let skipped: Vec<_> = skipped
        .map(|it| (it.index, it.error.path(), it.item.to_string()))
        .collect();
    assert_eq!(
        skipped,
        [
            (1, None, "null".to_owned()),
            (3, Some("kind"), r#"{"kind": 7}"#.to_owned())
        ]
    );
}

#[test]
fn a_list_is_read_leniently_wherever_it_stands() {
    let numbers = json::decode_lenient::<Vec<u8>>("[1, 300, 2, -1]", "").unwrap();
    assert_eq!(numbers.value, [1, 2]);
    assert_eq!(numbers.skipped.iter().map(|it| it.index).collect::<Vec<_>>(), [1, 3]);

    type Nested = BTreeMap<String, BTreeMap<String, Vec<Vec<u8>>>>;
    let nested = json::decode_lenient::<Nested>(r#"{"a": {"b": [[1], [2, "x"], []]}}"#, "/a/b").unwrap();
    assert_eq!(nested.value["a"]["b"], [vec![1], vec![]]);
    assert_eq!(nested.skipped[0].error.path(), Some("[1]"));

    for (text, items) in [
        (r#"{"items": 1}"#, "/items"),
        (r#"{"items": []}"#, "/others"),
        ("[1", ""),
    ] {
        assert!(json::decode_lenient::<json::Json>(text, items).is_err(), "{text}");
    }
    // What is wrong beside the items is wrong.
    let body = r#"{"items": [null], "metadata": 1}"#;
    let error = json::decode_lenient::<ServiceList>(body, "/items").unwrap_err();
    assert_eq!(error.path(), Some("metadata"));
}

#[test]
fn warnings() {
    let parse = |values: &[&str]| {
        let headers: Vec<(&str, &str)> = values.iter().map(|value| ("warning", *value)).collect();
        let answer = ReplaceService::decode(http(200, &headers, "{}")).unwrap();
        let told = answer
            .warnings()
            .into_iter()
            .map(|warning| format!("{} {} {warning}", warning.code(), warning.agent()));
        told.collect::<Vec<_>>()
    };
    assert_eq!(
        parse(&[
            r#"299 - "a""#,
            r#"199 host:80 "b, \\ \"c\"" "Wed, 21 Oct 2015 07:28:00 GMT""#
        ]),
        ["299 - a", "199 host:80 b, \\ \"c\""]
    );
    assert_eq!(
        parse(&[r#"299 - "a", 299 x "b" "Wed, 21 Oct 2015 07:28:00 GMT" , 214 y "c""#]),
        ["299 - a", "299 x b", "214 y c"]
    );
    for broken in [
        "",
        "299",
        "299 -",
        "299 - a",
        "299 - \"a",
        "2999 - \"a\"",
        "abc - \"a\"",
        "299 - \"a\\",
    ] {
        assert!(parse(&[broken]).is_empty(), "{broken}");
    }
}

#[test]
fn unions_of_answers() {
    let service = DeleteService::decode(http(200, &[], r#"{"kind":"Service"}"#)).unwrap();
    assert!(matches!(service.body(), ServiceOrStatus::Service(_)));
    let status = DeleteService::decode(http(200, &[], r#"{"status":"Success","kind":"Status"}"#)).unwrap();
    assert!(matches!(status.body(), ServiceOrStatus::Status(_)));
    let other = DeleteService::decode(http(200, &[], r#"{"kind":"Pod","x":1.0}"#)).unwrap();
    assert!(matches!(other.body(), ServiceOrStatus::Other(json) if json.as_text() == r#"{"kind":"Pod","x":1.0}"#));
    let error = DeleteService::decode(http(200, &[], r#"{"kind":"Service","spec":{"ports":[{}]}}"#)).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("spec.ports[0]: missing field `port` of ServicePort"),
        "{error}"
    );
}

#[test]
fn a_body_that_does_not_decode_is_kept_and_its_place_named() {
    let body = r#"{"spec":{"ports":[{"port":80},{"port":"http"}]}}"#;
    let error = failed(200, &[("x", "y")], body);
    assert_eq!(
        error.to_string(),
        "replaceCoreV1NamespacedService: PUT /api/v1/namespaces/{namespace}/services/{name}: 200 OK: \
         the body is not what is documented: spec.ports[1].port: invalid type: string \"http\", expected i32 at line 1 column 45 \
         (the body: {\"spec\":{\"ports\":[{\"port\":80},{\"port\":\"http\"}]}})"
    );
    assert_eq!(error.operation(), "replaceCoreV1NamespacedService");
    assert_eq!(error.method(), Method::PUT);
    assert_eq!(error.route(), "/api/v1/namespaces/{namespace}/services/{name}");
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert_eq!(error.headers().unwrap()["x"], "y");
    assert_eq!(error.body().unwrap(), body);
    assert_eq!(error.url(), None);
    let Error::Decode(error) = error else { unreachable!() };
    assert_eq!(error.path(), Some("spec.ports[1].port"));
    assert_eq!(
        error.message(),
        "invalid type: string \"http\", expected i32 at line 1 column 45"
    );

    for (body, message) in [
        ("", "expected JSON, found an empty body (the body is empty)"),
        (" \n", "expected JSON, found an empty body (the body:  \\n)"),
        (
            "<html>\r\n<body>",
            "expected JSON, found something else (the body: <html>\\r\\n<body>)",
        ),
        (
            "{\"kind\":",
            "kind: EOF while parsing a value at line 1 column 8 (the body: {\"kind\":)",
        ),
        ("{} {}", "trailing characters at line 1 column 4 (the body: {} {})"),
        (
            "true",
            "invalid type: boolean `true`, expected an object (Service) at line 1 column 4 (the body: true)",
        ),
    ] {
        let error = failed(200, &[], body).to_string();
        assert!(error.ends_with(&format!(": {message}")), "{error}");
    }
    let binary = http::Response::new(Bytes::from_static(b"{\"kind\":\"\xff\"}"));
    let error = ReplaceService::decode(binary).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("expected UTF-8, found another byte at offset 9"),
        "{error}"
    );
    assert_eq!(error.body().unwrap(), &b"{\"kind\":\"\xff\"}"[..]);
    let long = failed(200, &[], &format!("[\"{}\"]", "x\u{1b}".repeat(100_000))).to_string();
    assert!(long.len() < 1_500 && !long.contains('\u{1b}'), "{long}");
}

#[test]
fn predicates_are_by_status() {
    let with = |status: u16| api(status, &[], r#"{"reason":"Conflict"}"#);
    assert!(with(401).is_unauthorized() && !with(401).is_forbidden());
    assert!(with(403).is_forbidden());
    assert!(with(404).is_not_found() && !with(404).is_conflict());
    assert!(with(409).is_conflict() && !with(409).is_not_found());
    assert!(with(410).is_gone());
    assert!(with(422).is_invalid());
    let plain = failed(404, &[], "404 page not found\n");
    assert!(plain.is_not_found() && !plain.is_conflict() && !plain.is_gone());
    assert!(
        plain.to_string().ends_with("404 Not Found: 404 page not found"),
        "{plain}"
    );
}

#[test]
fn the_usual_members_of_an_error_are_its_message() {
    for (body, message) in [
        (r#"{"message":"no"}"#, Some("no")),
        (
            r#"{"title":"No","detail":"Not this one","status":500}"#,
            Some("Not this one"),
        ),
        (r#"{"title":"No"}"#, Some("No")),
        (
            r#"{"error":"invalid_grant","error_description":"too old"}"#,
            Some("too old"),
        ),
        (r#"{"error":"invalid_grant"}"#, Some("invalid_grant")),
        (r#"{"error":{"code":5,"message":"not there"}}"#, Some("not there")),
        (r#"{"message":5,"error":"no"}"#, Some("no")),
        (r#"{"message":" "}"#, None),
        (r#"["message"]"#, None),
    ] {
        let error = api(500, &[], body);
        assert_eq!(error.message().as_deref(), message, "{body}");
        let end = match message {
            Some(message) => format!("500 Internal Server Error: {message}"),
            None => format!("500 Internal Server Error (the body: {body})"),
        };
        assert!(error.to_string().ends_with(&end), "{error}");
    }
}

#[test]
fn error_bodies_that_are_json() {
    for json in [
        r#"{"error":{"code":1}}"#,
        "[]",
        "1",
        r#"{"error_code":5}"#,
        r#"{"kind":"Pod","status":"Failure"}"#,
    ] {
        let error = api(500, &[], json);
        assert!(
            matches!(error.body(), ErrorBody::Json(body) if body.as_text() == json),
            "{json}"
        );
        assert!(
            error
                .to_string()
                .ends_with(&format!("500 Internal Server Error (the body: {json})")),
            "{error}"
        );
    }
}

#[test]
fn error_bodies_that_are_no_json() {
    for text in ["<html>", "{\"a\":", "no"] {
        assert_eq!(api(502, &[], text).body(), &ErrorBody::Text(text.to_owned()));
    }
    for empty in ["", " \n"] {
        assert!(matches!(api(503, &[], empty).body(), ErrorBody::Bytes(bytes) if bytes == empty));
    }
    assert!(
        api(304, &[], "")
            .to_string()
            .ends_with("304 Not Modified (the body is empty)")
    );
    let deep = "[".repeat(1_000_000);
    assert!(matches!(api(500, &[], &deep).body(), ErrorBody::Text(_)));
    let hostile = api(
        500,
        &[],
        &format!(r#"{{"kind":"Status","message":"a\r\nb\u001b{}"}}"#, "x".repeat(10_000)),
    )
    .to_string();
    assert!(
        hostile.contains("a\\r\\nb\\u{1b}xxx") && hostile.ends_with('…') && hostile.len() < 600,
        "{hostile}"
    );
}

#[test]
fn retry_after() {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
    let seconds = |value: &str| {
        failed(429, &[("Retry-After", value)], "")
            .retry_after(now)
            .map(|wait| wait.as_secs())
    };
    for (value, wait) in [
        ("5", Some(5)),
        (" 0", Some(0)),
        ("Sun, 06 Nov 1994 08:49:47 GMT", Some(10)),
        ("Sunday, 06-Nov-94 08:49:47 GMT", Some(10)),
        ("Sun Nov  6 08:49:47 1994", Some(10)),
        ("Sun, 06 Nov 1994 08:49:27 GMT", Some(0)),
        ("18446744073709551615", Some(u64::MAX)),
        ("-5", None),
        ("soon", None),
        ("", None),
    ] {
        assert_eq!(seconds(value), wait, "{value}");
    }
    assert_eq!(failed(429, &[], "").retry_after(now), None);
}

#[test]
fn streams_as_a_whole() {
    let body = "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Service\"}}\n{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410}}\n";
    let events = WatchServices::decode(http(200, &[], body)).unwrap().into_body();
    assert_eq!(events.len(), 2);
    assert!(matches!(events.first(), Some(Event::Added(service)) if service.kind.is_some()));
    assert!(events.last().unwrap().is_expired());
    let error = WatchServices::decode(http(200, &[], &format!("{body}{{"))).unwrap_err();
    assert!(
        error.to_string().contains("the stream ended in the middle of line 3"),
        "{error}"
    );
    assert!(
        WatchServices::decode(http(200, &[], ""))
            .unwrap()
            .into_body()
            .is_empty()
    );
    assert!(
        WatchServices::decode(http(410, &[], r#"{"kind":"Status","reason":"Expired"}"#))
            .unwrap_err()
            .is_gone()
    );
}

/// Documents different models for its statuses, and a credential in the query.
enum Peculiar {}

enum ByStatus {}

impl Answer for ByStatus {
    type Output = (StatusCode, Bytes);
    const ACCEPT: &'static str = "a/b";
    const UNDOCUMENTED: bool = false;

    fn decode(status: StatusCode, body: &Bytes) -> Result<Self::Output, json::Error> {
        Ok((status, body.clone()))
    }
}

impl Endpoint for Peculiar {
    const NAME: &'static str = "peculiar";
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/";
    const DOCUMENTED: &'static [Documented] = &[Documented::status(200, "OK"), Documented::status(202, "Accepted")];
    const SECURITY: &'static [&'static [SecurityScheme]] = &[&[SecurityScheme::ApiKey {
        name: "key",
        location: Location::Query,
        parameter: "api key",
    }]];
    type Answer = ByStatus;
}

#[derive(Default)]
struct Call(Parts);

impl Builder for Call {
    type Endpoint = Peculiar;

    fn parts(&self) -> &Parts {
        &self.0
    }
}

#[test]
fn undocumented_success_of_an_unknown_model() {
    assert_eq!(
        Call::decode(http(202, &[], "x")).unwrap().into_body(),
        (StatusCode::ACCEPTED, Bytes::from_static(b"x"))
    );
    let error = Call::decode(http(201, &[], "x")).unwrap_err();
    assert!(matches!(error, Error::Unexpected(_)));
    assert_eq!(
        error.to_string(),
        "peculiar: GET /: 201 Created: the status is not documented (the body: x)"
    );
    assert_eq!(error.body().unwrap(), "x");
}

#[test]
fn urls_without_credentials() {
    let url: Uri = "https://user:secret@example.com:1/a%20b?x=1&api%20key=secret&y"
        .parse()
        .unwrap();
    let error = Call::decode(http(404, &[], "")).unwrap_err().with_url(&url);
    assert_eq!(
        error.url(),
        Some("https://example.com:1/a%20b?x=1&api%20key=<redacted>&y")
    );
    assert_eq!(
        error.to_string(),
        "peculiar: GET https://example.com:1/a%20b?x=1&api%20key=<redacted>&y: 404 Not Found (the body is empty)"
    );
    assert!(!format!("{error:?}").contains("secret"));
}

#[test]
fn debug_tells_no_header_values() {
    for status in [200, 401] {
        let error = failed(status, &[("X-Subject-Token", "secret"), ("Set-Cookie", "secret")], "");
        let text = format!("{error:?} {error:#?} {error}");
        assert!(!text.contains("secret") && text.contains("x-subject-token"), "{text}");
    }
    let request: Error = ListServices::new("")
        .request(&"https://h".parse().unwrap())
        .unwrap_err()
        .into();
    assert!(request.exchange().is_none() && request.status().is_none());
    assert_eq!(request.facts().operation, "listCoreV1NamespacedService");
}

#[test]
fn plain_answers() {
    let body = Bytes::from_static(b"\xff\xfe");
    assert_eq!(answer::Binary::decode(StatusCode::OK, &body).unwrap(), body);
    assert!(answer::Text::decode(StatusCode::OK, &body).is_err());
    assert_eq!(
        answer::Text::decode(StatusCode::OK, &Bytes::from_static(b"x\n")).unwrap(),
        "x\n"
    );
    assert!(answer::Empty::decode(StatusCode::OK, &body).is_ok());
}

//! Webhooks: what is read, and what is not.

use tablature_runtime::bytes::Bytes;
use tablature_runtime::http::{Method, Request};
use tablature_runtime::webhook;
use tablature_runtime::webhook::WebhookProblem;
use tablature_runtime::{Json, Webhook};

enum Told {}

impl Webhook for Told {
    const NAME: &'static str = "told";
    const METHOD: &'static str = "POST";
    const MEDIA_TYPES: &'static [&'static str] = &["application/json; charset=utf-8", "text/*"];
    type Content = webhook::Json<Vec<i64>>;
}

enum Pinged {}

impl Webhook for Pinged {
    const NAME: &'static str = "pinged";
    const METHOD: &'static str = "GET";
    type Content = webhook::Empty;
}

fn request(method: Method, media_type: Option<&str>, body: &'static str) -> Request<Bytes> {
    let mut request = Request::builder().method(method).uri("/hook?secret=s3cret");
    if let Some(media_type) = media_type {
        request = request.header("Content-Type", media_type);
    }
    let request = request.header("X-Attempt", "3").header("X-Signature", "s3cret");
    request.body(Bytes::from_static(body.as_bytes())).unwrap()
}

#[test]
fn a_webhook_is_read_with_its_head() {
    for media_type in [
        Some("application/json"),
        Some("Application/JSON;x=y"),
        Some("text/json"),
        None,
    ] {
        let received = Told::read(request(Method::POST, media_type, " [1, 2]")).unwrap();
        assert_eq!(received.body(), &[1, 2]);
        assert_eq!(received.bytes(), " [1, 2]");
        assert_eq!(received.header::<u32>("x-attempt").unwrap(), Some(3));
        assert_eq!(received.uri().query(), Some("secret=s3cret"));
        assert_eq!(received.method(), Method::POST);
        assert!(!format!("{received:?}").contains("s3cret"));
        assert_eq!(received.into_body(), [1, 2]);
    }
    Pinged::read(request(Method::GET, Some("text/plain"), "ignored")).unwrap();
}

#[test]
fn what_is_not_the_webhook_is_told_and_kept() {
    let json = Some("application/json");
    for (method, media_type, body, says) in [
        (Method::PUT, json, "[1]", "webhook told: the method is not POST"),
        (
            Method::POST,
            Some("application/xml"),
            "<a/>",
            "webhook told: the media type is not application/json; charset=utf-8 or text/*",
        ),
        (Method::POST, json, "", "webhook told: there is no body"),
        (
            Method::POST,
            json,
            "[1, \"2\"]",
            "webhook told: the body cannot be read: ",
        ),
        (Method::POST, json, "<html>", "webhook told: the body cannot be read: "),
    ] {
        let error = Told::read(request(method, media_type, body)).unwrap_err();
        assert!(error.to_string().starts_with(says), "{error}");
        assert!(!format!("{error:?}").contains("s3cret"));
        assert_eq!(
            (error.webhook(), error.request().body().as_ref()),
            ("told", body.as_bytes())
        );
        assert_eq!(error.into_request().body(), body);
    }
    let error = Told::read(request(Method::POST, json, "[1.5]")).unwrap_err();
    assert!(matches!(error.problem(), WebhookProblem::Body(_)));
}

#[test]
fn a_body_of_any_json_is_kept() {
    enum Any {}
    impl Webhook for Any {
        const NAME: &'static str = "any";
        const METHOD: &'static str = "POST";
        type Content = webhook::Json<Json>;
    }
    let received = Any::read(request(Method::POST, Some("application/x"), "{\"a\": 1e400}")).unwrap();
    assert_eq!(received.body().to_string(), "{\"a\": 1e400}");
}

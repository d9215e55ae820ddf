//! Tokens of OAuth 2, from a token endpoint of this process.

use std::time::{Duration, SystemTime};

use tablature_client::credentials::{OAuth2, OAuth2Error};
use tablature_client::time::ManualTime;
use tablature_client::{Error, Execute};
use tablature_runtime::Operation;
use tablature_runtime::auth::SecurityScheme;

use crate::emitted::services::ListServices;
use crate::send::{run, time};
use crate::server::{Act, Seen, Server, json};

const LIST: &str = r#"{"items":[]}"#;

/// A token endpoint that gives `token-1`, `token-2` and so on, each for ten minutes.
fn endpoint() -> Server {
    Server::new(|seen: &Seen| {
        let number = seen.number + 1;
        json(
            200,
            &format!(
                r#"{{"access_token":"token-{number}","token_type":"Bearer","expires_in":600,"refresh_token":"refresh-{number}"}}"#
            ),
        )
    })
}

fn url(server: &Server) -> String {
    format!("{}/token?tenant=a", server.url())
}

fn list() -> ListServices {
    ListServices::new("shop")
}

fn body(seen: &Seen) -> &str {
    std::str::from_utf8(&seen.body).unwrap()
}

/// The tokens that a server has seen.
fn tokens(server: &Server) -> Vec<String> {
    let token = |seen: &Seen| seen.header("authorization").unwrap().to_owned();
    server.seen().iter().map(token).collect()
}

#[test]
fn a_token_is_issued_for_client_credentials_and_again_before_it_ends() {
    let (endpoint, server) = (endpoint(), Server::new(|_| json(200, LIST)));
    let source = OAuth2::client_credentials(&url(&endpoint), "i d", "s3c:ret")
        .unwrap()
        .scopes(["read", "write"])
        .parameter("audience", "https://api.example");
    let clock = ManualTime::new(SystemTime::UNIX_EPOCH);
    let client = server.client().credential(source).reqwest_with(clock.clone()).unwrap();
    run(async {
        for seconds in [0, 530, 20] {
            clock.advance(Duration::from_secs(seconds));
            list().send(&client).await.unwrap();
        }
    });
    assert_eq!(tokens(&server), ["Bearer token-1", "Bearer token-1", "Bearer token-2"]);
    let asked = &endpoint.seen()[0];
    assert_eq!((&*asked.method, &*asked.target), ("POST", "/token?tenant=a"));
    assert_eq!(asked.header("content-type"), Some("application/x-www-form-urlencoded"));
    // `i%20d:s3c%3Aret`
    assert_eq!(asked.header("authorization"), Some("Basic aSUyMGQ6czNjJTNBcmV0"));
    assert_eq!(
        body(asked),
        "grant_type=client_credentials&scope=read%20write&audience=https%3A%2F%2Fapi.example"
    );
}

#[test]
fn a_secret_goes_into_the_body_where_the_server_wants_it_there() {
    let (endpoint, server) = (endpoint(), Server::new(|_| json(200, LIST)));
    let source = OAuth2::client_credentials(&url(&endpoint), "id", "s3cret")
        .unwrap()
        .secret_in_body();
    let client = server.client().credential(source).ureq_with(time()).unwrap();
    list().send_blocking(&client).unwrap();
    let asked = &endpoint.seen()[0];
    assert_eq!(asked.header("authorization"), None);
    assert_eq!(
        body(asked),
        "grant_type=client_credentials&client_id=id&client_secret=s3cret"
    );
}

#[test]
fn a_refresh_token_gives_way_to_the_next() {
    let endpoint = endpoint();
    // Only the third token is taken, so that each call fetches one.
    let server = Server::new(|seen: &Seen| match seen.header("authorization") {
        Some("Bearer token-3") => json(200, LIST),
        _ => json(401, "{}"),
    });
    let source = OAuth2::refresh_token(&url(&endpoint), "id", "refresh-0").unwrap();
    let client = server.client().credential(source).ureq_with(time()).unwrap();
    assert!(list().send_blocking(&client).is_err());
    list().send_blocking(&client).unwrap();
    let sent: Vec<String> = endpoint.seen().iter().map(|seen| body(seen).to_owned()).collect();
    let expected =
        ["0", "1", "2"].map(|number| format!("grant_type=refresh_token&refresh_token=refresh-{number}&client_id=id"));
    assert_eq!(sent, expected);
}

#[test]
fn a_server_that_refuses_every_token_is_asked_twice_and_no_more() {
    let (endpoint, server) = (endpoint(), Server::new(|_| json(401, "{}")));
    let source = OAuth2::client_credentials(&url(&endpoint), "id", "s3cret").unwrap();
    let client = server.client().credential(source).ureq_with(time()).unwrap();
    for calls in 1..3 {
        assert_eq!(list().send_blocking(&client).unwrap_err().status().unwrap(), 401);
        assert_eq!(server.seen().len(), 2 * calls);
    }
}

#[test]
fn a_token_that_has_ended_when_it_comes_is_used_once() {
    let endpoint = Server::new(|_| json(200, r#"{"access_token":"t","token_type":"bearer","expires_in":"0"}"#));
    let server = Server::new(|_| json(200, LIST));
    let source = OAuth2::client_credentials(&url(&endpoint), "id", "s3cret").unwrap();
    let client = server.client().credential(source).ureq_with(time()).unwrap();
    for calls in 1..4 {
        list().send_blocking(&client).unwrap();
        assert_eq!((endpoint.seen().len(), server.seen().len()), (calls, calls));
    }
}

#[test]
fn what_a_token_endpoint_does_wrong_is_told_without_what_it_says() {
    type Case = (fn() -> Vec<Act>, &'static str, bool);
    let cases: [Case; 7] = [
        (
            || json(400, r#"{"error":"invalid_client","error_description":"no s3cret"}"#),
            "the token endpoint answered 400 Bad Request: invalid_client",
            false,
        ),
        (
            || json(400, r#"{"error":"S3CRET s3cret"}"#),
            "the token endpoint answered 400 Bad Request",
            false,
        ),
        (
            || json(503, "<html>"),
            "the token endpoint answered 503 Service Unavailable",
            true,
        ),
        (|| json(200, "s3cret"), "without an `access_token`", false),
        (
            || json(200, r#"{"access_token":7}"#),
            "without an `access_token`",
            false,
        ),
        (
            || json(200, r#"{"access_token":"s3cret","token_type":"mac"}"#),
            "that is not a bearer token",
            false,
        ),
        (|| vec![Act::Close], "no credential from 127.0.0.1: ", true),
    ];
    for (script, told, passing) in cases {
        let (endpoint, server) = (Server::new(move |_| script()), Server::new(|_| json(200, LIST)));
        let source = OAuth2::client_credentials(&url(&endpoint), "id", "s3cret").unwrap();
        let client = server.client().credential(source).ureq_with(time()).unwrap();
        let error = list().send_blocking(&client).unwrap_err();
        let Error::Credential(failed) = &error else {
            unreachable!("{error:?}")
        };
        assert_eq!(failed.cause().is_passing(), passing, "{error}");
        assert!(error.to_string().contains(told), "{error}");
        let shown = format!("{error} {error:?} {client:?}").to_lowercase();
        assert!(!shown.contains("s3cret") && server.seen().is_empty(), "{shown}");
    }
}

#[test]
fn a_secret_is_sent_only_where_it_may_go() {
    let server = Server::new(|_| json(200, LIST));
    let source = OAuth2::client_credentials("http://auth.example.com/token", "id", "s3cret").unwrap();
    assert!(!format!("{source:?}").contains("s3cret"));
    let client = server.client().credential(source).ureq_with(time()).unwrap();
    let error = list().send_blocking(&client).unwrap_err().to_string();
    assert!(
        error.contains("is not sent to `auth.example.com` over plain HTTP"),
        "{error}"
    );
    for endpoint in [
        "",
        "auth.example.com",
        "ftp://auth.example.com",
        "https://user@auth.example.com",
        "/token",
    ] {
        let error = OAuth2::client_credentials(endpoint, "id", "s3cret").unwrap_err();
        assert_eq!(error, OAuth2Error::Endpoint, "{endpoint}");
    }
}

#[test]
fn a_documented_token_endpoint_is_taken_when_it_is_asked_for() {
    const READ: SecurityScheme = SecurityScheme::OAuth2 {
        name: "oauth",
        token_url: Some("https://auth.example.com/token"),
        scopes: &["read"],
    };
    let undocumented = OAuth2::documented(ListServices::SECURITY, "id", "s3cret");
    assert_eq!(undocumented.unwrap_err(), OAuth2Error::Undocumented);
    let source = OAuth2::documented(&[&[], &[READ]], "id", "s3cret").unwrap();
    let shown = format!("{source:?}");
    assert!(
        shown.contains(r#"Some("auth.example.com")"#) && shown.contains(r#"["read"]"#),
        "{shown}"
    );
}

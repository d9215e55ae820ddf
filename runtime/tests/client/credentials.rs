//! Credentials: from where they come, when they are fetched again, and where they do not go.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use tablature_client::Error;
use tablature_client::Execute;
use tablature_client::Raw;
use tablature_client::credentials::{BearerFile, CredentialError, Lease, Provider};
use tablature_client::time::ManualTime;
use tablature_huawei::{AccessKey, IamPassword};
use tablature_runtime::{Credential, Server as Address};

use crate::emitted::services::ListServices;
use crate::send::{run, time};
use crate::server::{Seen, Server, answer, json};

const LIST: &str = r#"{"items":[]}"#;

fn list() -> ListServices {
    ListServices::new("shop")
}

/// A server that takes only this token.
fn taking(token: &'static str) -> Server {
    let header = format!("Bearer {token}");
    Server::new(move |seen| {
        if seen.header("authorization") == Some(&header) {
            json(200, LIST)
        } else {
            json(401, r#"{"kind":"Status","reason":"Unauthorized","code":401}"#)
        }
    })
}

/// Tokens `t1`, `t2` and so on, each good for `lifetime`, and how many there were.
fn counted(
    time: &ManualTime,
    lifetime: Option<Duration>,
) -> (
    Arc<AtomicU32>,
    impl Fn() -> std::future::Ready<Result<Lease, CredentialError>> + Send + Sync + use<>,
) {
    let count = Arc::new(AtomicU32::new(0));
    let (counter, time) = (Arc::clone(&count), time.clone());
    let fetch = move || {
        let number = counter.fetch_add(1, Ordering::SeqCst) + 1;
        let lease = Lease::new(Credential::bearer(format!("t{number}")));
        std::future::ready(Ok(match lifetime {
            Some(lifetime) => lease.until(tablature_client::time::Time::system_now(&time) + lifetime),
            None => lease,
        }))
    };
    (count, fetch)
}

#[test]
fn a_credential_is_kept_until_the_server_refuses_it_and_then_fetched_once() {
    let clock = time();
    let (count, fetch) = counted(&clock, None);
    let server = taking("t2");
    let client = server
        .client()
        .credential(Provider::new(fetch))
        .reqwest_with(clock)
        .unwrap();
    run(async {
        list().send(&client).await.unwrap();
        list().send(&client).await.unwrap();
    });
    assert_eq!(count.load(Ordering::SeqCst), 2);
    let tokens: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.header("authorization").unwrap().to_owned())
        .collect();
    assert_eq!(tokens, ["Bearer t1", "Bearer t2", "Bearer t2"]);
}

#[test]
fn a_second_refusal_is_the_answer() {
    let clock = time();
    let (count, fetch) = counted(&clock, None);
    let server = taking("none");
    let client = server
        .client()
        .credential(Provider::new(fetch))
        .ureq_with(clock)
        .unwrap();
    let error = list().send_blocking(&client).unwrap_err();
    assert!(error.as_api().unwrap().is_unauthorized());
    assert_eq!((server.seen().len(), count.load(Ordering::SeqCst)), (2, 2));
}

#[test]
fn a_fixed_credential_that_is_refused_is_not_sent_twice() {
    let server = taking("other");
    let client = server
        .client()
        .credential(Credential::bearer("t"))
        .ureq_with(time())
        .unwrap();
    assert!(list().send_blocking(&client).is_err());
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn a_credential_is_fetched_again_before_it_ends() {
    let clock = time();
    let (count, fetch) = counted(&clock, Some(Duration::from_secs(24 * 3600)));
    let server = Server::new(|_| json(200, LIST));
    let client = server
        .client()
        .credential(Provider::new(fetch))
        .ureq_with(clock.clone())
        .unwrap();
    for (pass, fetched) in [(0, 1), (86_000, 1), (99, 1), (2, 2), (86_000, 2), (200, 3)] {
        clock.advance(Duration::from_secs(pass));
        list().send_blocking(&client).unwrap();
        assert_eq!(count.load(Ordering::SeqCst), fetched, "{pass}");
    }
}

#[test]
fn many_calls_at_once_fetch_it_once() {
    run(async {
        let server = Server::new(|_| json(200, LIST));
        let count = Arc::new(AtomicU32::new(0));
        let counter = Arc::clone(&count);
        let slow = Provider::new(move || {
            let counter = Arc::clone(&counter);
            async move {
                counter.fetch_add(1, Ordering::SeqCst);
                for _ in 0..50 {
                    tokio::task::yield_now().await;
                }
                Ok(Lease::new(Credential::bearer("t")))
            }
        });
        let client = server.client().credential(slow).reqwest().unwrap();
        let calls: Vec<_> = (0..20)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { list().send(&client).await.map(drop) })
            })
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        assert_eq!((count.load(Ordering::SeqCst), server.seen().len()), (1, 20));
    });
}

#[test]
fn a_fetch_that_is_dropped_passes_to_the_next_call() {
    run(async {
        let server = Server::new(|_| json(200, LIST));
        let count = Arc::new(AtomicU32::new(0));
        let counter = Arc::clone(&count);
        let provider = Provider::new(move || {
            let first = counter.fetch_add(1, Ordering::SeqCst) == 0;
            async move {
                if first {
                    std::future::pending::<()>().await;
                }
                Ok(Lease::new(Credential::bearer("t")))
            }
        });
        let client = server.client().credential(provider).reqwest().unwrap();
        let first = tokio::spawn({
            let client = client.clone();
            async move { list().send(&client).await.map(drop) }
        });
        while count.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        let waiting = tokio::spawn({
            let client = client.clone();
            async move { list().send(&client).await.map(drop) }
        });
        tokio::task::yield_now().await;
        first.abort();
        waiting.await.unwrap().unwrap();
    });
}

#[test]
fn a_source_that_fails_is_told_without_a_secret() {
    let server = Server::new(|_| json(200, LIST));
    let source = Provider::new(|| async { Err(CredentialError::new("the vault is sealed")) });
    let client = server.client().credential(source).ureq_with(time()).unwrap();
    let error = list().send_blocking(&client).unwrap_err();
    assert!(matches!(error, Error::Credential(_)));
    assert!(
        error
            .to_string()
            .ends_with("/api/v1/namespaces/shop/services: the vault is sealed"),
        "{error}"
    );
    assert_eq!(server.seen().len(), 0);
}

#[test]
fn a_token_file_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    fs::write(&path, "t1\n").unwrap();
    let clock = time();
    let server = Server::new(|seen: &Seen| match seen.header("authorization") {
        Some("Bearer t3") => json(401, "{}"),
        _ => json(200, LIST),
    });
    let client = server
        .client()
        .credential(BearerFile::new(&path))
        .ureq_with(clock.clone())
        .unwrap();
    let send = || list().send_blocking(&client).map(drop);
    send().unwrap();
    fs::write(&path, "t2").unwrap();
    send().unwrap();
    clock.advance(Duration::from_secs(60));
    send().unwrap();
    // A token that is refused is read anew, even within the minute.
    fs::write(&path, "t3").unwrap();
    clock.advance(Duration::from_secs(60));
    assert!(send().is_err());
    fs::write(&path, "t4").unwrap();
    send().unwrap();
    let tokens: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.header("authorization").unwrap()[7..].to_owned())
        .collect();
    assert_eq!(tokens, ["t1", "t1", "t2", "t3", "t3", "t4"]);
    fs::remove_file(&path).unwrap();
    clock.advance(Duration::from_secs(61));
    let error = send().unwrap_err();
    assert!(error.to_string().contains("token file"), "{error}");
}

#[test]
fn no_credential_goes_out_in_plain_http() {
    let elsewhere = Address::new("http://example.com").unwrap();
    let client = tablature_client::Client::builder(elsewhere).credential(Credential::bearer("t0ken"));
    let error = list().send_blocking(&client.ureq_with(time()).unwrap()).unwrap_err();
    assert!(matches!(error, Error::Credential(_)));
    assert!(
        error
            .to_string()
            .contains("is not sent to `example.com` over plain HTTP"),
        "{error}"
    );
    // Unless that is asked for. The name leads nowhere, which is told after the credential was put on.
    let nowhere = Address::new("http://nowhere.invalid").unwrap();
    let client = tablature_client::Client::builder(nowhere).credential(Credential::bearer("t0ken"));
    let client = client
        .allow_plain_http()
        .retry(tablature_client::retry::RetryPolicy::none());
    let error = list().send_blocking(&client.ureq_with(time()).unwrap()).unwrap_err();
    assert!(!matches!(error, Error::Credential(_)), "{error}");
}

/// An IAM that issues `iam-1`, `iam-2` and so on.
fn iam(expires: &'static str) -> Server {
    Server::new(move |seen| {
        let token = format!("iam-{}", seen.number + 1);
        answer(
            201,
            &[("X-Subject-Token", &token)],
            format!(r#"{{"token":{{"expires_at":"{expires}"}}}}"#),
        )
    })
}

fn password(iam: &Server) -> IamPassword {
    IamPassword::new(Address::new(&iam.url()).unwrap(), "account", "us\"er", "pass\\word").project("cn-north-4")
}

#[test]
fn a_token_of_huawei_cloud_is_issued_for_a_password() {
    let iam = iam("1970-01-02T00:00:00.000000Z");
    let clock = ManualTime::new(SystemTime::UNIX_EPOCH);
    let server = Server::new(|_| json(200, LIST));
    let client = server
        .client()
        .credential(password(&iam))
        .reqwest_with(clock.clone())
        .unwrap();
    run(async {
        list().send(&client).await.unwrap();
        Raw::get("/x").send(&client).await.unwrap();
        clock.advance(Duration::from_secs(24 * 3600 - 299));
        list().send(&client).await.unwrap();
    });
    let tokens: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.header("x-auth-token").unwrap().to_owned())
        .collect();
    assert_eq!(tokens, ["iam-1", "iam-1", "iam-2"]);
    let asked = iam.seen();
    assert_eq!(asked.len(), 2);
    assert_eq!(
        (asked[0].method.as_str(), asked[0].target.as_str()),
        ("POST", "/v3/auth/tokens?nocatalog=true")
    );
    assert_eq!(asked[0].header("content-type"), Some("application/json"));
    let body: serde_json::Value = serde_json::from_slice(&asked[0].body).unwrap();
    assert_eq!(
        body,
        serde_json::json!({"auth": {
            "identity": {"methods": ["password"], "password": {
                "user": {"name": "us\"er", "password": "pass\\word", "domain": {"name": "account"}},
            }},
            "scope": {"project": {"name": "cn-north-4"}},
        }})
    );
}

#[test]
fn a_token_of_an_agency_is_issued_for_that_of_a_user() {
    let iam = iam("1970-01-02T00:00:00Z");
    let server = Server::new(|_| json(200, LIST));
    let source = password(&iam).assume_role("other", "agency");
    let client = server.client().credential(source).ureq_with(time()).unwrap();
    list().send_blocking(&client).unwrap();
    assert_eq!(server.seen()[0].header("x-auth-token"), Some("iam-2"));
    let asked = iam.seen();
    assert_eq!(asked[1].header("x-auth-token"), Some("iam-1"));
    let auth = |seen: &Seen| serde_json::from_slice::<serde_json::Value>(&seen.body).unwrap()["auth"].clone();
    assert_eq!(
        auth(&asked[0])["scope"],
        serde_json::json!({"domain": {"name": "account"}})
    );
    assert_eq!(
        auth(&asked[1]),
        serde_json::json!({
            "identity": {
                "methods": ["assume_role"],
                "assume_role": {"domain_name": "other", "agency_name": "agency"},
            },
            "scope": {"project": {"name": "cn-north-4"}},
        })
    );
}

#[test]
fn a_token_of_huawei_cloud_is_issued_again_when_it_is_refused() {
    let iam = iam("1970-01-02T00:00:00Z");
    let server = Server::new(|seen: &Seen| match seen.header("x-auth-token") {
        Some("iam-2") => json(200, LIST),
        _ => json(
            401,
            r#"{"error_code":"APIG.0301","error_msg":"Incorrect IAM authentication information"}"#,
        ),
    });
    let client = server.client().credential(password(&iam)).ureq_with(time()).unwrap();
    list().send_blocking(&client).unwrap();
    assert_eq!((iam.seen().len(), server.seen().len()), (2, 2));
}

#[test]
fn an_iam_that_refuses_is_told() {
    let iam = Server::new(|_| {
        json(
            401,
            r#"{"error":{"code":401,"message":"The username or password is wrong.","title":"Unauthorized"}}"#,
        )
    });
    let server = Server::new(|_| json(200, LIST));
    let client = server.client().credential(password(&iam)).ureq_with(time()).unwrap();
    let error = list().send_blocking(&client).unwrap_err();
    let Error::Credential(failed) = &error else {
        unreachable!("{error:?}")
    };
    assert!(!failed.cause().is_passing());
    assert!(
        error
            .to_string()
            .ends_with("IAM answered 401 Unauthorized: The username or password is wrong."),
        "{error}"
    );
    let plain = IamPassword::new(Address::new("http://iam.example.com").unwrap(), "a", "u", "p");
    let client = server.client().credential(plain).ureq_with(time()).unwrap();
    let error = list().send_blocking(&client).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("is not sent to `iam.example.com` over plain HTTP"),
        "{error}"
    );
    assert_eq!(server.seen().len(), 0);
}

#[test]
fn an_iam_that_echoes_the_request_does_not_put_the_password_into_the_error() {
    for message in [
        "no user with pass\\word",
        "no user with pass\\\\word",
        "no user with pass%5Cword",
        r#"cannot read {"auth":{"identity":{"methods":["password"],"password":{"user":{"password":"pass"#,
    ] {
        let body = serde_json::json!({"error": {"code": 400, "message": message}}).to_string();
        let iam = Server::new(move |_| json(400, &body));
        let server = Server::new(|_| json(200, LIST));
        let client = server.client().credential(password(&iam)).ureq_with(time()).unwrap();
        let error = list().send_blocking(&client).unwrap_err();
        let told = format!("{error} {error:?}");
        assert!(!told.contains("word") || !told.contains("pass"), "{told}");
        assert!(told.contains("IAM answered 400"), "{told}");
    }
}

#[test]
fn an_access_key_signs_each_attempt_anew_and_never_in_plain_http() {
    let server = Server::new(|seen| match seen.number {
        0 => answer(503, &[("Retry-After", "7")], ""),
        _ => json(200, LIST),
    });
    let key = || AccessKey::new("AK", "s3cret").security_token("t0ken").project("p1");
    let client = server.client().credential(key()).ureq_with(time()).unwrap();
    list().send_blocking(&client).unwrap();
    let seen = server.seen();
    let host = server.socket().to_string();
    let signatures: Vec<&str> = seen
        .iter()
        .map(|seen| {
            assert_eq!(seen.header("host"), Some(host.as_str()));
            assert_eq!(
                (seen.header("x-security-token"), seen.header("x-project-id")),
                (Some("t0ken"), Some("p1"))
            );
            let authorization = seen.header("authorization").unwrap();
            let begin =
                "SDK-HMAC-SHA256 Access=AK, SignedHeaders=host;x-project-id;x-sdk-date;x-security-token, Signature=";
            authorization.strip_prefix(begin).unwrap()
        })
        .collect();
    assert_ne!(signatures[0], signatures[1]);
    let dates: Vec<_> = seen.iter().map(|seen| seen.header("x-sdk-date").unwrap()).collect();
    assert_eq!(dates, ["19700101T000000Z", "19700101T000007Z"]);

    let plain = tablature_client::Client::builder(Address::new("http://cci.example.com").unwrap());
    let client = plain.credential(key().unsigned_body()).ureq_with(time()).unwrap();
    let error = list().send_blocking(&client).unwrap_err();
    assert!(
        error.to_string().contains("`cci.example.com` over plain HTTP"),
        "{error}"
    );
    assert!(!format!("{error:?} {client:?} {:?}", key()).contains("s3cret"));
    let client = server
        .client()
        .credential(AccessKey::new("AK", ""))
        .ureq_with(time())
        .unwrap();
    let error = list().send_blocking(&client).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the request cannot be signed: the access key or its secret is empty"),
        "{error}"
    );
    let client = server
        .client()
        .credential(key().unsigned_body())
        .ureq_with(time())
        .unwrap();
    Raw::post("/x").json("body").send_blocking(&client).unwrap();
    assert_eq!(
        server.seen()[2].header("x-sdk-content-sha256"),
        Some("UNSIGNED-PAYLOAD")
    );
}

//! Credentials: where they go, where they do not, and that they are not told.

use tablature_runtime::auth::{AuthError, Location, SecurityScheme, apply};
use tablature_runtime::http::Request;
use tablature_runtime::{Credential, Operation};

use crate::emitted::services::ReplaceService;

const HEADER: SecurityScheme = SecurityScheme::ApiKey {
    name: "a",
    location: Location::Header,
    parameter: "X-Auth-Token",
};
const QUERY: SecurityScheme = SecurityScheme::ApiKey {
    name: "b",
    location: Location::Query,
    parameter: "api key",
};
const COOKIE: SecurityScheme = SecurityScheme::ApiKey {
    name: "c",
    location: Location::Cookie,
    parameter: "session",
};
const BASIC: SecurityScheme = SecurityScheme::Http {
    name: "d",
    scheme: "basic",
};
const BEARER: SecurityScheme = SecurityScheme::Http {
    name: "e",
    scheme: "Bearer",
};
const OAUTH: SecurityScheme = SecurityScheme::OAuth2 {
    name: "f",
    token_url: None,
    scopes: &["user:full"],
};
const OIDC: SecurityScheme = SecurityScheme::OpenIdConnect { name: "g", scopes: &[] };
const DIGEST: SecurityScheme = SecurityScheme::Http {
    name: "i",
    scheme: "Digest",
};
const TLS: SecurityScheme = SecurityScheme::MutualTls { name: "h" };

fn request(url: &str) -> Request<()> {
    Request::get(url).body(()).unwrap()
}

/// The URL's path and query, and the headers, of a request with the credential.
fn applied(credential: &Credential, security: &[&[SecurityScheme]]) -> (String, Vec<(String, String)>) {
    let mut request = request("https://example.com/x?y=z");
    apply(&mut request, credential, security).unwrap();
    assert!(!format!("{:?}", request.headers()).contains("secret"));
    let headers = request.headers().iter().map(|(name, value)| {
        assert!(value.is_sensitive());
        (name.to_string(), value.to_str().unwrap().to_owned())
    });
    (request.uri().path_and_query().unwrap().to_string(), headers.collect())
}

#[test]
fn go_where_they_belong() {
    let header = |name: &str, value: &str| ("/x?y=z".to_owned(), vec![(name.to_owned(), value.to_owned())]);
    let bearer = header("authorization", "Bearer secret");
    let token = Credential::token("secret");
    for (security, expected) in [
        (&[][..], bearer.clone()),
        (&[&[][..]], bearer.clone()),
        (&[&[HEADER]], header("x-auth-token", "secret")),
        (&[&[COOKIE]], header("cookie", "session=secret")),
        (&[&[BEARER]], bearer.clone()),
        (&[&[OAUTH], &[HEADER]], bearer.clone()),
        (&[&[OIDC]], bearer.clone()),
        (&[&[TLS, BASIC], &[HEADER]], header("x-auth-token", "secret")),
        (&[&[QUERY]], ("/x?y=z&api%20key=secret".to_owned(), vec![])),
        (ReplaceService::SECURITY, header("x-auth-token", "secret")),
    ] {
        assert_eq!(applied(&token, security), expected);
        // What is documented locks no other credential out.
        assert_eq!(applied(&Credential::bearer("secret"), security), bearer);
        assert_eq!(
            applied(&Credential::header("X-Other", "secret"), security),
            header("x-other", "secret")
        );
        let basic = header("authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert_eq!(applied(&Credential::basic("Aladdin", "open sesame"), security), basic);
    }
    let escaped = applied(&Credential::token("s&=#+"), &[&[QUERY]]);
    assert_eq!(escaped.0, "/x?y=z&api%20key=s%26%3D%23%2B");
    let mut cookies = Request::get("https://h/").header("Cookie", "a=b").body(()).unwrap();
    apply(&mut cookies, &Credential::token("secret"), &[&[COOKIE]]).unwrap();
    assert_eq!(cookies.headers()["cookie"], "a=b; session=secret");
}

/// Why a credential is not applied. Nothing of it is on the request then.
fn refused(credential: &Credential, security: &[&[SecurityScheme]]) -> AuthError {
    let mut request = request("https://example.com/");
    let error = apply(&mut request, credential, security).unwrap_err();
    assert!(request.headers().is_empty() && request.uri() == "https://example.com/");
    error
}

#[test]
fn a_token_is_not_sent_as_something_else() {
    let token = Credential::token("secret");
    let scheme = |name| AuthError::Scheme { name };
    let together = |names: &[&'static str]| AuthError::Together { names: names.to_vec() };
    for (security, expected) in [
        (&[&[DIGEST][..]][..], scheme("i")),
        (&[&[BASIC], &[DIGEST]], scheme("d")),
        (&[&[TLS]], scheme("h")),
        (&[&[], &[DIGEST]], scheme("i")),
        (&[&[HEADER, QUERY]], together(&["a", "b"])),
        (&[&[TLS, HEADER, BEARER], &[BASIC]], together(&["a", "e"])),
    ] {
        assert_eq!(refused(&token, security), expected, "{security:?}");
    }
    assert_eq!(
        applied(&token, &[&[HEADER, QUERY], &[TLS, OAUTH]]).1[0].1,
        "Bearer secret"
    );
    assert_eq!(
        scheme("i").to_string(),
        "scheme `i` does not take this credential; `Credential::header` sends any header"
    );
    assert_eq!(
        together(&["a", "b"]).to_string(),
        "schemes `a`, `b` are needed together: give each its credential with `Credential::for_schemes`"
    );
}

#[test]
fn schemes_that_are_needed_together_are_sent_together() {
    let named = [
        ("a", Credential::token("secret1")),
        ("b", Credential::token("secret2")),
        ("d", Credential::basic("Aladdin", "open sesame")),
        ("e", Credential::token("secret3")),
        ("i", Credential::header("Authorization", "Digest secret4")),
    ];
    let all = Credential::for_schemes(named.clone());
    assert_eq!(
        format!("{all:?}"),
        r#"{"a": Credential::token(<redacted>), "b": Credential::token(<redacted>), "d": Credential::basic(<redacted>), "e": Credential::token(<redacted>), "i": Credential::header("Authorization", <redacted>)}"#
    );
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    for (security, target, headers) in [
        (
            &[&[HEADER, QUERY][..]][..],
            "/x?y=z&api%20key=secret2",
            vec![pair("x-auth-token", "secret1")],
        ),
        (
            &[&[HEADER, TLS, BASIC]],
            "/x?y=z",
            vec![
                pair("x-auth-token", "secret1"),
                pair("authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
            ],
        ),
        (
            &[&[COOKIE, HEADER], &[BEARER]],
            "/x?y=z",
            vec![pair("authorization", "Bearer secret3")],
        ),
        (&[&[DIGEST]], "/x?y=z", vec![pair("authorization", "Digest secret4")]),
        (&[&[OAUTH], &[]], "/x?y=z", vec![]),
        (&[&[TLS]], "/x?y=z", vec![]),
        (&[], "/x?y=z", vec![]),
    ] {
        assert_eq!(applied(&all, security), (target.to_owned(), headers), "{security:?}");
    }
    for (security, expected) in [
        (
            &[&[HEADER, COOKIE, OIDC][..], &[OAUTH]][..],
            AuthError::Missing { names: vec!["f"] },
        ),
        (&[&[COOKIE, OIDC, HEADER]], AuthError::Missing { names: vec!["c", "g"] }),
    ] {
        assert_eq!(refused(&all, security), expected);
    }
    let basic = Credential::for_schemes([("a", Credential::basic("u", "secret"))]);
    assert_eq!(refused(&basic, &[&[HEADER]]), AuthError::Scheme { name: "a" });
    // There is one header `Authorization`: the second would take the place of the first.
    let mut both = request("https://example.com/");
    let error = apply(&mut both, &all, &[&[BASIC, BEARER]]).unwrap_err();
    assert_eq!(error, AuthError::Twice);
}

#[test]
fn replace_an_earlier_one() {
    let mut request = Request::get("https://h/")
        .header("Authorization", "Bearer old")
        .body(())
        .unwrap();
    apply(&mut request, &Credential::bearer("new"), &[]).unwrap();
    assert_eq!(
        request.headers().get_all("authorization").iter().collect::<Vec<_>>(),
        ["Bearer new"]
    );
}

#[test]
fn stay_off_plain_http() {
    for (url, allowed) in [
        ("https://example.com/", true),
        ("http://localhost:8001/", true),
        ("http://LOCALHOST/", true),
        ("http://127.0.0.1/", true),
        ("http://127.9.9.9:80/", true),
        ("http://[::1]:80/", true),
        ("http://[::ffff:127.0.0.1]/", true),
        ("http://example.com/", false),
        ("http://localhost.example.com/", false),
        ("http://127.0.0.1.example.com/", false),
        ("http://10.0.0.1/", false),
        ("http://0.0.0.0/", false),
        ("http://[::2]/", false),
        ("http://[::ffff:10.0.0.1]/", false),
        ("/x", false),
    ] {
        for credential in [
            Credential::bearer("secret"),
            Credential::basic("u", "secret"),
            Credential::token("secret"),
        ] {
            let mut plain = request(url);
            let result = apply(&mut plain, &credential, &[&[QUERY]]);
            assert_eq!(result.is_ok(), allowed, "{url}");
            if let Err(error) = result {
                assert!(matches!(error, AuthError::PlainHttp { .. }));
                assert!(plain.headers().is_empty() && plain.uri().query().is_none());
            }
            assert!(apply(&mut request(url), &credential.allow_plain_http(), &[]).is_ok());
        }
    }
}

#[test]
fn that_cant_be_sent_are_refused_and_not_told() {
    for credential in [
        Credential::bearer("secret\n"),
        Credential::bearer(""),
        Credential::token("secret\r\nX: y"),
        Credential::header("X Y", "secret"),
        Credential::header("X", "secré"),
        Credential::basic("secret:user", "x"),
    ] {
        let mut request = request("https://h/");
        let error = apply(&mut request, &credential, &[&[HEADER]]).unwrap_err();
        assert!(!format!("{error} {error:?} {credential:?}").contains("secr"), "{error}");
        assert!(request.headers().is_empty());
    }
    assert!(apply(&mut request("https://h/"), &Credential::token("a; b"), &[&[COOKIE]]).is_err());
}

#[test]
fn are_redacted() {
    for credential in [
        Credential::bearer("secret"),
        Credential::basic("secret", "secret"),
        Credential::header("X", "secret"),
        Credential::token("secret").allow_plain_http(),
    ] {
        let text = format!("{credential:?} {:#?}", credential.clone());
        assert!(!text.contains("secret") && text.contains("<redacted>"), "{text}");
    }
}

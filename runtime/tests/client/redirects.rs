//! Redirects: followed within the origin, and never with the credential to another.

use tablature_client::ClientBuilder;
use tablature_client::Error;
use tablature_runtime::Credential;
use tablature_runtime::Error as CallError;

use crate::emitted::models::Service;
use crate::emitted::services::{ListServices, ReplaceService};
use crate::send::{by_each, errors};
use crate::server::{Act, Seen, Server, answer, json};

fn with_token(builder: ClientBuilder) -> ClientBuilder {
    builder.credential(Credential::bearer("s3cret"))
}

fn redirect(status: u16, location: &str) -> Vec<Act> {
    answer(status, &[("Location", location)], "")
}

#[test]
fn another_origin_is_not_asked() {
    for status in [301, 302, 303, 307, 308] {
        let other = Server::new(|_| json(200, r#"{"items":[]}"#));
        let location = format!("{}/elsewhere?token=abc", other.url());
        let from = || {
            let location = location.clone();
            Server::new(move |_| redirect(status, &location))
        };
        for (error, server) in errors(&ListServices::new("shop"), from, with_token) {
            let Error::Redirect(redirect) = &error else {
                unreachable!("{error:?}")
            };
            assert_eq!(redirect.location(), Some(location.as_str()));
            assert_eq!(error.status().unwrap().as_u16(), status);
            let text = error.to_string();
            let end = format!("the redirect is not followed: it leads to {}/elsewhere", other.url());
            assert!(text.ends_with(&end), "{text}");
            assert_eq!(server.seen().len(), 1);
        }
        assert_eq!(other.connections(), 0);
    }
}

#[test]
fn the_same_origin_is_asked_with_the_credential() {
    for location in ["/new", "new"] {
        let server = || {
            Server::new(move |seen: &Seen| {
                if seen.target.ends_with("/new") {
                    json(200, r#"{"items":[]}"#)
                } else {
                    redirect(301, location)
                }
            })
        };
        for (outcome, server) in by_each(&ListServices::new("shop"), server, with_token) {
            outcome.unwrap();
            assert_eq!(server.seen()[1].header("authorization"), Some("Bearer s3cret"));
        }
    }
}

#[test]
fn a_redirect_to_itself_comes_to_an_end() {
    for (error, server) in errors(
        &ListServices::new("shop"),
        || Server::new(|_| redirect(302, "/x")),
        with_token,
    ) {
        assert!(matches!(error, Error::Redirect(_)));
        assert_eq!(server.seen().len(), 6);
    }
}

#[test]
fn what_changes_something_is_not_sent_elsewhere() {
    let replace = ReplaceService::new("shop", "web", Service::default());
    for (error, server) in errors(&replace, || Server::new(|_| redirect(307, "/x")), with_token) {
        assert!(matches!(error, Error::Redirect(_)));
        assert_eq!(server.seen().len(), 1);
    }
}

#[test]
fn a_redirect_to_nowhere_is_an_error_of_the_server() {
    for (error, _) in errors(
        &ListServices::new("shop"),
        || Server::new(|_| answer(304, &[], "")),
        with_token,
    ) {
        assert!(matches!(error, Error::Call(CallError::Api(_))), "{error:?}");
    }
}

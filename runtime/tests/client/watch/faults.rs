//! What heals a watch, what makes it list anew, and what ends it.

use std::fs;
use std::time::Duration;

use tablature_client::Client;
use tablature_client::time::ManualTime;
use tablature_kubernetes::ExecuteWatch;
use tablature_kubernetes::watch::{Ending, Patience, Update};
use tablature_runtime::Server as Address;
use tablature_runtime::stream::StreamError;

use super::{by_each, is_watch, line, list, watch, word, words};
use crate::send::{run, time};
use crate::server::{Act, Server, answer, chunk, chunked, end, json};

const EXPIRED: &str = r#"{"type":"ERROR","object":{"kind":"Status","message":"too old resource version: 231 (308)","reason":"Expired","code":410}}"#;

#[test]
fn a_version_too_old_in_the_stream_lists_anew() {
    let server = || {
        Server::new(|seen| match (seen.number, is_watch(seen)) {
            (0, _) => list(1),
            (1, _) => vec![chunked(), chunk(line("ADDED", 2)), chunk(format!("{EXPIRED}\n")), end()],
            (_, false) => list(500),
            _ => vec![chunked(), chunk(line("DELETED", 501)), Act::Hold],
        })
    };
    for (words, _, server) in by_each(8, server) {
        assert_eq!(
            words,
            [
                "restarted",
                "listed l1",
                "synced 1",
                "ADDED s2",
                "restarted",
                "listed l500",
                "synced 500",
                "DELETED s501"
            ]
        );
        assert_eq!(server.seen()[3].query("resourceVersion"), Some("500"));
    }
}

#[test]
fn a_version_too_old_as_the_answer_lists_anew() {
    let server = || {
        Server::new(|seen| match (seen.number, is_watch(seen)) {
            (0, _) => list(1),
            (1, _) => json(410, r#"{"kind":"Status","reason":"Expired","code":410}"#),
            (_, false) => list(500),
            _ => vec![chunked(), chunk(line("ADDED", 501)), Act::Hold],
        })
    };
    for (words, _, _) in by_each(7, server) {
        assert_eq!(words[3..], ["restarted", "listed l500", "synced 500", "ADDED s501"]);
    }
}

#[test]
fn a_real_server_whose_version_is_too_old_is_understood() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/wire/recordings/50-watch-services-expired.json"
    );
    let recorded: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let expired = recorded["response"]["body"].as_str().unwrap().to_owned();
    let server = Server::new(move |seen| match is_watch(seen) {
        true => vec![chunked(), chunk(&expired), end()],
        false => list(300),
    });
    let client = server.client().reqwest_with(time()).unwrap();
    let from_a_version = watch().query("resourceVersion", "231");
    let (words, _) = run(async { words(&mut from_a_version.events(&client), 3).await });
    assert_eq!(words, ["restarted", "listed l300", "synced 300"]);
    assert_eq!(server.seen()[0].query("resourceVersion"), Some("231"));
    assert_eq!(server.seen()[1].query("resourceVersion"), None);
}

#[test]
fn a_server_that_fails_for_a_while_is_asked_ever_less_often() {
    let clock = time();
    let server = Server::new(|seen| match seen.number {
        0 => list(1),
        1..20 => json(500, "{}"),
        _ => vec![chunked(), chunk(line("ADDED", 2)), Act::Hold],
    });
    let client = server.client().reqwest_with(clock.clone()).unwrap();
    let (words, error) = run(async { words(&mut watch().events(&client), 4).await });
    assert!(error.is_none());
    assert_eq!(words[3], "ADDED s2");
    let slept = clock.slept();
    assert_eq!(slept.len(), 19);
    assert!(slept.iter().all(|wait| *wait <= Duration::from_secs(30)), "{slept:?}");
    assert!(slept.iter().sum::<Duration>() > Duration::from_secs(10), "{slept:?}");
}

#[test]
fn a_silent_connection_is_given_up_for_a_new_one() {
    let clock = time();
    let passing = clock.clone();
    let server = Server::new(move |seen| match seen.number {
        0 => list(1),
        1 => {
            passing.advance(Duration::from_secs(300));
            vec![chunked(), Act::Hold]
        }
        _ => vec![chunked(), chunk(line("ADDED", 2)), Act::Hold],
    });
    // The head of the silent answer comes when its time has passed, so a whole call may take longer.
    let client = server
        .client()
        .timeout(Duration::from_secs(10_000))
        .reqwest_with(clock.clone())
        .unwrap();
    run(async {
        let mut watch = watch().events(&client);
        words(&mut watch, 3).await;
        let pass = async {
            loop {
                clock.advance(Duration::from_secs(100));
                tokio::task::yield_now().await;
                // What comes is read before more time passes. A request that was given up may be among those seen.
                if server.seen().len() > 2 {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        };
        tokio::select! {
            (words, _) = words(&mut watch, 1) => assert_eq!(words, ["ADDED s2"]),
            () = pass => {}
        }
    });
}

#[test]
fn a_blocking_watch_gives_up_a_silent_connection_too() {
    let server = Server::new(|seen| match seen.number {
        0 => list(1),
        1 => vec![chunked(), Act::Hold],
        _ => vec![chunked(), chunk(line("ADDED", 2)), Act::Hold],
    });
    let client = server
        .client()
        .idle_timeout(Duration::from_millis(100))
        .ureq_with(time())
        .unwrap();
    let last = watch().events_blocking(&client).nth(3).unwrap().unwrap();
    assert_eq!(word(&last), "ADDED s2");
}

#[test]
fn what_cannot_heal_ends_the_watch() {
    for status in [400, 401, 403, 404, 422] {
        let server = || Server::new(move |seen| if is_watch(seen) { json(status, "{}") } else { list(1) });
        for (words, error, _) in by_each(9, server) {
            assert_eq!(words.len(), 3);
            assert_eq!(error.unwrap().status().unwrap(), status);
        }
    }
    let refusal = r#"{"type":"ERROR","object":{"kind":"Status","message":"no longer allowed","code":403}}"#;
    let server = || {
        Server::new(move |seen| {
            if is_watch(seen) {
                vec![chunked(), chunk(format!("{refusal}\n")), end()]
            } else {
                list(1)
            }
        })
    };
    for (_, error, _) in by_each(9, server) {
        let error = error.unwrap();
        assert!(matches!(error.ending(), Some(Ending::Status(_))));
        assert!(
            error
                .to_string()
                .ends_with("the server ended the watch: no longer allowed"),
            "{error}"
        );
    }
}

#[test]
fn what_would_have_no_effect_is_refused() {
    let server = Server::new(|_| list(1));
    let client = server.client().ureq_with(time()).unwrap();
    let watch = watch()
        .query("sendInitialEvents", true)
        .query("resourceVersionMatch", "NotOlderThan");
    let error = watch.events_blocking(&client).next().unwrap().unwrap_err();
    let text = error.to_string();
    for name in ["sendInitialEvents", "resourceVersionMatch"] {
        assert!(
            text.contains(&format!("parameter `{name}` has no effect on a watch")),
            "{text}"
        );
    }
    assert!(server.seen().is_empty());
}

#[test]
fn an_error_of_the_server_in_the_stream_heals() {
    let trouble = r#"{"type":"ERROR","object":{"kind":"Status","message":"etcd leader changed","code":500}}"#;
    let server = || {
        Server::new(move |seen| match seen.number {
            0 => list(1),
            1 => vec![chunked(), chunk(line("ADDED", 2)), chunk(format!("{trouble}\n")), end()],
            _ => vec![chunked(), chunk(line("ADDED", 3)), Act::Hold],
        })
    };
    for (words, _, server) in by_each(5, server) {
        assert_eq!(words[3..], ["ADDED s2", "ADDED s3"]);
        assert_eq!(server.seen()[2].query("resourceVersion"), Some("2"));
    }
}

#[test]
fn an_endless_line_ends_the_watch() {
    let server = || {
        Server::new(|seen| {
            let piece = [b"10000\r\n".as_slice(), &[b'x'; 65_536], b"\r\n"].concat();
            if is_watch(seen) {
                vec![chunked(), Act::SendForEver(piece)]
            } else {
                list(1)
            }
        })
    };
    for (words, error, _) in by_each(9, server) {
        assert_eq!(words.len(), 3);
        let error = error.unwrap();
        let too_long = StreamError::TooLong { line: 1, max: 16 << 20 };
        assert!(matches!(error.ending(), Some(Ending::Stream(error)) if *error == too_long));
    }
}

#[test]
fn a_line_that_is_no_event_ends_the_watch_and_shows_it() {
    for (bytes, text) in [
        (
            &b"<html>\n"[..],
            "line 1 of the stream: expected value at line 1 column 1 (the line: <html>)",
        ),
        (
            b"{\"type\":\"ADDED\",\"object\":{\"x\":\"\xff\"}}\n",
            "line 1 of the stream is not UTF-8",
        ),
    ] {
        let server = || {
            Server::new(move |seen| {
                if is_watch(seen) {
                    vec![chunked(), chunk(bytes), Act::Hold]
                } else {
                    list(1)
                }
            })
        };
        for (_, error, _) in by_each(9, server) {
            let error = error.unwrap().to_string();
            assert!(error.ends_with(text), "{error}");
        }
    }
}

#[test]
fn a_list_that_cannot_be_had_at_first_is_asked_for_again() {
    let server = || {
        Server::new(|seen| match seen.number {
            0..12 => answer(503, &[("Retry-After", "1")], ""),
            _ => list(1),
        })
    };
    for (words, _, _) in by_each(5, server) {
        assert_eq!(words, ["restarted", "restarted", "restarted", "listed l1", "synced 1"]);
    }
    for (words, error, _) in by_each(9, || Server::new(|_| json(200, r#"{"items":[]}"#))) {
        assert_eq!(words, ["restarted"]);
        assert!(matches!(error.unwrap().ending(), Some(Ending::NoVersion)));
    }
}

/// A watch that has worked, and is refused as long as the time of its client is not past `until`.
fn refused(clock: &ManualTime, until: Duration) -> Server {
    let clock = clock.clone();
    Server::new(move |seen| match seen.number {
        0 => list(1),
        1 => vec![chunked(), chunk(line("ADDED", 2)), end()],
        _ if clock.slept().iter().sum::<Duration>() < until => json(401, "{}"),
        _ => vec![chunked(), chunk(line("ADDED", 3)), Act::Hold],
    })
}

#[test]
fn a_watch_bears_refusals_as_long_as_its_caller_says() {
    let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
    for (borne, refused_for, healed) in [
        (Patience::default(), minutes(3), true),
        (Patience::default(), minutes(60), false),
        (Patience::default().refused(minutes(90)), minutes(60), true),
        (Patience::default().refused(Duration::ZERO), minutes(1), false),
    ] {
        let clock = time();
        let server = refused(&clock, refused_for);
        let client = server.client().reqwest_with(clock.clone()).unwrap();
        let (words, error) = run(async { words(&mut watch().events(&client).patience(borne), 5).await });
        assert_eq!(
            words.last().map(String::as_str),
            Some(if healed { "ADDED s3" } else { "ADDED s2" }),
            "{borne:?}"
        );
        assert_eq!(
            error.and_then(|error| error.status()).map(|status| status.as_u16()),
            (!healed).then_some(401)
        );
    }
}

#[test]
fn a_watch_that_waits_for_its_rights_bears_refusals_from_the_begin() {
    let server = Server::new(|seen| if seen.number < 8 { json(403, "{}") } else { list(1) });
    let client = server.client().reqwest_with(time()).unwrap();
    let watch = watch().events(&client).patience(Patience::default().refused_at_begin());
    let (words, _) = run(async { words(&mut { watch }, 11).await });
    assert_eq!(words.last().map(String::as_str), Some("synced 1"));
}

#[test]
fn a_watch_on_a_dead_server_says_why_it_begins_anew_and_ends_when_it_shall() {
    let gone = Server::new(|_| json(200, "{}")).url();
    let client = Client::builder(Address::new(&gone).unwrap())
        .reqwest_with(time())
        .unwrap();
    run(async {
        let mut watch = watch()
            .events(&client)
            .patience(Patience::default().failing(Duration::from_secs(600)));
        let first = watch.next().await.unwrap().unwrap();
        assert!(matches!(first, Update::Restarted { why: None }));
        let mut told = 0;
        let error = loop {
            match watch.next().await.unwrap() {
                Ok(Update::Restarted { why: Some(error) }) => {
                    assert!(
                        error.to_string().contains("there is no connection to the server"),
                        "{error}"
                    );
                    told += 1;
                }
                Ok(other) => unreachable!("{}", word(&other)),
                Err(error) => break error,
            }
        };
        assert!(told > 10, "{told}");
        assert!(error.as_client().is_some_and(|error| error.attempts() > 0));
        assert!(watch.next().await.is_none());
    });
}

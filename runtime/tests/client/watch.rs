//! Watches that go on, whatever happens to them.

use std::fs;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tablature_runtime::stream::StreamError;
use tablature_runtime::time::ManualTime;
use tablature_runtime::watch::{Event, Update, Watch, WatchError};
use tablature_runtime::{Error, Execute};

use crate::emitted::models::Service;
use crate::emitted::services::{ListServices, WatchServices};
use crate::send::{run, time};
use crate::server::{Act, Seen, Server, answer, chunk, chunked, end, json};

const EXPIRED: &str = r#"{"type":"ERROR","object":{"kind":"Status","message":"too old resource version: 231 (308)","reason":"Expired","code":410}}"#;

fn watch() -> WatchServices {
    ListServices::new("shop").label_selector("a=b").watch()
}

/// A line of a watch.
fn line(event_type: &str, version: usize) -> String {
    format!(
        "{{\"type\":\"{event_type}\",\"object\":{{\"kind\":\"Service\",\"metadata\":{{\"name\":\"s{version}\",\"resourceVersion\":\"{version}\"}}}}}}\n"
    )
}

/// A list of one object of this version.
fn list(version: usize) -> Vec<Act> {
    json(
        200,
        &format!(
            r#"{{"metadata":{{"resourceVersion":"{version}"}},"items":[{{"metadata":{{"name":"l{version}"}}}}]}}"#
        ),
    )
}

fn is_watch(seen: &Seen) -> bool {
    seen.query("watch") == Some("true")
}

/// An update in a word.
fn word(update: &Update<Service>) -> String {
    let name = |service: &Service| service.metadata.clone().unwrap().name.unwrap();
    match update {
        Update::Restarted => "restarted".to_owned(),
        Update::Listed(service) => format!("listed {}", name(service)),
        Update::Synced { resource_version } => format!("synced {resource_version}"),
        Update::Event(Event::Bookmark(bookmark)) => format!("BOOKMARK {}", bookmark.resource_version().unwrap()),
        Update::Event(event) => {
            let object = event.object().map(name).unwrap_or_default();
            format!("{} {object}", event.event_type())
        }
        _ => unreachable!(),
    }
}

/// The first `count` updates, or those up to the error that ends the watch.
async fn words(watch: &mut Watch<Service>, count: usize) -> (Vec<String>, Option<Error>) {
    let mut words = Vec::new();
    for _ in 0..count {
        match watch.next().await {
            Some(Ok(update)) => words.push(word(&update)),
            Some(Err(error)) => {
                assert!(watch.next().await.is_none());
                return (words, Some(error));
            }
            None => unreachable!(),
        }
    }
    (words, None)
}

/// What comes of a server, by each client.
fn by_each(count: usize, server: impl Fn() -> Server) -> Vec<(Vec<String>, Option<Error>, Server)> {
    let one = server();
    let client = one.client().reqwest_with(time()).unwrap();
    let (by_reqwest, error) = run(async { words(&mut watch().events(&client), count).await });
    let other = server();
    let client = other.client().ureq_with(time()).unwrap();
    let (mut by_ureq, mut failed) = (Vec::new(), None);
    for update in watch().events_blocking(&client).take(count) {
        match update {
            Ok(update) => by_ureq.push(word(&update)),
            Err(error) => failed = Some(error),
        }
    }
    vec![(by_reqwest, error, one), (by_ureq, failed, other)]
}

#[test]
fn a_watch_begins_with_a_list_and_goes_on_from_its_version() {
    let server = || {
        Server::new(|seen| match (is_watch(seen), seen.query("continue")) {
            (false, None) => json(
                200,
                r#"{"metadata":{"resourceVersion":"5","continue":"c"},"items":[{"metadata":{"name":"a"}}]}"#,
            ),
            (false, _) => json(
                200,
                r#"{"metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"b"}}]}"#,
            ),
            (true, _) => vec![
                chunked(),
                chunk(line("ADDED", 6)),
                chunk(line("BOOKMARK", 8)),
                chunk(line("NEW", 9)),
                Act::Hold,
            ],
        })
    };
    for (words, error, server) in by_each(7, server) {
        assert!(error.is_none());
        assert_eq!(
            words,
            [
                "restarted",
                "listed a",
                "listed b",
                "synced 5",
                "ADDED s6",
                "BOOKMARK 8",
                "NEW "
            ]
        );
        let seen = server.seen();
        let path = "/api/v1/namespaces/shop/services?labelSelector=a%3Db";
        assert_eq!(seen[0].target, format!("{path}&limit=500"));
        assert_eq!(seen[1].target, format!("{path}&limit=500&continue=c"));
        assert_eq!(
            seen[2].target,
            format!("{path}&watch=true&resourceVersion=5&allowWatchBookmarks=true")
        );
        assert_eq!(seen[2].header("accept-encoding"), Some("identity"));
    }
}

/// Events 1 to 300 from the version that is asked for, at most ten at a time, some of them cut.
fn cutting(seen: &Seen) -> Vec<Act> {
    if !is_watch(seen) {
        return list(0);
    }
    let from: usize = seen.query("resourceVersion").unwrap().parse().unwrap();
    let mut acts = vec![chunked()];
    acts.extend((from + 1..from + 10).map(|version| chunk(line("MODIFIED", version))));
    let whole = line("MODIFIED", from + 10);
    match seen.number % 3 {
        0 => acts.extend([chunk(whole), end()]),
        1 => acts.extend([chunk(&whole[..20]), Act::Close]),
        _ => acts.extend([chunk(&whole[..whole.len() - 1]), end()]),
    }
    acts
}

#[test]
fn no_event_is_lost_or_repeated_however_connections_end() {
    for (words, error, _) in by_each(303, || Server::new(cutting)) {
        assert!(error.is_none());
        let expected: Vec<_> = (1..=300).map(|version| format!("MODIFIED s{version}")).collect();
        assert_eq!(words[3..], expected);
    }
}

#[test]
fn no_event_is_lost_or_repeated_when_the_server_is_killed_and_restarted() {
    let script = |seen: &Seen| {
        if !is_watch(seen) {
            return list(0);
        }
        let from: usize = seen.query("resourceVersion").unwrap().parse().unwrap();
        let mut acts = vec![chunked()];
        acts.extend((from + 1..from + 51).map(|version| chunk(line("ADDED", version))));
        acts.push(Act::Hold);
        acts
    };
    run(async {
        let mut server = Server::new(script);
        let address = server.socket().to_string();
        let client = server.client().reqwest_with(time()).unwrap();
        let mut watch = watch().events(&client);
        let mut all = words(&mut watch, 3).await.0;
        for _ in 0..5 {
            // In the middle of what the server has sent already.
            all.extend(words(&mut watch, 30).await.0);
            drop(server);
            server = Server::at(&address, script);
        }
        all.extend(words(&mut watch, 50).await.0);
        let expected: Vec<_> = (1..=200).map(|version| format!("ADDED s{version}")).collect();
        assert_eq!(all[3..], expected);
    });
}

#[test]
fn a_bookmark_is_a_version_to_go_on_from() {
    let server = || {
        Server::new(|seen| match seen.query("resourceVersion") {
            None => list(1),
            Some("1") => vec![chunked(), chunk(line("BOOKMARK", 90)), end()],
            Some(version) => vec![
                chunked(),
                chunk(line("ADDED", version.parse::<usize>().unwrap() + 1)),
                Act::Hold,
            ],
        })
    };
    for (words, _, _) in by_each(5, server) {
        assert_eq!(words[3..], ["BOOKMARK 90", "ADDED s91"]);
    }
}

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
        "/../tests/wire/recordings/50-watch-services-expired.json"
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
                if server.seen().len() > 2 {
                    std::future::pending::<()>().await;
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
        let Error::Watch(failed) = &error else {
            unreachable!("{error:?}")
        };
        assert!(matches!(failed.cause(), WatchError::Status(_)));
        assert!(
            error
                .to_string()
                .ends_with("the server ended the watch: no longer allowed"),
            "{error}"
        );
    }
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
        let Error::Watch(failed) = &error else {
            unreachable!("{error:?}")
        };
        let too_long = StreamError::TooLong { line: 1, max: 16 << 20 };
        assert!(matches!(failed.cause(), WatchError::Stream(error) if *error == too_long));
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
            "line 1 of the stream isn't UTF-8",
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
        assert!(matches!(&error, Some(Error::Watch(failed)) if matches!(failed.cause(), WatchError::NoVersion)));
    }
}

#[test]
fn a_next_that_is_dropped_loses_no_event() {
    run(async {
        let server = Server::new(cutting);
        let client = server.client().reqwest_with(time()).unwrap();
        let mut watch = watch().events(&client);
        let mut all = Vec::new();
        while all.len() < 103 {
            tokio::select! {
                biased;
                update = watch.next() => all.push(word(&update.unwrap().unwrap())),
                () = tokio::task::yield_now() => {}
            }
        }
        assert_eq!(
            all[3..],
            (1..=100)
                .map(|version| format!("MODIFIED s{version}"))
                .collect::<Vec<_>>()
        );
    });
}

/// The memory of this process, in bytes.
fn memory() -> Option<u64> {
    let pages: u64 = fs::read_to_string("/proc/self/statm")
        .ok()?
        .split(' ')
        .nth(1)?
        .parse()
        .ok()?;
    Some(pages * 4096)
}

#[test]
fn memory_stays_flat_over_a_hundred_thousand_events() {
    let filler = "x".repeat(1_000);
    let server = Server::new(move |seen| {
        if !is_watch(seen) {
            return list(0);
        }
        let mut acts = vec![chunked()];
        for begin in (1..100_001).step_by(100) {
            let lines: String = (begin..begin + 100)
                .map(|version| {
                    line("MODIFIED", version).replace("\"kind\"", &format!("\"filler\":\"{filler}\",\"kind\""))
                })
                .collect();
            acts.push(chunk(lines));
        }
        acts.push(Act::Hold);
        acts
    });
    run(async {
        let client = server.client().reqwest_with(time()).unwrap();
        let mut watch = watch().events(&client);
        words(&mut watch, 5_003).await;
        let before = memory();
        for version in 5_001..=100_000 {
            let update = watch.next().await.unwrap().unwrap();
            if version % 10_000 == 0 {
                assert_eq!(word(&update), format!("MODIFIED s{version}"));
            }
        }
        // All events together have 100 MB. Other tests run in this process, too.
        if let (Some(before), Some(after)) = (before, memory()) {
            assert!(after < before + (60 << 20), "{before} {after}");
        }
    });
}

#[test]
fn a_watch_that_is_dropped_closes_its_connection() {
    let clock = ManualTime::new(std::time::SystemTime::UNIX_EPOCH);
    let closed = Arc::new(Mutex::new(None));
    let _keep = Arc::clone(&closed);
    run(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tablature_runtime::Server::new(&format!("http://{address}")).unwrap();
        let client = tablature_runtime::Client::builder(server).reqwest_with(clock).unwrap();
        let mut watch = watch().query("resourceVersion", "1").events(&client);
        let serve = async {
            use tokio::io::{AsyncReadExt, AsyncWriteExt};
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut bytes = [0; 4096];
            assert!(stream.read(&mut bytes).await.unwrap() > 0);
            let begin = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
            stream.write_all(begin).await.unwrap();
            let line = line("ADDED", 2);
            stream
                .write_all(format!("{:x}\r\n{line}\r\n", line.len()).as_bytes())
                .await
                .unwrap();
            stream
        };
        let (mut stream, first) = tokio::join!(serve, watch.next());
        first.unwrap().unwrap();
        drop(watch);
        use tokio::io::AsyncReadExt;
        assert_eq!(stream.read(&mut [0; 16]).await.unwrap(), 0);
        *closed.lock().unwrap() = Some(true);
    });
}

//! Watches that go on, whatever happens to them.

mod faults;

use std::fs;
use std::sync::{Arc, Mutex};

use tablature_client::time::ManualTime;
use tablature_kubernetes::ExecuteWatch;
use tablature_kubernetes::watch::{Event, Update, Watch, WatchError};

use crate::emitted::models::Service;
use crate::emitted::services::{ListServices, WatchServices};
use crate::send::{run, time};
use crate::server::{Act, Seen, Server, chunk, chunked, end, json};

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
        Update::Restarted { .. } => "restarted".to_owned(),
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
async fn words(watch: &mut Watch<Service>, count: usize) -> (Vec<String>, Option<WatchError>) {
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
fn by_each(count: usize, server: impl Fn() -> Server) -> Vec<(Vec<String>, Option<WatchError>, Server)> {
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
        let client = tablature_client::Client::builder(server).reqwest_with(clock).unwrap();
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

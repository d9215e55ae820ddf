//! A server of Services, for programs that are measured: lists by pages, and watches in which nothing happens.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::{fs, io, thread};

use socket2::SockRef;

use super::service::service;
use tablature::Error;

/// How many threads take connections, so that a thousand at once find room.
const LISTENERS: usize = 4;

/// How many connections may wait to be taken. The standard library lets 128 wait; one more is asked for again after a
/// fifth of a second or a whole one, and that would be measured in place of the client.
const BACKLOG: i32 = 4096;

/// A server on this machine, which ends with this program.
#[derive(Debug)]
pub(super) struct Server {
    address: SocketAddr,
}

impl Server {
    /// Serves so many Services of 1.6 kB.
    pub(super) fn start(items: usize) -> Result<Self, Error> {
        let io = |cause| Error::io("open", "a local port", cause);
        let services: Arc<Vec<String>> = Arc::new((0..items).map(service).collect());
        let listener = TcpListener::bind("127.0.0.1:0").map_err(io)?;
        SockRef::from(&listener).listen(BACKLOG).map_err(io)?;
        let address = listener.local_addr().map_err(io)?;
        for _ in 0..LISTENERS {
            let (listener, services) = (listener.try_clone().map_err(io)?, Arc::clone(&services));
            thread::spawn(move || {
                for stream in listener.incoming().flatten() {
                    let services = Arc::clone(&services);
                    // What ends a connection is seen by the program at its other end.
                    thread::spawn(move || serve(&stream, &services));
                }
            });
        }
        Ok(Self { address })
    }

    /// Writes a kubeconfig file that names this server.
    pub(super) fn write_kubeconfig(&self, file: &Path) -> Result<(), Error> {
        let text = format!(
            r#"{{"apiVersion":"v1","kind":"Config","current-context":"local",
"clusters":[{{"name":"local","cluster":{{"server":"http://{}"}}}}],
"users":[{{"name":"local","user":{{}}}}],
"contexts":[{{"name":"local","context":{{"cluster":"local","user":"local","namespace":"shop"}}}}]}}
"#,
            self.address
        );
        fs::write(file, text).map_err(|cause| Error::io("write", file.to_string_lossy(), cause))
    }
}

/// Answers the requests of a connection, one after the other.
fn serve(mut stream: &TcpStream, services: &[String]) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut lines = BufReader::new(stream).lines();
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    while let Some(first) = lines.next().transpose()? {
        let target = first.split(' ').nth(1).unwrap_or_default().to_owned();
        while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
        if matches!(parameter(&target, "watch"), Some("true" | "1")) {
            stream.write_all(format!("{head}Transfer-Encoding: chunked\r\n\r\n").as_bytes())?;
            // Nothing happens until the program closes the connection.
            continue;
        }
        let body = page(services, &target);
        stream.write_all(format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes())?;
    }
    Ok(())
}

/// The part of the list that the request is for, by its `limit` and `continue`.
fn page(services: &[String], target: &str) -> String {
    let number = |name| parameter(target, name).and_then(|it| it.parse::<usize>().ok());
    let start = number("continue").unwrap_or_default().min(services.len());
    let limit = number("limit").filter(|limit| *limit > 0).unwrap_or(services.len());
    let end = start.saturating_add(limit).min(services.len());
    let next = match services.len() - end {
        0 => String::new(),
        remaining => format!(r#","continue":"{end}","remainingItemCount":{remaining}"#),
    };
    format!(
        r#"{{"kind":"ServiceList","apiVersion":"v1","metadata":{{"resourceVersion":"812345"{next}}},"items":[{}]}}"#,
        services[start..end].join(",")
    )
}

/// The value of a query parameter, as it is written.
fn parameter<'a>(target: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = target.split_once('?')?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_by_pages() {
        let services = ["1", "2", "3"].map(str::to_owned);
        let page = |target| page(&services, target);
        assert!(page("/services").ends_with(r#""812345"},"items":[1,2,3]}"#));
        let first = page("/services?x=y&limit=2");
        assert!(first.ends_with(r#""continue":"2","remainingItemCount":1},"items":[1,2]}"#));
        assert!(page("/services?limit=2&continue=2").ends_with(r#""812345"},"items":[3]}"#));
        assert!(page("/services?limit=2&continue=9").ends_with(r#""items":[]}"#));
    }
}

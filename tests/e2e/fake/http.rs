//! Just enough of HTTP/1.1.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A request.
#[derive(Debug)]
pub struct Request {
    pub method: String,
    pub path: Vec<String>,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn query(&self, name: &str) -> Option<&str> {
        find(&self.query, name).filter(|value| !value.is_empty())
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

fn find<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = pairs.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

/// Lines that come as they come, until there are no more.
pub type Lines = Box<dyn FnMut() -> Option<String> + Send>;

/// An answer.
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Body,
}

pub enum Body {
    Whole(Value),
    Stream(Lines),
}

/// Serves each connection on a thread of its own.
pub struct Listener {
    address: SocketAddr,
    closed: Arc<AtomicBool>,
}

impl Listener {
    pub fn new(handle: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let closed = Arc::new(AtomicBool::new(false));
        let (handle, ended) = (Arc::new(handle), Arc::clone(&closed));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                let handle = Arc::clone(&handle);
                thread::spawn(move || serve(stream.unwrap(), &*handle));
            }
        });
        Self { address, closed }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        // The listener wakes up and sees that it is over.
        let _woken = TcpStream::connect(self.address);
    }
}

fn serve(mut stream: TcpStream, handle: &dyn Fn(&Request) -> Answer) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    while let Some(request) = read(&mut reader) {
        if write(&mut stream, handle(&request)).is_err() {
            return;
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Request> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            break;
        }
        lines.push(line);
    }
    let mut first = lines.first()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers: Vec<_> = lines.iter().skip(1).filter_map(|line| pair(line, ':')).collect();
    let length = find(&headers, "content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let query = query
        .split('&')
        .filter_map(|pair| self::pair(pair, '='))
        .map(|(name, value)| (name, decode(&value)));
    Some(Request {
        method,
        path: path.split('/').skip(1).map(decode).collect(),
        query: query.collect(),
        headers,
        body,
    })
}

fn pair(text: &str, separator: char) -> Option<(String, String)> {
    let (name, value) = text.split_once(separator)?;
    Some((name.to_owned(), value.trim().to_owned()))
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn write(stream: &mut TcpStream, answer: Answer) -> std::io::Result<()> {
    let mut head = format!("HTTP/1.1 {} Whatever\r\n", answer.status);
    if answer.headers.iter().all(|(name, _)| *name != "Content-Type") {
        head += "Content-Type: application/json\r\n";
    }
    for (name, value) in answer.headers {
        head += &format!("{name}: {value}\r\n");
    }
    match answer.body {
        Body::Whole(body) => {
            let body = body.to_string();
            write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len())
        }
        Body::Stream(mut lines) => {
            write!(stream, "{head}Transfer-Encoding: chunked\r\n\r\n")?;
            while let Some(line) = lines() {
                write!(stream, "{:x}\r\n{line}\r\n", line.len())?;
            }
            write!(stream, "0\r\n\r\n")
        }
    }
}

//! A server that does what a test tells it to, down to the byte.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};

use tablature_client::{Client, ClientBuilder};
use tablature_runtime::Server as Address;

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Which request to this server it is, from 0.
    pub number: usize,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// A parameter of the query, as it is encoded.
    pub fn query(&self, name: &str) -> Option<&str> {
        let (_, query) = self.target.split_once('?')?;
        query
            .split('&')
            .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }
}

/// What the server does next.
pub enum Act {
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Sends these bytes again and again, until the client has enough.
    SendForEver(Vec<u8>),
    /// Does nothing until the server is dropped.
    Hold,
    /// Closes the connection.
    Close,
}

/// A server on a port of its own. It ends when it is dropped.
pub struct Server {
    address: SocketAddr,
    state: Arc<State>,
    listening: Option<JoinHandle<()>>,
}

type Script = dyn Fn(&Seen) -> Vec<Act> + Send + Sync;

struct State {
    script: Box<Script>,
    seen: Mutex<Vec<Seen>>,
    open: Mutex<Vec<TcpStream>>,
    ended: AtomicBool,
    end: (Mutex<bool>, Condvar),
}

impl Server {
    pub fn new(script: impl Fn(&Seen) -> Vec<Act> + Send + Sync + 'static) -> Self {
        Self::at("127.0.0.1:0", script)
    }

    pub fn at(address: &str, script: impl Fn(&Seen) -> Vec<Act> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let state = Arc::new(State {
            script: Box::new(script),
            seen: Mutex::default(),
            open: Mutex::default(),
            ended: AtomicBool::new(false),
            end: (Mutex::new(false), Condvar::new()),
        });
        let address = listener.local_addr().unwrap();
        let shared = Arc::clone(&state);
        let listening = thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.ended.load(Ordering::SeqCst) {
                    return;
                }
                let stream = stream.unwrap();
                shared.open.lock().unwrap().push(stream.try_clone().unwrap());
                let shared = Arc::clone(&shared);
                thread::spawn(move || shared.serve(stream));
            }
        });
        Self {
            address,
            state,
            listening: Some(listening),
        }
    }

    pub fn socket(&self) -> SocketAddr {
        self.address
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn client(&self) -> ClientBuilder {
        Client::builder(Address::new(&self.url()).unwrap())
    }

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        self.state.open.lock().unwrap().len()
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.state.seen.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.ended.store(true, Ordering::SeqCst);
        *self.state.end.0.lock().unwrap() = true;
        self.state.end.1.notify_all();
        for stream in self.state.open.lock().unwrap().iter() {
            let _closed = stream.shutdown(std::net::Shutdown::Both);
        }
        // The listener wakes up and sees that it is over.
        let _woken = TcpStream::connect(self.address);
        self.listening.take().unwrap().join().unwrap();
    }
}

impl State {
    fn serve(&self, stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        while let Some(mut seen) = read(&mut reader) {
            {
                let mut all = self.seen.lock().unwrap();
                seen.number = all.len();
                all.push(seen.clone());
            }
            for act in (self.script)(&seen) {
                if !self.act(&stream, act) {
                    let _closed = stream.shutdown(std::net::Shutdown::Both);
                    return;
                }
            }
        }
    }

    /// Whether the connection goes on.
    fn act(&self, mut stream: &TcpStream, act: Act) -> bool {
        match act {
            Act::Send(bytes) => stream.write_all(&bytes).is_ok(),
            Act::SendForEver(bytes) => {
                while stream.write_all(&bytes).is_ok() {}
                false
            }
            Act::Hold => {
                let (ended, condition) = &self.end;
                drop(condition.wait_while(ended.lock().unwrap(), |ended| !*ended).unwrap());
                false
            }
            Act::Close => false,
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Seen> {
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
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: Vec<(String, String)> = lines
        .iter()
        .skip(1)
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let length = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().unwrap())];
    reader.read_exact(&mut body).ok()?;
    Some(Seen {
        method,
        target,
        headers,
        body,
        number: 0,
    })
}

/// An answer of JSON.
pub fn json(status: u16, body: &str) -> Vec<Act> {
    answer(status, &[("Content-Type", "application/json")], body)
}

pub fn answer(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<Act> {
    let body = body.as_ref();
    let mut bytes = head(status, headers);
    bytes.extend(format!("Content-Length: {}\r\n\r\n", body.len()).bytes());
    bytes.extend(body);
    vec![Act::Send(bytes)]
}

/// The begin of an answer, up to the headers that say how long it is.
pub fn head(status: u16, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Whatever\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    head.into_bytes()
}

/// The begin of an answer in chunks.
pub fn chunked() -> Act {
    let mut bytes = head(200, &[("Content-Type", "application/json")]);
    bytes.extend(b"Transfer-Encoding: chunked\r\n\r\n");
    Act::Send(bytes)
}

/// A chunk of an answer.
pub fn chunk(bytes: impl AsRef<[u8]>) -> Act {
    let bytes = bytes.as_ref();
    let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
    chunk.extend(bytes);
    chunk.extend(b"\r\n");
    Act::Send(chunk)
}

/// The end of an answer in chunks.
pub fn end() -> Act {
    Act::Send(b"0\r\n\r\n".to_vec())
}

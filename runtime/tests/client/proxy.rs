//! A proxy that notes what it connects: by CONNECT, with or without TLS, and by SOCKS 5.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::thread;

use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use crate::send::run;

/// A proxy on a port of 127.0.0.1, for as long as the tests run.
pub struct Proxy {
    address: SocketAddr,
    connected: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    pub fn new(tls: Option<ServerConfig>) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let connected = Arc::default();
        let shared = Arc::clone(&connected);
        thread::spawn(move || run(accept(listener, tls, shared)));
        Self { address, connected }
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// To where it connected, with what was sent as user and password.
    pub fn connected(&self) -> Vec<String> {
        self.connected.lock().unwrap().clone()
    }
}

async fn accept(listener: std::net::TcpListener, tls: Option<ServerConfig>, connected: Arc<Mutex<Vec<String>>>) {
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    let tls = tls.map(|config| TlsAcceptor::from(Arc::new(config)));
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let (tls, connected) = (tls.clone(), Arc::clone(&connected));
        tokio::spawn(async move {
            let _ended = match tls {
                Some(tls) => serve(tls.accept(stream).await?, &connected).await,
                None => serve(stream, &connected).await,
            };
            Ok::<_, std::io::Error>(())
        });
    }
}

async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin, connected: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let first = stream.read_u8().await?;
    let (target, shown) = if first == 5 {
        socks(&mut stream).await?
    } else {
        connect(&mut stream).await?
    };
    connected.lock().unwrap().push(shown);
    let mut server = TcpStream::connect(target).await?;
    copy_bidirectional(&mut stream, &mut server).await?;
    Ok(())
}

/// Reads the rest of a CONNECT and answers it.
async fn connect(stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> std::io::Result<(String, String)> {
    let mut head = vec![b'C'];
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8(head).unwrap();
    let target = head.split(' ').nth(1).unwrap().to_owned();
    let is_user = |line: &&str| line.to_ascii_lowercase().starts_with("proxy-authorization:");
    let user = head.lines().find(is_user);
    let user = user.map_or_else(String::new, |line| format!(" {}", line[20..].trim()));
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
    let shown = format!("CONNECT {target}{user}");
    Ok((target, shown))
}

/// Reads the rest of a greeting and a request of SOCKS 5, and answers both. Neither user nor password is asked for.
async fn socks(stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> std::io::Result<(String, String)> {
    let methods = stream.read_u8().await?;
    stream.read_exact(&mut vec![0; methods.into()]).await?;
    stream.write_all(&[5, 0]).await?;
    let mut request = [0; 5];
    stream.read_exact(&mut request).await?;
    assert_eq!(request[..4], [5, 1, 0, 3], "a request to connect to a name");
    let mut name = vec![0; request[4].into()];
    stream.read_exact(&mut name).await?;
    let port = stream.read_u16().await?;
    stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    let target = format!("{}:{port}", String::from_utf8(name).unwrap());
    let shown = format!("SOCKS {target}");
    Ok((target, shown))
}

//! An HTTPS server of this process on the loopback, and the command run against it.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// Answers requests: the head of one in, a whole response out.
pub type Respond = dyn Fn(&str) -> String + Send + Sync;

/// Serves at the port that it gives, as many connections as come; the certificate is in `folder`.
pub fn serve(folder: &Path, respond: impl Fn(&str) -> String + Send + Sync + 'static) -> u16 {
    let key = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let certificate = BASE64_STANDARD.encode(key.cert.der());
    let pem = format!("-----BEGIN CERTIFICATE-----\n{certificate}\n-----END CERTIFICATE-----\n");
    fs::write(folder.join("ca.pem"), pem).unwrap();
    let private = PrivateKeyDer::try_from(key.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = builder.unwrap().with_no_client_auth();
    let config = Arc::new(config.with_single_cert(vec![key.cert.der().clone()], private).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let respond = Arc::new(respond);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (config, respond) = (Arc::clone(&config), Arc::clone(&respond));
            // A client that does not trust the certificate goes away.
            std::thread::spawn(move || answer(stream.unwrap(), config, &*respond).is_ok());
        }
    });
    port
}

/// A response whose connection is closed after it.
pub fn response(status: &str, headers: &[(&str, &str)], body: &str) -> String {
    let headers: String = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    // A fault of a server may be a length of its own.
    let length = match headers.contains("content-length") {
        true => String::new(),
        false => format!("content-length: {}\r\n", body.len()),
    };
    format!("HTTP/1.1 {status}\r\n{headers}{length}connection: close\r\n\r\n{body}")
}

fn answer(stream: TcpStream, config: Arc<ServerConfig>, respond: &Respond) -> Result<(), Box<dyn std::error::Error>> {
    let mut stream = StreamOwned::new(ServerConnection::new(config)?, stream);
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        request.extend(byte);
    }
    stream.write_all(respond(&String::from_utf8_lossy(&request)).as_bytes())?;
    stream.conn.send_close_notify();
    stream.flush()?;
    Ok(())
}

/// Runs the command with the certificate of the server.
pub fn tablature(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tablature"))
        .args(arguments)
        .current_dir(folder)
        .env("SSL_CERT_FILE", folder.join("ca.pem"))
        .env_remove("SSL_CERT_DIR")
        .output()
        .unwrap()
}

/// The exit code and all that the command said.
pub fn said(output: &Output) -> String {
    let [out, err] = [&output.stdout, &output.stderr].map(|it| String::from_utf8_lossy(it).into_owned());
    format!("{:?} {out}{err}", output.status.code())
}

//! Fetches published documents from a server of this process, and pins them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use tempfile::TempDir;

const DOCUMENT: &str = r#"{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{}}"#;

/// A server of one document at any path; `None` is not found. Its certificate is in `folder`.
fn serve(folder: &Path, document: Arc<Mutex<Option<String>>>) -> u16 {
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
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            // A client that does not trust the certificate goes away.
            let _ = answer(stream.unwrap(), Arc::clone(&config), &document);
        }
    });
    port
}

fn answer(
    stream: TcpStream,
    config: Arc<ServerConfig>,
    document: &Mutex<Option<String>>,
) -> Result<(), Box<dyn std::error::Error>> {
    let mut stream = StreamOwned::new(ServerConnection::new(config)?, stream);
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        request.extend(byte);
    }
    let document = document.lock().unwrap().clone();
    let (status, body) = document.map_or(("404 Not Found", String::new()), |it| ("200 OK", it));
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    stream.conn.send_close_notify();
    stream.flush()?;
    Ok(())
}

fn tablature(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tablature"))
        .args(arguments)
        .current_dir(folder)
        .env("SSL_CERT_FILE", folder.join("ca.pem"))
        .env_remove("SSL_CERT_DIR")
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    let [out, err] = [&output.stdout, &output.stderr].map(|it| String::from_utf8_lossy(it).into_owned());
    format!("{:?} {out}{err}", output.status.code())
}

#[test]
fn what_is_fetched_is_pinned_and_what_is_changed_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let document = Arc::new(Mutex::new(Some(DOCUMENT.to_owned())));
    let port = serve(path, Arc::clone(&document));
    let config = format!(
        "[crate.api]\ndocuments = [{{ url = \"https://localhost:{port}/api.json\", file = \"api.json\" }}]\n\
         out = \"out\" # kept\n"
    );
    fs::write(path.join("tablature.toml"), &config).unwrap();

    let before = said(&tablature(path, &["codegen"]));
    assert!(
        before.contains("was not fetched yet") && before.contains("tablature.toml:2:"),
        "{before}"
    );
    let fetched = said(&tablature(path, &["fetch"]));
    assert!(
        fetched.starts_with("Some(0) fetched    api.json from https://"),
        "{fetched}"
    );
    let pinned = fs::read_to_string(path.join("tablature.toml")).unwrap();
    assert!(
        pinned.contains("api.json\", sha256 = \"") && pinned.ends_with("out = \"out\" # kept\n"),
        "{pinned}"
    );
    assert!(said(&tablature(path, &["codegen"])).starts_with("Some(0)"));
    assert!(said(&tablature(path, &["fetch", "--check"])).starts_with("Some(0) unchanged"));

    // What the server publishes anew is told, and then taken.
    *document.lock().unwrap() = Some(DOCUMENT.replace("\"T\"", "\"U\""));
    let check = said(&tablature(path, &["fetch", "--check"]));
    assert!(check.starts_with("Some(1) differs"), "{check}");
    assert_eq!(fs::read_to_string(path.join("api.json")).unwrap(), DOCUMENT);
    assert!(said(&tablature(path, &["fetch"])).starts_with("Some(0) fetched"));
    let again = fs::read_to_string(path.join("tablature.toml")).unwrap();
    assert!(again != pinned && again.matches("sha256").count() == 1, "{again}");

    // A copy that was edited is refused, and one that cannot be fetched leaves everything as it was.
    fs::write(path.join("api.json"), DOCUMENT).unwrap();
    let changed = said(&tablature(path, &["codegen", "--check"]));
    assert!(
        changed.starts_with("Some(2)") && changed.contains("another SHA-256"),
        "{changed}"
    );
    *document.lock().unwrap() = None;
    let gone = said(&tablature(path, &["fetch"]));
    assert!(
        gone.starts_with("Some(2) error: cannot fetch https://") && gone.contains("404"),
        "{gone}"
    );
    assert_eq!(fs::read_to_string(path.join("tablature.toml")).unwrap(), again);
}

//! No secret is in any error, any `Debug` output or any span.

use std::cell::RefCell;
use std::fmt::{Debug, Write};
use std::sync::Once;

use tablature_client::Error;
use tablature_client::Execute;
use tablature_client::credentials::{BearerFile, ClientCertificate};
use tablature_client::retry::RetryPolicy;
use tablature_client::transport::{Proxy, Tls};
use tablature_client::{Client, ClientBuilder, Raw};
use tablature_huawei::IamPassword;
use tablature_runtime::{Credential, Operation, Server as Address};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::emitted::services::ListServices;
use crate::send::{run, time};
use crate::server::{Act, Server, answer, chunk, chunked, head, json};

const SECRET: &str = "s3cret-t0ken";

thread_local! {
    /// All that is traced on this thread, as text.
    static TRACED: RefCell<String> = const { RefCell::new(String::new()) };
    /// All that dependencies log on this thread, but for what is sent and received byte by byte.
    static LOGGED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Takes down all that is traced.
struct Log;

impl Log {
    /// What `run` traces on this thread.
    fn of(run: impl FnOnce()) -> String {
        static INSTALLED: Once = Once::new();
        INSTALLED.call_once(|| {
            tracing::subscriber::set_global_default(Log).unwrap();
            log::set_logger(&Log).unwrap();
            log::set_max_level(log::LevelFilter::Trace);
        });
        TRACED.take();
        run();
        TRACED.take()
    }

    fn add(text: &str) {
        TRACED.with_borrow_mut(|traced| traced.push_str(text));
    }
}

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        Self::add(&format!(" {field}={value:?}"));
    }
}

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        // See the documentation of `Ureq`.
        if record.target() != "ureq_proto::util" {
            LOGGED.with_borrow_mut(|logged| writeln!(logged, "{}: {}", record.target(), record.args()).unwrap());
        }
    }

    fn flush(&self) {}
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        Self::add(&format!("\n{}", span.metadata().name()));
        span.record(&mut Log);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Log);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Log);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Servers with every fault that is an error of the call.
fn servers() -> Vec<Server> {
    let script = |script: fn() -> Vec<Act>| Server::new(move |_| script());
    vec![
        script(|| vec![Act::Close]),
        script(|| {
            vec![
                Act::Send(head(200, &[("Content-Length", "9")])),
                Act::Send(b"\r\n{".to_vec()),
                Act::Close,
            ]
        }),
        script(|| vec![Act::Send(b"SSH\r\n\r\n".to_vec()), Act::Close]),
        script(|| json(401, "{}")),
        script(|| json(409, r#"{"kind":"Status","reason":"Conflict","code":409}"#)),
        script(|| json(200, "{}")),
        script(|| answer(503, &[("Retry-After", "1")], "<html>")),
        script(|| answer(307, &[("Location", "https://other.example/")], "")),
        script(|| vec![chunked(), chunk("{"), Act::Close]),
    ]
}

/// All ways to hold the secret.
fn settings() -> Vec<fn(ClientBuilder) -> ClientBuilder> {
    vec![
        |builder| builder.credential(Credential::bearer(SECRET)),
        |builder| builder.credential(Credential::token(SECRET)),
        |builder| builder.credential(Credential::basic("user", SECRET)),
        |builder| builder.credential(Credential::header("X-Auth-Token", SECRET)),
        |builder| builder.header("X-Api-Key", SECRET),
    ]
}

/// Both ways to show an error, and those of its causes.
fn shown(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        write!(text, " {error} {error:?}").unwrap();
        cause = error.source();
    }
    text
}

#[test]
fn no_error_no_debug_and_no_span_has_the_token() {
    let mut all = String::new();
    let traced = Log::of(|| {
        for set in settings() {
            for server in servers() {
                let builder = set(server.client()).retry(RetryPolicy::default().max_retries(1));
                write!(all, "{builder:?}").unwrap();
                let client = builder.reqwest_with(time()).unwrap();
                let list = ListServices::new("shop").header("X-Auth-Token", SECRET);
                write!(all, "{client:?} {list:?}").unwrap();
                all += &shown(&run(list.send(&client)).unwrap_err());
                let client = set(server.client()).ureq_with(time()).unwrap();
                write!(all, "{client:?}").unwrap();
                all += &shown(&list.send_blocking(&client).unwrap_err());
            }
        }
    });
    let logged = LOGGED.take();
    for text in [&all, &traced, &logged] {
        assert!(!text.contains(SECRET) && !text.contains("dXNlcjpzM2NyZXQ"), "{text}");
    }
    assert!(all.len() > 50_000 && traced.len() > 5_000 && logged.len() > 5_000);
}

#[test]
fn sources_of_credentials_show_none() {
    let server = Address::new("https://iam.example.com").unwrap();
    let iam = IamPassword::new(server, "account", "user", SECRET);
    let tls = Tls::new().ca_pem("x").client_pem("x", SECRET);
    let raw = Raw::get("/x").header("Authorization", SECRET).json(SECRET);
    let proxy = Proxy::new(&format!("socks5://user:{SECRET}@localhost:1")).unwrap();
    let shown = ClientCertificate::from_pem("x", SECRET).with(Credential::bearer(SECRET));
    let builder = Client::builder(Address::new("https://localhost:1").unwrap()).proxy(proxy.clone());
    let error = run(raw.send(&builder.reqwest_with(time()).unwrap())).unwrap_err();
    let file = BearerFile::new("token");
    let all = format!(
        "{iam:?} {tls:?} {raw:?} {file:?} {proxy:?} {proxy} {shown:?} {}",
        self::shown(&error)
    );
    assert!(all.contains("through the proxy socks5://localhost:1"), "{all}");
    assert!(!all.contains(SECRET), "{all}");
}

#[test]
fn a_token_of_a_failed_issue_is_not_told() {
    let iam = Server::new(|_| answer(201, &[("X-Subject-Token", SECRET)], "{}"));
    let server = Server::new(|_| json(401, "{}"));
    let source = IamPassword::new(Address::new(&iam.url()).unwrap(), "account", "user", SECRET);
    let client = server.client().credential(source).ureq_with(time()).unwrap();
    let error = ListServices::new("shop").send_blocking(&client).unwrap_err();
    assert_eq!(server.seen()[0].header("x-auth-token"), Some(SECRET));
    assert!(!shown(&error).contains(SECRET));
}

#[test]
fn a_span_tells_method_route_status_and_attempt() {
    let log = Log::of(|| {
        let server = Server::new(|seen| {
            if seen.number == 0 {
                json(503, "{}")
            } else {
                json(200, r#"{"items":[]}"#)
            }
        });
        let client = server.client().ureq_with(time()).unwrap();
        ListServices::new("shop").send_blocking(&client).unwrap();
    });
    let spans: Vec<&str> = log.lines().filter(|line| line.starts_with("http_attempt")).collect();
    assert_eq!(spans.len(), 2, "{log}");
    for (span, attempt, status) in [(spans[0], 1, 503), (spans[1], 2, 200)] {
        for part in [
            "operation=\"listCoreV1NamespacedService\"".to_owned(),
            "http.request.method=\"GET\"".to_owned(),
            format!("url.template=\"{}\"", <ListServices as Operation>::PATH),
            format!("attempt={attempt}"),
            format!("http.response.status_code={status}"),
        ] {
            assert!(span.contains(&part), "{part}: {span}");
        }
        assert!(!span.contains("shop"), "{span}");
    }
}

#[test]
fn a_client_that_verifies_no_certificate_warns() {
    let log = Log::of(|| {
        let tls = Tls::new().dangerously_skip_verification();
        let builder = Client::builder(Address::new("https://host.example").unwrap()).tls(tls);
        builder.ureq_with(time()).unwrap();
    });
    assert!(log.contains("the certificates of servers are not verified"), "{log}");
    assert!(log.contains("https://host.example"), "{log}");
}

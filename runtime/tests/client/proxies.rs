//! Proxies that the environment names.

use std::process::Command;

use tablature_client::transport::Proxy;
use tablature_client::{Client, Execute};
use tablature_runtime::{Credential, Server as Address};

use crate::emitted::services::ListServices;
use crate::proxy;
use crate::send::run;
use crate::server::{Server, json};

/// The server that the other process of this test calls.
const TARGET: &str = "TABLATURE_TEST_TARGET";

/// Runs a test of this program with these variables in its environment. Whether it passes.
fn passes(test: &str, variables: &[(&str, &str)]) -> bool {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--ignored"]);
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_ascii_lowercase());
    }
    command
        .envs(variables.iter().copied())
        .output()
        .unwrap()
        .status
        .success()
}

#[test]
fn what_goes_over_plain_http_goes_to_no_proxy() {
    let (target, proxy) = (
        Server::new(|_| json(200, r#"{"items":[]}"#)),
        Server::new(|_| json(502, "{}")),
    );
    for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
        let variables = [(TARGET, target.url()), (name, proxy.url())];
        let variables = variables.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert!(passes("proxies::calls_the_target", &variables), "{name}");
    }
    assert_eq!((target.seen().len(), proxy.connections()), (8, 0));
}

#[test]
fn a_proxy_that_is_none_is_named() {
    assert!(passes(
        "proxies::builds_no_client",
        &[("HTTPS_PROXY", "http://:s3cret@")]
    ));
}

#[test]
#[ignore = "run by another test, in an environment of its own"]
fn calls_the_target() {
    let url = std::env::var(TARGET).unwrap();
    let builder = || Client::builder(Address::new(&url).unwrap()).credential(Credential::bearer("s3cret"));
    let list = ListServices::new("shop");
    list.send_blocking(&builder().ureq().unwrap()).unwrap();
    run(async { list.send(&builder().reqwest().unwrap()).await }).unwrap();
}

#[test]
#[ignore = "run by another test, in an environment of its own"]
fn builds_no_client() {
    let client = Client::builder(Address::new("https://localhost:1").unwrap()).reqwest();
    let error = client.unwrap_err().to_string();
    assert_eq!(
        error,
        "the environment variable `HTTPS_PROXY` is not the URL of a proxy"
    );
}

#[test]
fn a_proxy_is_not_given_what_goes_over_plain_http_unless_that_is_allowed() {
    let (target, proxy) = (
        Server::new(|_| json(200, r#"{"items":[]}"#)),
        Server::new(|_| json(200, r#"{"items":[]}"#)),
    );
    let url = proxy.url().replace("http://", "http://user:s3cret@");
    let builder = || target.client().proxy(Proxy::new(&url).unwrap());
    for error in [builder().reqwest().unwrap_err(), builder().ureq().unwrap_err()] {
        let told = format!("which the proxy {} could read", proxy.url());
        assert!(error.to_string().contains(&told), "{error}");
    }
    let list = ListServices::new("shop");
    run(async { list.send(&builder().allow_plain_http().reqwest().unwrap()).await }).unwrap();
    assert_eq!(proxy.seen().len(), 1);
    let tunnel = proxy::Proxy::new(None);
    let url = format!("http://127.0.0.1:{}", tunnel.port());
    let builder = target.client().proxy(Proxy::new(&url).unwrap()).allow_plain_http();
    list.send_blocking(&builder.ureq().unwrap()).unwrap();
    assert_eq!(tunnel.connected(), [format!("CONNECT {}", target.socket())]);
}

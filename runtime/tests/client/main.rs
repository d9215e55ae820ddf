//! The client against real sockets: what a caller sees, whatever a server does.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../it/emitted/mod.rs"]
mod emitted;

mod credentials;
mod echo;
mod exec;
mod faults;
mod hooks;
mod kubeconfig;
mod kubectl;
mod mock;
mod modify;
mod oauth2;
mod pages;
mod proxies;
mod proxy;
mod raw;
mod recordings;
mod redirects;
mod reflector;
mod retries;
mod secrets;
mod send;
mod server;
mod servers;
mod streams;
mod timeouts;
mod tls;
mod tower;
mod watch;

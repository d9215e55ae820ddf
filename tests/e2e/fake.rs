//! A server that behaves like a Kubernetes API server, as far as the scenarios go.
//!
//! It keeps namespaces, Services, Endpoints, Routes, and networks and pods of CCI 2.0 in memory, with versions, selectors, pages, watches,
//! dry runs, the four kinds of patch and field managers. What it answers is modelled on the recorded
//! exchanges with a real server.

mod answer;
mod apply;
mod http;
mod json_patch;
mod merge;
mod object;
mod resources;
mod routes;
mod selector;
mod service;
mod store;
mod watch;

pub use routes::{PASSWORD, TOKEN};

use std::net::SocketAddr;
use std::sync::Arc;

/// The server, as long as it is not dropped.
pub struct Fake {
    address: SocketAddr,
    listener: http::Listener,
}

impl Fake {
    /// Begins to serve on a port of its own.
    pub fn start() -> Self {
        let store = Arc::new(store::Store::new());
        let listener = http::Listener::new(move |request| routes::route(&store, request));
        Self {
            address: listener.address(),
            listener,
        }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.listener.close();
    }
}

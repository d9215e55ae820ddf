//! How connections are made.

use std::time::Duration;

use super::{Proxy, Tls};

/// How the adapters make connections. [`ClientBuilder`](crate::ClientBuilder) has a setter for each.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Connect {
    /// Whom to trust, and which client certificate to show.
    pub tls: Tls,
    /// The proxy that connections go through; that of the environment, if it names one, unless set.
    pub proxy: Option<Proxy>,
    /// Whether plain HTTP may be sent where others can read it: to the proxy.
    pub plain_http: bool,
    /// Whether there are encrypted connections: without them no certificates are read. True unless set.
    pub https: bool,
    /// Whether HTTP/1.1 is spoken where the server knows HTTP/2, too.
    pub http1_only: bool,
    /// How long a connection may take to be made; 10 seconds unless set.
    pub timeout: Duration,
}

impl Default for Connect {
    fn default() -> Self {
        Self {
            tls: Tls::new(),
            proxy: None,
            plain_http: false,
            https: true,
            http1_only: false,
            timeout: Duration::from_secs(10),
        }
    }
}

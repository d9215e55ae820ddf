//! What a client was built with.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use super::Hook;
use super::servers::Servers;
use crate::credentials::Cache;
use crate::retry::RetryPolicy;
use crate::transport::Connect;

/// What a client was built with.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) servers: Servers,
    pub(crate) connect: Connect,
    pub(crate) credential: Option<Arc<Cache>>,
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) max_body: usize,
    pub(crate) retry: RetryPolicy,
    pub(crate) hooks: Vec<Arc<dyn Hook>>,
}

impl fmt::Debug for Settings {
    /// Without the values of headers, since any of them may be a credential.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.keys().map(http::HeaderName::as_str).collect();
        f.debug_struct("Settings")
            .field("servers", &self.servers)
            .field("connect", &self.connect)
            .field("credential", &self.credential.as_ref().map(|_| "<redacted>"))
            .field("headers", &headers)
            .field("timeout", &self.timeout)
            .field("idle_timeout", &self.idle_timeout)
            .field("max_body", &self.max_body)
            .field("retry", &self.retry)
            .field("hooks", &self.hooks.len())
            .finish_non_exhaustive()
    }
}

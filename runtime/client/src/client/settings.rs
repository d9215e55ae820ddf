//! What a client was built with.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue, USER_AGENT};

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

impl Settings {
    /// Sets a header of every request, or adds a value beside those it has; `None` if it cannot be sent.
    pub(super) fn set_header(&mut self, name: &str, value: &str, beside: bool) -> Option<()> {
        let pair = HeaderName::from_bytes(name.as_bytes())
            .ok()
            .zip(HeaderValue::from_str(value).ok());
        let (header, mut value) = pair?;
        // Any of them may be a credential.
        value.set_sensitive(header != USER_AGENT);
        if beside {
            self.headers.append(header, value);
        } else {
            self.headers.insert(header, value);
        }
        Some(())
    }
}

impl fmt::Debug for Settings {
    /// Without the values of headers, since any of them may be a credential.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.keys().map(HeaderName::as_str).collect();
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

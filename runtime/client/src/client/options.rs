//! What is different for some calls of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{BlockingClient, BuildError, Client, Core};
use crate::retry::RetryPolicy;

/// What is different for some calls of a client: see [`Client::with`].
///
/// ```
/// # async fn example(client: tablature_client::Client) -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::Duration;
/// use tablature_client::{CallOptions, Raw};
///
/// let options = CallOptions::new().timeout(Duration::from_secs(5)).idempotency_key("Idempotency-Key", "order-17");
/// Raw::post("/orders").json("{}").send(&client.with(&options)?).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct CallOptions {
    timeout: Option<Duration>,
    idle_timeout: Option<Duration>,
    retry: Option<RetryPolicy>,
    headers: Vec<(String, String)>,
    is_keyed: bool,
}

impl CallOptions {
    /// Nothing different.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how long a whole call may take; see [`ClientBuilder::timeout`](crate::ClientBuilder::timeout).
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets how long a stream may be silent; see [`ClientBuilder::idle_timeout`](crate::ClientBuilder::idle_timeout).
    #[must_use]
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = Some(timeout);
        self
    }

    /// Sets whether and how often a call is tried again.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Sets a header, in place of that of the client. That of an operation goes before it.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sends `key` in the header `name`, by which the server knows a repeated call: so POST and PATCH are tried again
    /// as GET is. Each call needs a key of its own.
    #[must_use]
    pub fn idempotency_key(mut self, name: impl Into<String>, key: impl Into<String>) -> Self {
        self.is_keyed = true;
        self.header(name, key)
    }
}

impl fmt::Debug for CallOptions {
    /// Without the values of headers, since any of them may be a credential.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("idle_timeout", &self.idle_timeout)
            .field("retry", &self.retry)
            .field("headers", &headers)
            .field("is_keyed", &self.is_keyed)
            .finish()
    }
}

impl Client {
    /// The same client with other options: for one call, or for as many as it is used for. It shares connections and
    /// credential with this one.
    ///
    /// # Errors
    /// If a header cannot be sent.
    pub fn with(&self, options: &CallOptions) -> Result<Self, BuildError> {
        let mut settings = self.core.settings.clone();
        settings.timeout = options.timeout.unwrap_or(settings.timeout);
        settings.idle_timeout = options.idle_timeout.unwrap_or(settings.idle_timeout);
        if let Some(policy) = &options.retry {
            settings.retry = policy.clone();
        }
        if options.is_keyed {
            settings.retry = settings.retry.every_method();
        }
        for (name, value) in &options.headers {
            let set = settings.set_header(name, value, false);
            set.ok_or_else(|| BuildError::Header { name: name.clone() })?;
        }
        let core = Core {
            settings,
            transport: Arc::clone(&self.core.transport),
            time: Arc::clone(&self.core.time),
        };
        Ok(Self { core: Arc::new(core) })
    }
}

impl BlockingClient {
    /// The same client with other options; see [`Client::with`].
    ///
    /// # Errors
    /// If a header cannot be sent.
    pub fn with(&self, options: &CallOptions) -> Result<Self, BuildError> {
        Ok(Self {
            client: self.client.with(options)?,
            time: Arc::clone(&self.time),
        })
    }
}

//! Building a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, HeaderValue, USER_AGENT};
use tablature_runtime::Server;
use tablature_runtime::server::ServerTemplate;

use super::servers::Servers;
use super::settings::Settings;
use super::{BlockingClient, Client, Core, Hook};
use crate::credentials::{Cache, CredentialSource};
use crate::retry::RetryPolicy;
use crate::time::{BlockingTime, Parked, Time};
use crate::transport::{AnyTransport, Blocking, BlockingTransport, Connect, Proxy, Tls, TlsError, Transport};

/// What a client calls itself unless told otherwise.
const AGENT: &str = concat!("tablature/", env!("CARGO_PKG_VERSION"));

/// A client that is being built: settings first, then the transport, which makes it a client.
///
/// ```
/// # #[cfg(feature = "reqwest")] {
/// use std::time::Duration;
/// use tablature_runtime::{Credential, Server};
/// use tablature_client::Client;
///
/// let client = Client::builder(Server::new("https://api.example.com:6443")?)
///     .credential(Credential::bearer("sha256~token"))
///     .timeout(Duration::from_secs(20))
///     .reqwest()?;
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct ClientBuilder {
    settings: Settings,
    problem: Option<BuildError>,
}

impl ClientBuilder {
    pub(super) fn new(server: Server) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
        Self {
            settings: Settings {
                servers: Servers::new(server),
                connect: Connect::default(),
                credential: None,
                headers,
                timeout: Duration::from_secs(60),
                idle_timeout: Duration::from_secs(5 * 60),
                max_body: 256 << 20,
                retry: RetryPolicy::default(),
                hooks: Vec::new(),
            },
            problem: None,
        }
    }

    /// Names the server of the operations that are documented at `documented`, which are not sent to the
    /// server of the API: `UploadAsset::SERVERS`, say. Unless such a server is named, or
    /// [`documented_servers`](Self::documented_servers) are taken, these operations are not sent at all.
    ///
    /// They are sent to the server of the API as well where that is one of the documented.
    ///
    /// The client's credential and headers go to the named server too. An empty list is that of the operations
    /// without servers of their own, for which it takes the place of the client's server.
    #[must_use]
    pub fn server_for(mut self, documented: &'static [ServerTemplate], server: Server) -> Self {
        self.settings.servers.name(documented, server);
        self
    }

    /// Sends operations that have servers of their own to the first of them, with the defaults of its
    /// variables, where [`server_for`](Self::server_for) names none. So whoever wrote the description
    /// says where the client's credential and headers go.
    #[must_use]
    pub fn documented_servers(mut self) -> Self {
        self.settings.servers.documented = true;
        self
    }

    /// Sets the credential, or where it comes from; none unless set.
    #[must_use]
    pub fn credential(mut self, source: impl CredentialSource) -> Self {
        self.settings.credential = Some(Arc::new(Cache::new(Arc::new(source))));
        self
    }

    /// Allows credentials to be sent without encryption to any host, not only to loopback.
    #[must_use]
    pub fn allow_plain_http(mut self) -> Self {
        self.settings.connect.plain_http = true;
        self
    }

    /// Sets whom to trust and which client certificate to show; those whom the operating system
    /// trusts, and none, unless set. A transport of your own does not ask for it.
    #[must_use]
    pub fn tls(mut self, tls: Tls) -> Self {
        self.settings.connect.tls = tls;
        self
    }

    /// Sets the proxy that connections go through; that which the environment names (`HTTPS_PROXY`, `ALL_PROXY`, and
    /// `NO_PROXY` for exceptions), unless set. It is not used over plain HTTP, unless that is
    /// [allowed](Self::allow_plain_http). A transport of your own does not ask for it.
    #[must_use]
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.settings.connect.proxy = Some(proxy);
        self
    }

    /// Speaks HTTP/1.1 also to servers that know HTTP/2.
    #[must_use]
    pub fn http1_only(mut self) -> Self {
        self.settings.connect.http1_only = true;
        self
    }

    /// Sets how long a connection may take to be made; 10 seconds unless set. A transport of your own
    /// does not ask for it.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect.timeout = timeout;
        self
    }

    /// Sets how long a whole call may take, with all attempts, the waits between them, and the body;
    /// 60 seconds unless set. For a stream it is the time up to its begin.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// Sets how long a stream may be silent; 5 minutes unless set.
    #[must_use]
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.settings.idle_timeout = timeout;
        self
    }

    /// Sets how long the body of an answer may be, in bytes; 256 MiB unless set. It is no limit for
    /// streams.
    #[must_use]
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.settings.max_body = bytes;
        self
    }

    /// Sets which calls are tried again, and how often.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// Sets what the client calls itself; `tablature/` and a version unless set.
    #[must_use]
    pub fn user_agent(self, name: &str) -> Self {
        self.header(USER_AGENT.as_str(), name)
    }

    /// Sets a header of every request. That of an operation goes before it.
    #[must_use]
    pub fn header(self, name: &str, value: &str) -> Self {
        self.set_header(name, value, false)
    }

    /// Adds a value to a header of every request, beside those it has.
    #[must_use]
    pub fn append_header(self, name: &str, value: &str) -> Self {
        self.set_header(name, value, true)
    }

    fn set_header(mut self, name: &str, value: &str, beside: bool) -> Self {
        if self.settings.set_header(name, value, beside).is_none() {
            self.problem.get_or_insert(BuildError::Header { name: name.to_owned() });
        }
        self
    }

    /// Adds a hook around each attempt. They are called in the order in which they were added.
    #[must_use]
    pub fn hook(mut self, hook: impl Hook) -> Self {
        self.settings.hooks.push(Arc::new(hook));
        self
    }

    /// The client with a transport and a time of your own.
    ///
    /// # Errors
    /// If a header cannot be sent.
    pub fn transport(self, transport: impl Transport, time: impl Time) -> Result<Client, BuildError> {
        self.build(Arc::new(transport), Arc::new(time))
    }

    /// The blocking client with a transport and a time of your own;
    /// [`ThreadTime`](crate::time::ThreadTime) is that of the standard library.
    ///
    /// # Errors
    /// If a header cannot be sent.
    pub fn blocking_transport(
        self,
        transport: impl BlockingTransport,
        time: impl BlockingTime,
    ) -> Result<BlockingClient, BuildError> {
        let time: Arc<dyn BlockingTime> = Arc::new(time);
        let client = self.build(Arc::new(Blocking(transport)), Arc::new(Parked(Arc::clone(&time))))?;
        Ok(BlockingClient { client, time })
    }

    /// The client with `reqwest` and the time of tokio.
    ///
    /// # Errors
    /// If a header cannot be sent, or a certificate or key cannot be used.
    #[cfg(feature = "reqwest")]
    pub fn reqwest(self) -> Result<Client, BuildError> {
        self.reqwest_with(crate::time::TokioTime)
    }

    /// The client with `reqwest` and a time of your own.
    ///
    /// # Errors
    /// If a header cannot be sent, or a certificate or key cannot be used.
    #[cfg(feature = "reqwest")]
    pub fn reqwest_with(self, time: impl Time) -> Result<Client, BuildError> {
        let transport = crate::transport::Reqwest::with(&self.connect()?)?;
        self.transport(transport, time)
    }

    /// The blocking client with `ureq`.
    ///
    /// # Errors
    /// If a header cannot be sent, or a certificate or key cannot be used.
    #[cfg(feature = "ureq")]
    pub fn ureq(self) -> Result<BlockingClient, BuildError> {
        self.ureq_with(crate::time::ThreadTime)
    }

    /// The blocking client with `ureq` and a time of your own.
    ///
    /// # Errors
    /// If a header cannot be sent, or a certificate or key cannot be used.
    #[cfg(feature = "ureq")]
    pub fn ureq_with(self, time: impl BlockingTime) -> Result<BlockingClient, BuildError> {
        let transport = crate::transport::Ureq::with(&self.connect()?)?;
        self.blocking_transport(transport, time)
    }

    /// How the adapters make connections.
    #[cfg(any(feature = "reqwest", feature = "ureq"))]
    fn connect(&self) -> Result<Connect, BuildError> {
        let Settings { servers, connect, .. } = &self.settings;
        if let (Some(proxy), false, false) = (&connect.proxy, connect.plain_http, servers.base.is_https()) {
            return Err(BuildError::PlainHttp {
                proxy: proxy.to_string(),
            });
        }
        if connect.proxy.is_none() {
            Proxy::of_environment().map_err(|variable| BuildError::Proxy { variable })?;
        }
        // What issues credentials may be elsewhere.
        let is_issued = self
            .settings
            .credential
            .as_ref()
            .is_some_and(|it| it.source.is_renewable());
        Ok(Connect {
            // A proxy may have a certificate, too.
            https: servers.is_https() || is_issued || connect.proxy.is_some(),
            ..connect.clone()
        })
    }

    fn build(self, transport: Arc<dyn AnyTransport>, time: Arc<dyn Time>) -> Result<Client, BuildError> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        #[cfg(feature = "tracing")]
        if !self.settings.connect.tls.is_verified() {
            let server = tracing::field::display(&self.settings.servers.base);
            tracing::warn!(server, "the certificates of servers are not verified");
        }
        Ok(Client {
            core: Arc::new(Core {
                settings: self.settings,
                transport,
                time,
            }),
        })
    }
}

/// Why there is no client.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// A header has a name or a value that cannot be sent; the value is not told.
    Header {
        /// The name of the header.
        name: String,
    },
    /// A certificate or a key cannot be used.
    Tls(TlsError),
    /// A variable of the environment names a proxy whose URL is none; the URL is not told.
    Proxy {
        /// The name of the variable.
        variable: &'static str,
    },
    /// The server is reached over plain HTTP, which the proxy could read.
    PlainHttp {
        /// The URL of the proxy, without user and password.
        proxy: String,
    },
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header { name } => write!(
                f,
                "header `{}` has a name or a value that cannot be sent",
                tablature_runtime::error::excerpt(name)
            ),
            Self::Tls(error) => error.fmt(f),
            Self::PlainHttp { proxy } => write!(
                f,
                "the server is reached over plain HTTP, which the proxy {proxy} could read; `allow_plain_http` lets it"
            ),
            Self::Proxy { variable } => write!(f, "the environment variable `{variable}` is not the URL of a proxy"),
        }
    }
}

impl std::error::Error for BuildError {}

impl From<TlsError> for BuildError {
    fn from(error: TlsError) -> Self {
        Self::Tls(error)
    }
}

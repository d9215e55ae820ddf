//! Why there is no answer, or only a part of one.

use std::error::Error;
use std::fmt;
use std::io;
use std::sync::Arc;

use tablature_runtime::error::excerpt;

use super::Proxy;

/// How far the causes of an error are told.
const CAUSES: usize = 8;

/// Why there is no answer, or only a part of one.
#[derive(Clone)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Arc<dyn Error + Send + Sync>,
    /// The proxy on the way.
    proxy: Option<Proxy>,
}

/// What kept an answer from coming.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// There is no connection to the server.
    Connect,
    /// A connection was not made in time.
    ConnectTimeout,
    /// The server is not who it should be, or does not accept who we are.
    Tls,
    /// The connection ended before the answer.
    Closed,
    /// The body of the answer broke off.
    Body,
    /// The body of the answer is longer than the client allows.
    TooLong,
    /// The answer is not HTTP, or its head is too large.
    Protocol,
    /// The transport gave up, since a limit was reached.
    Timeout,
    /// Anything else.
    Other,
}

impl TransportError {
    /// An error of a transport of your own. What `source` says must hold no secret.
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            kind,
            source: Arc::from(source.into()),
            proxy: None,
        }
    }

    /// An error whose kind is found among its causes: an error of TLS or of input and output.
    pub fn from_source(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let source = source.into();
        Self::new(kind_of(&*source).unwrap_or(TransportErrorKind::Other), source)
    }

    /// What kept the answer from coming.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether the connection was not made or ended before the answer.
    #[must_use]
    pub fn is_connection(&self) -> bool {
        use TransportErrorKind::{Closed, Connect, ConnectTimeout};
        matches!(self.kind, Connect | ConnectTimeout | Closed)
    }

    /// Whether a limit was reached.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.kind,
            TransportErrorKind::ConnectTimeout | TransportErrorKind::Timeout
        )
    }

    /// The same error of a request that went through `proxy`.
    #[cfg(any(feature = "reqwest", feature = "ureq"))]
    pub(crate) fn through(mut self, proxy: Option<&Proxy>) -> Self {
        self.proxy = proxy.cloned();
        self
    }

    /// The proxy on the way to the server, if there is one.
    #[must_use]
    pub fn proxy(&self) -> Option<&Proxy> {
        self.proxy.as_ref()
    }

    /// The same error, after the head of the answer.
    pub(crate) fn in_body(mut self) -> Self {
        if matches!(self.kind, TransportErrorKind::Closed | TransportErrorKind::Other) {
            self.kind = TransportErrorKind::Body;
        }
        self
    }
}

/// The kind of an error whose causes are of known types.
pub(crate) fn kind_of(error: &(dyn Error + 'static)) -> Option<TransportErrorKind> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        #[cfg(any(feature = "reqwest", feature = "ureq"))]
        if error.is::<rustls::Error>() {
            return Some(TransportErrorKind::Tls);
        }
        #[cfg(any(feature = "reqwest", feature = "tower"))]
        if let Some(error) = error.downcast_ref::<hyper::Error>() {
            return Some(kind_of_hyper(error));
        }
        if let Some(error) = error.downcast_ref::<io::Error>() {
            // What an io::Error wraps is not among its causes.
            let inner = error.get_ref().and_then(|inner| kind_of(inner));
            return inner.or_else(|| kind_of_io(error.kind()));
        }
        cause = error.source();
    }
    None
}

/// The kind of an error of hyper, once there was a connection.
#[cfg(any(feature = "reqwest", feature = "tower"))]
fn kind_of_hyper(error: &hyper::Error) -> TransportErrorKind {
    if error.is_parse() {
        return TransportErrorKind::Protocol;
    }
    // The task of a connection that the server gives up ends before requests that wait for it, which hyper counts
    // among the errors of its users.
    if error.is_user() && error.to_string() != "dispatch task is gone" {
        return TransportErrorKind::Other;
    }
    let cause = error.source().and_then(kind_of);
    // What is left is the connection, or a stream of HTTP/2 that was given up with it.
    cause.unwrap_or(TransportErrorKind::Closed)
}

fn kind_of_io(kind: io::ErrorKind) -> Option<TransportErrorKind> {
    match kind {
        io::ErrorKind::ConnectionRefused
        | io::ErrorKind::AddrNotAvailable
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable => Some(TransportErrorKind::Connect),
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::NotConnected
        | io::ErrorKind::UnexpectedEof => Some(TransportErrorKind::Closed),
        io::ErrorKind::TimedOut => Some(TransportErrorKind::Timeout),
        _ => None,
    }
}

impl TransportErrorKind {
    fn text(self) -> &'static str {
        match self {
            Self::Connect => "there is no connection to the server",
            Self::ConnectTimeout => "the connection was not made in time",
            Self::Tls => "the connection is not trusted",
            Self::Closed => "the connection ended before the answer",
            Self::Body => "the body of the answer broke off",
            Self::TooLong => "the body of the answer is too long",
            Self::Protocol => "the answer is not HTTP as it should be",
            Self::Timeout => "it took too long",
            Self::Other => "the request or its answer was lost",
        }
    }
}

impl fmt::Display for TransportErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl fmt::Display for TransportError {
    /// With all causes, since the last one is the one that helps.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        if let Some(proxy) = &self.proxy {
            write!(f, ", through the proxy {proxy}")?;
        }
        let mut cause: Option<&(dyn Error + 'static)> = Some(&*self.source);
        let mut told = String::new();
        for _ in 0..CAUSES {
            let Some(error) = cause else {
                break;
            };
            let text = error.to_string();
            if !told.contains(&text) {
                write!(f, ": {}", excerpt(&text))?;
            }
            told.push_str(&text);
            cause = error.source();
        }
        Ok(())
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TransportError")
            .field(&self.kind)
            .field(&self.to_string())
            .finish()
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

impl From<Box<dyn Error + Send + Sync>> for TransportError {
    fn from(source: Box<dyn Error + Send + Sync>) -> Self {
        match source.downcast::<Self>() {
            Ok(error) => *error,
            Err(source) => Self::from_source(source),
        }
    }
}

impl From<io::Error> for TransportError {
    fn from(source: io::Error) -> Self {
        Self::from_source(source)
    }
}

impl From<std::convert::Infallible> for TransportError {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

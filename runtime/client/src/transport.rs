//! How requests get to a server and answers back: traits over the types of `http`.

mod blocking;
mod body;
mod connect;
mod error;
mod mock;
mod proxy;
#[cfg(feature = "reqwest")]
mod reqwest;
mod tls;
#[cfg(feature = "tower")]
mod tower;
#[cfg(feature = "ureq")]
mod ureq;

use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;

pub(crate) use blocking::Blocking;
pub(crate) use body::Incoming;
pub use connect::Connect;
pub use error::{TransportError, TransportErrorKind};
pub use mock::{MockBody, MockReply, MockTransport};
pub use proxy::{Proxy, ProxyError};
#[cfg(feature = "reqwest")]
pub use reqwest::Reqwest;
pub(crate) use tls::Identity;
pub use tls::{Tls, TlsError};
#[cfg(feature = "tower")]
pub use tower::Tower;
#[cfg(feature = "ureq")]
pub use ureq::Ureq;

/// Sends requests and receives answers.
///
/// A transport follows no redirects, tries nothing twice, and does not wait for the body of an
/// answer: all of that is for the client.
pub trait Transport: Send + Sync + 'static {
    /// The body of an answer, as it comes.
    type Body: http_body::Body<Data = Bytes, Error: Into<TransportError>> + Send + 'static;

    /// Sends a request and receives the head of the answer. To drop the future is to give up.
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> impl Future<Output = Result<http::Response<Self::Body>, TransportError>> + Send;
}

/// Sends requests and receives answers on the thread that asks for it.
pub trait BlockingTransport: Send + Sync + 'static {
    /// The body of an answer, as it comes. It may stand still where it is polled.
    type Body: http_body::Body<Data = Bytes, Error: Into<TransportError>> + Send + 'static;

    /// Sends a request and receives the head of the answer.
    ///
    /// # Errors
    /// If there is no answer; [`TransportErrorKind::Timeout`] if a limit has been reached.
    fn send(&self, request: http::Request<Bytes>, limits: Limits)
    -> Result<http::Response<Self::Body>, TransportError>;
}

/// How long a blocking transport may take, since nobody else can end it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How long from now on: to the end of the answer, or of its head if that is a stream.
    pub whole: Duration,
    /// How long between two pieces of a stream; `None` if the answer is not one.
    pub idle: Option<Duration>,
}

pub(crate) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
pub(crate) type Sent = Result<http::Response<Incoming>, TransportError>;

/// Any transport.
pub(crate) trait AnyTransport: Send + Sync {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> BoxFuture<'_, Sent>;
}

impl<T: Transport> AnyTransport for T {
    fn send(&self, request: http::Request<Bytes>, _: Limits) -> BoxFuture<'_, Sent> {
        let sent = Transport::send(self, request);
        Box::pin(async move { sent.await.map(|answer| answer.map(Incoming::new)) })
    }
}

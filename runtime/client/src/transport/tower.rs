//! The adapter for services of `tower`.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tower_service::Service;

use super::{Transport, TransportError};

/// The adapter for any service of `tower` from requests to answers, such as a client of hyper with
/// layers around it. It is cloned for each request.
///
/// `B` is the service's body of a request, which is made of bytes: `Full<Bytes>`, for example.
pub struct Tower<S, B> {
    service: S,
    body: PhantomData<fn() -> B>,
}

impl<S, B> Tower<S, B> {
    /// The adapter for `service`.
    #[must_use]
    pub fn new(service: S) -> Self {
        Self {
            service,
            body: PhantomData,
        }
    }
}

impl<S: Clone, B> Clone for Tower<S, B> {
    fn clone(&self) -> Self {
        Self::new(self.service.clone())
    }
}

impl<S, B> fmt::Debug for Tower<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tower")
    }
}

type BoxError = Box<dyn Error + Send + Sync>;

impl<S, B, A> Transport for Tower<S, B>
where
    S: Service<http::Request<B>, Response = http::Response<A>, Error: Into<BoxError>, Future: Send>,
    S: Clone + Send + Sync + 'static,
    B: From<Bytes> + Send + 'static,
    A: Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
{
    type Body = TowerBody<A>;

    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Self::Body>, TransportError> {
        let mut service = self.service.clone();
        poll_fn(|context| service.poll_ready(context))
            .await
            .map_err(|error| TransportError::from(error.into()))?;
        let answer = service
            .call(request.map(B::from))
            .await
            .map_err(|error| TransportError::from(error.into()))?;
        Ok(answer.map(|body| TowerBody(Box::pin(body))))
    }
}

/// The body of a service's answer.
pub struct TowerBody<A>(Pin<Box<A>>);

impl<A: Body<Data = Bytes, Error: Into<BoxError>>> Body for TowerBody<A> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = self.0.as_mut().poll_frame(context);
        frame.map(|frame| frame.map(|frame| frame.map_err(|error| TransportError::from(error.into()))))
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

impl<A> fmt::Debug for TowerBody<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TowerBody")
    }
}

//! A blocking transport in the place of an async one.

use bytes::Bytes;

use super::{AnyTransport, BlockingTransport, BoxFuture, Incoming, Limits, Sent};

/// A transport whose futures stand still in place of waiting.
pub(crate) struct Blocking<T>(pub(crate) T);

impl<T: BlockingTransport> AnyTransport for Blocking<T> {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> BoxFuture<'_, Sent> {
        Box::pin(async move {
            let answer = self.0.send(request, limits)?;
            Ok(answer.map(Incoming::new))
        })
    }
}

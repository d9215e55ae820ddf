//! The body of a success as it comes, read under the client's idle timeout.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::Uri;
use tablature_runtime::error::Facts;

use super::{BlockingClient, Core};
use crate::Error;
use crate::error::{Failed, TimeoutError, TimeoutKind};
use crate::time::Sleep;
use crate::transport::{Incoming, TransportError};

/// The body of a success as a stream of its bytes, in pieces of any size; or ask for the next [`chunk`](Self::chunk).
/// After an error there is none.
pub struct BodyStream {
    core: Arc<Core>,
    facts: Facts,
    url: Uri,
    body: Incoming,
    /// When the next piece is late, while it is waited for.
    deadline: Option<Sleep>,
    has_failed: bool,
}

impl BodyStream {
    pub(super) fn new(core: Arc<Core>, facts: Facts, url: Uri, body: Incoming) -> Self {
        Self {
            core,
            facts,
            url,
            body,
            deadline: None,
            has_failed: false,
        }
    }

    /// The URL that the request went to.
    #[must_use]
    pub fn url(&self) -> &Uri {
        &self.url
    }

    /// The next piece of the body; `None` at its end.
    ///
    /// # Errors
    /// [`Error::Timeout`] if nothing comes within the idle timeout, [`Error::Transport`] if the body breaks off.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        self.rewind();
        poll_fn(|context| self.poll_chunk(context)).await
    }

    /// Waits for the next piece from now on, however long ago somebody gave up waiting for it.
    pub(super) fn rewind(&mut self) {
        self.deadline = None;
    }

    pub(super) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, Error>> {
        if self.has_failed {
            return Poll::Ready(Ok(None));
        }
        let Self { core, deadline, .. } = self;
        let deadline = deadline.get_or_insert_with(|| core.time.timeout(core.settings.idle_timeout));
        let chunk = match self.body.poll_chunk(context) {
            Poll::Ready(Ok(chunk)) => Ok(chunk),
            Poll::Ready(Err(error)) if error.is_timeout() => Err(self.silent()),
            Poll::Ready(Err(error)) => Err(self.lost(error)),
            Poll::Pending => {
                ready!(deadline.as_mut().poll(context));
                Err(self.silent())
            }
        };
        self.deadline = None;
        self.has_failed = chunk.is_err();
        Poll::Ready(chunk)
    }

    pub(super) fn facts(&self) -> &Facts {
        &self.facts
    }

    fn silent(&self) -> Error {
        let error = TimeoutError::new(TimeoutKind::Idle, self.core.settings.idle_timeout);
        Error::Timeout(Failed::new(&self.facts, &self.url, 1, error))
    }

    fn lost(&self, error: TransportError) -> Error {
        Error::Transport(Failed::new(&self.facts, &self.url, 1, error))
    }
}

impl Stream for BodyStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(context).map(Result::transpose)
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BodyStream")
    }
}

/// The body of a success as an iterator of its bytes; see [`BodyStream`].
pub struct BlockingBodyStream {
    client: BlockingClient,
    body: BodyStream,
}

impl BlockingBodyStream {
    pub(super) fn new(client: BlockingClient, body: BodyStream) -> Self {
        Self { client, body }
    }
}

impl Iterator for BlockingBodyStream {
    type Item = Result<Bytes, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.client.block_on(self.body.chunk()).transpose()
    }
}

impl fmt::Debug for BlockingBodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BlockingBodyStream")
    }
}

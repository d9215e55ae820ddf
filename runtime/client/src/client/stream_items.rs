//! The items of an answer that is a stream, as they come.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use tablature_runtime::error::{DecodeError, Exchange};
use tablature_runtime::json;
use tablature_runtime::stream::{Decode, StreamError};

use super::{BlockingClient, BodyStream};
use crate::Error;

/// The items of an answer, as a stream; or ask for the [`next`](Self::next) one.
///
/// An item that cannot be read is an error, after which the next one follows; after any other error there is none. A
/// connection that ends is not opened again.
pub struct StreamItems<D> {
    body: BodyStream,
    status: StatusCode,
    headers: HeaderMap,
    /// None after the last item.
    decoder: Option<D>,
}

impl<D: Decode> StreamItems<D> {
    pub(super) fn new(body: BodyStream, status: StatusCode, headers: HeaderMap, decoder: D) -> Self {
        Self {
            body,
            status,
            headers,
            decoder: Some(decoder),
        }
    }

    /// The next item; `None` after the last one. It loses nothing where it is dropped before it is ready.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn next(&mut self) -> Option<Result<D::Value, Error>> {
        self.body.rewind();
        poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<D::Value, Error>>> {
        loop {
            let Some(decoder) = &mut self.decoder else {
                return Poll::Ready(None);
            };
            match decoder.next() {
                Some(Ok(item)) => return Poll::Ready(Some(Ok(item))),
                Some(Err(error)) => {
                    if matches!(error, StreamError::TooLong { .. }) {
                        self.decoder = None;
                    }
                    return Poll::Ready(Some(Err(self.unread(&error))));
                }
                None => {}
            }
            match ready!(self.body.poll_chunk(context)) {
                Ok(Some(bytes)) => decoder.push(&bytes),
                Ok(None) => {
                    let last = self.decoder.take().and_then(|it| it.finish().transpose());
                    return Poll::Ready(last.map(|it| it.map_err(|error| self.unread(&error))));
                }
                Err(error) => {
                    self.decoder = None;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }

    fn unread(&self, error: &StreamError) -> Error {
        let facts = self.body.facts().clone();
        let exchange = Exchange::new(facts, self.status, self.headers.clone(), Bytes::new());
        Error::answered(
            DecodeError::new(exchange, json::Error::new(error)).into(),
            self.body.url(),
        )
    }
}

impl<D: Decode + Unpin> Stream for StreamItems<D> {
    type Item = Result<D::Value, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<D> fmt::Debug for StreamItems<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StreamItems")
    }
}

/// The items of an answer, as an iterator; see [`StreamItems`].
pub struct BlockingStreamItems<D> {
    client: BlockingClient,
    items: StreamItems<D>,
}

impl<D: Decode> BlockingStreamItems<D> {
    pub(super) fn new(client: BlockingClient, items: StreamItems<D>) -> Self {
        Self { client, items }
    }
}

impl<D: Decode> Iterator for BlockingStreamItems<D> {
    type Item = Result<D::Value, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.client.block_on(self.items.next())
    }
}

impl<D> fmt::Debug for BlockingStreamItems<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BlockingStreamItems")
    }
}

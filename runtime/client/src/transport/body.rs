//! The body of an answer, of whatever transport it is.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame, SizeHint};

use super::{TransportError, TransportErrorKind};

/// How much room is made for a body on the word of its server alone, in bytes.
const FORESEEN: u64 = 1 << 20;

/// The body of an answer, as it comes.
pub(crate) struct Incoming(Pin<Box<dyn Body<Data = Bytes, Error = TransportError> + Send>>);

impl Incoming {
    pub(crate) fn new<B>(body: B) -> Self
    where
        B: Body<Data = Bytes, Error: Into<TransportError>> + Send + 'static,
    {
        Self(Box::pin(Unified(Box::pin(body))))
    }

    /// A body that is there already.
    pub(crate) fn whole(body: Bytes) -> Self {
        Self::new(Whole(Some(body).filter(|body| !body.is_empty())))
    }

    /// The next piece of the body; `None` at its end.
    ///
    /// It loses nothing where it is dropped before it is ready.
    ///
    /// # Errors
    /// If the body broke off.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    /// As [`chunk`](Self::chunk).
    pub(crate) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, TransportError>> {
        loop {
            let frame = match ready!(self.0.as_mut().poll_frame(context)) {
                None => return Poll::Ready(Ok(None)),
                Some(frame) => frame?,
            };
            // Trailers are of no use here.
            if let Ok(data) = frame.into_data() {
                return Poll::Ready(Ok(Some(data)));
            }
        }
    }

    /// The whole body, if it has at most `max` bytes.
    pub(crate) async fn collect(mut self, max: usize) -> Result<Bytes, TransportError> {
        let too_long = || TransportError::new(TransportErrorKind::TooLong, format!("it has more than {max} bytes"));
        let hint = self.0.size_hint().lower();
        let Some(first) = self.chunk().await? else {
            return Ok(Bytes::new());
        };
        if first.len() > max {
            return Err(too_long());
        }
        let Some(second) = self.chunk().await? else {
            return Ok(first);
        };
        let room = usize::try_from(hint.min(FORESEEN)).unwrap_or_default();
        let mut whole = BytesMut::with_capacity(room.max(first.len() + second.len()));
        whole.extend_from_slice(&first);
        let mut next = Some(second);
        while let Some(piece) = next {
            if whole.len() + piece.len() > max {
                return Err(too_long());
            }
            whole.extend_from_slice(&piece);
            next = self.chunk().await?;
        }
        Ok(whole.freeze())
    }
}

impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Incoming")
    }
}

/// A body whose errors are ours.
struct Unified<B>(Pin<Box<B>>);

impl<B> Body for Unified<B>
where
    B: Body<Data = Bytes, Error: Into<TransportError>>,
{
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = self.0.as_mut().poll_frame(context);
        frame.map(|frame| frame.map(|frame| frame.map_err(|error| error.into().in_body())))
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

/// A body that is there already.
struct Whole(Option<Bytes>);

impl Body for Whole {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::convert::Infallible>>> {
        Poll::Ready(self.0.take().map(|body| Ok(Frame::data(body))))
    }
}

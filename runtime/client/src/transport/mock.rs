//! A transport for tests: it answers as it is told to, without sockets.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::fmt;
use std::future::pending;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Request, StatusCode};
use http_body::{Body, Frame};

use super::{BlockingTransport, Limits, Transport, TransportError, TransportErrorKind};
use crate::time::{Sleep, ThreadTime, block_on};

/// A transport for tests: it records requests and answers as it is told to, without sockets. Clones are the same
/// transport.
///
/// ```
/// use std::time::SystemTime;
/// use tablature_client::time::{ManualTime, ThreadTime};
/// use tablature_client::transport::{MockReply, MockTransport};
/// use tablature_client::{BlockingClient, Raw};
/// use tablature_runtime::Server;
///
/// let mock = MockTransport::in_order([
///     MockReply::status(503),
///     MockReply::json(200, r#"{"name":"web"}"#),
/// ]);
/// let client = BlockingClient::builder(Server::new("https://api.example.com")?)
///     .blocking_transport(mock.clone(), ManualTime::new(SystemTime::UNIX_EPOCH))?;
/// let answer = Raw::get("/services/web").send_blocking(&client)?;
/// assert_eq!(answer.body(), r#"{"name":"web"}"#);
/// assert_eq!(mock.requests().len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct MockTransport(Arc<Inner>);

struct Inner {
    reply: Box<Compute>,
    requests: Mutex<Vec<Request<Bytes>>>,
}

/// Makes the reply to a request.
type Compute = dyn Fn(&Request<Bytes>) -> MockReply + Send + Sync;

impl MockTransport {
    /// A transport that computes its replies.
    pub fn new(reply: impl Fn(&Request<Bytes>) -> MockReply + Send + Sync + 'static) -> Self {
        Self(Arc::new(Inner {
            reply: Box::new(reply),
            requests: Mutex::default(),
        }))
    }

    /// A transport that gives these replies, one for each request. A request beyond them fails.
    pub fn in_order(replies: impl IntoIterator<Item = MockReply>) -> Self {
        let replies: Mutex<VecDeque<MockReply>> = Mutex::new(replies.into_iter().collect());
        Self::new(move |_| {
            let next = replies.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            next.unwrap_or_else(|| MockReply::fault(TransportErrorKind::Other))
        })
    }

    /// The requests so far, as they were sent: with their credentials.
    #[must_use]
    pub fn requests(&self) -> Vec<Request<Bytes>> {
        self.0.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn reply(&self, request: Request<Bytes>) -> MockReply {
        let reply = (self.0.reply)(&request);
        let mut requests = self.0.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.push(request);
        reply
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockTransport").finish_non_exhaustive()
    }
}

/// What a [`MockTransport`] answers: a whole body, or one in pieces, and faults and delays anywhere.
#[derive(Debug)]
pub struct MockReply {
    head: Head,
    headers: HeaderMap,
    pieces: VecDeque<Piece>,
    delay: Delay,
}

#[derive(Debug)]
enum Head {
    Status(StatusCode),
    Fault(TransportErrorKind),
    Never,
}

#[derive(Debug)]
enum Piece {
    Data(Bytes),
    Fault(TransportErrorKind),
    Never,
}

/// How long a reply takes to come.
struct Delay(Option<Sleep>);

impl fmt::Debug for Delay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Delay" } else { "None" })
    }
}

impl MockReply {
    fn new(head: Head) -> Self {
        Self {
            head,
            headers: HeaderMap::new(),
            pieces: VecDeque::new(),
            delay: Delay(None),
        }
    }

    /// An answer without a body. A number that is no status is 500.
    #[must_use]
    pub fn status(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::new(Head::Status(status))
    }

    /// An answer of JSON.
    pub fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self::status(status)
            .header(CONTENT_TYPE.as_str(), "application/json")
            .piece(body)
    }

    /// No answer, since the connection fails so.
    #[must_use]
    pub fn fault(kind: TransportErrorKind) -> Self {
        Self::new(Head::Fault(kind))
    }

    /// No answer and no end: the client has to give up.
    #[must_use]
    pub fn never() -> Self {
        Self::new(Head::Never)
    }

    /// Adds a header. One that cannot be sent is left out.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            self.headers.append(name, value);
        }
        self
    }

    /// Adds a piece to the body, which comes by itself.
    #[must_use]
    pub fn piece(mut self, piece: impl Into<Bytes>) -> Self {
        self.pieces.push_back(Piece::Data(piece.into()));
        self
    }

    /// Lets the body break off after the pieces so far.
    #[must_use]
    pub fn then_fault(mut self, kind: TransportErrorKind) -> Self {
        self.pieces.push_back(Piece::Fault(kind));
        self
    }

    /// Lets the body fall silent after the pieces so far.
    #[must_use]
    pub fn then_never(mut self) -> Self {
        self.pieces.push_back(Piece::Never);
        self
    }

    /// Lets the reply wait for `delay`: what [`Time::sleep`](crate::time::Time::sleep) gives, say.
    #[must_use]
    pub fn after(mut self, delay: Sleep) -> Self {
        self.delay = Delay(Some(delay));
        self
    }

    fn answer(self) -> Result<http::Response<MockBody>, TransportError> {
        match self.head {
            Head::Status(status) => {
                let mut answer = http::Response::new(MockBody(self.pieces));
                *answer.status_mut() = status;
                *answer.headers_mut() = self.headers;
                Ok(answer)
            }
            Head::Fault(kind) => Err(fault(kind)),
            Head::Never => Err(fault(TransportErrorKind::Timeout)),
        }
    }
}

fn fault(kind: TransportErrorKind) -> TransportError {
    TransportError::new(kind, "the mock transport was told to fail")
}

impl Transport for MockTransport {
    type Body = MockBody;

    async fn send(&self, request: Request<Bytes>) -> Result<http::Response<MockBody>, TransportError> {
        let mut reply = self.reply(request);
        if let Some(delay) = reply.delay.0.take() {
            delay.await;
        }
        if matches!(reply.head, Head::Never) {
            pending::<Infallible>().await;
        }
        reply.answer()
    }
}

impl BlockingTransport for MockTransport {
    type Body = MockBody;

    /// What never comes is a time-out at once.
    fn send(&self, request: Request<Bytes>, _: Limits) -> Result<http::Response<MockBody>, TransportError> {
        let mut reply = self.reply(request);
        if let Some(delay) = reply.delay.0.take() {
            block_on(&ThreadTime, delay);
        }
        for piece in reply.pieces.iter_mut().filter(|it| matches!(it, Piece::Never)) {
            *piece = Piece::Fault(TransportErrorKind::Timeout);
        }
        reply.answer()
    }
}

/// The body of a reply, piece by piece.
#[derive(Debug)]
pub struct MockBody(VecDeque<Piece>);

impl Body for MockBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if matches!(self.0.front(), Some(Piece::Never)) {
            return Poll::Pending;
        }
        Poll::Ready(match self.0.pop_front() {
            Some(Piece::Data(piece)) => Some(Ok(Frame::data(piece))),
            Some(Piece::Fault(kind)) => Some(Err(fault(kind))),
            Some(Piece::Never) | None => None,
        })
    }
}

//! Builds the request of an operation from its endpoint and values, and reads the response to it.

use bytes::Bytes;

use crate::answer::{Failure, StreamAnswer, Undocumented};
use crate::auth::SecurityScheme;
pub use crate::endpoint::{
    BodyRule, Documented, Endpoint, Fallible, Paginated, Pagination, StatusPattern, Watch, Watched,
};
use crate::error::{ApiError, DecodeError, Exchange, UnexpectedError};
use crate::facts::Facts;
use crate::method::{known, method};
use crate::request;
use crate::server::ServerTemplate;
use crate::{Answer, Error, Parts, RequestError, Response, Server, stream};

/// An operation of an API, with its parameters: gives a request, and reads the answer to it.
///
/// Nothing here sends anything.
pub trait Operation {
    /// The name that the API's description gives it.
    const NAME: &'static str;
    /// The method of the request: `GET`, or any other that HTTP takes.
    const METHOD: &'static str;
    /// The route: a path with a `{parameter}` in each place where a value goes.
    const PATH: &'static str;
    /// The documented answers.
    const DOCUMENTED: &'static [Documented];
    /// The documented credentials: alternatives of schemes that are needed together.
    const SECURITY: &'static [&'static [SecurityScheme]];
    /// Where the operation is served, if it is documented at servers of its own. Where it is empty, the
    /// operation is served where its API is.
    const SERVERS: &'static [ServerTemplate] = &[];
    /// Statuses other than 2xx that are answers of the operation, as documented: redirects, which a client does not
    /// follow, and 101, by which the server switches to another protocol.
    const REDIRECTS: &'static [u16] = &[];
    /// What a successful answer holds.
    type Output;

    /// The request to `server`, without a credential; see [`auth::apply`](crate::auth::apply). The
    /// server is the caller's choice, also for an operation with [`SERVERS`](Self::SERVERS) of its own.
    ///
    /// It borrows, so that a retry can ask for the request again.
    ///
    /// # Errors
    /// All that keeps the request from being sent as it was meant, together.
    fn request(&self, server: &Server) -> Result<http::Request<Bytes>, RequestError>;

    /// Reads an answer.
    ///
    /// # Errors
    /// [`Error::Api`] for a status other than 2xx, [`Error::Decode`] for a body that is not what is
    /// documented, [`Error::Unexpected`] for an undocumented 2xx whose body is unknown.
    fn decode(answer: http::Response<Bytes>) -> Result<Response<Self::Output>, Error>;
}

/// A request that is being built for an [`Endpoint`]; that makes it an [`Operation`].
pub trait Builder {
    /// The operation's data.
    type Endpoint: Endpoint;

    /// The values that the caller has given.
    fn parts(&self) -> &Parts;
}

impl<B: Builder> Operation for B {
    const NAME: &'static str = B::Endpoint::NAME;
    const METHOD: &'static str = B::Endpoint::METHOD;
    const PATH: &'static str = B::Endpoint::PATH;
    const DOCUMENTED: &'static [Documented] = B::Endpoint::DOCUMENTED;
    const SECURITY: &'static [&'static [SecurityScheme]] = B::Endpoint::SECURITY;
    const SERVERS: &'static [ServerTemplate] = B::Endpoint::SERVERS;
    const REDIRECTS: &'static [u16] = B::Endpoint::REDIRECTS;
    type Output = <<B::Endpoint as Endpoint>::Answer as Answer>::Output;

    fn request(&self, server: &Server) -> Result<http::Request<Bytes>, RequestError> {
        request::build::<B::Endpoint>(self.parts(), server)
    }

    fn decode(answer: http::Response<Bytes>) -> Result<Response<Self::Output>, Error> {
        decode::<B::Endpoint>(answer)
    }
}

impl Facts {
    /// The facts of an operation.
    #[must_use]
    pub fn of_operation<O: Operation>() -> Self {
        Self {
            operation: O::NAME,
            method: method(const { known(O::METHOD) }, O::METHOD),
            route: O::PATH,
            security: O::SECURITY,
            redirects: O::REDIRECTS,
            servers: O::SERVERS,
        }
    }
}

impl Exchange {
    /// The failure as the operation `O` documents it: a variant per status, with its body.
    ///
    /// `None` if it is a success, or if it answers another operation.
    #[must_use]
    pub fn failure<O: Builder>(&self) -> Option<<O::Endpoint as Fallible>::Failure>
    where
        O::Endpoint: Fallible,
    {
        let Facts {
            operation,
            method,
            route,
            ..
        } = self.facts();
        let is_failure =
            !self.status().is_success() && (*operation, method.as_str(), *route) == (O::NAME, O::METHOD, O::PATH);
        is_failure.then(|| Failure::read(Undocumented::new(self.status(), self.body().clone())))
    }
}

impl Error {
    /// The failure as the operation `O` documents it: a variant per status, with its body.
    ///
    /// `None` if there is no answer, if it is a success, or if it answers another operation.
    #[must_use]
    pub fn failure<O: Builder>(&self) -> Option<<O::Endpoint as Fallible>::Failure>
    where
        O::Endpoint: Fallible,
    {
        self.exchange()?.failure::<O>()
    }
}

/// Reads the answer to a request of `E` by its status; see [`Operation::decode`].
///
/// # Errors
/// Those of [`Operation::decode`].
pub fn decode<E: Endpoint>(answer: http::Response<Bytes>) -> Result<Response<<E::Answer as Answer>::Output>, Error> {
    let (head, body) = answer.into_parts();
    let status = head.status;
    if !status.is_success() && !E::REDIRECTS.contains(&status.as_u16()) {
        let exchange = Exchange::new(Facts::of::<E>(), status, head.headers, body);
        return Err(Error::Api(ApiError::new(exchange)));
    }
    let known = E::Answer::UNDOCUMENTED || E::DOCUMENTED.iter().any(|documented| documented.status.matches(status));
    match known.then(|| E::Answer::read(status, &body)).flatten() {
        Some(Ok(value)) => Ok(Response::new(status, head.headers, value)),
        Some(Err(error)) => {
            let exchange = Exchange::new(Facts::of::<E>(), status, head.headers, body);
            Err(Error::Decode(DecodeError::new(exchange, error)))
        }
        None => {
            let exchange = Exchange::new(Facts::of::<E>(), status, head.headers, body);
            Err(Error::Unexpected(UnexpectedError::new(exchange)))
        }
    }
}

/// An operation whose answer is a stream of items.
pub trait StreamOperation: Operation {
    /// Takes the bytes of an answer as they come, and gives items.
    type Decoder: stream::Decode;

    /// A decoder without bytes.
    #[must_use]
    fn decoder() -> Self::Decoder;
}

impl<B: Builder> StreamOperation for B
where
    <B::Endpoint as Endpoint>::Answer: StreamAnswer,
{
    type Decoder = <<B::Endpoint as Endpoint>::Answer as StreamAnswer>::Decoder;

    fn decoder() -> Self::Decoder {
        <B::Endpoint as Endpoint>::Answer::decoder()
    }
}

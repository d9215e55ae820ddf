//! What an operation is: its data, and how a request comes from it and an answer goes back.

use bytes::Bytes;
use http::StatusCode;
use serde::de::DeserializeOwned;

use crate::answer::{Failure, StreamAnswer, Undocumented};
use crate::auth::SecurityScheme;
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
    /// Redirects that are answers of the operation, as documented: a client does not follow them.
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

/// The data of an operation.
pub trait Endpoint {
    /// See [`Operation::NAME`].
    const NAME: &'static str;
    /// See [`Operation::METHOD`].
    const METHOD: &'static str;
    /// See [`Operation::PATH`].
    const PATH: &'static str;
    /// The route with what no URL can hold percent-encoded, where there is such.
    const ENCODED_PATH: &'static str = Self::PATH;
    /// See [`Operation::DOCUMENTED`].
    const DOCUMENTED: &'static [Documented];
    /// See [`Operation::SECURITY`].
    const SECURITY: &'static [&'static [SecurityScheme]];
    /// See [`Operation::SERVERS`].
    const SERVERS: &'static [ServerTemplate] = &[];
    /// See [`Operation::REDIRECTS`].
    const REDIRECTS: &'static [u16] = &[];
    /// What a media type of the request body asks of the parameters.
    const BODIES: &'static [BodyRule] = &[];
    /// The `Accept` header of the request.
    const ACCEPT: &'static str = <Self::Answer as Answer>::ACCEPT;
    /// How a successful answer is read.
    type Answer: Answer;
}

/// The data of an operation whose answers are pages of a list.
pub trait Paginated: Endpoint {
    /// How the answers continue.
    const PAGINATION: Pagination;
    /// An item of the list.
    type Item: DeserializeOwned;
}

/// The data of an operation whose answer is a stream of the changes of a list, which can go on after its connection.
pub trait Watched: Endpoint {
    /// How the stream goes on.
    const WATCH: Watch;
}

/// The data of an operation that documents what its failures hold; see [`Error::failure`].
#[diagnostic::on_unimplemented(
    message = "this operation documents neither a body nor a header of its failures",
    note = "`Error::status`, `Error::body` and `Error::decode` tell of any failure"
)]
pub trait Fallible: Endpoint {
    /// Its failures: an enumeration with a variant per documented status.
    type Failure: Failure;
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
    /// The facts of an endpoint.
    #[must_use]
    pub fn of<E: Endpoint>() -> Self {
        Self {
            operation: E::NAME,
            method: method(const { known(E::METHOD) }, E::METHOD),
            route: E::PATH,
            security: E::SECURITY,
            redirects: E::REDIRECTS,
            servers: E::SERVERS,
        }
    }

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
        let called = (self.operation(), self.method().as_str(), self.route());
        let is_failure = !self.status().is_success() && called == (O::NAME, O::METHOD, O::PATH);
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

/// A documented answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Documented {
    /// The status.
    pub status: StatusPattern,
    /// What the documentation calls it.
    pub name: &'static str,
    /// The page and the table that document it.
    pub page: &'static str,
}

impl Documented {
    /// The answer with status `code`.
    #[must_use]
    pub const fn status(code: u16, name: &'static str, page: &'static str) -> Self {
        Self {
            status: StatusPattern::Code(code),
            name,
            page,
        }
    }

    /// The answers of a class: 4 for 400 to 499.
    #[must_use]
    pub const fn range(class: u16, name: &'static str, page: &'static str) -> Self {
        Self {
            status: StatusPattern::Class(class),
            name,
            page,
        }
    }

    /// Any answer that is not documented otherwise.
    #[must_use]
    pub const fn any(name: &'static str, page: &'static str) -> Self {
        Self {
            status: StatusPattern::Any,
            name,
            page,
        }
    }
}

/// The status codes of a documented answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusPattern {
    /// One status code.
    Code(u16),
    /// A class of status codes by its first digit.
    Class(u16),
    /// Every status code.
    Any,
}

impl StatusPattern {
    /// Whether `status` is one of them.
    #[must_use]
    pub fn matches(self, status: StatusCode) -> bool {
        match self {
            Self::Code(code) => status.as_u16() == code,
            Self::Class(class) => status.as_u16() / 100 == class,
            Self::Any => true,
        }
    }
}

/// What a media type of the request body asks of the parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyRule {
    /// The media type of the body.
    pub media_type: &'static str,
    /// The parameters that must be there.
    pub required: &'static [&'static str],
    /// The parameters that must not be there.
    pub forbidden: &'static [&'static str],
}

/// How the answers of a list continue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// The query parameter with the size of a page.
    pub limit: &'static str,
    /// The query parameter that asks for the next page.
    pub token: &'static str,
    /// Where an answer has the next page's token: a JSON Pointer.
    pub next: &'static str,
    /// Where an answer has its items: a JSON Pointer.
    pub items: &'static str,
}

/// How a stream of the changes of a list goes on after its connection: from the version of the list, or of the last
/// event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    /// The query parameter that makes a stream of the list, where the operation has one.
    pub switch: Option<&'static str>,
    /// The query parameter with the version to watch from.
    pub version: &'static str,
    /// The query parameter that asks for events that only tell a version, where there is one.
    pub bookmarks: Option<&'static str>,
    /// Where a list, and the object of an event, have their version: a JSON Pointer.
    pub current: &'static str,
    /// The query parameters that the stream is asked for without.
    pub watch_omits: &'static [&'static str],
    /// The query parameters that the list is asked for without, besides those above.
    pub list_omits: &'static [&'static str],
    /// How the list continues, where the operation has one.
    pub list: Option<Pagination>,
}

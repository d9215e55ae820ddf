//! The documented data of an operation: method, route, statuses, security, and how its answers are read.

use http::StatusCode;
use serde::de::DeserializeOwned;

use crate::Answer;
use crate::answer::Failure;
use crate::auth::SecurityScheme;
use crate::facts::Facts;
use crate::method::{known, method};
use crate::server::ServerTemplate;

/// The data of an operation.
pub trait Endpoint {
    /// See [`Operation::NAME`](crate::Operation::NAME).
    const NAME: &'static str;
    /// See [`Operation::METHOD`](crate::Operation::METHOD).
    const METHOD: &'static str;
    /// See [`Operation::PATH`](crate::Operation::PATH).
    const PATH: &'static str;
    /// The route with what no URL can hold percent-encoded, where there is such.
    const ENCODED_PATH: &'static str = Self::PATH;
    /// See [`Operation::DOCUMENTED`](crate::Operation::DOCUMENTED).
    const DOCUMENTED: &'static [Documented];
    /// See [`Operation::SECURITY`](crate::Operation::SECURITY).
    const SECURITY: &'static [&'static [SecurityScheme]];
    /// See [`Operation::SERVERS`](crate::Operation::SERVERS).
    const SERVERS: &'static [ServerTemplate] = &[];
    /// See [`Operation::REDIRECTS`](crate::Operation::REDIRECTS).
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

/// The data of an operation that documents what its failures hold; see [`Error::failure`](crate::Error::failure).
#[diagnostic::on_unimplemented(
    message = "this operation documents neither a body nor a header of its failures",
    note = "`Error::status`, `Error::body` and `Error::decode` tell of any failure"
)]
pub trait Fallible: Endpoint {
    /// Its failures: an enumeration with a variant per documented status.
    type Failure: Failure;
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
}

/// A documented answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Documented {
    /// The status.
    pub status: StatusPattern,
    /// What the documentation calls it.
    pub name: &'static str,
}

impl Documented {
    /// The answer with status `code`.
    #[must_use]
    pub const fn status(code: u16, name: &'static str) -> Self {
        Self {
            status: StatusPattern::Code(code),
            name,
        }
    }

    /// The answers of a class: 4 for 400 to 499.
    #[must_use]
    pub const fn range(class: u16, name: &'static str) -> Self {
        Self {
            status: StatusPattern::Class(class),
            name,
        }
    }

    /// Any answer that is not documented otherwise.
    #[must_use]
    pub const fn any(name: &'static str) -> Self {
        Self {
            status: StatusPattern::Any,
            name,
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
    /// The query parameters that only the first page is asked for with, since the token has what they said.
    pub replaces: &'static [&'static str],
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

//! Operations as they will be emitted.

use serde::Serialize;

use super::{Docs, Scalar, SecurityScheme, Type, Webhook};
use crate::names::Ident;

/// The operations and webhooks of one tag.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tag {
    /// The module.
    pub module: Ident,
    /// The module's documentation.
    pub docs: Docs,
    /// The operations, sorted by name.
    pub operations: Vec<Operation>,
    /// What the API sends, sorted by name.
    pub webhooks: Vec<Webhook>,
}

/// A request and its answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Operation {
    /// The type's name.
    pub name: Ident,
    /// The module of its file.
    pub module: Ident,
    /// The `operationId`.
    pub id: String,
    /// The method.
    pub method: String,
    /// The route template.
    pub path: String,
    /// The route as it is sent, where it has what no URL can hold.
    pub encoded_path: Option<String>,
    /// Query parameters that belong to the route.
    pub literals: Vec<(String, String)>,
    /// Its documentation.
    pub docs: Docs,
    /// What to do instead, where the document deprecates it.
    pub deprecated: Option<String>,
    /// How a value of it comes about.
    pub constructor: Constructor,
    /// The body, where one may be set after construction.
    pub optional_body: Option<OptionalBody>,
    /// Statuses with their names, sorted.
    pub documented: Vec<Documented>,
    /// The constant with its servers, where they are not the API's.
    pub servers: Option<Ident>,
    /// What it needs, where it differs from the document's.
    pub security: Option<Vec<Vec<SecurityScheme>>>,
    /// What media types of the body ask of the parameters.
    pub body_rules: Vec<BodyRule>,
    /// How to get the next page.
    pub pagination: Option<Pagination>,
    /// How its stream goes on after the connection.
    pub watch: Option<Watch>,
    /// What a success holds.
    pub answer: Answer,
    /// The media type to ask for, where it is not the usual one.
    pub accept: Option<String>,
    /// The documented headers of a success.
    pub headers: Vec<AnswerHeader>,
    /// Redirects that are answers, sorted.
    pub redirects: Vec<u16>,
    /// What failures hold: an enumeration.
    pub failure: Option<Type>,
    /// What the answer can be asked for as instead.
    pub switches: Vec<Switch>,
}

impl Operation {
    /// The required parameters.
    pub fn arguments(&self) -> &[Argument] {
        match &self.constructor {
            Constructor::New { arguments, .. } => arguments,
            Constructor::Switch { .. } => &[],
        }
    }

    /// The body, required or not.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        let required = match &self.constructor {
            Constructor::New { body, .. } => body.as_ref(),
            Constructor::Switch { .. } => None,
        };
        required
            .into_iter()
            .chain(self.optional_body.as_ref().map(|it| &it.body))
    }
}

/// How a value of an operation comes about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Constructor {
    /// By `new`, with what is required.
    New {
        /// Required parameters: of the path in its order, then others.
        arguments: Vec<Argument>,
        /// The required body.
        body: Option<Body>,
        /// The documentation of the arguments and the body, as a list.
        docs: Docs,
    },
    /// By a switch of another operation, whose facts it shares.
    Switch {
        /// The name of that operation.
        of: Ident,
    },
}

/// A required parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Argument {
    /// The argument.
    pub name: Ident,
    /// The parameter.
    pub parameter: Parameter,
    /// A value for the example in its operation's documentation.
    pub example: Option<Scalar>,
}

/// A parameter on the wire.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Parameter {
    /// Where it stands.
    pub place: Place,
    /// Its name.
    pub wire: String,
    /// Its type.
    pub ty: Type,
    /// How its value is written.
    pub writing: Writing,
}

/// Where a parameter stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In the `Cookie` header.
    Cookie,
    /// It is the whole query.
    Querystring,
}

/// How the value of a parameter is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Writing {
    /// As its text.
    Plain,
    /// As a style of OpenAPI says.
    Styled {
        /// The style.
        style: Style,
        /// Whether items and members stand for themselves.
        explode: bool,
        /// Whether reserved characters are left as they are.
        reserved: bool,
    },
    /// As a document of a media type.
    Content {
        /// The media type.
        media_type: String,
    },
}

/// The styles of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Style {
    /// `form`.
    Form,
    /// `simple`.
    Simple,
    /// `label`.
    Label,
    /// `matrix`.
    Matrix,
    /// `spaceDelimited`.
    SpaceDelimited,
    /// `pipeDelimited`.
    PipeDelimited,
    /// `deepObject`.
    DeepObject,
}

impl Style {
    /// The name in a document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Simple => "simple",
            Self::Label => "label",
            Self::Matrix => "matrix",
            Self::SpaceDelimited => "spaceDelimited",
            Self::PipeDelimited => "pipeDelimited",
            Self::DeepObject => "deepObject",
        }
    }
}

/// A body that may be set after construction.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OptionalBody {
    /// The body.
    pub body: Body,
    /// The documentation of its setter.
    pub docs: Docs,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Body {
    /// One media type.
    One(Content),
    /// An enumeration of bodies.
    OneOf(Type),
}

impl Body {
    /// What it holds.
    pub fn ty(&self) -> &Type {
        match self {
            Self::One(content) => &content.ty,
            Self::OneOf(ty) => ty,
        }
    }
}

/// A media type and what it holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Content {
    /// The media type, sent as `Content-Type`.
    pub media_type: String,
    /// What it holds.
    pub ty: Type,
    /// How that is written.
    pub format: BodyFormat,
}

/// How a body is written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum BodyFormat {
    /// As JSON.
    Json,
    /// As `application/x-www-form-urlencoded`.
    Form(Vec<Encoding>),
    /// As `multipart/form-data`.
    Multipart(Vec<Encoding>),
    /// As text.
    Text,
    /// As the bytes that it is.
    Bytes,
    /// As the bytes of a file, which names one of a range of media types.
    File,
}

/// How a member of a form is written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Encoding {
    /// The member.
    pub property: String,
    /// The media type of its part.
    pub content_type: Option<String>,
    /// Its style.
    pub style: Option<Style>,
    /// Whether items and members stand for themselves.
    pub explode: Option<bool>,
    /// Whether reserved characters are left as they are.
    pub reserved: bool,
}

/// Setters that several operations share.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ParameterSet {
    /// The name of the set.
    pub name: Ident,
    /// The module of its file.
    pub module: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// The setters.
    pub setters: Vec<Setter>,
    /// The operations that have it: the module of the tag, and the name.
    pub users: Vec<(Ident, Ident)>,
}

/// A setter of an optional parameter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Setter {
    /// The method.
    pub name: Ident,
    /// The parameter.
    pub parameter: Parameter,
    /// What to do instead, where the document deprecates it.
    pub deprecated: Option<String>,
    /// Its documentation.
    pub docs: Docs,
}

/// A documented status.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Documented {
    /// Which statuses.
    pub status: Status,
    /// A short name.
    pub name: String,
}

/// Which statuses a documented row speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Status {
    /// One.
    Code(u16),
    /// A hundred, by the first digit.
    Range(u8),
    /// All others.
    Default,
}

/// What a media type of the body asks of the query.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BodyRule {
    /// The media type.
    pub media_type: String,
    /// Parameters that must be set.
    pub required: Vec<String>,
    /// Parameters that must not be set.
    pub forbidden: Vec<String>,
}

/// How to get the next page of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pagination {
    /// The parameter that bounds a page.
    pub limit: String,
    /// The parameter that asks for the next one.
    pub token: String,
    /// The JSON pointer to the next token.
    pub next: String,
    /// The JSON pointer to the items.
    pub items: String,
    /// The parameters that only the first page is asked for with.
    pub replaces: Vec<String>,
    /// The type of an item.
    pub item: Type,
}

/// How a stream of changes goes on after its connection.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Watch {
    /// The parameter that makes a stream of the list, where there is one.
    pub switch: Option<String>,
    /// The parameter with the version to watch from.
    pub version: String,
    /// The parameter that asks for events that only tell a version.
    pub bookmarks: Option<String>,
    /// The JSON pointer to the version in a list, and in the object of an event.
    pub current: String,
    /// The parameters that the stream is asked for without.
    pub watch_omits: Vec<String>,
    /// The parameters that the list is asked for without.
    pub list_omits: Vec<String>,
    /// The name of the operation that lists what is watched, where that has pages.
    pub list: Option<Ident>,
}

/// What a success holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Answer {
    /// Nothing.
    Empty,
    /// JSON of a type.
    Json(Type),
    /// A stream of items.
    Stream(Framing, Type),
    /// Text.
    Text,
    /// Bytes.
    Binary,
    /// What the status says: an enumeration.
    ByStatus(Type),
}

impl Answer {
    /// The type that it holds, if it has one.
    pub fn ty(&self) -> Option<&Type> {
        match self {
            Self::Json(ty) | Self::Stream(_, ty) | Self::ByStatus(ty) => Some(ty),
            Self::Empty | Self::Text | Self::Binary => None,
        }
    }
}

impl Answer {
    /// The media type that is asked for, unless the document names another.
    pub fn media_type(&self) -> &'static str {
        match self {
            Self::Json(_) | Self::Stream(Framing::Lines, _) => "application/json",
            Self::Stream(Framing::Events, _) => "text/event-stream",
            Self::Stream(Framing::JsonSeq, _) => "application/json-seq",
            Self::Text | Self::Stream(Framing::TextLines, _) => "text/plain",
            Self::Binary | Self::Empty | Self::ByStatus(_) => "*/*",
        }
    }
}

/// How the items of a stream are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Framing {
    /// A line each.
    Lines,
    /// Server-sent events.
    Events,
    /// JSON text sequences (RFC 7464).
    JsonSeq,
    /// A line of text each.
    TextLines,
}

/// What an answer of one status holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatusVariant {
    /// The variant's name.
    pub name: Ident,
    /// The status.
    pub status: Status,
    /// What it holds.
    pub answer: Answer,
    /// Its documentation.
    pub docs: Docs,
}

/// What the documented failures of an operation hold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FailureVariants {
    /// What each status holds.
    pub variants: Vec<StatusVariant>,
    /// The documented headers of all of them.
    pub headers: Vec<AnswerHeader>,
}

/// A documented header of an answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnswerHeader {
    /// The function that reads it.
    pub name: Ident,
    /// The header.
    pub wire: String,
    /// Its type.
    pub ty: Type,
    /// Its documentation.
    pub docs: Docs,
}

/// What asks for another answer: a stream, or another media type.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Switch {
    /// The method.
    pub method: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// The parameter and its value, as they stand in the query; none where the `Accept` header decides.
    pub parameter: Option<(String, String)>,
    /// The operation that the switch makes.
    pub target: Ident,
}

//! The OpenAPI document as it was written: typed, unresolved, every value with its place.
//!
//! Names are those of the OpenAPI and JSON Schema specifications.

mod limits;
mod schema;
pub(crate) mod section;
mod security;

use std::fmt;

use indexmap::IndexMap;

pub use limits::{Limits, OwnLimits};
pub use schema::{Discriminator, JsonType, Schema};
pub use section::Section;
pub use security::{SecurityScheme, SecuritySchemeKind};

use crate::node::Node;
use crate::span::{Span, Spanned};

/// One OpenAPI document.
#[derive(Clone, Debug)]
pub struct Document {
    /// The whole document.
    pub span: Span,
    /// The `openapi` field: which rules the document was written under.
    pub version: Version,
    /// The `$self` field (3.2): the address by which other documents may refer to this one.
    pub self_uri: Option<Spanned<String>>,
    /// The `info` field.
    pub info: Info,
    /// The `servers` field, empty where it is absent.
    pub servers: Vec<Server>,
    /// The `paths` field, by route template; [`Route`](crate::template::Route) takes apart what
    /// stands after the path.
    pub paths: Vec<(Spanned<String>, RefOr<PathItem>)>,
    /// The `webhooks` field (3.1 and later), by name.
    pub webhooks: Vec<(Spanned<String>, RefOr<PathItem>)>,
    /// The `components` field.
    pub components: Components,
    /// The `security` field: alternatives that hold where an operation states none.
    pub security: Option<Vec<SecurityRequirement>>,
    /// The `tags` field.
    pub tags: Vec<Tag>,
    /// Keys that begin with `x-`.
    pub extensions: Extensions,
}

/// The version family of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// OpenAPI 3.0.
    V3_0,
    /// OpenAPI 3.1.
    V3_1,
    /// OpenAPI 3.2.
    V3_2,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V3_0 => "3.0",
            Self::V3_1 => "3.1",
            Self::V3_2 => "3.2",
        })
    }
}

/// Keys that begin with `x-`, in the order of the document.
pub type Extensions = IndexMap<String, Extension>;

/// The value of an `x-` key.
#[derive(Clone, Debug)]
pub struct Extension {
    /// The key.
    pub key: Span,
    /// The value.
    pub value: Node,
}

/// A thing, or a reference to it.
#[derive(Clone, Debug)]
pub enum RefOr<T> {
    /// A Reference Object.
    Ref(Reference),
    /// The thing itself.
    Item(T),
}

/// A Reference Object: where it points to is looked up through [`Documents`](crate::Documents).
#[derive(Clone, Debug)]
pub struct Reference {
    /// The text of `$ref`, as written.
    pub target: Spanned<String>,
    /// A description that takes the place of the target's (3.1 and later).
    pub description: Option<Spanned<String>>,
}

/// The Info Object.
#[derive(Clone, Debug)]
pub struct Info {
    /// The whole object.
    pub span: Span,
    /// `title`.
    pub title: Spanned<String>,
    /// `version`: of the API, not of OpenAPI.
    pub version: Spanned<String>,
    /// `summary`.
    pub summary: Option<Spanned<String>>,
    /// `description`.
    pub description: Option<Spanned<String>>,
    /// Keys that begin with `x-`.
    pub extensions: Extensions,
}

/// The Server Object.
#[derive(Clone, Debug)]
pub struct Server {
    /// `url`, a template with `{variable}`s.
    pub url: Spanned<String>,
    /// `name` (3.2).
    pub name: Option<Spanned<String>>,
    /// `description`.
    pub description: Option<Spanned<String>>,
    /// `variables`, by name.
    pub variables: Vec<(Spanned<String>, ServerVariable)>,
    /// Keys that begin with `x-`.
    pub extensions: Extensions,
}

/// The Server Variable Object.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// `default`.
    pub default: Spanned<String>,
    /// `enum`, empty where it is absent.
    pub values: Vec<Spanned<String>>,
    /// `description`.
    pub description: Option<Spanned<String>>,
    /// Keys that begin with `x-`.
    pub extensions: Extensions,
}

/// The Tag Object.
#[derive(Clone, Debug)]
pub struct Tag {
    /// `name`.
    pub name: Spanned<String>,
    /// `summary` (3.2).
    pub summary: Option<Spanned<String>>,
    /// `description`.
    pub description: Option<Spanned<String>>,
    /// `parent` (3.2).
    pub parent: Option<Spanned<String>>,
    /// `kind` (3.2).
    pub kind: Option<Spanned<String>>,
    /// Keys that begin with `x-`.
    pub extensions: Extensions,
}

/// One alternative of `security`: schemes that are all needed, with their scopes; empty is anonymous.
#[derive(Clone, Debug)]
pub struct SecurityRequirement {
    /// The whole object.
    pub span: Span,
    /// Scheme name and scopes.
    pub schemes: Vec<(Spanned<String>, Vec<Spanned<String>>)>,
}

/// The Path Item Object, with what it refers to where keys stand beside its `$ref`.
#[derive(Clone, Debug, Default)]
pub struct PathItem {
    /// The whole object.
    pub span: Span,
    /// `summary`.
    pub summary: Option<Spanned<String>>,
    /// `description`.
    pub description: Option<Spanned<String>>,
    /// The operations by method, upper case: the fixed fields and `additionalOperations` (3.2).
    pub operations: Vec<(Spanned<String>, Operation)>,
    /// `servers`.
    pub servers: Vec<Server>,
    /// `parameters` that hold for every operation of the path.
    pub parameters: Vec<RefOr<Parameter>>,
    /// Keys that begin with `x-`.
    pub extensions: Extensions,
}

/// The Operation Object. A reference in its place is read as what it leads to.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The whole object.
    pub span: Span,
    /// `operationId`.
    pub operation_id: Option<Spanned<String>>,
    /// `tags`.
    pub tags: Vec<Spanned<String>>,
    /// `summary`.
    pub summary: Option<Spanned<String>>,
    /// `description`.
    pub description: Option<Spanned<String>>,
    /// `parameters`.
    pub parameters: Vec<RefOr<Parameter>>,
    /// `requestBody`.
    pub request_body: Option<RefOr<RequestBody>>,
    /// `responses`, by status (`200`, `4XX`, `default`).
    pub responses: Vec<(Spanned<String>, RefOr<Response>)>,
    /// `callbacks`, by name.
    pub callbacks: Vec<(Spanned<String>, RefOr<Callback>)>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `security`, which takes the place of the document's.
    pub security: Option<Vec<SecurityRequirement>>,
    /// `servers`, which take the place of the path's and the document's.
    pub servers: Vec<Server>,
    /// Keys that begin with `x-`.
    pub extensions: Extensions,
}

/// The Callback Object: requests that the API sends on account of an operation.
#[derive(Clone, Debug)]
pub struct Callback {
    /// The whole object.
    pub span: Span,
    /// The requests, by the runtime expression that gives their URL.
    pub requests: Vec<(Spanned<String>, RefOr<PathItem>)>,
    /// Keys that begin with `x-`.
    pub extensions: Extensions,
}

/// Where a parameter stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParameterLocation {
    /// In the route template.
    Path,
    /// In the query, by name.
    Query,
    /// The whole query (3.2).
    Querystring,
    /// A request header.
    Header,
    /// A cookie.
    Cookie,
}

/// The Parameter Object and, without `name` and `in`, the Header Object.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The whole object.
    pub span: Span,
    /// `name`: empty for a Header Object, whose name is its key.
    pub name: Spanned<String>,
    /// `in`: `Header` for a Header Object.
    pub location: Spanned<ParameterLocation>,
    /// `description`.
    pub description: Option<Spanned<String>>,
    /// `required`.
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `allowEmptyValue`.
    pub allow_empty_value: Option<Spanned<bool>>,
    /// `style`.
    pub style: Option<Spanned<String>>,
    /// `explode`.
    pub explode: Option<Spanned<bool>>,
    /// `allowReserved`.
    pub allow_reserved: Option<Spanned<bool>>,
    /// `schema`.
    pub schema: Option<Box<Schema>>,
    /// `content`, by media type.
    pub content: Vec<(Spanned<String>, MediaType)>,
    /// `example` and the entries of `examples`.
    pub examples: Vec<Example>,
    /// Keys that begin with `x-`.
    pub extensions: Extensions,
}

/// The Request Body Object.
#[derive(Clone, Debug)]
pub struct RequestBody {
    /// The whole object.
    pub span: Span,
    /// `description`.
    pub description: Option<Spanned<String>>,
    /// `content`, by media type.
    pub content: Vec<(Spanned<String>, MediaType)>,
    /// `required`.
    pub required: bool,
    /// Keys that begin with `x-`.
    pub extensions: Extensions,
}

/// The Media Type Object. A reference (3.2) is read as what it leads to.
#[derive(Clone, Debug, Default)]
pub struct MediaType {
    /// The whole object.
    pub span: Span,
    /// `schema`.
    pub schema: Option<Box<Schema>>,
    /// `itemSchema` (3.2): of each item of a stream.
    pub item_schema: Option<Box<Schema>>,
    /// `encoding`, by property, unread.
    pub encoding: Option<Node>,
    /// `prefixEncoding` or `itemEncoding` (3.2), unread.
    pub item_encoding: Option<Node>,
    /// `example` and the entries of `examples`.
    pub examples: Vec<Example>,
    /// Keys that begin with `x-`.
    pub extensions: Extensions,
}

/// The Example Object, or a bare `example`.
#[derive(Clone, Debug)]
pub struct Example {
    /// The whole value.
    pub span: Span,
    /// The key in `examples`; `None` for `example`.
    pub name: Option<Spanned<String>>,
    /// `$ref`: the example is that component, and no other field is set.
    pub reference: Option<Spanned<String>>,
    /// `summary`.
    pub summary: Option<Spanned<String>>,
    /// `description`.
    pub description: Option<Spanned<String>>,
    /// `value` or `dataValue`, or the value of `example`.
    pub value: Option<Node>,
    /// Keys that begin with `x-`.
    pub extensions: Extensions,
}

/// The Response Object.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// The whole object.
    pub span: Span,
    /// `summary` (3.2).
    pub summary: Option<Spanned<String>>,
    /// `description`.
    pub description: Option<Spanned<String>>,
    /// `headers`, by name.
    pub headers: Vec<(Spanned<String>, RefOr<Parameter>)>,
    /// `content`, by media type.
    pub content: Vec<(Spanned<String>, MediaType)>,
    /// `links`, as they are written.
    pub links: Option<Node>,
    /// Keys that begin with `x-`.
    pub extensions: Extensions,
}

/// The Components Object. Each map keeps the order of the document.
#[derive(Clone, Debug, Default)]
pub struct Components {
    /// `schemas`.
    pub schemas: IndexMap<String, Named<Schema>>,
    /// `responses`.
    pub responses: IndexMap<String, Named<RefOr<Response>>>,
    /// `parameters`.
    pub parameters: IndexMap<String, Named<RefOr<Parameter>>>,
    /// `requestBodies`.
    pub request_bodies: IndexMap<String, Named<RefOr<RequestBody>>>,
    /// `headers`.
    pub headers: IndexMap<String, Named<RefOr<Parameter>>>,
    /// `securitySchemes`.
    pub security_schemes: IndexMap<String, Named<RefOr<SecurityScheme>>>,
    /// `examples`.
    pub examples: IndexMap<String, Named<Example>>,
    /// `callbacks`.
    pub callbacks: IndexMap<String, Named<RefOr<Callback>>>,
    /// `pathItems`.
    pub path_items: IndexMap<String, Named<RefOr<PathItem>>>,
    /// `mediaTypes` (3.2).
    pub media_types: IndexMap<String, Named<MediaType>>,
}

/// An entry of a component map.
#[derive(Clone, Debug)]
pub struct Named<T> {
    /// The place of its key.
    pub key: Span,
    /// The entry.
    pub item: T,
}

/// Whether a node is the root of an OpenAPI document, and not a part of one.
pub(crate) fn is_document(node: &Node) -> bool {
    node.get("openapi").is_some() || node.get("swagger").is_some()
}

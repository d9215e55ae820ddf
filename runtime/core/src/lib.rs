//! What emitted API crates stand on: requests, responses, errors, lossless models, patches and streams, without IO.
//!
//! An [`Operation`] gives a request of the `http` crate and reads the answer to it; what sends the one and receives
//! the other is up to the caller, such as the package `tablature-client`. Nothing here knows any particular API.
//!
//! The feature `pattern` adds the check of documented patterns to `validate()`; `jiff` and `chrono` add conversions
//! between [`DateTime`] and the types of these packages.
//!
//! ```
//! use tablature_runtime::auth::{self, Credential};
//! use tablature_runtime::http::{Request, Response};
//! use tablature_runtime::bytes::Bytes;
//! use tablature_runtime::{Builder, Documented, Endpoint, Json, Operation, Parts, Server, answer};
//!
//! // What a generator emits for an operation:
//! enum ReadConfigEndpoint {}
//!
//! impl Endpoint for ReadConfigEndpoint {
//!     const NAME: &'static str = "readConfig";
//!     const METHOD: &'static str = "GET";
//!     const PATH: &'static str = "/configs/{name}";
//!     const DOCUMENTED: &'static [Documented] = &[Documented::status(200, "OK")];
//!     const SECURITY: &'static [&'static [auth::SecurityScheme]] = &[];
//!     type Answer = answer::Json<Json>;
//! }
//!
//! struct ReadConfig(Parts);
//!
//! impl Builder for ReadConfig {
//!     type Endpoint = ReadConfigEndpoint;
//!
//!     fn parts(&self) -> &Parts {
//!         &self.0
//!     }
//! }
//!
//! // And what a caller does with it:
//! fn send(request: Request<Bytes>) -> Response<Bytes> {
//!     assert_eq!(request.uri(), "https://example.com:6443/configs/a%2Fb");
//!     Response::new(Bytes::from_static(br#"{"size": 3}"#))
//! }
//!
//! let mut parts = Parts::new();
//! parts.path("name", "a/b");
//! let read = ReadConfig(parts);
//!
//! let server = Server::new("https://example.com:6443")?;
//! let mut request = read.request(&server)?;
//! auth::apply(&mut request, &Credential::bearer("secret"), ReadConfig::SECURITY)?;
//! let config = ReadConfig::decode(send(request))?;
//! assert_eq!(config.body().get("size"), Some(Json::from(3)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod answer;
pub mod auth;
pub mod base64;
pub mod body;
mod date_time;
mod endpoint;
pub mod error;
mod excerpt;
mod facts;
mod header;
pub mod json;
pub mod json_seq;
mod method;
pub mod model;
mod node;
mod null;
mod number;
pub mod open_enum;
pub mod open_int_enum;
pub mod operation;
pub mod parameter;
mod parts;
pub mod patch;
mod problem;
pub mod request;
mod response;
pub mod server;
pub mod sse;
pub mod stream;
mod typed;
pub mod union;
mod warning;
pub mod webhook;

pub use {bytes, http, serde};

pub use answer::Answer;
pub use auth::Credential;
pub use body::RequestBody;
pub use date_time::DateTime;
pub use error::{ApiError, Error};
pub use header::{FromHeader, HeaderError, HeaderObject};
pub use json::Json;
pub use null::Null;
pub use number::Number;
pub use open_enum::OtherValue;
pub use open_int_enum::OtherInteger;
pub use operation::{
    BodyRule, Builder, Documented, Endpoint, Fallible, Operation, Paginated, Pagination, StreamOperation, Watch,
    Watched,
};
pub use parameter::ParameterValue;
pub use parts::Parts;
pub use request::RequestError;
pub use response::Response;
pub use server::Server;
pub use typed::Typed;
pub use warning::Warning;
pub use webhook::Webhook;

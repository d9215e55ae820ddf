//! Requests that an API sends to a server of yours: webhooks and callbacks.
//!
//! Nothing here listens. Whatever server you have gives the request, and a [`Webhook`] reads it:
//!
//! ```
//! use tablature_runtime::bytes::Bytes;
//! use tablature_runtime::http::Request;
//! use tablature_runtime::webhook::{self, Webhook};
//! use tablature_runtime::Json;
//!
//! // What a generator emits for a webhook:
//! enum OrderPaid {}
//!
//! impl Webhook for OrderPaid {
//!     const NAME: &'static str = "orderPaid";
//!     const METHOD: &'static str = "POST";
//!     const MEDIA_TYPES: &'static [&'static str] = &["application/json"];
//!     type Content = webhook::Json<Json>;
//! }
//!
//! // And what a server does with it:
//! let request = Request::post("/hooks/orders")
//!     .header("Content-Type", "application/json")
//!     .body(Bytes::from_static(br#"{"order": 7}"#))?;
//! let received = OrderPaid::read(request)?;
//! assert_eq!(received.body().get("order"), Some(Json::from(7)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Whether the request comes from the API is for the server to find out: most APIs sign the
//! [bytes](Received::bytes) of the body, and say in a header how.

mod content;
mod error;
mod received;

use bytes::Bytes;
use http::header::CONTENT_TYPE;

pub use content::Content;
pub use error::{WebhookError, WebhookProblem};
pub use received::Received;

use crate::Documented;
pub use crate::answer::{Binary, Empty, Json, Text};
use crate::auth::SecurityScheme;
use crate::body::essence;

/// A request that an API sends to a server of yours.
pub trait Webhook {
    /// The name that the API's description gives it.
    const NAME: &'static str;
    /// The method of the request.
    const METHOD: &'static str;
    /// Where it is sent, as a runtime expression of OpenAPI: a callback's is in the request or the
    /// answer of an operation. A webhook's is agreed upon elsewhere.
    const URL: Option<&'static str> = None;
    /// The documented media types of the body; a body of another one is not read.
    const MEDIA_TYPES: &'static [&'static str] = &[];
    /// The answers that the API understands.
    const DOCUMENTED: &'static [Documented] = &[];
    /// How the API says who it is, where that is documented: alternatives of schemes that come
    /// together. What holds for the operations of the API does not hold here.
    const SECURITY: &'static [&'static [SecurityScheme]] = &[];
    /// How the body is read.
    type Content: Content;

    /// Reads a request.
    ///
    /// # Errors
    /// If the method or the media type is another one than documented, or if the body is not what is
    /// documented. The error has the request.
    fn read(request: http::Request<Bytes>) -> Result<Received<<Self::Content as Content>::Body>, WebhookError> {
        match problem_or_body::<Self>(&request) {
            Ok(body) => Ok(Received::new(request, body)),
            Err(problem) => Err(WebhookError::new(Self::NAME, request, problem)),
        }
    }
}

fn problem_or_body<W: Webhook + ?Sized>(
    request: &http::Request<Bytes>,
) -> Result<<W::Content as Content>::Body, WebhookProblem> {
    if request.method().as_str() != W::METHOD {
        return Err(WebhookProblem::Method { expected: W::METHOD });
    }
    if let Some(value) = request.headers().get(CONTENT_TYPE) {
        let found = String::from_utf8_lossy(value.as_bytes());
        if !is_documented(W::MEDIA_TYPES, &found) {
            return Err(WebhookProblem::MediaType {
                expected: W::MEDIA_TYPES,
            });
        }
    }
    if W::Content::NEEDS_BYTES && request.body().is_empty() {
        return Err(WebhookProblem::NoBody);
    }
    W::Content::read(request.body()).map_err(WebhookProblem::Body)
}

/// Whether a media type is among those of the documentation, of which some may be ranges. Its
/// parameters do not count. Where none is documented, there is nothing to compare with.
fn is_documented(documented: &[&str], found: &str) -> bool {
    let lower = |it: &str| essence(it).to_ascii_lowercase();
    let found = lower(found);
    documented.is_empty()
        || documented.iter().any(|it| {
            let it = lower(it);
            let range = it.strip_suffix('*');
            it == "*/*" || it == found || range.is_some_and(|kind| kind.ends_with('/') && found.starts_with(kind))
        })
}

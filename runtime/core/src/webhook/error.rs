//! Why a request is not the webhook that it should be.

use std::fmt;

use bytes::Bytes;

use crate::json;

/// A request that is not read, and why.
pub struct WebhookError(Box<Inner>);

struct Inner {
    webhook: &'static str,
    request: http::Request<Bytes>,
    problem: WebhookProblem,
}

impl WebhookError {
    pub(super) fn new(webhook: &'static str, request: http::Request<Bytes>, problem: WebhookProblem) -> Self {
        Self(Box::new(Inner {
            webhook,
            request,
            problem,
        }))
    }

    /// The name of the webhook.
    #[must_use]
    pub fn webhook(&self) -> &'static str {
        self.0.webhook
    }

    /// The request.
    #[must_use]
    pub fn request(&self) -> &http::Request<Bytes> {
        &self.0.request
    }

    /// The request, to read it as something else.
    #[must_use]
    pub fn into_request(self) -> http::Request<Bytes> {
        self.0.request
    }

    /// What is wrong.
    #[must_use]
    pub fn problem(&self) -> &WebhookProblem {
        &self.0.problem
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "webhook {}: {}", self.0.webhook, self.0.problem)
    }
}

impl fmt::Debug for WebhookError {
    /// Without the address, the headers and the body, since any of them may hold a credential.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookError")
            .field("webhook", &self.0.webhook)
            .field("problem", &self.0.problem)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for WebhookError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.problem {
            WebhookProblem::Body(error) => Some(error),
            _ => None,
        }
    }
}

/// What is wrong with a request that should be a webhook.
#[derive(Debug)]
#[non_exhaustive]
pub enum WebhookProblem {
    /// The method is another one.
    Method {
        /// The method of the webhook.
        expected: &'static str,
    },
    /// The media type of the body is another one.
    MediaType {
        /// The documented media types.
        expected: &'static [&'static str],
    },
    /// There is no body.
    NoBody,
    /// The body is not what is documented.
    Body(json::Error),
}

impl fmt::Display for WebhookProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method { expected } => write!(f, "the method is not {expected}"),
            Self::MediaType { expected } => write!(f, "the media type is not {}", expected.join(" or ")),
            Self::NoBody => f.write_str("there is no body"),
            Self::Body(error) => write!(f, "the body cannot be read: {error}"),
        }
    }
}

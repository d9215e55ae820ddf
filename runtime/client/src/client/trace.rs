//! Spans of attempts, where the feature `tracing` is on.

use http::{StatusCode, Uri};

use super::call::Answer;
use super::hook::Attempt;
use crate::Error;

/// The span of one attempt.
#[cfg(feature = "tracing")]
pub(super) struct Span(tracing::Span);

/// Nothing, since the feature is off.
#[cfg(not(feature = "tracing"))]
pub(super) struct Span;

/// Begins the span of an attempt. What is in it is known before the credential is.
#[cfg(feature = "tracing")]
pub(super) fn attempt(attempt: &Attempt, url: &Uri) -> Span {
    Span(tracing::debug_span!(
        "http_attempt",
        "otel.kind" = "client",
        operation = attempt.operation,
        "http.request.method" = attempt.method.as_str(),
        "url.template" = attempt.route,
        "server.address" = url.host().unwrap_or_default(),
        attempt = attempt.number,
        "http.response.status_code" = tracing::field::Empty,
        error = tracing::field::Empty,
    ))
}

#[cfg(not(feature = "tracing"))]
pub(super) fn attempt(_: &Attempt, _: &Uri) -> Span {
    Span
}

impl Span {
    /// The future within the span.
    #[cfg(feature = "tracing")]
    pub(super) fn wrap<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        tracing::Instrument::instrument(future, self.0.clone())
    }

    #[cfg(not(feature = "tracing"))]
    pub(super) fn wrap<F: Future>(&self, future: F) -> F {
        future
    }

    /// Tells the status of the answer.
    pub(super) fn status(&self, status: StatusCode) {
        #[cfg(feature = "tracing")]
        self.0.record("http.response.status_code", status.as_u16());
        #[cfg(not(feature = "tracing"))]
        let _unused = status;
    }

    /// Tells how the attempt ended.
    pub(super) fn end(&self, outcome: &Result<Answer, Error>) {
        #[cfg(feature = "tracing")]
        if let Err(error) = outcome {
            self.0.record("error", tracing::field::display(error));
        }
        #[cfg(not(feature = "tracing"))]
        let _unused = outcome;
    }
}

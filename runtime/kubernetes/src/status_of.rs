//! The `Status` that an error has as its body, for each type of error that a call gives.

use std::time::Duration;

use tablature_runtime::error::{ApiError, Error};

use crate::{Reason, Status, StatusCause};

/// What the `Status` of an error says; nothing, for an error that has none.
///
/// ```
/// use tablature_kubernetes::{Reason, StatusOf};
///
/// fn is_missing(error: &tablature_runtime::Error) -> bool {
///     error.reason() == Some(Reason::NotFound)
/// }
/// ```
pub trait StatusOf {
    /// The server's error, if it is one.
    fn api_error(&self) -> Option<&ApiError>;

    /// The `Status` that is the body: an object whose `kind` is `Status`, or one without `kind` whose `status` is
    /// `Failure`.
    #[must_use]
    fn kubernetes_status(&self) -> Option<Status> {
        let json = self.api_error()?.body().as_json()?;
        let kind = json.tag("kind");
        let is_status = match kind.as_deref() {
            Some(kind) => kind == "Status",
            None => json.tag("status").as_deref() == Some("Failure"),
        };
        if is_status { json.decode().ok() } else { None }
    }

    /// Why the request failed, in one word.
    #[must_use]
    fn reason(&self) -> Option<Reason> {
        self.kubernetes_status()?.reason
    }

    /// The single causes, each with the field that it is about.
    #[must_use]
    fn causes(&self) -> Vec<StatusCause> {
        let details = self.kubernetes_status().and_then(|status| status.details);
        details.and_then(|details| details.causes).unwrap_or_default()
    }

    /// Whether what was to be created is there already, which has the status 409 as a conflict does.
    #[must_use]
    fn is_already_exists(&self) -> bool {
        self.reason() == Some(Reason::AlreadyExists)
    }

    /// Whether a version or a continue token is too old.
    #[must_use]
    fn is_expired(&self) -> bool {
        match self.kubernetes_status() {
            Some(status) => status.is_expired(),
            None => self.api_error().is_some_and(ApiError::is_gone),
        }
    }
}

/// How long the `Status` of an error asks to wait: for `asked` of a client's `RetryPolicy`. API servers say the same
/// in the header `Retry-After`, which every client obeys; not all that stands between passes it on.
#[must_use]
pub fn retry_after(error: &ApiError) -> Option<Duration> {
    let seconds = error.kubernetes_status()?.details?.retry_after_seconds?;
    let seconds = u64::try_from(seconds).ok().filter(|seconds| *seconds > 0)?;
    Some(Duration::from_secs(seconds))
}

impl StatusOf for ApiError {
    fn api_error(&self) -> Option<&ApiError> {
        Some(self)
    }
}

impl StatusOf for Error {
    fn api_error(&self) -> Option<&ApiError> {
        self.as_api()
    }
}

#[cfg(feature = "client")]
impl StatusOf for tablature_client::Error {
    fn api_error(&self) -> Option<&ApiError> {
        self.as_api()
    }
}

#[cfg(feature = "client")]
impl StatusOf for crate::watch::WatchError {
    fn api_error(&self) -> Option<&ApiError> {
        self.as_client()?.as_api()
    }
}

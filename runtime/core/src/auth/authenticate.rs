//! A credential over the final request: constant, renewed or a signature.

use std::time::SystemTime;

use bytes::Bytes;
use http::Request;

use super::{AuthError, Credential, SecurityScheme, apply, check_encrypted};

/// What shows who is calling: it sees the request as it will be sent, at each attempt.
///
/// A [`Credential`] puts the same text on each request. A signature covers what else is in the request, and the time.
///
/// ```
/// use std::time::SystemTime;
/// use tablature_runtime::auth::{AuthContext, Authenticate, Credential};
/// use tablature_runtime::{bytes::Bytes, http::Request};
///
/// let mut request = Request::get("https://api.example.com/v1/things").body(Bytes::new())?;
/// Credential::bearer("sha256~token").authenticate(&mut request, &AuthContext::new(&[], SystemTime::now()))?;
/// assert!(request.headers()["authorization"].is_sensitive());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Authenticate: Send + Sync {
    /// Puts the credential on a request that has everything else. Nothing of the request may be changed afterwards.
    ///
    /// # Errors
    /// If the credential does not fit the request, or would be readable on the way: see
    /// [`AuthContext::check_encrypted`].
    fn authenticate(&self, request: &mut Request<Bytes>, context: &AuthContext<'_>) -> Result<(), AuthError>;
}

/// What a credential needs to know beside the request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct AuthContext<'a> {
    /// The operation's [`SECURITY`](crate::Operation::SECURITY): alternatives, each a list of schemes needed together.
    pub security: &'a [&'a [SecurityScheme]],
    /// The time by the calendar.
    pub now: SystemTime,
    /// Whether credentials may be sent without encryption to any host, not only to loopback.
    pub plain_http: bool,
}

impl<'a> AuthContext<'a> {
    /// An operation with this `SECURITY`, `now` by the calendar, and no plain HTTP.
    #[must_use]
    pub fn new(security: &'a [&'a [SecurityScheme]], now: SystemTime) -> Self {
        Self {
            security,
            now,
            plain_http: false,
        }
    }

    /// Allows credentials to be sent without encryption to any host.
    #[must_use]
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// Whether a credential may be put on `request`.
    ///
    /// # Errors
    /// If it would go over plain HTTP to a host other than loopback, and that is not allowed.
    pub fn check_encrypted<B>(&self, request: &Request<B>) -> Result<(), AuthError> {
        if self.plain_http {
            return Ok(());
        }
        check_encrypted(request.uri())
    }
}

impl Authenticate for Credential {
    fn authenticate(&self, request: &mut Request<Bytes>, context: &AuthContext<'_>) -> Result<(), AuthError> {
        if context.plain_http {
            return apply(request, &self.clone().allow_plain_http(), context.security);
        }
        apply(request, self, context.security)
    }
}

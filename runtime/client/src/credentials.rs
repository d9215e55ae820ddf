//! Where credentials come from: fetched when they are needed, and again before they end.

mod cache;
mod client_certificate;
mod date;
mod error;
mod file;
mod oauth2;
mod provider;

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use tablature_runtime::Credential;
use tablature_runtime::auth::Authenticate;

use crate::transport::BoxFuture;

pub(crate) use cache::{Cache, Held, Turn};
pub use client_certificate::ClientCertificate;
pub use date::parse_date;
pub use error::CredentialError;
pub use file::BearerFile;
pub use oauth2::{OAuth2, OAuth2Error};
pub use provider::Provider;

/// Where a credential comes from. A client asks when it needs one, and keeps it until it is about to
/// end or the server refuses it; however many calls wait for it, it is fetched once.
///
/// A [`Credential`] is a source, too: of itself, for ever. What a source gives is an [`Authenticate`], which sees each
/// request as it will be sent, at each attempt: a signature is made anew for a retry.
pub trait CredentialSource: Send + Sync + 'static {
    /// Begins to fetch a credential, `now` by the calendar.
    fn fetch(&self, now: SystemTime) -> Fetch;

    /// Whether a credential that the server refuses is worth being fetched again.
    fn is_renewable(&self) -> bool {
        true
    }
}

/// How a credential is fetched.
#[non_exhaustive]
pub enum Fetch {
    /// Here it is.
    Ready(Result<Lease, CredentialError>),
    /// By a request, which goes out as the client's own do.
    Request(Exchange),
    /// By a future. A blocking client runs it on the thread of the call, without any runtime.
    Later(BoxFuture<'static, Result<Lease, CredentialError>>),
}

/// What an answer leads to.
pub(crate) enum Step {
    Done(Lease),
    Next(Exchange),
}

/// Reads an answer that came at a time.
type Read = Box<dyn FnOnce(http::Response<Bytes>, SystemTime) -> Result<Step, CredentialError> + Send>;

/// A request for a credential, and how its answer is read.
pub struct Exchange {
    pub(crate) request: Box<http::Request<Bytes>>,
    pub(crate) read: Read,
}

impl Exchange {
    /// A request for a credential; `read` gets the answer, whatever its status, and the time.
    pub fn new<F>(request: http::Request<Bytes>, read: F) -> Self
    where
        F: FnOnce(http::Response<Bytes>, SystemTime) -> Result<Lease, CredentialError> + Send + 'static,
    {
        Self {
            request: Box::new(request),
            read: Box::new(|answer, now| read(answer, now).map(Step::Done)),
        }
    }

    /// A request whose answer, whatever its status, makes another request for the credential.
    pub fn chain<F>(request: http::Request<Bytes>, next: F) -> Self
    where
        F: FnOnce(http::Response<Bytes>, SystemTime) -> Result<Self, CredentialError> + Send + 'static,
    {
        Self {
            request: Box::new(request),
            read: Box::new(|answer, now| next(answer, now).map(Step::Next)),
        }
    }
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Exchange(<redacted>)")
    }
}

impl fmt::Debug for Fetch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ready(result) => f.debug_tuple("Ready").field(result).finish(),
            Self::Request(exchange) => f.debug_tuple("Request").field(exchange).finish(),
            Self::Later(_) => f.write_str("Later(..)"),
        }
    }
}

/// A credential, and until when it is good.
#[derive(Clone)]
pub struct Lease {
    credential: Arc<dyn Authenticate>,
    expires: Option<SystemTime>,
}

impl Lease {
    /// A credential that is good until it is refused.
    #[must_use]
    pub fn new(credential: impl Authenticate + 'static) -> Self {
        Self {
            credential: Arc::new(credential),
            expires: None,
        }
    }

    /// Sets until when the credential is good. It is fetched again before, by a tenth of its time
    /// but no more than five minutes.
    #[must_use]
    pub fn until(mut self, expires: SystemTime) -> Self {
        self.expires = Some(expires);
        self
    }

    /// Until when the credential is good, if that is known.
    #[must_use]
    pub fn expires(&self) -> Option<SystemTime> {
        self.expires
    }
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease")
            .field("credential", &"<redacted>")
            .field("expires", &self.expires)
            .finish()
    }
}

impl From<Credential> for Lease {
    fn from(credential: Credential) -> Self {
        Self::new(credential)
    }
}

impl CredentialSource for Credential {
    fn fetch(&self, _: SystemTime) -> Fetch {
        Fetch::Ready(Ok(Lease::new(self.clone())))
    }

    fn is_renewable(&self) -> bool {
        false
    }
}

impl CredentialSource for Box<dyn CredentialSource> {
    fn fetch(&self, now: SystemTime) -> Fetch {
        (**self).fetch(now)
    }

    fn is_renewable(&self) -> bool {
        (**self).is_renewable()
    }
}

//! A credential from a closure.

use std::fmt;
use std::time::SystemTime;

use super::{CredentialError, CredentialSource, Fetch, Lease};

/// A credential from an async closure: from a vault, another service, or whatever else.
///
/// ```
/// use tablature_runtime::Credential;
/// use tablature_client::credentials::{Lease, Provider};
///
/// let provider = Provider::new(|| async { Ok(Lease::new(Credential::bearer("from elsewhere"))) });
/// ```
pub struct Provider<F>(F);

impl<F, R> Provider<F>
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<Lease, CredentialError>> + Send + 'static,
{
    /// The credential that `fetch` gives.
    pub fn new(fetch: F) -> Self {
        Self(fetch)
    }
}

impl<F, R> CredentialSource for Provider<F>
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<Lease, CredentialError>> + Send + 'static,
{
    fn fetch(&self, _: SystemTime) -> Fetch {
        Fetch::Later(Box::pin((self.0)()))
    }
}

impl<F> fmt::Debug for Provider<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Provider")
    }
}

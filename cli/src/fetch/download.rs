//! Downloads a document over HTTPS.

use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::ring;
use tablature_build::{Error, input};
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

/// How long a document may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// How many redirects are followed.
const REDIRECTS: u32 = 10;

/// The text at an address; redirects are followed, to HTTPS alone.
///
/// # Errors
/// When it cannot be had, is larger than a document may be, or is not UTF-8.
pub(super) fn text(url: &str) -> Result<String, Error> {
    let failed = |cause: &dyn std::fmt::Display| Error::usage(format!("cannot fetch {url}: {cause}"));
    let response = agent(PATIENCE, REDIRECTS).get(url).call();
    let mut response = response.map_err(|cause| failed(&cause))?;
    if !response.status().is_success() {
        return Err(failed(&format!("status {}", response.status())));
    }
    let body = response.body_mut().with_config().limit(input::LARGEST);
    let bytes = body.read_to_vec().map_err(|cause| failed(&cause))?;
    String::from_utf8(bytes).map_err(|_| failed(&"it is not UTF-8"))
}

/// What asks over HTTPS alone. A status is no error, and neither is a redirect beyond those that are followed.
pub(crate) fn agent(patience: Duration, redirects: u32) -> Agent {
    let tls = TlsConfig::builder()
        .unversioned_rustls_crypto_provider(Arc::new(ring::default_provider()))
        .root_certs(RootCerts::PlatformVerifier)
        .build();
    Agent::config_builder()
        .tls_config(tls)
        .https_only(true)
        .http_status_as_error(false)
        .max_redirects(redirects)
        .max_redirects_will_error(false)
        .timeout_global(Some(patience))
        .user_agent(concat!("tablature/", env!("CARGO_PKG_VERSION")))
        .build()
        .into()
}

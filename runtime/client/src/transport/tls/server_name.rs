//! Requests to a host whose certificate has another name.
//!
//! The adapters ask for the certificate of the host of a URL. So the URL gets the name of the certificate, the header
//! `Host` keeps that of the server, and the name leads to the address of the server.

use http::header::{HOST, HeaderValue};
use http::uri::Authority;
use http::{Request, Uri};

use super::{ServerName, TlsError};

impl ServerName {
    /// Whether the name can stand in a URL.
    pub(crate) fn check(&self) -> Result<(), TlsError> {
        let is_name = rustls::pki_types::DnsName::try_from(self.name.as_str()).is_ok();
        if is_name && self.name.parse::<std::net::IpAddr>().is_err() {
            return Ok(());
        }
        Err(TlsError::new("the name of the server is not a name of DNS"))
    }

    /// Where `name` leads to.
    pub(crate) fn host_of<'a>(&'a self, name: &'a str) -> &'a str {
        if name.eq_ignore_ascii_case(&self.name) {
            self.host.trim_start_matches('[').trim_end_matches(']')
        } else {
            name
        }
    }

    /// The request with the name of the certificate in its URL, if it goes to the host.
    pub(crate) fn apply<B>(&self, request: &mut Request<B>) -> Option<()> {
        let is_here = request.uri().scheme_str() == Some("https") && request.uri().host() == Some(&*self.host);
        if !is_here {
            return None;
        }
        let mut parts = request.uri().clone().into_parts();
        let authority = parts.authority?;
        let port = authority.port().map(|port| format!(":{port}")).unwrap_or_default();
        parts.authority = Some(Authority::try_from(format!("{}{port}", self.name)).ok()?);
        *request.uri_mut() = Uri::from_parts(parts).ok()?;
        let host = HeaderValue::from_str(&format!("{}{port}", self.host)).ok()?;
        request.headers_mut().entry(HOST).or_insert(host);
        Some(())
    }
}

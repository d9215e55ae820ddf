//! The parts of PEM files as rustls takes them.

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::{Tls, TlsError};

/// Certificates and the key that belongs to the first of them.
pub(crate) type Shown = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

impl Tls {
    /// The authorities to trust, unless they are those of the operating system.
    pub(crate) fn authorities(&self) -> Result<Option<Vec<CertificateDer<'static>>>, TlsError> {
        let Some(pem) = self.ca() else {
            return Ok(None);
        };
        certificates(pem, "the certificates of the authorities").map(Some)
    }

    /// The client certificate.
    pub(crate) fn shown(&self) -> Result<Option<Shown>, TlsError> {
        let Some((certificates_pem, key_pem)) = self.client() else {
            return Ok(None);
        };
        let certificates = certificates(certificates_pem, "the client certificate")?;
        let key = PrivateKeyDer::from_pem_slice(key_pem).map_err(|_| TlsError::key())?;
        Ok(Some((certificates, key)))
    }
}

impl TlsError {
    /// A private key that cannot be read, without a word of it.
    pub(crate) fn key() -> Self {
        Self::new("the private key of the client is not one in PEM")
    }
}

fn certificates(pem: &[u8], what: &str) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match certificates {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        _ => Err(TlsError::new(format_args!("{what} are not PEM"))),
    }
}

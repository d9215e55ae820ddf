//! Who a user of a file of kubectl is.

use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;
use tablature_client::credentials::{BearerFile, CredentialSource};
use tablature_runtime::Credential;

use super::KubeconfigError;
use super::entry::Entry;
use super::exec::Exec;

/// What would be another credential than the ones that are supported.
const NOT_SUPPORTED: [&str; 1] = ["auth-provider"];

/// A certificate and its key.
type Pair = (Zeroizing<Vec<u8>>, Zeroizing<Vec<u8>>);

pub(super) fn certificate(user: &Entry<'_>) -> Result<Option<Pair>, KubeconfigError> {
    let certificate = user.data_or_file("client-certificate")?;
    let key = user.data_or_file("client-key")?;
    match (certificate, key) {
        (Some(certificate), Some(key)) => Ok(Some((certificate, key))),
        (None, None) => Ok(None),
        (Some(_), None) => Err(user.wrong("has a `client-certificate` without a `client-key`")),
        (None, Some(_)) => Err(user.wrong("has a `client-key` without a `client-certificate`")),
    }
}

pub(super) fn credential(
    user: &Entry<'_>,
    cluster: &Entry<'_>,
) -> Result<Option<Box<dyn CredentialSource>>, KubeconfigError> {
    user.refuse(&NOT_SUPPORTED)?;
    // The file goes before the token beside it, which may be of an earlier day.
    if let Some(path) = user.path("tokenFile") {
        return Ok(Some(Box::new(BearerFile::new(path))));
    }
    if let Some(token) = user.text("token") {
        return Ok(Some(Box::new(Credential::bearer(SecretString::from(token)))));
    }
    if let Some(name) = user.text("username") {
        let password = SecretString::from(user.required("password")?);
        return Ok(Some(Box::new(Credential::basic(name, password))));
    }
    if user.at("exec").is_some() {
        return Ok(Some(Box::new(Exec::new(user, cluster)?)));
    }
    Ok(None)
}

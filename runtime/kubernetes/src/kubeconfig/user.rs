//! Who a user of a file of kubectl is.

use std::fs;

use secrecy::SecretString;
use tablature_client::credentials::{BearerFile, CredentialSource};
use tablature_client::transport::Tls;
use tablature_runtime::Credential;

use super::KubeconfigError;
use super::entry::{Entry, Material};
use super::exec::Exec;

/// Shows the client certificate of `user`, if there is one.
pub(super) fn tls(user: &Entry<'_>, tls: Tls) -> Result<Tls, KubeconfigError> {
    let (certificate, key) = match (user.material("client-certificate")?, user.material("client-key")?) {
        (Some(certificate), Some(key)) => (certificate, key),
        (None, None) => return Ok(tls),
        (Some(_), None) => return Err(user.wrong("has a `client-certificate` without a `client-key`")),
        (None, Some(_)) => return Err(user.wrong("has a `client-key` without a `client-certificate`")),
    };
    if let (Material::File(certificate), Material::File(key)) = (&certificate, &key) {
        return tls
            .client_files(certificate, key)
            .map_err(|error| user.wrong(&format!("has a client certificate that cannot be read: {error}")));
    }
    let read = |name: &str, material: Material| {
        material
            .read()
            .map_err(|(path, error)| user.unreadable(name, &path, &error))
    };
    let certificate = read("client-certificate", certificate)?;
    let key = read("client-key", key)?;
    Ok(tls.client_pem(certificate.to_vec(), key.to_vec()))
}

pub(super) fn credential(
    user: &Entry<'_>,
    cluster: &Entry<'_>,
) -> Result<Option<Box<dyn CredentialSource>>, KubeconfigError> {
    if user.at("auth-provider").is_some() {
        return Err(
            user.wrong("has an `auth-provider`, which kubectl no longer runs; let an `exec` plugin take its place")
        );
    }
    let (token, name) = (user.text("token").map(SecretString::from), user.text("username"));
    if token.is_some() && name.is_some() {
        return Err(user.wrong("has a `token` and a `username`, of which only one is allowed"));
    }
    if let Some(path) = user.path("tokenFile") {
        match fs::metadata(&path) {
            // The file goes before the token beside it, which may be of an earlier day.
            Ok(_) => return Ok(Some(Box::new(BearerFile::new(path)))),
            Err(error) if token.is_none() => return Err(user.unreadable("tokenFile", &path, &error)),
            Err(_) => {}
        }
    }
    if let Some(token) = token {
        return Ok(Some(Box::new(Credential::bearer(token))));
    }
    if let Some(name) = name {
        let password = SecretString::from(user.text("password").unwrap_or_default());
        return Ok(Some(Box::new(Credential::basic(name, password))));
    }
    if user.at("exec").is_some() {
        return Ok(Some(Box::new(Exec::new(user, cluster)?)));
    }
    Ok(None)
}

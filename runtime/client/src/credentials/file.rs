//! A bearer token from a file that changes.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;
use tablature_runtime::Credential;

use super::{CredentialError, CredentialSource, Fetch, Lease};

/// How long a token is used before the file is read again.
const EVERY: Duration = Duration::from_secs(60);

/// A bearer token from a file, which somebody else keeps fresh. It is read again every
/// minute, and when the server refuses the token. White space around the token is left out.
#[derive(Clone, Debug)]
pub struct BearerFile(PathBuf);

impl BearerFile {
    /// The token in the file at `path`.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    fn read(&self, now: SystemTime) -> Result<Lease, CredentialError> {
        let name = self.0.display();
        let text = fs::read(&self.0)
            .map_err(|error| CredentialError::new(format_args!("the token file {name} cannot be read: {error}")))?;
        let text = Zeroizing::new(text);
        match std::str::from_utf8(text.trim_ascii()) {
            Ok("") => Err(CredentialError::new(format_args!("the token file {name} is empty"))),
            Ok(token) => {
                let lease = Lease::new(Credential::bearer(SecretString::from(token)));
                Ok(match now.checked_add(EVERY) {
                    Some(end) => lease.until(end),
                    None => lease,
                })
            }
            Err(_) => Err(CredentialError::new(format_args!("the token file {name} is not text"))),
        }
    }
}

impl CredentialSource for BearerFile {
    fn fetch(&self, now: SystemTime) -> Fetch {
        Fetch::Ready(self.read(now))
    }
}

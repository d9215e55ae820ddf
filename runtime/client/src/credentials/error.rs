//! Why there is no credential.

use std::fmt;

use http::StatusCode;
use tablature_runtime::auth::AuthError;
use tablature_runtime::error::excerpt;

/// Why there is no credential to send. No secret is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialError {
    message: String,
    passing: bool,
}

impl CredentialError {
    /// An error that stays until somebody does something. The message must hold no secret.
    pub fn new(message: impl fmt::Display) -> Self {
        Self {
            message: excerpt(&message.to_string()).to_string(),
            passing: false,
        }
    }

    /// An error that may be over soon, such as a server that is out of reach.
    pub fn passing(message: impl fmt::Display) -> Self {
        Self {
            passing: true,
            ..Self::new(message)
        }
    }

    /// An error that the issuer of credentials answered: it may be over soon where the status is 429 or 5xx.
    pub fn answered(status: StatusCode, message: impl fmt::Display) -> Self {
        Self {
            passing: status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS,
            ..Self::new(message)
        }
    }

    /// Whether it may be over soon.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        self.passing
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for CredentialError {}

impl From<AuthError> for CredentialError {
    fn from(error: AuthError) -> Self {
        Self::new(error)
    }
}

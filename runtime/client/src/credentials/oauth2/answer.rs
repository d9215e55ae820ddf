//! Reading the answer of a token endpoint.

use std::sync::PoisonError;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::Response;
use secrecy::SecretString;
use tablature_runtime::json::string_at;
use tablature_runtime::{Credential, Json};

use super::OAuth2;
use crate::credentials::{CredentialError, Lease};

impl OAuth2 {
    /// Reads the answer of the token endpoint, of which only the code of an error is told.
    pub(super) fn read(&self, answer: &Response<Bytes>, now: SystemTime) -> Result<Lease, CredentialError> {
        let status = answer.status();
        let text = std::str::from_utf8(answer.body()).unwrap_or_default();
        let string = |name: &str| string_at(text, name).filter(|text| !text.is_empty());
        if !status.is_success() {
            let is_code =
                |code: &String| code.len() < 64 && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            let code = string("/error").filter(is_code).unwrap_or_default();
            let message = format!("the token endpoint answered {status}: {code}");
            return Err(if code == "temporarily_unavailable" {
                CredentialError::passing(message)
            } else {
                CredentialError::answered(status, message)
            });
        }
        let token = string("/access_token").map(SecretString::from);
        let token =
            token.ok_or_else(|| CredentialError::new("the token endpoint answered without an `access_token`"))?;
        if string("/token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
            return Err(CredentialError::new(
                "the token endpoint gave a token that is not a bearer token",
            ));
        }
        if let (Some(held), Some(next)) = (&self.refresh, string("/refresh_token")) {
            *held.lock().unwrap_or_else(PoisonError::into_inner) = SecretString::from(next);
        }
        let lease = Lease::new(Credential::bearer(token));
        Ok(match lifetime(text).and_then(|lifetime| now.checked_add(lifetime)) {
            Some(end) => lease.until(end),
            None => lease,
        })
    }
}

/// `expires_in`, which some servers write as text.
fn lifetime(text: &str) -> Option<Duration> {
    let seconds = text.parse::<Json>().ok()?.get("/expires_in")?;
    let seconds = seconds
        .as_str()
        .map_or_else(|| seconds.as_text().into_owned(), Into::into);
    Some(Duration::from_secs(seconds.parse().ok()?))
}

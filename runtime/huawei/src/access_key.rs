//! An access key of Huawei Cloud, which signs each request.

use std::env;
use std::fmt;

use bytes::Bytes;
use http::Request;
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use tablature_runtime::auth::{AuthContext, AuthError, Authenticate};

use crate::signature::{ALGORITHM, BODY_HASH, DATE, date, signature, signed_headers};

const SECURITY_TOKEN: &str = "x-security-token";
const PROJECT: &str = "x-project-id";
/// What stands for the hash of a body that is not signed.
const UNSIGNED: &str = "UNSIGNED-PAYLOAD";

/// An access key (AK/SK), which signs each request by `SDK-HMAC-SHA256`; the secret is never sent.
///
/// The signature covers the method, the URI, the body, `Host`, all headers that begin with `X-`, and the time: a gateway
/// refuses it after 15 minutes. A client signs each attempt anew.
///
/// ```
/// use std::time::SystemTime;
/// use tablature_huawei::AccessKey;
/// use tablature_runtime::auth::{AuthContext, Authenticate};
/// use tablature_runtime::{bytes::Bytes, http::Request};
///
/// let key = AccessKey::new("AK", "SK").project("77b6a44cba5143ab91d13ab9a8ff44fd");
/// let mut request = Request::get("https://cci.cn-north-4.myhuaweicloud.com/api/v1/namespaces").body(Bytes::new())?;
/// key.authenticate(&mut request, &AuthContext::new(&[], SystemTime::now()))?;
/// assert!(request.headers()["authorization"].to_str()?.starts_with("SDK-HMAC-SHA256 Access=AK, SignedHeaders="));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct AccessKey {
    id: String,
    secret: SecretString,
    security_token: Option<SecretString>,
    project: Option<String>,
    signs_body: bool,
}

impl AccessKey {
    /// A permanent key: its identifier (AK), and its secret (SK).
    pub fn new(id: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        Self {
            id: id.into(),
            secret: secret.into(),
            security_token: None,
            project: None,
            signs_body: true,
        }
    }

    /// The key in the environment, as the tools of Huawei Cloud read it: `HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK`, and
    /// where they are set `HUAWEICLOUD_SDK_SECURITY_TOKEN` and `HUAWEICLOUD_SDK_PROJECT_ID`.
    ///
    /// # Errors
    /// If the key or its secret is not set.
    pub fn from_env() -> Result<Self, EnvironmentError> {
        Self::from_variables(|name| env::var(name).ok())
    }

    fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, EnvironmentError> {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let required = |name: &'static str| set(name).ok_or(EnvironmentError(name));
        let mut key = Self::new(required("HUAWEICLOUD_SDK_AK")?, required("HUAWEICLOUD_SDK_SK")?);
        key.security_token = set("HUAWEICLOUD_SDK_SECURITY_TOKEN").map(SecretString::from);
        key.project = set("HUAWEICLOUD_SDK_PROJECT_ID");
        Ok(key)
    }

    /// Adds the token of a temporary key, sent as `X-Security-Token`.
    #[must_use]
    pub fn security_token(mut self, token: impl Into<SecretString>) -> Self {
        self.security_token = Some(token.into());
        self
    }

    /// Sends the identifier of a project as `X-Project-Id`, which services of a region ask for.
    #[must_use]
    pub fn project(mut self, id: impl Into<String>) -> Self {
        self.project = Some(id.into());
        self
    }

    /// Leaves bodies out of the signature: what services ask for that take large ones.
    #[must_use]
    pub fn unsigned_body(mut self) -> Self {
        self.signs_body = false;
        self
    }
}

impl Authenticate for AccessKey {
    fn authenticate(&self, request: &mut Request<Bytes>, context: &AuthContext<'_>) -> Result<(), AuthError> {
        context.check_encrypted(request)?;
        if self.id.is_empty() || self.secret.expose_secret().is_empty() {
            return Err(AuthError::Signature {
                why: "the access key or its secret is empty".to_owned(),
            });
        }
        let date = date(context.now);
        set(request, DATE, &date, false)?;
        if let Some(project) = &self.project {
            set(request, PROJECT, project, false)?;
        }
        if let Some(token) = &self.security_token {
            set(request, SECURITY_TOKEN, token.expose_secret(), true)?;
        }
        if !self.signs_body {
            set(request, BODY_HASH, UNSIGNED, false)?;
        }
        let signed = signed_headers(request.headers());
        let signature = signature(request, &signed, &date, self.secret.expose_secret());
        let value = format!(
            "{ALGORITHM} Access={}, SignedHeaders={}, Signature={signature}",
            self.id,
            signed.join(";")
        );
        set(request, AUTHORIZATION.as_str(), &value, true)
    }
}

fn set(request: &mut Request<Bytes>, name: &'static str, value: &str, is_secret: bool) -> Result<(), AuthError> {
    let mut value = HeaderValue::from_str(value).map_err(|_| AuthError::Header { name: name.to_owned() })?;
    value.set_sensitive(is_secret);
    request.headers_mut().insert(HeaderName::from_static(name), value);
    Ok(())
}

#[cfg(feature = "client")]
impl tablature_client::credentials::CredentialSource for AccessKey {
    fn fetch(&self, _: std::time::SystemTime) -> tablature_client::credentials::Fetch {
        tablature_client::credentials::Fetch::Ready(Ok(tablature_client::credentials::Lease::new(self.clone())))
    }

    fn is_renewable(&self) -> bool {
        false
    }
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessKey")
            .field("id", &self.id)
            .field("secret", &"<redacted>")
            .field("security_token", &self.security_token.as_ref().map(|_| "<redacted>"))
            .field("project", &self.project)
            .field("signs_body", &self.signs_body)
            .finish()
    }
}

/// A variable of the environment that is not set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnvironmentError(&'static str);

impl EnvironmentError {
    /// The name of the variable.
    #[must_use]
    pub fn variable(&self) -> &'static str {
        self.0
    }
}

impl fmt::Display for EnvironmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the environment variable `{}` is not set", self.0)
    }
}

impl std::error::Error for EnvironmentError {}

#[cfg(test)]
mod tests {
    use super::AccessKey;

    #[test]
    fn the_environment_of_the_tools_is_read_and_nothing_of_it_printed() {
        let set = |names: &'static [&str]| {
            move |name: &str| {
                names
                    .contains(&name.trim_start_matches("HUAWEICLOUD_SDK_"))
                    .then(|| "s3cret".to_owned())
            }
        };
        let missing = |names| {
            AccessKey::from_variables(set(names))
                .err()
                .map(|error| error.variable())
        };
        assert_eq!(missing(&[]), Some("HUAWEICLOUD_SDK_AK"));
        assert_eq!(missing(&["AK", "PROJECT_ID"]), Some("HUAWEICLOUD_SDK_SK"));
        assert_eq!(missing(&["AK", "SK"]), None);
        let key = AccessKey::from_variables(set(&["AK", "SK", "SECURITY_TOKEN"])).map(|mut key| {
            key.id = "AK".to_owned();
            format!("{key:?}")
        });
        assert!(key.is_ok_and(|text| !text.contains("s3cret") && text.contains("security_token: Some")));
    }
}

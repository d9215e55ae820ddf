//! The token of a user of Huawei Cloud, from the user's password.

use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use http::uri::PathAndQuery;
use http::{Method, Request, Response};
use percent_encoding::percent_decode_str;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use tablature_client::credentials::{CredentialError, CredentialSource, Exchange, Fetch, Lease, parse_date};
use tablature_runtime::json::escape_to;
use tablature_runtime::{Credential, Json, Server, auth};

/// Where tokens are issued. The list of services is left out, since nobody needs it here.
const TARGET: &str = "/v3/auth/tokens?nocatalog=true";
/// How long a token is good where the answer doesn't say.
const LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);

/// The token of a user of Huawei Cloud, for the header `X-Auth-Token`: `POST /v3/auth/tokens` at the
/// endpoint of IAM, answered in the header `X-Subject-Token`. A token is good for 24 hours; it is
/// fetched again five minutes before they end, and once when the server refuses it.
///
/// ```
/// use tablature_huawei::IamPassword;
/// use tablature_runtime::Server;
///
/// let iam = Server::new("https://iam.cn-north-4.myhuaweicloud.com")?;
/// let token = IamPassword::new(iam, "account", "user", "password").project("cn-north-4");
/// # Ok::<(), tablature_runtime::server::ServerError>(())
/// ```
#[derive(Clone)]
pub struct IamPassword {
    server: Server,
    account: String,
    user: String,
    password: SecretString,
    project: Option<String>,
}

impl IamPassword {
    /// The token of `user` of `account`, issued by the IAM at `server`, for all of the account.
    pub fn new(
        server: Server,
        account: impl Into<String>,
        user: impl Into<String>,
        password: impl Into<SecretString>,
    ) -> Self {
        Self {
            server,
            account: account.into(),
            user: user.into(),
            password: password.into(),
            project: None,
        }
    }

    /// Restricts the token to a project, by its name: that of a region, such as `cn-north-4`, where
    /// it has no other. CCI asks for such a token.
    #[must_use]
    pub fn project(mut self, name: impl Into<String>) -> Self {
        self.project = Some(name.into());
        self
    }

    fn request(&self) -> Result<Request<Bytes>, CredentialError> {
        let target = format!("{}{TARGET}", self.server.prefix());
        let uri = PathAndQuery::try_from(target)
            .map_err(|error| CredentialError::new(format_args!("the URL of IAM can't be used: {error}")))
            .and_then(|target| self.server.uri(target).map_err(CredentialError::new))?;
        auth::check_encrypted(&uri)?;
        let mut request = Request::new(self.body());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = uri;
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(CONTENT_TYPE, json.clone());
        request.headers_mut().insert(ACCEPT, json);
        Ok(request)
    }

    /// The body, in memory that is overwritten when it is dropped.
    fn body(&self) -> Bytes {
        let password = self.password.expose_secret();
        // With room for the whole, so that no part is left behind where it grew: an escape takes six
        // characters at most.
        let length =
            self.account.len() + self.user.len() + password.len() + self.project.as_ref().map_or(0, String::len);
        let mut text = Zeroizing::new(String::with_capacity(256 + 6 * length));
        text.push_str(r#"{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"#);
        escape_to(&self.user, &mut text);
        text.push_str(r#","password":"#);
        escape_to(password, &mut text);
        text.push_str(r#","domain":{"name":"#);
        escape_to(&self.account, &mut text);
        text.push_str(r#"}}}},"scope":{""#);
        text.push_str(if self.project.is_some() { "project" } else { "domain" });
        text.push_str(r#"":{"name":"#);
        escape_to(self.project.as_ref().unwrap_or(&self.account), &mut text);
        text.push_str("}}}}");
        Bytes::from_owner(Zeroizing::new(std::mem::take(&mut *text).into_bytes()))
    }
}

impl CredentialSource for IamPassword {
    fn fetch(&self, _: SystemTime) -> Fetch {
        match self.request() {
            Ok(request) => {
                let password = self.password.clone();
                Fetch::Request(Exchange::new(request, move |answer, now| read(&answer, &password, now)))
            }
            Err(error) => Fetch::Ready(Err(error)),
        }
    }
}

fn read(answer: &Response<Bytes>, password: &SecretString, now: SystemTime) -> Result<Lease, CredentialError> {
    let status = answer.status();
    let json = std::str::from_utf8(answer.body())
        .ok()
        .and_then(|text| text.parse::<Json>().ok());
    let text = |place: &str| Some(json.as_ref()?.get(place)?.as_str()?.into_owned());
    if !status.is_success() {
        let message = text("/error/message").or_else(|| text("error_msg")).unwrap_or_default();
        let message = if echoes(&message, password.expose_secret()) {
            "its message is left out, since it repeats the request".to_owned()
        } else {
            message
        };
        let message = format!("IAM answered {status}: {message}");
        let passing = status.is_server_error() || status.as_u16() == 429;
        return Err(if passing {
            CredentialError::passing(message)
        } else {
            CredentialError::new(message)
        });
    }
    let token = answer
        .headers()
        .get("x-subject-token")
        .and_then(|token| token.to_str().ok())
        .ok_or_else(|| CredentialError::new("IAM answered without the header `X-Subject-Token`"))?;
    let end = text("/token/expires_at").and_then(|date| parse_date(&date));
    let lease = Lease::new(Credential::header("X-Auth-Token", SecretString::from(token)));
    Ok(match end.or_else(|| now.checked_add(LIFETIME)) {
        Some(end) => lease.until(end),
        None => lease,
    })
}

/// Whether a message repeats the request or the password, written in whatever way.
fn echoes(message: &str, password: &str) -> bool {
    let mut escaped = String::new();
    escape_to(password, &mut escaped);
    let escaped = Zeroizing::new(escaped);
    let decoded = Zeroizing::new(percent_decode_str(message).decode_utf8_lossy().into_owned());
    let repeats = |text: &str| message.contains(text) || decoded.contains(text);
    // What is in brackets or quotes may be a part of the request, cut or escaped once more.
    repeats(password) || repeats(escaped.trim_matches('"')) || decoded.contains(['{', '"'])
}

impl fmt::Debug for IamPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IamPassword")
            .field("server", &self.server)
            .field("account", &self.account)
            .field("user", &self.user)
            .field("password", &"<redacted>")
            .field("project", &self.project)
            .finish()
    }
}

//! The token of a user of Huawei Cloud, from the user's password.

use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use http::uri::PathAndQuery;
use http::{Method, Request, Response};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use tablature_client::credentials::{CredentialError, CredentialSource, Exchange, Fetch, Lease};
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
            Ok(request) => Fetch::Request(Exchange::new(request, |answer, now| read(&answer, now))),
            Err(error) => Fetch::Ready(Err(error)),
        }
    }
}

fn read(answer: &Response<Bytes>, now: SystemTime) -> Result<Lease, CredentialError> {
    let status = answer.status();
    let json = std::str::from_utf8(answer.body())
        .ok()
        .and_then(|text| text.parse::<Json>().ok());
    let text = |place: &str| Some(json.as_ref()?.get(place)?.as_str()?.into_owned());
    if !status.is_success() {
        let message = text("/error/message").or_else(|| text("error_msg")).unwrap_or_default();
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

/// Reads a date such as `2024-01-04T09:05:22.701000Z`; parts of a second are left out.
fn parse_date(text: &str) -> Option<SystemTime> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let mut date = date.splitn(3, '-').map(|part| part.parse::<u64>().ok());
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let time = time.split('.').next()?;
    let mut time = time.splitn(3, ':').map(|part| part.parse::<u64>().ok());
    let (hour, minute, second) = (time.next()??, time.next()??, time.next()??);
    let valid = (1970..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second < 61;
    if !valid {
        return None;
    }
    // Years that begin with March have their leap day at the end.
    let (year, month) = if month < 3 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    let seconds = days.checked_sub(719_468)? * 86_400 + hour * 3_600 + minute * 60 + second;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
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

#[cfg(test)]
mod tests {
    use super::{Duration, SystemTime, parse_date};

    #[test]
    fn dates() {
        let seconds = |text| parse_date(text).map(|date| date.duration_since(SystemTime::UNIX_EPOCH).ok());
        assert_eq!(seconds("1970-01-01T00:00:00Z"), Some(Some(Duration::ZERO)));
        assert_eq!(
            seconds("2024-02-29T23:59:59.9Z"),
            Some(Some(Duration::from_secs(1_709_251_199)))
        );
        assert_eq!(
            seconds("2020-01-04T09:05:22.701000Z"),
            Some(Some(Duration::from_secs(1_578_128_722)))
        );
        for text in [
            "",
            "2020-01-04",
            "2020-13-04T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "2020-01-04T09:05Z",
            "x-y-zTa:b:cZ",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}

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
/// The header of a token.
const TOKEN: &str = "X-Auth-Token";
/// How long a token is good where the answer does not say.
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
    agency: Option<Agency>,
}

/// An agency, by which an account lets another act for it.
#[derive(Clone, Debug)]
struct Agency {
    account: String,
    name: String,
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
            agency: None,
        }
    }

    /// Restricts the token to a project, by its name: that of a region, such as `cn-north-4`, where
    /// it has no other. CCI asks for such a token.
    #[must_use]
    pub fn project(mut self, name: impl Into<String>) -> Self {
        self.project = Some(name.into());
        self
    }

    /// Takes the token of the agency `name` of `account`, which delegates to the account of the user; the user needs
    /// the permission Agent Operator. The project is then one of `account`.
    #[must_use]
    pub fn assume_role(mut self, account: impl Into<String>, name: impl Into<String>) -> Self {
        self.agency = Some(Agency {
            account: account.into(),
            name: name.into(),
        });
        self
    }

    fn request(&self, body: Bytes) -> Result<Request<Bytes>, CredentialError> {
        let target = format!("{}{TARGET}", self.server.prefix());
        let uri = PathAndQuery::try_from(target)
            .map_err(|error| CredentialError::new(format_args!("the URL of IAM cannot be used: {error}")))
            .and_then(|target| self.server.uri(target).map_err(CredentialError::new))?;
        auth::check_encrypted(&uri)?;
        let mut request = Request::new(body);
        *request.method_mut() = Method::POST;
        *request.uri_mut() = uri;
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(CONTENT_TYPE, json.clone());
        request.headers_mut().insert(ACCEPT, json);
        Ok(request)
    }

    /// The request for the token of the user, for the project unless an agency has it.
    fn by_password(&self) -> Result<Request<Bytes>, CredentialError> {
        let password = self.password.expose_secret();
        // With room for the whole, so that no part is left behind where it grew: an escape takes six
        // characters at most.
        let length =
            self.account.len() * 2 + self.user.len() + password.len() + self.project.as_ref().map_or(0, String::len);
        let mut text = Zeroizing::new(String::with_capacity(256 + 6 * length));
        text.push_str(r#"{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"#);
        escape_to(&self.user, &mut text);
        text.push_str(r#","password":"#);
        escape_to(password, &mut text);
        text.push_str(r#","domain":{"name":"#);
        escape_to(&self.account, &mut text);
        text.push_str("}}}}");
        let project = self.project.as_deref().filter(|_| self.agency.is_none());
        scope_to(project, &self.account, &mut text);
        self.request(Bytes::from_owner(Zeroizing::new(
            std::mem::take(&mut *text).into_bytes(),
        )))
    }

    /// The request for the token of the agency.
    fn by_agency(&self, agency: &Agency, token: HeaderValue) -> Result<Request<Bytes>, CredentialError> {
        let mut text = r#"{"auth":{"identity":{"methods":["assume_role"],"assume_role":{"domain_name":"#.to_owned();
        escape_to(&agency.account, &mut text);
        text.push_str(r#","agency_name":"#);
        escape_to(&agency.name, &mut text);
        text.push_str("}}");
        scope_to(self.project.as_deref(), &agency.account, &mut text);
        let mut request = self.request(text.into())?;
        request.headers_mut().insert(TOKEN, token);
        Ok(request)
    }

    fn exchange(&self) -> Result<Exchange, CredentialError> {
        let (request, user) = (self.by_password()?, self.clone());
        Ok(match self.agency.clone() {
            None => Exchange::new(request, move |answer, now| user.lease(&answer, now)),
            Some(agency) => Exchange::chain(request, move |answer, _| {
                let token = user.token(&answer)?;
                let request = user.by_agency(&agency, token)?;
                Ok(Exchange::new(request, move |answer, now| user.lease(&answer, now)))
            }),
        })
    }

    /// The token of an answer.
    fn token(&self, answer: &Response<Bytes>) -> Result<HeaderValue, CredentialError> {
        check(answer, &self.password)?;
        let token = answer.headers().get("x-subject-token").cloned();
        let mut token =
            token.ok_or_else(|| CredentialError::new("IAM answered without the header `X-Subject-Token`"))?;
        token.set_sensitive(true);
        Ok(token)
    }

    fn lease(&self, answer: &Response<Bytes>, now: SystemTime) -> Result<Lease, CredentialError> {
        let token = self.token(answer)?;
        let token = token
            .to_str()
            .map_err(|_| CredentialError::new("IAM answered with a token that is not text"))?;
        let lease = Lease::new(Credential::header(TOKEN, SecretString::from(token)));
        let end = text(json(answer).as_ref(), "/token/expires_at").and_then(|date| parse_date(&date));
        Ok(match end.or_else(|| now.checked_add(LIFETIME)) {
            Some(end) => lease.until(end),
            None => lease,
        })
    }
}

/// Writes for what a token is, a project or all of an account, and the end of the request.
fn scope_to(project: Option<&str>, account: &str, text: &mut String) {
    text.push_str(r#","scope":{""#);
    text.push_str(if project.is_some() { "project" } else { "domain" });
    text.push_str(r#"":{"name":"#);
    escape_to(project.unwrap_or(account), text);
    text.push_str("}}}}");
}

impl CredentialSource for IamPassword {
    fn fetch(&self, _: SystemTime) -> Fetch {
        match self.exchange() {
            Ok(exchange) => Fetch::Request(exchange),
            Err(error) => Fetch::Ready(Err(error)),
        }
    }
}

fn json(answer: &Response<Bytes>) -> Option<Json> {
    std::str::from_utf8(answer.body()).ok()?.parse().ok()
}

fn text(json: Option<&Json>, place: &str) -> Option<String> {
    Some(json?.get(place)?.as_str()?.into_owned())
}

/// Whether an answer is a success.
fn check(answer: &Response<Bytes>, password: &SecretString) -> Result<(), CredentialError> {
    let status = answer.status();
    if status.is_success() {
        return Ok(());
    }
    let json = json(answer);
    let text = |place| text(json.as_ref(), place);
    let message = text("/error/message")
        .or_else(|| text("/error_msg"))
        .unwrap_or_default();
    let message = if echoes(&message, password.expose_secret()) {
        "its message is left out, since it repeats the request".to_owned()
    } else {
        message
    };
    let message = format!("IAM answered {status}: {message}");
    Err(CredentialError::answered(status, message))
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
            .field("agency", &self.agency)
            .finish()
    }
}

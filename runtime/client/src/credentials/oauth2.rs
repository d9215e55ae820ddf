//! Tokens of OAuth 2, by client credentials or a refresh token.

mod answer;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, Uri};
use percent_encoding::utf8_percent_encode;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use tablature_runtime::Credential;
use tablature_runtime::auth::{self, SecurityScheme};
use tablature_runtime::parameter::UNRESERVED;

use super::{CredentialError, CredentialSource, Exchange, Fetch};

/// A bearer token of OAuth 2 (RFC 6749) from a token endpoint, by client credentials or a refresh token. It is fetched
/// again before it ends, and once when the server refuses it. Who calls by another grant gives a
/// [`Provider`](super::Provider).
///
/// ```
/// use tablature_client::credentials::OAuth2;
///
/// let source = OAuth2::client_credentials("https://auth.example.com/token", "id", "secret")?.scopes(["read", "write"]);
/// # Ok::<(), tablature_client::credentials::OAuth2Error>(())
/// ```
#[derive(Clone)]
pub struct OAuth2 {
    endpoint: Uri,
    client: String,
    secret: Option<SecretString>,
    secret_in_body: bool,
    /// The refresh token that came last.
    refresh: Option<Arc<Mutex<SecretString>>>,
    scopes: Vec<String>,
    parameters: Vec<(String, String)>,
}

impl OAuth2 {
    /// The token of a client that is issued at `endpoint` for its secret.
    ///
    /// # Errors
    /// If `endpoint` is no URL with a host.
    pub fn client_credentials(
        endpoint: &str,
        client: impl Into<String>,
        secret: impl Into<SecretString>,
    ) -> Result<Self, OAuth2Error> {
        Ok(Self {
            secret: Some(secret.into()),
            ..Self::new(endpoint, client.into())?
        })
    }

    /// The token that is issued at `endpoint` for a refresh token. Where the answer has another refresh token, that is
    /// used from then on.
    ///
    /// # Errors
    /// If `endpoint` is no URL with a host.
    pub fn refresh_token(
        endpoint: &str,
        client: impl Into<String>,
        refresh: impl Into<SecretString>,
    ) -> Result<Self, OAuth2Error> {
        Ok(Self {
            refresh: Some(Arc::new(Mutex::new(refresh.into()))),
            ..Self::new(endpoint, client.into())?
        })
    }

    /// The token of a client from the token endpoint, and with the scopes, that an operation documents in its
    /// [`SECURITY`](tablature_runtime::Operation::SECURITY): **whoever wrote the document says where the secret is
    /// sent**.
    ///
    /// # Errors
    /// If no token endpoint is documented, or it is no URL with a host.
    pub fn documented(
        security: &[&[SecurityScheme]],
        client: impl Into<String>,
        secret: impl Into<SecretString>,
    ) -> Result<Self, OAuth2Error> {
        let documented = security.iter().copied().flatten().find_map(|scheme| match scheme {
            SecurityScheme::OAuth2 {
                token_url: Some(url),
                scopes,
                ..
            } => Some((*url, *scopes)),
            _ => None,
        });
        let (endpoint, scopes) = documented.ok_or(OAuth2Error::Undocumented)?;
        Ok(Self::client_credentials(endpoint, client, secret)?.scopes(scopes.iter().copied()))
    }

    fn new(endpoint: &str, client: String) -> Result<Self, OAuth2Error> {
        let endpoint: Uri = endpoint.parse().map_err(|_| OAuth2Error::Endpoint)?;
        let is_http = matches!(endpoint.scheme_str(), Some("http" | "https"));
        let authority = endpoint
            .authority()
            .filter(|authority| !authority.as_str().contains('@'));
        if !is_http || authority.is_none() {
            return Err(OAuth2Error::Endpoint);
        }
        Ok(Self {
            endpoint,
            client,
            secret: None,
            secret_in_body: false,
            refresh: None,
            scopes: Vec::new(),
            parameters: Vec::new(),
        })
    }

    /// Sets the secret of the client beside a refresh token.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<SecretString>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Sends client and secret in the body, in place of the header `Authorization`.
    #[must_use]
    pub fn secret_in_body(mut self) -> Self {
        self.secret_in_body = true;
        self
    }

    /// Sets what the token must allow; what the server has for the client unless set.
    #[must_use]
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Adds a parameter that the server asks for, such as `audience` or `resource`. It must be no secret.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    fn request(&self) -> Result<Request<Bytes>, CredentialError> {
        auth::check_encrypted(&self.endpoint)?;
        let refresh = self.refresh.as_ref().map(|refresh| current(refresh));
        let secret = self.secret.as_ref();
        let in_header = secret.filter(|_| !self.secret_in_body);
        let mut body = Form::with_room_for([refresh.as_ref(), secret]);
        match &refresh {
            Some(refresh) => {
                body.add("grant_type", "refresh_token");
                body.add("refresh_token", refresh.expose_secret());
            }
            None => body.add("grant_type", "client_credentials"),
        }
        if in_header.is_none() {
            body.add("client_id", &self.client);
        }
        if let (Some(secret), None) = (secret, in_header) {
            body.add("client_secret", secret.expose_secret());
        }
        if !self.scopes.is_empty() {
            body.add("scope", &self.scopes.join(" "));
        }
        for (name, value) in &self.parameters {
            body.add(name, value);
        }
        let mut request = Request::new(body.finish());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.endpoint.clone();
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers_mut().insert(CONTENT_TYPE, form);
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(ACCEPT, json);
        if let Some(secret) = in_header {
            // Both are encoded as in a form first: RFC 6749, section 2.3.1.
            let secret = encoded(secret.expose_secret());
            let pair = Credential::basic(encoded(&self.client).as_str(), SecretString::from(secret.as_str()));
            auth::apply(&mut request, &pair, &[])?;
        }
        Ok(request)
    }
}

impl CredentialSource for OAuth2 {
    fn fetch(&self, _: SystemTime) -> Fetch {
        match self.request() {
            Ok(request) => {
                let source = self.clone();
                Fetch::Request(Exchange::new(request, move |answer, now| source.read(&answer, now)))
            }
            Err(error) => Fetch::Ready(Err(error)),
        }
    }
}

impl fmt::Debug for OAuth2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth2")
            .field("host", &self.endpoint.host())
            .field("client", &self.client)
            .field("secret", &"<redacted>")
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// The refresh token at hand.
fn current(refresh: &Mutex<SecretString>) -> SecretString {
    refresh.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// A form in memory that is overwritten when it is dropped.
struct Form(Zeroizing<String>);

impl Form {
    /// With room for the whole, so that no part of a secret is left behind where it grew.
    fn with_room_for(secrets: [Option<&SecretString>; 2]) -> Self {
        let length: usize = secrets.into_iter().flatten().map(|it| it.expose_secret().len()).sum();
        Self(Zeroizing::new(String::with_capacity(4096 + 3 * length)))
    }

    fn add(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.extend(utf8_percent_encode(name, UNRESERVED));
        self.0.push('=');
        self.0.extend(utf8_percent_encode(value, UNRESERVED));
    }

    fn finish(mut self) -> Bytes {
        Bytes::from_owner(Zeroizing::new(std::mem::take(&mut *self.0).into_bytes()))
    }
}

fn encoded(text: &str) -> Zeroizing<String> {
    let mut encoded = Zeroizing::new(String::with_capacity(3 * text.len()));
    encoded.extend(utf8_percent_encode(text, UNRESERVED));
    encoded
}

/// Why there is no source of tokens. The URL is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OAuth2Error {
    /// The token endpoint is no URL with a host, or it has a user.
    Endpoint,
    /// The operation documents no token endpoint.
    Undocumented,
}

impl fmt::Display for OAuth2Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Endpoint => "the token endpoint is not an http or https URL with a host and without a user",
            Self::Undocumented => "the operation documents no token endpoint",
        })
    }
}

impl std::error::Error for OAuth2Error {}

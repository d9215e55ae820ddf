//! Requests that no operation is for.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http::uri::PathAndQuery;
use http::{Method, Request};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tablature_runtime::auth::SecurityScheme;
use tablature_runtime::error::{DecodeError, Exchange, Facts};
use tablature_runtime::request::Problem;
use tablature_runtime::{ParameterValue, Parts, RequestError, Response, Server, answer, body};

use super::{BlockingClient, Client, Prepared};
use crate::Error;

/// What a raw request is called in errors and spans.
const NAME: &str = "raw";

/// A request that no operation is for: any method, any path, any body. Errors are those of
/// operations; a success is bytes, or what you ask for.
///
/// ```no_run
/// # async fn example(client: tablature_client::Client) -> Result<(), tablature_client::Error> {
/// use tablature_runtime::Json;
/// use tablature_client::Raw;
///
/// let namespaces = Raw::get("/api/v1/namespaces").query("limit", 10).send_as::<Json>(&client).await?;
/// println!("{:?}", namespaces.body().get("/items/0/metadata/name"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Raw {
    method: Method,
    path: String,
    query: Parts,
    headers: HeaderMap,
    body: Bytes,
    security: &'static [&'static [SecurityScheme]],
    problems: Vec<Problem>,
}

impl Raw {
    /// A request by `method` to `path` below the server's own prefix. The path is sent as it is, so
    /// values in it have to be percent-encoded.
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            query: Parts::new(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            security: &[],
            problems: Vec::new(),
        }
    }

    /// A GET.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    /// A POST.
    pub fn post(path: impl Into<String>) -> Self {
        Self::new(Method::POST, path)
    }

    /// A PUT.
    pub fn put(path: impl Into<String>) -> Self {
        Self::new(Method::PUT, path)
    }

    /// A PATCH.
    pub fn patch(path: impl Into<String>) -> Self {
        Self::new(Method::PATCH, path)
    }

    /// A DELETE.
    pub fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, path)
    }

    /// Adds a query parameter; it may be added several times.
    #[must_use]
    pub fn query(mut self, name: &str, value: impl ParameterValue) -> Self {
        self.query.add_query(name, value);
        self
    }

    /// Sets a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(![ACCEPT, CONTENT_TYPE].contains(&name));
                self.headers.insert(name, value);
            }
            (Err(_), _) => self.problems.push(Problem::HeaderName { name: name.to_owned() }),
            (_, Err(_)) => self.problems.push(Problem::HeaderValue { name: name.to_owned() }),
        }
        self
    }

    /// Sets the body to the JSON of `value`.
    #[must_use]
    pub fn json(self, value: &(impl Serialize + ?Sized)) -> Self {
        self.json_as("application/json", value)
    }

    /// Sets the body to the JSON of `value`, with another media type: that of a patch, for example.
    #[must_use]
    pub fn json_as(mut self, media_type: &str, value: &(impl Serialize + ?Sized)) -> Self {
        match body::json(value) {
            Ok(bytes) => self.bytes(media_type, bytes),
            Err(error) => {
                self.problems.push(Problem::Body(error));
                self
            }
        }
    }

    /// Sets the body.
    #[must_use]
    pub fn bytes(self, media_type: &str, bytes: impl Into<Bytes>) -> Self {
        let mut raw = self.header(CONTENT_TYPE.as_str(), media_type);
        raw.body = bytes.into();
        raw
    }

    /// Sets where a [`Credential::token`](tablature_runtime::Credential::token) goes: the `SECURITY` of an API.
    #[must_use]
    pub fn security(mut self, security: &'static [&'static [SecurityScheme]]) -> Self {
        self.security = security;
        self
    }

    /// Sends the request and gives the body of a success as it came.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn send(&self, client: &Client) -> impl Future<Output = Result<Response<Bytes>, Error>> + Send + use<> {
        let prepared = self.prepare(client.server());
        let core = Arc::clone(client.core());
        async move {
            let (head, body) = core.answer(prepared?).await?.into_parts();
            Ok(Response::new(head.status, head.headers, body))
        }
    }

    /// Sends the request and reads the body of a success as JSON.
    ///
    /// # Errors
    /// See [`Error`]; [`Error::Call`] if the body is not a `T`.
    pub fn send_as<T>(&self, client: &Client) -> impl Future<Output = Result<Response<T>, Error>> + Send + use<T>
    where
        T: DeserializeOwned,
    {
        let prepared = self.prepare(client.server());
        let core = Arc::clone(client.core());
        async move {
            let prepared = prepared?;
            let (facts, url) = (prepared.facts.clone(), prepared.request.uri().clone());
            let (head, body) = core.answer(prepared).await?.into_parts();
            match answer::json(&body) {
                Ok(value) => Ok(Response::new(head.status, head.headers, value)),
                Err(problem) => {
                    let exchange = Exchange::new(facts, head.status, head.headers, body);
                    Err(Error::answered(DecodeError::new(exchange, problem).into(), &url))
                }
            }
        }
    }

    /// [`send`](Self::send), on this thread.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn send_blocking(&self, client: &BlockingClient) -> Result<Response<Bytes>, Error> {
        client.block_on(self.send(client.inner()))
    }

    /// [`send_as`](Self::send_as), on this thread.
    ///
    /// # Errors
    /// See [`Error`]; [`Error::Call`] if the body is not a `T`.
    pub fn send_blocking_as<T: DeserializeOwned>(&self, client: &BlockingClient) -> Result<Response<T>, Error> {
        client.block_on(self.send_as(client.inner()))
    }

    fn prepare(&self, server: &Server) -> Result<Prepared, Error> {
        let mut problems = self.problems.clone();
        let uri = self
            .target(server.prefix())
            .map_err(Problem::Url)
            .and_then(|target| server.uri(target).map_err(|error| Problem::Url(error.to_string())));
        let uri = match uri {
            Ok(uri) if problems.is_empty() => uri,
            Ok(_) => return Err(self.refuse(problems)),
            Err(problem) => {
                problems.push(problem);
                return Err(self.refuse(problems));
            }
        };
        let mut request = Request::new(self.body.clone());
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers.clone();
        if !self.headers.contains_key(ACCEPT) {
            request
                .headers_mut()
                .insert(ACCEPT, HeaderValue::from_static("application/json"));
        }
        Ok(Prepared::new(self.facts(), request))
    }

    fn facts(&self) -> Facts {
        Facts {
            operation: NAME,
            method: self.method.clone(),
            route: NAME,
            security: self.security,
            redirects: &[],
            servers: &[],
        }
    }

    fn refuse(&self, problems: Vec<Problem>) -> Error {
        RequestError::new(self.facts(), problems).into()
    }

    fn target(&self, prefix: &str) -> Result<PathAndQuery, String> {
        if !self.path.starts_with('/') {
            return Err("its path does not begin with `/`".to_owned());
        }
        let mut target = format!("{prefix}{}", self.path);
        if !self.query.encoded_query().is_empty() {
            target.push(if self.path.contains('?') { '&' } else { '?' });
            target.push_str(self.query.encoded_query());
        }
        PathAndQuery::try_from(target).map_err(|error| error.to_string())
    }
}

impl fmt::Debug for Raw {
    /// Without the values of headers, since any of them may be a credential, and without the body.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Raw")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &self.query.encoded_query())
            .finish_non_exhaustive()
    }
}

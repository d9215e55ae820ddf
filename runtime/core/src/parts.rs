//! The values of a request, gathered before there is a server to send it to.

mod cookies;
mod encoded;
mod query;
mod styled;

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue, PROXY_AUTHORIZATION};
use serde::Serialize;
use smallvec::SmallVec;

use crate::ParameterValue;
use crate::body::{self, BodyError, Encoding, File, RequestBody};
use crate::problem::Problem;

use cookies::Cookies;
use encoded::Encoded;
pub(crate) use query::Query;

/// The values of a request: of its path, its query and its headers, and its body.
///
/// What cannot be sent is kept as well, and comes out of [`request::build`](crate::request::build).
#[derive(Clone, Default)]
pub struct Parts {
    pub(crate) path: SmallVec<[PathValue; 2]>,
    pub(crate) query: Query,
    pub(crate) headers: Vec<Header>,
    pub(crate) cookies: Cookies,
    pub(crate) body: Option<Body>,
    /// Of parameters that cannot be written.
    pub(crate) problems: Vec<Problem>,
}

#[derive(Clone, Debug)]
pub(crate) struct PathValue {
    pub(crate) name: &'static str,
    pub(crate) text: Encoded<39>,
}

#[derive(Clone)]
pub(crate) enum Header {
    Valid(HeaderName, HeaderValue),
    Invalid(Problem),
}

#[derive(Clone)]
pub(crate) struct Body {
    pub(crate) media_type: &'static str,
    /// The media type and what its parameters say of these bytes.
    pub(crate) content_type: Cow<'static, str>,
    pub(crate) bytes: Result<Bytes, BodyError>,
}

impl Parts {
    /// Without any values.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the value of a parameter of the path.
    pub fn path(&mut self, name: &'static str, value: impl ParameterValue) {
        let mut text = Encoded::default();
        value.with_text(|value| text.push(value));
        self.set_path(name, text);
    }

    /// Sets a parameter of the query; all earlier values of that name go.
    pub fn query(&mut self, name: &str, value: impl ParameterValue) {
        value.with_text(|value| self.query.set(name, [value]));
    }

    /// Sets a parameter of the query that is repeated for each value; all earlier values of that
    /// name go.
    pub fn query_list(&mut self, name: &str, values: impl IntoIterator<Item = impl ParameterValue>) {
        let values: Vec<String> = values.into_iter().map(ParameterValue::into_text).collect();
        self.query.set(name, values.iter().map(String::as_str));
    }

    /// Adds a parameter to the query; earlier values of that name stay.
    pub fn add_query(&mut self, name: &str, value: impl ParameterValue) {
        value.with_text(|value| self.query.add(name, value));
    }

    /// Sets a header; all earlier values of that name go.
    pub fn header(&mut self, name: &str, value: impl ParameterValue) {
        self.headers.retain(|header| !header.is_named(name));
        self.add_header(name, &value.text());
    }

    /// Adds a header; earlier values of that name stay.
    pub fn add_header(&mut self, name: &str, value: &str) {
        self.headers.push(Header::new(name, value));
    }

    /// Sets the body to the JSON of `value`.
    pub fn json<T: Serialize + ?Sized>(&mut self, media_type: &'static str, value: &T) {
        self.body = Some(Body::new(media_type, body::json(value)));
    }

    /// Sets the body.
    pub fn body<T: RequestBody + ?Sized>(&mut self, body: &T) {
        let bytes = body.encode();
        self.body = Some(Body {
            media_type: body.media_type(),
            content_type: match &bytes {
                Ok(bytes) => body.content_type(bytes),
                Err(_) => Cow::Borrowed(body.media_type()),
            },
            bytes,
        });
    }

    /// Sets the body to bytes.
    pub fn bytes(&mut self, media_type: &'static str, bytes: impl Into<Bytes>) {
        self.body = Some(Body::new(media_type, Ok(bytes.into())));
    }

    /// Sets the body to a file of a documented range of media types, such as `image/*`; see [`body::file`].
    pub fn file(&mut self, range: &'static str, file: impl Into<File>) {
        let file = file.into();
        self.body = Some(Body {
            media_type: range,
            content_type: body::file_type(&file, range),
            bytes: body::file(&file, range),
        });
    }

    /// Sets the body to text.
    pub fn text(&mut self, media_type: &'static str, text: impl Into<String>) {
        self.body = Some(Body::new(media_type, Ok(text.into().into())));
    }

    /// Sets the body to `application/x-www-form-urlencoded`; see [`body::form`].
    pub fn form<T: Serialize + ?Sized>(&mut self, value: &T, encodings: &[Encoding]) {
        let bytes = body::form(value, encodings);
        self.body = Some(Body::new("application/x-www-form-urlencoded", bytes));
    }

    /// Sets the body to `multipart/form-data`; see [`body::multipart`](body::multipart()).
    pub fn multipart<T: Serialize + ?Sized>(&mut self, value: &T, encodings: &[Encoding]) {
        let bytes = body::multipart(value, encodings);
        self.body = Some(Body::new("multipart/form-data", bytes));
    }

    /// The first value of a parameter of the query, decoded; `None` if it is not set.
    #[must_use]
    pub fn query_value(&self, name: &str) -> Option<String> {
        self.query.value(name)
    }

    /// Removes all values of a parameter of the query.
    pub fn remove_query(&mut self, name: &str) {
        self.query.set(name, []);
    }

    /// The query, encoded; empty if there is none.
    #[must_use]
    pub fn encoded_query(&self) -> &str {
        self.query.as_str()
    }

    fn set_path(&mut self, name: &'static str, text: Encoded<39>) {
        match self.path.iter_mut().find(|value| value.name == name) {
            Some(value) => value.text = text,
            None => self.path.push(PathValue { name, text }),
        }
    }
}

impl Body {
    fn new(media_type: &'static str, bytes: Result<Bytes, BodyError>) -> Self {
        let content_type = match &bytes {
            Ok(bytes) => body::multipart::content_type(media_type, bytes),
            Err(_) => Cow::Borrowed(media_type),
        };
        Self {
            media_type,
            content_type,
            bytes,
        }
    }
}

impl Header {
    fn new(name: &str, value: &str) -> Self {
        let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
            return Self::Invalid(Problem::HeaderName { name: name.to_owned() });
        };
        match HeaderValue::from_str(value) {
            Ok(mut value) => {
                value.set_sensitive([AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE].contains(&header));
                Self::Valid(header, value)
            }
            Err(_) => Self::Invalid(Problem::HeaderValue { name: name.to_owned() }),
        }
    }

    pub(crate) fn is_named(&self, name: &str) -> bool {
        self.name().eq_ignore_ascii_case(name)
    }

    fn name(&self) -> &str {
        match self {
            Self::Valid(name, _) => name.as_str(),
            Self::Invalid(Problem::HeaderName { name } | Problem::HeaderValue { name }) => name,
            Self::Invalid(_) => "",
        }
    }
}

impl fmt::Debug for Parts {
    /// Without the values of headers and cookies, since any of them may be a credential, and without the body.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.iter().map(Header::name).collect();
        f.debug_struct("Parts")
            .field("path", &self.path)
            .field("query", &self.query.as_str())
            .field("headers", &headers)
            .field("cookies", &self.cookies.names())
            .field("body", &self.body.as_ref().map(|body| body.media_type))
            .finish()
    }
}

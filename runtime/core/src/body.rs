//! Bodies of requests.

mod encoding;
pub(crate) mod form;
mod media_type;
pub mod multipart;

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use serde::Serialize;

use crate::json;
use crate::model;
use crate::node::Node;

pub use encoding::Encoding;
pub(crate) use media_type::{essence, is_json};
pub use multipart::File;

/// A body of a request that knows its media type.
pub trait RequestBody {
    /// The documented media type. It may be a range such as `image/*`, of which a file names one.
    fn media_type(&self) -> &'static str;

    /// The bytes of the body.
    ///
    /// # Errors
    /// If the body cannot be written.
    fn encode(&self) -> Result<Bytes, BodyError>;

    /// The file that names which media type of a range is sent.
    fn file(&self) -> Option<&File> {
        None
    }

    /// The `Content-Type` of the encoded body: the media type, for a body in parts with the boundary
    /// that is between them, for a range the one that the file names.
    #[must_use]
    fn content_type(&self, encoded: &Bytes) -> Cow<'static, str> {
        match self.file() {
            Some(file) => file_type(file, self.media_type()),
            None => multipart::content_type(self.media_type(), encoded),
        }
    }
}

/// Encodes `value` as JSON, a model with its [body defaults](crate::model::Model::BODY_DEFAULTS).
///
/// # Errors
/// If `value` cannot be written as JSON.
pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Bytes, BodyError> {
    let text = model::whole(value).map_err(|error| BodyError::new(&error))?;
    Ok(text.into())
}

/// Encodes text as UTF-8.
///
/// # Errors
/// None.
pub fn text(text: &str) -> Result<Bytes, BodyError> {
    Ok(Bytes::copy_from_slice(text.as_bytes()))
}

/// Takes bytes as they are.
///
/// # Errors
/// None.
pub fn bytes(bytes: impl Into<Bytes>) -> Result<Bytes, BodyError> {
    Ok(bytes.into())
}

/// Takes a file as the whole body.
///
/// # Errors
/// If the media type of the file is not in `range`, or if it has none and `range` is not met by
/// `application/octet-stream`.
pub fn file(file: &File, range: &str) -> Result<Bytes, BodyError> {
    media_type::of_file(file, Some(range))
        .map(|_| file.bytes.clone())
        .map_err(|reason| BodyError::new(&reason))
}

/// The `Content-Type` of a file that is the whole body; see [`file`].
pub(crate) fn file_type(file: &File, range: &'static str) -> Cow<'static, str> {
    match media_type::of_file(file, Some(range)) {
        Ok(media_type) => Cow::Owned(media_type.to_owned()),
        Err(_) => Cow::Borrowed(range),
    }
}

/// Encodes an object as `application/x-www-form-urlencoded`, in the order of its members.
///
/// A list gives a pair for each item; an object, also one in a list, is JSON; anything else is its
/// text. Members that are `null` are left out. What is said of a member in `encodings` goes before
/// that: where it has a style, the member is encoded as a parameter of the query would be.
///
/// # Errors
/// If `value` is not an object, or if a style does not have the shape of a member.
pub fn form<T: Serialize + ?Sized>(value: &T, encodings: &[Encoding]) -> Result<Bytes, BodyError> {
    form::encode(value, encodings).map(Bytes::from)
}

/// Encodes an object as `multipart/form-data`, in the order of its members.
///
/// A list gives a part for each item, an object a part of JSON, a [`File`] a part with its name and
/// its media type, anything else a part of text. Members that are `null` are left out. What is said
/// of a member in `encodings` goes before that.
///
/// The boundary follows from the content and does not occur in it; the body begins with it, and
/// [`RequestBody::content_type`] reads it there.
///
/// # Errors
/// If `value` is not an object, if a style does not have the shape of a member, or if a media type
/// cannot stand in a header.
pub fn multipart<T: Serialize + ?Sized>(value: &T, encodings: &[Encoding]) -> Result<Bytes, BodyError> {
    multipart::encode(value, encodings)
}

fn members<T: Serialize + ?Sized>(value: &T) -> Result<Vec<(String, Node)>, BodyError> {
    match Node::new(value)? {
        Node::Object(members) => Ok(members),
        other => Err(BodyError::new(&format_args!(
            "expected an object, as a form has named values, found {}",
            other.kind()
        ))),
    }
}

/// A body that cannot be written, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyError(String);

impl BodyError {
    /// An error with a message of your own.
    pub fn new(message: &(impl fmt::Display + ?Sized)) -> Self {
        Self(message.to_string())
    }

    fn of_member(name: &str, reason: &str) -> Self {
        Self(format!("{name}: {reason}"))
    }

    /// Why the body cannot be written.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the body cannot be written: {}", self.0)
    }
}

impl std::error::Error for BodyError {}

impl From<json::Error> for BodyError {
    fn from(error: json::Error) -> Self {
        Self::new(&error)
    }
}

//! How the bodies of successful answers are read.

mod failure;
mod streams;

use std::marker::PhantomData;

use bytes::Bytes;
use http::StatusCode;
use serde::de::DeserializeOwned;

use crate::error::{ApiError, DecodeError, Exchange, UnexpectedError};
use crate::operation::Endpoint;
use crate::{Error, Response, json};

pub use failure::{Failure, Undocumented};
pub use streams::{EventStream, JsonSeq, Stream, StreamAnswer};

/// How the body of a successful answer is read.
pub trait Answer {
    /// What it is read as.
    type Output;
    /// What a request accepts.
    const ACCEPT: &'static str;
    /// Whether the body of an undocumented 2xx is read the same way. It isn't where the documented
    /// statuses have bodies of different models.
    const UNDOCUMENTED: bool = true;

    /// Reads a body.
    ///
    /// # Errors
    /// If the body isn't what is documented.
    fn decode(status: StatusCode, body: &Bytes) -> Result<Self::Output, json::Error>;

    /// Reads a body, unless the status is one whose body is unknown.
    #[must_use]
    fn read(status: StatusCode, body: &Bytes) -> Option<Result<Self::Output, json::Error>> {
        Some(Self::decode(status, body))
    }
}

/// What is read by the status of the answer: an enumeration with a variant per documented status.
pub trait Statuses: Sized {
    /// What a request accepts.
    const ACCEPT: &'static str;

    /// Reads the body of an answer of `status`, `None` if that status isn't documented.
    #[must_use]
    fn read(status: u16, body: &Bytes) -> Option<Result<Self, json::Error>>;
}

/// A body that the status tells how to read.
#[derive(Debug)]
pub struct ByStatus<T>(PhantomData<fn() -> T>);

impl<T: Statuses> Answer for ByStatus<T> {
    type Output = T;
    const ACCEPT: &'static str = T::ACCEPT;

    fn decode(status: StatusCode, body: &Bytes) -> Result<T, json::Error> {
        let undocumented = || Err(json::Error::new("the status isn't documented"));
        T::read(status.as_u16(), body).unwrap_or_else(undocumented)
    }

    fn read(status: StatusCode, body: &Bytes) -> Option<Result<T, json::Error>> {
        T::read(status.as_u16(), body)
    }
}

/// Reads a body of JSON.
///
/// # Errors
/// If the body isn't JSON, or isn't a `T`.
pub fn json<T: DeserializeOwned>(body: &Bytes) -> Result<T, json::Error> {
    // One check of the whole is faster than serde_json's checks of each string.
    let text = utf8(body)?;
    match text.trim_start().chars().next() {
        None => Err(json::Error::new("expected JSON, found an empty body")),
        Some('{' | '[' | '"' | '-' | '0'..='9' | 't' | 'f' | 'n') => json::decode_text(text),
        Some(_) => Err(json::Error::new("expected JSON, found something else")),
    }
}

/// Reads a body of text.
///
/// # Errors
/// If the body isn't UTF-8.
pub fn text(body: &Bytes) -> Result<String, json::Error> {
    utf8(body).map(str::to_owned)
}

/// Takes a body of bytes as it is.
///
/// # Errors
/// None.
pub fn bytes(body: &Bytes) -> Result<Bytes, json::Error> {
    Ok(body.clone())
}

/// A body of JSON.
#[derive(Debug)]
pub struct Json<T>(PhantomData<fn() -> T>);

/// No body; one that comes all the same is ignored.
#[derive(Debug)]
pub enum Empty {}

/// A body of text in UTF-8.
#[derive(Debug)]
pub enum Text {}

/// A body of bytes.
#[derive(Debug)]
pub enum Binary {}

impl<T: DeserializeOwned> Answer for Json<T> {
    type Output = T;
    const ACCEPT: &'static str = "application/json";

    fn decode(_: StatusCode, body: &Bytes) -> Result<T, json::Error> {
        json(body)
    }
}

impl Answer for Empty {
    type Output = ();
    const ACCEPT: &'static str = "*/*";

    fn decode(_: StatusCode, _: &Bytes) -> Result<(), json::Error> {
        Ok(())
    }
}

impl Answer for Text {
    type Output = String;
    const ACCEPT: &'static str = "text/plain, */*";

    fn decode(_: StatusCode, body: &Bytes) -> Result<String, json::Error> {
        text(body)
    }
}

impl Answer for Binary {
    type Output = Bytes;
    const ACCEPT: &'static str = "*/*";

    fn decode(_: StatusCode, body: &Bytes) -> Result<Bytes, json::Error> {
        Ok(body.clone())
    }
}

fn utf8(body: &Bytes) -> Result<&str, json::Error> {
    std::str::from_utf8(body).map_err(|error| {
        json::Error::new(&format_args!(
            "expected UTF-8, found another byte at offset {}",
            error.valid_up_to()
        ))
    })
}

/// Reads an answer by its status.
pub(crate) fn decode<E: Endpoint>(
    answer: http::Response<Bytes>,
) -> Result<Response<<E::Answer as Answer>::Output>, Error> {
    let (head, body) = answer.into_parts();
    let status = head.status;
    if !status.is_success() && !E::REDIRECTS.contains(&status.as_u16()) {
        let exchange = Exchange::new::<E>(status, head.headers, body);
        return Err(Error::Api(ApiError::new(exchange)));
    }
    let known = E::Answer::UNDOCUMENTED || E::DOCUMENTED.iter().any(|documented| documented.status.matches(status));
    match known.then(|| E::Answer::read(status, &body)).flatten() {
        Some(Ok(value)) => Ok(Response::new(status, head.headers, value)),
        Some(Err(error)) => {
            let exchange = Exchange::new::<E>(status, head.headers, body);
            Err(Error::Decode(DecodeError::new(exchange, error)))
        }
        None => {
            let exchange = Exchange::new::<E>(status, head.headers, body);
            Err(Error::Unexpected(UnexpectedError::new(exchange)))
        }
    }
}

//! How the bodies of successful answers are read.

mod failure;
mod streams;

use std::marker::PhantomData;

use bytes::Bytes;
use http::StatusCode;
use serde::de::DeserializeOwned;

use crate::json;

pub use crate::json::body::{bytes, json, text};
pub use failure::{Failure, Undocumented};
pub use streams::{EventStream, JsonSeq, Stream, StreamAnswer, TextLines};

/// How the body of a successful answer is read.
pub trait Answer {
    /// What it is read as.
    type Output;
    /// What a request accepts.
    const ACCEPT: &'static str;
    /// Whether the body of an undocumented 2xx is read the same way. It is not where the documented
    /// statuses have bodies of different models.
    const UNDOCUMENTED: bool = true;

    /// Reads a body.
    ///
    /// # Errors
    /// If the body is not what is documented.
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

    /// Reads the body of an answer of `status`, `None` if that status is not documented.
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
        let undocumented = || Err(json::Error::new("the status is not documented"));
        T::read(status.as_u16(), body).unwrap_or_else(undocumented)
    }

    fn read(status: StatusCode, body: &Bytes) -> Option<Result<T, json::Error>> {
        T::read(status.as_u16(), body)
    }
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

//! How the bodies of webhooks are read.

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::answer::{self, Binary, Empty, Json, Text};
use crate::json;

/// How the body of a webhook is read.
pub trait Content {
    /// What it is read as.
    type Body;
    /// Whether a body without bytes is none.
    const NEEDS_BYTES: bool = false;

    /// Reads a body.
    ///
    /// # Errors
    /// If the body is not what is documented.
    fn read(body: &Bytes) -> Result<Self::Body, json::Error>;
}

impl<T: DeserializeOwned> Content for Json<T> {
    type Body = T;
    const NEEDS_BYTES: bool = true;

    fn read(body: &Bytes) -> Result<T, json::Error> {
        answer::json(body)
    }
}

impl Content for Empty {
    type Body = ();

    fn read(_: &Bytes) -> Result<(), json::Error> {
        Ok(())
    }
}

impl Content for Text {
    type Body = String;

    fn read(body: &Bytes) -> Result<String, json::Error> {
        answer::text(body)
    }
}

impl Content for Binary {
    type Body = Bytes;

    fn read(body: &Bytes) -> Result<Bytes, json::Error> {
        answer::bytes(body)
    }
}

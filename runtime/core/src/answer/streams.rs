//! Bodies that are streams of items.

use std::marker::PhantomData;

use bytes::Bytes;
use http::StatusCode;
use serde::de::DeserializeOwned;

use super::Answer;
use crate::stream::Decode;
use crate::{json, json_seq, sse, stream};

/// A body that is a stream of items.
///
/// Decoded as a whole, it is a list of all items. To read them as they come, push the bytes into a
/// [`decoder`](Self::decoder).
pub trait StreamAnswer: Answer {
    /// Takes the bytes as they come.
    type Decoder: Decode;

    /// A decoder without bytes.
    #[must_use]
    fn decoder() -> Self::Decoder;
}

/// A body of JSON values, one a line.
#[derive(Debug)]
pub struct Stream<T>(PhantomData<fn() -> T>);

/// A body of server-sent events.
#[derive(Debug)]
pub struct EventStream<T>(PhantomData<fn() -> T>);

/// A body of JSON values, each after a record separator (RFC 7464).
#[derive(Debug)]
pub struct JsonSeq<T>(PhantomData<fn() -> T>);

/// A body of text, an item a line.
#[derive(Debug)]
pub struct TextLines<T>(PhantomData<fn() -> T>);

macro_rules! stream {
    ($answer:ident, $decoder:ty, $accept:literal) => {
        impl<T: DeserializeOwned> Answer for $answer<T> {
            type Output = Vec<T>;
            const ACCEPT: &'static str = $accept;

            fn decode(_: StatusCode, body: &Bytes) -> Result<Vec<T>, json::Error> {
                // The body is in memory already, so that no item needs a bound.
                whole(<$decoder>::new().max_item(usize::MAX), body)
            }
        }

        impl<T: DeserializeOwned> StreamAnswer for $answer<T> {
            type Decoder = $decoder;

            fn decoder() -> Self::Decoder {
                <$decoder>::new()
            }
        }
    };
}

stream!(Stream, stream::Decoder<T>, "application/json");
stream!(EventStream, sse::Decoder<T>, "text/event-stream");
stream!(JsonSeq, json_seq::Decoder<T>, "application/json-seq");
stream!(TextLines, stream::Framed<stream::TextLines, T>, "text/plain");

fn whole<D: Decode>(mut decoder: D, body: &Bytes) -> Result<Vec<D::Value>, json::Error> {
    decoder.push(body);
    let mut items = Vec::new();
    for item in decoder.by_ref() {
        items.push(item.map_err(|error| json::Error::new(&error))?);
    }
    items.extend(decoder.finish().map_err(|error| json::Error::new(&error))?);
    Ok(items)
}

//! Exchanges with a real server: what it was sent is what we send, and what it answered survives.

mod answers;
mod operations;
mod requests;

use std::fs;

use serde_json::Value;
use tablature_apis::runtime::bytes::Bytes;
use tablature_apis::runtime::http::Response;
use tablature_tests::workspace::{children, name, root};

/// A request and its answer, as they went over the wire.
struct Exchange {
    /// The number that the file's name begins with.
    number: u8,
    request: Value,
    response: Value,
}

fn exchanges() -> Vec<Exchange> {
    let files = children(&root().join("tests/wire/recordings"));
    let exchanges: Vec<_> = files
        .iter()
        .map(|path| {
            let mut exchange: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
            let number = name(path)[..2].parse().unwrap();
            Exchange {
                number,
                request: exchange["request"].take(),
                response: exchange["response"].take(),
            }
        })
        .collect();
    assert_eq!(exchanges.len(), 50);
    exchanges
}

impl Exchange {
    fn method(&self) -> &str {
        self.request["method"].as_str().unwrap()
    }

    /// Path and query.
    fn target(&self) -> (&str, &str) {
        let target = self.request["path"].as_str().unwrap();
        target.split_once('?').unwrap_or((target, ""))
    }

    fn request_body(&self) -> &str {
        self.request["body"].as_str().unwrap_or_default()
    }

    fn content_type(&self) -> Option<&str> {
        self.request["headers"]["Content-Type"].as_str()
    }

    /// The pieces in which the answer arrived.
    fn chunks(&self) -> Vec<&str> {
        match &self.response["chunks"] {
            Value::Array(chunks) => chunks.iter().map(|chunk| chunk.as_str().unwrap()).collect(),
            _ => vec![self.response["body"].as_str().unwrap()],
        }
    }

    fn answer(&self) -> Response<Bytes> {
        let status = u16::try_from(self.response["status"].as_u64().unwrap()).unwrap();
        let mut answer = Response::builder().status(status);
        for header in self.response["headers"].as_array().unwrap() {
            answer = answer.header(header[0].as_str().unwrap(), header[1].as_str().unwrap());
        }
        answer.body(Bytes::from(self.chunks().concat())).unwrap()
    }
}

//! Exchanges with a real server, replayed through sockets.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tablature_client::Error;
use tablature_client::Raw;
use tablature_kubernetes::StatusOf;
use tablature_runtime::Error as CallError;
use tablature_runtime::bytes::Bytes;
use tablature_runtime::http::Method;

use crate::send::{run, time};
use crate::server::{Act, Server, answer, chunk, end, head};

fn exchanges() -> Vec<(String, Value)> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/wire/recordings"));
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let read = |path: &PathBuf| serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    files
        .iter()
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), read(path)))
        .collect()
}

/// The recorded answer, in the pieces in which it came.
fn acts(response: &Value) -> Vec<Act> {
    let status = u16::try_from(response["status"].as_u64().unwrap()).unwrap();
    let headers: Vec<(&str, &str)> = response["headers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|header| (header[0].as_str().unwrap(), header[1].as_str().unwrap()))
        .filter(|(name, _)| !["Content-Length", "Transfer-Encoding"].contains(name))
        .collect();
    let Some(chunks) = response["chunks"].as_array() else {
        return answer(status, &headers, response["body"].as_str().unwrap());
    };
    let mut begin = head(status, &headers);
    begin.extend(b"Transfer-Encoding: chunked\r\n\r\n");
    let chunks = chunks.iter().map(|piece| chunk(piece.as_str().unwrap()));
    [Act::Send(begin)].into_iter().chain(chunks).chain([end()]).collect()
}

#[test]
fn real_answers_come_through_each_client() {
    let exchanges = exchanges();
    assert_eq!(exchanges.len(), 50);
    for (name, exchange) in exchanges {
        let (request, response) = (&exchange["request"], exchange["response"].clone());
        let status = response["status"].as_u64().unwrap();
        let body = match response["chunks"].as_array() {
            Some(chunks) => chunks.iter().map(|piece| piece.as_str().unwrap()).collect(),
            None => response["body"].as_str().unwrap().to_owned(),
        };
        let warned = response["headers"]
            .as_array()
            .unwrap()
            .iter()
            .any(|header| header[0] == "Warning");
        let server = Server::new(move |_| acts(&response));
        let method = Method::from_bytes(request["method"].as_str().unwrap().as_bytes()).unwrap();
        let mut raw = Raw::new(method, request["path"].as_str().unwrap());
        if let Some(body) = request["body"].as_str() {
            let media_type = request["headers"]["Content-Type"]
                .as_str()
                .unwrap_or("application/json");
            raw = raw.bytes(media_type, body.to_owned());
        }
        let by_reqwest = run(raw.send(&server.client().reqwest_with(time()).unwrap()));
        let by_ureq = raw.send_blocking(&server.client().ureq_with(time()).unwrap());
        for outcome in [by_reqwest, by_ureq] {
            match outcome {
                Ok(answer) => {
                    assert_eq!(u64::from(answer.status().as_u16()), status, "{name}");
                    assert_eq!(*answer.body(), Bytes::from(body.clone()), "{name}");
                    assert_eq!(!answer.warnings().is_empty(), warned, "{name}");
                }
                Err(Error::Call(CallError::Api(error))) => {
                    assert_eq!(u64::from(error.status().as_u16()), status, "{name}");
                    assert_eq!(error.exchange().body().as_ref(), body.as_bytes(), "{name}");
                    assert!(error.kubernetes_status().is_some(), "{name}");
                }
                Err(error) => unreachable!("{name}: {error}"),
            }
        }
        let seen = server.seen();
        assert_eq!(seen.len(), 2, "{name}");
        for seen in seen {
            assert_eq!(
                (seen.method.as_str(), seen.target.as_str()),
                (request["method"].as_str().unwrap(), request["path"].as_str().unwrap())
            );
            assert_eq!(
                seen.body,
                request["body"].as_str().unwrap_or_default().as_bytes(),
                "{name}"
            );
        }
    }
}

//! What a server sends: bodies, streams, headers; and what else the runtime reads.

mod bodies;
mod streams;
mod texts;

pub(super) use bodies::{ANSWER, MODELS, PATCHES, VALUE, WEBHOOK};
pub(super) use streams::{EVENTS, LINES, RECORDS};
pub(super) use texts::{BASE64, HEADERS, KUBECONFIG, SERVER};

use serde_json::Value;

use crate::seeds;

/// The bodies of recorded requests and answers.
fn recorded() -> Vec<Vec<u8>> {
    let files = seeds::files(&["tests/wire/recordings"], &[".json"]);
    let exchanges = files.iter().filter_map(|it| serde_json::from_slice::<Value>(it).ok());
    let sides = exchanges.flat_map(|it| ["request", "response"].map(|side| it[side]["body"].clone()));
    sides
        .filter_map(|it| it.as_str().map(|text| text.as_bytes().to_vec()))
        .collect()
}

/// Recorded and written bodies, and documents.
fn bodies() -> Vec<Vec<u8>> {
    let mut found = seeds::files(&["tests/fixtures"], &[".json"]);
    found.extend(recorded());
    let written = [
        r#"{"kind":"Service","metadata":{"name":"a","labels":{"x":"y"}},"spec":{"ports":[{"port":1,"targetPort":"http"}]}}"#,
        r#"{"kind":"Status","status":"Failure","reason":"Conflict","code":409,"details":{"causes":[{"field":"a"}]}}"#,
        r#"{"kind":"ServiceList","metadata":{"continue":"t","resourceVersion":"9"},"items":[{},{"spec":null}]}"#,
        r#"{"type":"ADDED","object":{"metadata":{"resourceVersion":"1"}}}"#,
        r#"[{"op":"test","path":"/a/0","value":1.50},{"op":"move","from":"/b","path":"/c~1d"}]"#,
        r#"[1e400,-0,0.10000000000000000001,123456789012345678901,2.0,"\ud83d\ude00",null]"#,
    ];
    found.extend(written.map(|it| it.as_bytes().to_vec()));
    found
}

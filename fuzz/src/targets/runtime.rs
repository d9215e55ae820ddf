//! What a server sends: bodies, streams, headers; and what else the runtime reads.

mod bodies;
mod streams;
mod texts;

pub(super) use bodies::{ANSWER, MODELS, PATCHES, VALUE, WEBHOOK};
pub(super) use streams::{EVENTS, LINES, RECORDS};
pub(super) use texts::{BASE64, HEADERS, KUBECONFIG, SERVER};

use crate::seeds;

/// Recorded and written bodies.
fn bodies() -> Vec<Vec<u8>> {
    let mut found = seeds::files(&["tests/tests/it/recordings", "tests/fixtures"], &[".json"]);
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

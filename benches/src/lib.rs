//! What the benches read: Services as a cluster sends them, as text.

mod service;

use std::fmt::Write as _;

pub use service::service;

/// A list of so many Services, as the answer to one request.
pub fn service_list(items: usize) -> String {
    let items: Vec<_> = (0..items).map(service).collect();
    format!(
        r#"{{"kind":"ServiceList","apiVersion":"v1","metadata":{{"resourceVersion":"812345"}},"items":[{}]}}"#,
        items.join(",")
    )
}

/// So many events of a watch, one a line.
pub fn watch_lines(items: usize) -> String {
    let mut text = String::new();
    for number in 0..items {
        let event = ["ADDED", "MODIFIED", "DELETED"][number % 3];
        let _ = writeln!(text, r#"{{"type":"{event}","object":{}}}"#, service(number));
    }
    text
}

/// How many bytes of a watch come at once.
pub const CHUNK: usize = 16 << 10;

/// A change of a Service: a label, an annotation and a port.
pub const PATCH: &str = concat!(
    r#"{"apiVersion":"v1","kind":"Service","metadata":{"labels":{"tier":"backend"},"annotations":"#,
    r#"{"example.com/note":"says \"moved\", 移動した"}},"spec":{"ports":[{"name":"http","port":8080,"protocol":"TCP"}]}}"#,
);

//! Lowers route templates: their parameters, the characters to escape, and a fixed query.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What no path holds (RFC 3986, section 3.3) beside `%`, which is encoded where it encodes nothing.
const NOT_IN_PATHS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'|');

/// The names between braces, in order.
pub fn names(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|it| it.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

/// A route with what stands between its names percent-encoded, where that makes a difference.
pub fn encoded(path: &str) -> Option<String> {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((literal, (name, after))) = rest.split_once('{').and_then(|(a, b)| Some((a, b.split_once('}')?))) {
        encode(literal, &mut out);
        out.extend(["{", name, "}"]);
        rest = after;
    }
    encode(rest, &mut out);
    (out != path).then_some(out)
}

fn encode(literal: &str, out: &mut String) {
    for (index, part) in literal.split('%').enumerate() {
        if index > 0 {
            let digits = part.as_bytes().get(..2);
            let is_encoded = digits.is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit));
            out.push_str(if is_encoded { "%" } else { "%25" });
        }
        out.extend(utf8_percent_encode(part, NOT_IN_PATHS));
    }
}

/// The parameters that stand in a route after `?`, decoded as a form is.
pub fn literals(query: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| {
        let text = text.replace('+', " ");
        percent_decode_str(&text).decode_utf8_lossy().into_owned()
    };
    let pairs = query.split('&').filter(|it| !it.is_empty());
    pairs
        .map(|it| it.split_once('=').unwrap_or((it, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

//! The methods of operations, most of which are known before a program runs.

use http::Method;

/// The method called `name`, which `known` has if HTTP itself defines it.
// Inlined where an operation is compiled, so that a known method costs nothing.
#[inline]
pub(crate) fn method(known: Option<Method>, name: &str) -> Method {
    // A name that is none has not been compiled.
    known.unwrap_or_else(|| Method::from_bytes(name.as_bytes()).unwrap_or_default())
}

/// The method called `name`, if HTTP itself defines it. To be asked at compile time.
pub(crate) const fn known(name: &str) -> Option<Method> {
    let name = name.as_bytes();
    assert!(is_token(name), "the method of the operation is not one of HTTP");
    match name {
        b"GET" => Some(Method::GET),
        b"PUT" => Some(Method::PUT),
        b"POST" => Some(Method::POST),
        b"PATCH" => Some(Method::PATCH),
        b"DELETE" => Some(Method::DELETE),
        b"QUERY" => Some(Method::QUERY),
        b"HEAD" => Some(Method::HEAD),
        b"OPTIONS" => Some(Method::OPTIONS),
        b"TRACE" => Some(Method::TRACE),
        b"CONNECT" => Some(Method::CONNECT),
        _ => None,
    }
}

/// Whether a text is a token (RFC 9110, section 5.6.2).
pub(crate) const fn is_token(mut text: &[u8]) -> bool {
    let is_empty = text.is_empty();
    while let [first, rest @ ..] = text {
        let is_mark = matches!(
            first,
            b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~'
        );
        if !is_mark && !first.is_ascii_alphanumeric() {
            return false;
        }
        text = rest;
    }
    !is_empty
}

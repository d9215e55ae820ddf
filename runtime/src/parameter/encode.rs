//! Percent-encoding.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but RFC 3986's unreserved characters, so that no reader takes one for a delimiter.
pub(crate) const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// All but RFC 3986's unreserved and reserved characters, and all the same `#`, which ends a query.
pub(crate) const RESERVED: &AsciiSet = &UNRESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// As `RESERVED`, and all the same `&`, which ends a value, and `+`, which is a space.
pub(crate) const RESERVED_IN_FORM: &AsciiSet = &RESERVED.add(b'&').add(b'+');

/// How long `text` is once it is encoded.
pub(crate) fn encoded_length(text: &str) -> usize {
    utf8_percent_encode(text, UNRESERVED).map(str::len).sum()
}

/// Gives `text` to `out`, encoded, in one part where nothing has to be.
pub(crate) fn encode(text: &str, mut out: impl FnMut(&[u8])) {
    if text.bytes().all(is_unreserved) {
        out(text.as_bytes());
    } else {
        utf8_percent_encode(text, UNRESERVED).for_each(|part| out(part.as_bytes()));
    }
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Encodes what isn't encoded yet: `%` with two hexadecimal digits stays as it is (RFC 6570, section
/// 3.2.3).
pub(crate) fn encode_reserved(text: &str, set: &'static AsciiSet, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        let (before, from) = rest.split_at(at);
        out.extend(utf8_percent_encode(before, set));
        let is_encoded = from
            .as_bytes()
            .get(1..3)
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        out.push_str(if is_encoded { "%" } else { "%25" });
        rest = from.get(1..).unwrap_or_default();
    }
    out.extend(utf8_percent_encode(rest, set));
}
